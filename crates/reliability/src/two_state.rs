//! One component that fails and is repaired.
//!
//! What it computes: availability in the long run and at a time, and the expected downtime of a first period.
//!
//! Assumptions: the component starts up; times to fail and to repair are exponential for what depends on time; the
//! long run holds for any law of the same means.
//!
//! Valid range: positive finite means.
//!
//! References: Trivedi, Probability and Statistics with Reliability, Queuing and Computer Science Applications, 2002.

use crate::error::{ReliabilityError, positive};

/// A component with a mean time to fail and a mean time to repair, in one unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoState {
    failure_rate: f64,
    repair_rate: f64,
}

impl TwoState {
    /// From the mean time to fail `mttf` and the mean time to repair `mttr` [same unit of time].
    ///
    /// # Errors
    /// A mean that is not finite and positive.
    pub fn new(mttf: f64, mttr: f64) -> Result<Self, ReliabilityError> {
        Ok(Self {
            failure_rate: 1.0 / positive("mean time to fail", mttf)?,
            repair_rate: 1.0 / positive("mean time to repair", mttr)?,
        })
    }

    /// Availability in the long run [1].
    pub fn availability(&self) -> f64 {
        self.repair_rate / (self.failure_rate + self.repair_rate)
    }

    /// Probability of being up at `time` [1].
    pub fn availability_at(&self, time: f64) -> f64 {
        let sum = self.failure_rate + self.repair_rate;
        self.availability() + self.failure_rate / sum * libm::exp(-sum * time)
    }

    /// Expected time down from the start to `time` [unit of time].
    pub fn expected_downtime(&self, time: f64) -> f64 {
        let sum = self.failure_rate + self.repair_rate;
        self.failure_rate / sum * (time + libm::expm1(-sum * time) / sum)
    }
}

/// Hours down in `hours` at an availability [h].
///
/// # Errors
/// An availability outside 0 to 1.
pub fn downtime_hours(availability: f64, hours: f64) -> Result<f64, ReliabilityError> {
    let availability = crate::error::probability("availability", availability)?;
    Ok((1.0 - availability) * hours)
}

/// Mean probability of failure on demand [1] of a single protection channel with undetected failures of rate
/// `failure_rate`, found by a test every `interval` and then repaired in `mttr` [one unit of time]; first order, valid
/// while the result is far below one (IEC 61508-6, one out of one).
///
/// # Errors
/// An input that is not finite and positive.
pub fn failure_on_demand(
    failure_rate: f64,
    interval: f64,
    mttr: f64,
) -> Result<f64, ReliabilityError> {
    let down = positive("test interval", interval)? / 2.0 + positive("mean time to repair", mttr)?;
    Ok(positive("failure rate", failure_rate)? * down)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{assert_close, assert_near};

    fn thousand_and_ten() -> TwoState {
        TwoState::new(1000.0, 10.0).unwrap()
    }

    #[test]
    fn r01_availability_in_the_long_run() {
        assert_close(thousand_and_ten().availability(), 0.990099009901, 1e-12);
    }

    #[test]
    fn r02_transient_of_a_fast_component() {
        let component = TwoState::new(1.0 / 3.0, 0.5).unwrap();
        assert_close(component.availability_at(1.0), 0.404042768199, 1e-6);
        assert_close(1.0 - component.availability_at(1.0), 0.595957231801, 1e-6);
    }

    #[test]
    fn r03_transient_of_a_slow_component() {
        let component = thousand_and_ten();
        for (time, expected) in [
            (1.0, 0.99904884191),
            (10.0, 0.993705138412),
            (100.0, 0.990099416629),
        ] {
            assert_close(component.availability_at(time), expected, 1e-10);
        }
    }

    #[test]
    fn r04_downtime_of_the_first_year() {
        assert_close(
            thousand_and_ten().expected_downtime(8760.0),
            86.6346436624,
            1e-9,
        );
    }

    #[test]
    fn r52_nines_as_hours_of_a_year() {
        for (percent, hours) in [
            (99.671, 28.8204),
            (99.741, 22.6884),
            (99.982, 1.5768),
            (99.995, 0.438),
        ] {
            assert_close(
                downtime_hours(percent / 100.0, 8760.0).unwrap(),
                hours,
                1e-9,
            );
        }
    }

    #[test]
    fn r53_failure_on_demand_of_one_channel() {
        for (interval, expected) in [(4380.0, 1.099e-4), (8760.0, 2.194e-4)] {
            assert_near(
                failure_on_demand(5e-8, interval, 8.0).unwrap(),
                expected,
                1e-6,
            );
        }
    }
}
