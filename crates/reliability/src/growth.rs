//! Failures that become rarer, or not, while a system is improved.
//!
//! What it computes: the power law of the expected number of failures, from the times at which they came.
//!
//! Assumptions: a Poisson process whose rate follows a power of time; the test ends with its last failure.
//!
//! Valid range: two or more failures at rising positive times.
//!
//! References: Crow 1974 (Crow–AMSAA); MIL-HDBK-189.

use crate::error::{ReliabilityError, positive, within};

/// The law N(t) = λ t^β and what it says at the end of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityGrowth {
    /// Exponent β; below one, failures become rarer [1].
    pub beta: f64,
    /// Factor λ.
    pub lambda: f64,
    /// Time between failures at the end [unit of time].
    pub instantaneous_mtbf: f64,
    /// Time between failures over the whole test [unit of time].
    pub cumulative_mtbf: f64,
}

/// The most likely law of failures at `times` since the start.
///
/// # Errors
/// Fewer than two failures; times that are not positive; failures that all came at the end.
pub fn reliability_growth(times: &[f64]) -> Result<ReliabilityGrowth, ReliabilityError> {
    within("failures", times.len(), 2, usize::MAX)?;
    for time in times {
        positive("time of a failure", *time)?;
    }
    let last = times.iter().copied().fold(0.0, f64::max);
    let count = times.len() as f64;
    let logarithms: f64 = times.iter().map(|time| libm::log(last / time)).sum();
    let beta = count / positive("spread of the failures", logarithms)?;
    let lambda = count / libm::pow(last, beta);
    Ok(ReliabilityGrowth {
        beta,
        lambda,
        instantaneous_mtbf: last / (count * beta),
        cumulative_mtbf: last / count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_near;

    #[test]
    fn r51_ten_failures_of_a_growing_system() {
        let times = [
            10400.0, 26900.0, 43400.0, 66400.0, 89400.0, 130400.0, 163400.0, 232000.0, 242000.0,
            340700.0,
        ];
        let growth = reliability_growth(&times).unwrap();
        assert_near(growth.beta, 0.741656619657, 1e-9);
        assert_near(growth.lambda, 7.886414235e-4, 1e-9);
        assert_near(growth.instantaneous_mtbf, 45937.700948, 1e-9);
        assert_near(growth.cumulative_mtbf, 34070.0, 1e-9);
    }
}
