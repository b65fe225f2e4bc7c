//! Equal components of which k are needed, with limited repair crews.
//!
//! What it computes: unavailability in the long run, the distribution of failed components, the mean time to the first
//! failure of the group; the unavailability of independent components.
//!
//! Assumptions: exponential times; working components fail whether the group works or not; a crew repairs one component
//! at a time and components wait for a free crew.
//!
//! Valid range: 1 ≤ k ≤ n ≤ 100,000; crews from 0 (first failure only) to n.
//!
//! References: Trivedi 2002; Barlow and Proschan, Mathematical Theory of Reliability, 1965.

use crate::birth_death::BirthDeath;
use crate::error::{ReliabilityError, positive, probability, within};

const COMPONENTS_MAX: usize = 100_000;

/// A group of `n` equal components that works while `k` of them work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KOutOfN {
    n: usize,
    k: usize,
    failure_rate: f64,
    repair_rate: f64,
    crews: usize,
}

/// What waits for and receives repair in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepairLoad {
    /// Mean number of failed components [1].
    pub mean_down: f64,
    /// Mean time from failure to return [unit of time].
    pub mean_time_down: f64,
}

impl KOutOfN {
    /// A group of `n` of which `k` are needed, from means in one unit of time, with `crews` repair crews.
    ///
    /// # Errors
    /// Means that are not positive and numbers out of their range.
    pub fn new(
        n: usize,
        k: usize,
        mttf: f64,
        mttr: f64,
        crews: usize,
    ) -> Result<Self, ReliabilityError> {
        let n = within("components", n, 1, COMPONENTS_MAX)?;
        Ok(Self {
            n,
            k: within("needed components", k, 1, n)?,
            failure_rate: 1.0 / positive("mean time to fail", mttf)?,
            repair_rate: 1.0 / positive("mean time to repair", mttr)?,
            crews: within("crews", crews, 0, n)?,
        })
    }

    fn chain(&self, steps: usize) -> BirthDeath {
        BirthDeath::new(
            steps,
            |failed| (self.n - failed) as f64 * self.failure_rate,
            |failed| failed.min(self.crews) as f64 * self.repair_rate,
        )
    }

    /// Probability of each number of failed components in the long run [1].
    ///
    /// # Errors
    /// No crew.
    pub fn failed(&self) -> Result<Vec<f64>, ReliabilityError> {
        within("crews", self.crews, 1, self.n)?;
        Ok(self.chain(self.n).steady_state())
    }

    /// Probability in the long run that fewer than k components work [1].
    ///
    /// # Errors
    /// No crew.
    pub fn unavailability(&self) -> Result<f64, ReliabilityError> {
        Ok(self.failed()?.iter().skip(self.n - self.k + 1).rev().sum())
    }

    /// Mean time from all working to the first moment that fewer than k work [unit of time].
    pub fn mean_time_to_failure(&self) -> f64 {
        self.chain(self.n - self.k + 1).mean_first_passage()
    }

    /// Failed components and the time they stay so.
    ///
    /// # Errors
    /// No crew.
    pub fn repair_load(&self) -> Result<RepairLoad, ReliabilityError> {
        let failed = self.failed()?;
        let mean_down: f64 = (0..=self.n).map(|down| down as f64 * failed[down]).sum();
        Ok(RepairLoad {
            mean_down,
            mean_time_down: mean_down / ((self.n as f64 - mean_down) * self.failure_rate),
        })
    }
}

/// Probability that fewer than `k` of `n` independent components work, each with an availability [1].
///
/// # Errors
/// A number or a probability out of its range.
pub fn independent_unavailability(
    n: usize,
    k: usize,
    availability: f64,
) -> Result<f64, ReliabilityError> {
    let n = within("components", n, 1, COMPONENTS_MAX)?;
    let k = within("needed components", k, 1, n)?;
    let up = probability("availability", availability)?;
    Ok((0..k).map(|working| binomial(n, working, up)).sum())
}

