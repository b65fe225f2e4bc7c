//! Power by the cube of utilisation.
//!
//! # What it computes
//! `P(u) = P0 + (P1 − P0)·u³`.
//!
//! # Assumptions
//! Dynamic power goes with the square of voltage times frequency, and voltage with frequency.
//!
//! # Valid range
//! Utilisation 0 to 1.
//!
//! # References
//! Chandrakasan, Sheng and Brodersen, Low-power CMOS digital design, IEEE J. Solid-State Circuits 27 (1992).

use super::range::{PowerError, PowerRange};

/// Rises only at high utilisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cubic {
    range: PowerRange,
}

impl Cubic {
    /// From power at utilisation 0 and at 1 [W]; fails on what is no power, or when the second is the smaller.
    pub fn new(idle_w: f64, full_w: f64) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        Ok(Self { range })
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        self.range.at(utilisation * utilisation * utilisation)
    }
}
