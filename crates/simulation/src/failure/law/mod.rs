//! Laws of random quantities: times to failure and to repair, and shares of hosts.
//!
//! # What it computes
//! Draws from a law, and its mean. Parameters follow the form most used in reliability: see each file.
//!
//! # Assumptions
//! Draws are independent.
//!
//! # Valid range
//! Quantities from 0; the unit is the caller's. Every draw ends after a bounded number of steps.
//!
//! # References
//! Devroye, Non-Uniform Random Variate Generation, Springer 1986.

mod empirical;
mod exponential;
mod gamma;
mod lognormal;
mod uniform;
mod weibull;

pub use empirical::Empirical;
pub use exponential::Exponential;
pub use gamma::Gamma;
pub use lognormal::Lognormal;
pub use uniform::Uniform;
pub use weibull::Weibull;

use rand_chacha::ChaCha8Rng;

use super::FailureError;

/// Law of a random quantity of at least 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Without memory.
    Exponential(Exponential),
    /// Failing early or by wear, by its shape.
    Weibull(Weibull),
    /// Whose logarithm is normal.
    Lognormal(Lognormal),
    /// A sum of exponential quantities, by its shape.
    Gamma(Gamma),
    /// Between two bounds.
    Uniform(Uniform),
    /// One of given values.
    Empirical(Empirical),
}

impl Law {
    /// Exponential law of a mean; fails unless it is positive.
    pub fn exponential(mean: f64) -> Result<Self, FailureError> {
        Exponential::new(mean).map(Self::Exponential)
    }

    /// Weibull law of a shape and a scale; fails unless both are positive.
    pub fn weibull(shape: f64, scale: f64) -> Result<Self, FailureError> {
        Weibull::new(shape, scale).map(Self::Weibull)
    }

    /// Lognormal law of the mean and the standard deviation of the logarithm; fails unless both are numbers and the
    /// deviation is positive.
    pub fn lognormal(log_mean: f64, log_deviation: f64) -> Result<Self, FailureError> {
        Lognormal::new(log_mean, log_deviation).map(Self::Lognormal)
    }

    /// Gamma law of a shape and a scale; fails unless both are positive.
    pub fn gamma(shape: f64, scale: f64) -> Result<Self, FailureError> {
        Gamma::new(shape, scale).map(Self::Gamma)
    }

    /// Uniform law between two bounds; fails unless 0 ≤ `least` ≤ `most`.
    pub fn uniform(least: f64, most: f64) -> Result<Self, FailureError> {
        Uniform::new(least, most).map(Self::Uniform)
    }

    /// Each of the values as likely as any other; fails on none, and on values that are negative or no numbers.
    pub fn empirical(values: Vec<f64>) -> Result<Self, FailureError> {
        Empirical::new(values).map(Self::Empirical)
    }

    /// Mean of the law.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Exponential(law) => law.mean(),
            Self::Weibull(law) => law.mean(),
            Self::Lognormal(law) => law.mean(),
            Self::Gamma(law) => law.mean(),
            Self::Uniform(law) => law.mean(),
            Self::Empirical(law) => law.mean(),
        }
    }

    /// One draw, at least 0; beyond all floats it is infinite.
    pub(in crate::failure) fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        match self {
            Self::Exponential(law) => law.draw(random),
            Self::Weibull(law) => law.draw(random),
            Self::Lognormal(law) => law.draw(random),
            Self::Gamma(law) => law.draw(random),
            Self::Uniform(law) => law.draw(random),
            Self::Empirical(law) => law.draw(random),
        }
    }
}

fn check_positive(
    law: &'static str,
    parameter: &'static str,
    value: f64,
) -> Result<(), FailureError> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(FailureError::InvalidParameter {
            law,
            parameter,
            value,
        })
    }
}

#[cfg(test)]
mod tests;
