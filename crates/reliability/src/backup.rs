//! Generators that must start, and a battery, through an outage of the grid.
//!
//! What it computes: the probability that every step of the outage up to each is served.
//!
//! Assumptions: equal generators that are available and start independently at the beginning, then fail at the start
//! of a step with probability 1/MTTF and are not repaired; a battery without losses bridges what is missing and takes
//! what is left over.
//!
//! Valid range: steps of one hour; up to 1,000 generators.
//!
//! References: Marqusee, Ericson and Jenket 2020 (backup reliability as in the Energy Resilience Performance tool of
//! `REopt`).

use std::collections::BTreeMap;

use crate::error::{ReliabilityError, positive, probability, within};
use crate::k_out_of_n::binomial;

const GENERATORS_MAX: usize = 1_000;

/// Generators and a battery.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backup {
    /// Number of generators.
    pub generators: usize,
    /// Power of one [kW].
    pub generator_kw: f64,
    /// Probability that one is not in maintenance [1].
    pub available: f64,
    /// Probability that one fails to start [1].
    pub start_failure: f64,
    /// Mean time to fail while running [h].
    pub mttf_h: f64,
    /// Most that the battery takes or gives [kW].
    pub battery_kw: f64,
    /// Most that it holds [kWh].
    pub battery_kwh: f64,
    /// What it holds at the beginning [kWh].
    pub battery_start_kwh: f64,
}

impl Backup {
    /// Probability that all hours up to each are served [1], under hourly loads [kW].
    ///
    /// # Errors
    /// Probabilities outside 0 to 1, a mean time below an hour, more than 1,000 generators.
    pub fn survival(&self, load_kw: &[f64]) -> Result<Vec<f64>, ReliabilityError> {
        within("generators", self.generators, 0, GENERATORS_MAX)?;
        let ready = probability("availability", self.available)?
            * (1.0 - probability("failure to start", self.start_failure)?);
        let mttf_h = positive("mean time to fail", self.mttf_h)?;
        let runs_on = probability("probability to run on", 1.0 - 1.0 / mttf_h)?;
        let start_kwh = self.battery_start_kwh.to_bits();
        let mut states: BTreeMap<(usize, u64), f64> = (0..=self.generators)
            .map(|running| {
                (
                    (running, start_kwh),
                    binomial(self.generators, running, ready),
                )
            })
            .collect();
        let mut results = Vec::with_capacity(load_kw.len());
        for load in load_kw {
            let mut next = BTreeMap::new();
            for ((running, bits), share) in &states {
                for left in 0..=*running {
                    let surplus = left as f64 * self.generator_kw - load;
                    if let Some(kwh) = self.battery_after(f64::from_bits(*bits), surplus) {
                        *next.entry((left, kwh.to_bits())).or_insert(0.0) +=
                            share * binomial(*running, left, runs_on);
                    }
                }
            }
            states = next;
            results.push(states.values().sum());
        }
        Ok(results)
    }

    /// What the battery holds after an hour of a surplus or a deficit; nothing when it cannot bridge it.
    fn battery_after(&self, held_kwh: f64, surplus_kw: f64) -> Option<f64> {
        if surplus_kw >= 0.0 {
            Some((held_kwh + surplus_kw.min(self.battery_kw)).min(self.battery_kwh))
        } else {
            let bridged = -surplus_kw <= self.battery_kw && -surplus_kw <= held_kwh;
            bridged.then_some(held_kwh + surplus_kw)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    fn two_small() -> Backup {
        Backup {
            generators: 2,
            generator_kw: 1.0,
            available: 1.0,
            start_failure: 0.0,
            mttf_h: 5.0,
            battery_kw: 0.0,
            battery_kwh: 0.0,
            battery_start_kwh: 0.0,
        }
    }

    #[test]
    fn r36_a_battery_bridges_what_generators_miss() {
        let backup = Backup {
            battery_kw: 1.0,
            battery_kwh: 2.0,
            battery_start_kwh: 1.0,
            ..two_small()
        };
        let survival = backup.survival(&[1.0, 2.0, 2.0]).unwrap();
        for (actual, expected) in survival.iter().zip([1.0, 0.8704, 0.557056]) {
            assert_close(*actual, expected, 1e-12);
        }
    }

    #[test]
    fn r37_generators_alone_from_each_hour() {
        let load = [1.0, 2.0, 2.0, 1.0];
        for (start, expected) in [
            [0.96, 0.4096, 0.262144],
            [0.64, 0.4096, 0.393216],
            [0.64, 0.6144, 0.557056],
            [0.96, 0.8704, 0.262144],
        ]
        .iter()
        .enumerate()
        {
            let hours: Vec<f64> = (0..3).map(|hour| load[(start + hour) % 4]).collect();
            let survival = two_small().survival(&hours).unwrap();
            for (actual, expected) in survival.iter().zip(expected) {
                assert_close(*actual, *expected, 1e-12);
            }
        }
    }

    #[test]
    fn r38_one_generator_and_a_battery_of_four_hours() {
        let backup = Backup {
            generators: 1,
            generator_kw: 100.0,
            available: 0.98,
            start_failure: 0.1,
            mttf_h: 100.0,
            battery_kw: 100.0,
            battery_kwh: 400.0,
            battery_start_kwh: 400.0,
        };
        let survival = backup.survival(&[100.0; 24]).unwrap();
        assert_close(survival[23], 0.7213939189607577, 1e-12);
    }

    #[test]
    fn r39_four_generators_needed_of_four_five_and_six() {
        for (generators, day, four_days) in [
            (4, 0.864901, 0.665592),
            (5, 0.988183, 0.923209),
            (6, 0.999166, 0.985528),
        ] {
            let backup = Backup {
                generators,
                available: 0.995,
                start_failure: 0.0094,
                mttf_h: 1100.0,
                ..two_small()
            };
            let survival = backup.survival(&[4.0; 96]).unwrap();
            assert_close(survival[23], day, 1e-6);
            assert_close(survival[95], four_days, 1e-6);
        }
    }

    #[test]
    fn a_generator_that_fails_within_its_first_hour_is_refused() {
        let backup = Backup {
            mttf_h: 0.5,
            ..two_small()
        };
        assert!(backup.survival(&[1.0]).is_err());
    }
}
