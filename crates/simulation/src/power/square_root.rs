//! Power by the square root of utilisation.
//!
//! # What it computes
//! `P(u) = P0 + (P1 − P0)·√u`.
//!
//! # Assumptions
//! The first work is the dearest: components wake up at low load.
//!
//! # Valid range
//! Utilisation 0 to 1.
//!
//! # References
//! None; one of the shapes simulators offer to bracket the linear one from above.

use super::range::{PowerError, PowerRange};

/// Rises steeply at low utilisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SquareRoot {
    range: PowerRange,
}

impl SquareRoot {
    /// From power at utilisation 0 and at 1 [W]; fails on what is no power, or when the second is the smaller.
    pub fn new(idle_w: f64, full_w: f64) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        Ok(Self { range })
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        self.range.at(utilisation.sqrt())
    }
}