/// Probability of exactly `successes` in `n` trials.
pub(crate) fn binomial(n: usize, successes: usize, probability: f64) -> f64 {
    let mut value = 1.0;
    let mut failures_left = n - successes;
    for taken in 1..=successes {
        value *= (n - successes + taken) as f64 / taken as f64 * probability;
        // Interleaved, so that the product neither overflows nor vanishes early.
        while value > 1.0 && failures_left > 0 {
            value *= 1.0 - probability;
            failures_left -= 1;
        }
    }
    value * libm::pow(1.0 - probability, failures_left as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{assert_close, assert_near};

    fn group(n: usize, k: usize, mttf: f64, mttr: f64, crews: usize) -> KOutOfN {
        KOutOfN::new(n, k, mttf, mttr, crews).unwrap()
    }

    #[test]
    fn r06_r07_first_failure_without_repair() {
        assert_near(
            group(2, 1, 1e4, 24.0, 0).mean_time_to_failure(),
            15000.0,
            1e-12,
        );
        assert_near(
            group(3, 2, 1e4, 24.0, 0).mean_time_to_failure(),
            8333.33333333,
            1e-9,
        );
    }

    #[test]
    fn r08_r09_first_failure_with_repair() {
        assert_near(
            group(2, 1, 1e4, 24.0, 1).mean_time_to_failure(),
            2098333.33333,
            1e-9,
        );
        assert_near(
            group(3, 2, 1e4, 24.0, 1).mean_time_to_failure(),
            702777.777778,
            1e-9,
        );
    }

    #[test]
    fn r10_r11_r12_unavailability_with_one_crew_and_a_crew_each() {
        for (n, k, crews, expected) in [
            (2, 1, 1, 1.96039992158e-4),
            (2, 1, 2, 9.80296049408e-5),
            (3, 2, 1, 5.88003562952e-4),
            (3, 2, 3, 2.92147634526e-4),
        ] {
            let actual = group(n, k, 1000.0, 10.0, crews).unavailability().unwrap();
            assert_near(actual, expected, 1e-10);
        }
    }

    #[test]
    fn r13_r14_r15_plants_with_one_and_two_in_reserve() {
        for (n, k, mttf, mttr, crews, expected) in [
            (5, 4, 2000.0, 24.0, 1, 0.997190746046),
            (5, 4, 2000.0, 24.0, 5, 0.998626997230),
            (9, 8, 5000.0, 72.0, 1, 0.985539023001),
            (9, 8, 5000.0, 72.0, 9, 0.993210995577),
            (10, 8, 5000.0, 72.0, 2, 0.999509679301),
        ] {
            let down = group(n, k, mttf, mttr, crews).unavailability().unwrap();
            assert_close(1.0 - down, expected, 1e-10);
        }
    }

    #[test]
    fn r14_a_crew_each_is_independence() {
        let independent = independent_unavailability(9, 8, 5000.0 / 5072.0).unwrap();
        assert_close(1.0 - independent, 0.993210995577, 1e-10);
    }

    #[test]
    fn r19_r20_machines_that_wait_for_repair() {
        for (n, crews, mttf, mttr, down, time) in [
            (10, 2, 100.0, 8.0, 0.811201435282, 8.82815560237),
            (100, 3, 1000.0, 24.0, 3.94867216319, 41.1100216115),
        ] {
            let load = group(n, 1, mttf, mttr, crews).repair_load().unwrap();
            assert_near(load.mean_down, down, 1e-10);
            assert_near(load.mean_time_down, time, 1e-10);
        }
    }

    #[test]
    fn a_steady_state_without_a_crew_is_refused() {
        assert!(group(3, 2, 1000.0, 10.0, 0).unavailability().is_err());
        assert!(KOutOfN::new(3, 4, 1000.0, 10.0, 1).is_err());
    }
}
