//! A redundant pair whose components share a cause of failure.
//!
//! What it computes: the unavailability of a pair of which one is needed, and that of its parts.
//!
//! Assumptions: a share β of each component's failures takes both; a crew for each; exponential times.
//!
//! Valid range: β from 0 to 1.
//!
//! References: Fleming 1975 (β factor); NUREG/CR-4780, 1988.

use crate::error::{ReliabilityError, probability};
use crate::markov::MarkovChain;

/// Unavailability [1] of one out of two with failure rate and mean time to repair in one unit of time.
///
/// # Errors
/// Inputs out of their range.
pub fn pair_unavailability(
    failure_rate: f64,
    mttr: f64,
    beta: f64,
) -> Result<f64, ReliabilityError> {
    let beta = probability("beta", beta)?;
    let repair_rate = 1.0 / crate::error::positive("mean time to repair", mttr)?;
    let mut chain = MarkovChain::new(3);
    if beta < 1.0 {
        chain.add(0, 1, 2.0 * (1.0 - beta) * failure_rate)?;
    }
    if beta > 0.0 {
        chain.add(0, 2, beta * failure_rate)?;
    }
    chain.add(1, 2, failure_rate)?;
    chain.add(1, 0, repair_rate)?;
    chain.add(2, 1, 2.0 * repair_rate)?;
    Ok(chain.steady_state()?[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_near;

    #[test]
    fn r46_a_shared_cause_dominates_a_redundant_pair() {
        assert_near(
            pair_unavailability(1e-4, 24.0, 0.1).unwrap(),
            1.24886846179e-4,
            1e-9,
        );
        assert_near(
            pair_unavailability(1e-4, 24.0, 0.0).unwrap(),
            5.73245121525e-6,
            1e-9,
        );
    }

    #[test]
    fn more_in_common_never_helps() {
        let values: Vec<f64> = (0..=10)
            .map(|tenth| pair_unavailability(1e-4, 24.0, f64::from(tenth) / 10.0).unwrap())
            .collect();
        assert!(values.is_sorted());
    }
}
