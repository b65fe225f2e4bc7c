//! Uniform law between two bounds.

use rand_chacha::ChaCha8Rng;

use super::FailureError;
use crate::failure::random::open_unit;

/// Uniform law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uniform {
    least: f64,
    most: f64,
}

impl Uniform {
    /// Any share.
    pub(in crate::failure) const BETWEEN_NONE_AND_ALL: Self = Self {
        least: 0.0,
        most: 1.0,
    };

    pub(super) fn new(least: f64, most: f64) -> Result<Self, FailureError> {
        let is_valid = |value: f64, at_least: f64| value.is_finite() && value >= at_least;
        for (parameter, value, at_least) in
            [("lower bound", least, 0.0), ("upper bound", most, least)]
        {
            if !is_valid(value, at_least) {
                return Err(FailureError::InvalidParameter {
                    law: "a uniform law",
                    parameter,
                    value,
                });
            }
        }
        Ok(Self { least, most })
    }

    pub(super) fn mean(&self) -> f64 {
        0.5 * self.least + 0.5 * self.most
    }

    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        self.least + (self.most - self.least) * open_unit(random)
    }
}
