//! Exponential law: `F(x) = 1 − e^(−x/m)` with mean `m`; drawn by inversion.

use rand_chacha::ChaCha8Rng;

use super::{FailureError, check_positive};
use crate::failure::random::open_unit;

/// Exponential law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    pub(super) fn new(mean: f64) -> Result<Self, FailureError> {
        check_positive("an exponential law", "mean", mean)?;
        Ok(Self { mean })
    }

    /// Of tabulated parameters, which a test checks.
    pub(in crate::failure) const fn tabulated(mean: f64) -> Self {
        Self { mean }
    }

    pub(super) fn mean(self) -> f64 {
        self.mean
    }

    pub(super) fn draw(self, random: &mut ChaCha8Rng) -> f64 {
        -self.mean * libm::log(open_unit(random))
    }
}
