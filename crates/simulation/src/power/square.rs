//! Power by the square of utilisation.
//!
//! # What it computes
//! `P(u) = P0 + (P1 − P0)·u²`.
//!
//! # Assumptions
//! The last work is the dearest: clock and voltage rise with load.
//!
//! # Valid range
//! Utilisation 0 to 1.
//!
//! # References
//! None; one of the shapes simulators offer to bracket the linear one from below.

use super::range::{PowerError, PowerRange};

/// Rises steeply at high utilisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Square {
    range: PowerRange,
}

impl Square {
    /// From power at utilisation 0 and at 1 [W]; fails on what is no power, or when the second is the smaller.
    pub fn new(idle_w: f64, full_w: f64) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        Ok(Self { range })
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        self.range.at(utilisation * utilisation)
    }
}
