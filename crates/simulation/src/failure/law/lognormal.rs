//! Lognormal law: `ln x` is normal with mean `μ` and standard deviation `σ`.

use rand_chacha::ChaCha8Rng;

use super::{FailureError, check_positive};
use crate::failure::random::standard_normal;

/// Lognormal law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    log_mean: f64,
    log_deviation: f64,
}

impl Lognormal {
    pub(super) fn new(log_mean: f64, log_deviation: f64) -> Result<Self, FailureError> {
        if !log_mean.is_finite() {
            return Err(FailureError::InvalidParameter {
                law: "a lognormal law",
                parameter: "mean of the logarithm",
                value: log_mean,
            });
        }
        check_positive(
            "a lognormal law",
            "deviation of the logarithm",
            log_deviation,
        )?;
        Ok(Self {
            log_mean,
            log_deviation,
        })
    }

    /// Of tabulated parameters, which a test checks.
    pub(in crate::failure) const fn tabulated(log_mean: f64, log_deviation: f64) -> Self {
        Self {
            log_mean,
            log_deviation,
        }
    }

    pub(super) fn mean(&self) -> f64 {
        libm::exp(self.log_mean + 0.5 * self.log_deviation * self.log_deviation)
    }

    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        libm::exp(self.log_mean + self.log_deviation * standard_normal(random))
    }
}
