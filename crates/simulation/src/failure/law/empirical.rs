//! Empirical law: one of given values, each as likely as any other; a single value is a constant.

use rand_chacha::ChaCha8Rng;

use super::FailureError;
use crate::failure::random::below;

/// Empirical law.
#[derive(Debug, Clone, PartialEq)]
pub struct Empirical {
    values: Vec<f64>,
}

impl Empirical {
    pub(super) fn new(values: Vec<f64>) -> Result<Self, FailureError> {
        if values.is_empty() {
            return Err(FailureError::NoValues);
        }
        for value in values.iter().copied() {
            if !(value.is_finite() && value >= 0.0) {
                return Err(FailureError::InvalidParameter {
                    law: "an empirical law",
                    parameter: "value",
                    value,
                });
            }
        }
        Ok(Self { values })
    }

    pub(super) fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64
    }

    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        self.values[below(random, self.values.len())]
    }
}
