//! Power linear in utilisation.
//!
//! # What it computes
//! `P(u) = P0 + (P1 − P0)·u`.
//!
//! # Assumptions
//! Each unit of work costs the same energy above idle.
//!
//! # Valid range
//! Utilisation 0 to 1.
//!
//! # References
//! Fan, Weber and Barroso, ISCA 2007.

use super::range::{PowerError, PowerRange};

/// A straight line from idle to full power.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    range: PowerRange,
}

impl Linear {
    /// From power at utilisation 0 and at 1 [W]; fails on what is no power, or when the second is the smaller.
    pub fn new(idle_w: f64, full_w: f64) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        Ok(Self { range })
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        self.range.at(utilisation)
    }
}
