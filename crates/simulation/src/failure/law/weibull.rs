//! Weibull law: `F(x) = 1 − e^(−(x/λ)^k)` with shape `k` and scale `λ`; drawn by inversion. With `k` below 1 failures
//! come early and grow rarer, above 1 they come by wear.

use rand_chacha::ChaCha8Rng;

use super::{FailureError, check_positive};
use crate::failure::random::open_unit;

/// Weibull law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    pub(super) fn new(shape: f64, scale: f64) -> Result<Self, FailureError> {
        check_positive("a Weibull law", "shape", shape)?;
        check_positive("a Weibull law", "scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// Of tabulated parameters, which a test checks.
    pub(in crate::failure) const fn tabulated(shape: f64, scale: f64) -> Self {
        Self { shape, scale }
    }

    pub(super) fn mean(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
    }

    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        self.scale * libm::pow(-libm::log(open_unit(random)), 1.0 / self.shape)
    }
}
