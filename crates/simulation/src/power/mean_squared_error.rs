//! Power calibrated to measurements by one exponent.
//!
//! # What it computes
//! `P(u) = P0 + (P1 − P0)·(2u − u^r)`; `r` is the exponent whose mean squared error against measurements is least.
//! With `r = 1` it is the straight line.
//!
//! # Assumptions
//! One exponent describes a kind of machine.
//!
//! # Valid range
//! Utilisation 0 to 1, exponents above 0. From 1 to 2 power rises throughout; Fan et al. found 1.4. Below 1 the
//! curve dips under idle power, above 2 it overshoots full power; where it would be negative it is held at 0.
//!
//! # References
//! Fan, Weber and Barroso, Power provisioning for a warehouse-sized computer, ISCA 2007, section 3.

use super::range::{PowerError, PowerRange};

/// Calibrated to measurements by one exponent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquaredError {
    range: PowerRange,
    exponent: f64,
}

impl MeanSquaredError {
    /// From power at utilisation 0 and at 1 [W] and the exponent [1]; fails on what is no power, when the second is
    /// the smaller, or when the exponent is not positive.
    pub fn new(idle_w: f64, full_w: f64, exponent: f64) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        if !(exponent > 0.0 && exponent.is_finite()) {
            return Err(PowerError::InvalidExponent { exponent });
        }
        Ok(Self { range, exponent })
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        let share = 2.0 * utilisation - libm::pow(utilisation, self.exponent);
        self.range.at(share).max(0.0)
    }
}
