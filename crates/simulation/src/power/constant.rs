//! Constant power.
//!
//! # What it computes
//! `P(u) = P`.
//!
//! # Assumptions
//! The machine draws the same idle and loaded.
//!
//! # Valid range
//! Every utilisation.
//!
//! # References
//! None; a bound and a means of comparison.

use super::range::{PowerError, check_power};

/// The same power at every utilisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant {
    power_w: f64,
}

impl Constant {
    /// A machine that always draws so much [W]; fails on what is no power.
    pub fn new(power_w: f64) -> Result<Self, PowerError> {
        check_power(power_w)?;
        Ok(Self { power_w })
    }

    pub(crate) fn power_w(self) -> f64 {
        self.power_w
    }
}
