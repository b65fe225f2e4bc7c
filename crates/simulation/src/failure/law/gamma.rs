//! Gamma law: density in proportion to `x^(k−1)·e^(−x/θ)` with shape `k` and scale `θ`.
//!
//! Drawn by the method of Marsaglia and Tsang (A simple method for generating gamma variables, ACM Trans. Math.
//! Software 26, 2000): the cube of a shifted normal, rejected now and then; below shape 1 a draw of shape `k + 1` is
//! shrunk by `U^(1/k)`.

use rand_chacha::ChaCha8Rng;

use super::{FailureError, check_positive};
use crate::failure::random::{open_unit, standard_normal};

/// Tries before the mode stands in; a try fails with a chance below one in twenty.
const TRIES_MAX: usize = 200;

/// Gamma law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    pub(super) fn new(shape: f64, scale: f64) -> Result<Self, FailureError> {
        check_positive("a gamma law", "shape", shape)?;
        check_positive("a gamma law", "scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// Of tabulated parameters, which a test checks.
    pub(in crate::failure) const fn tabulated(shape: f64, scale: f64) -> Self {
        Self { shape, scale }
    }

    pub(super) fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        if self.shape >= 1.0 {
            return self.scale * unscaled(self.shape, random);
        }
        let shrunk = libm::pow(open_unit(random), 1.0 / self.shape);
        self.scale * shrunk * unscaled(self.shape + 1.0, random)
    }
}

/// A draw of shape 1 or more and scale 1.
fn unscaled(shape: f64, random: &mut ChaCha8Rng) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    for _ in 0..TRIES_MAX {
        let normal = standard_normal(random);
        let root = 1.0 + c * normal;
        if root <= 0.0 {
            continue;
        }
        let cube = root * root * root;
        let bound = 0.5 * normal * normal + d * (1.0 - cube + libm::log(cube));
        if libm::log(open_unit(random)) < bound {
            return d * cube;
        }
    }
    d
}
