//! Carbon intensity and price of the grid's energy over time.
//!
//! # What it computes
//! The value in force at an instant, and the instant at which the next one comes into force.
//!
//! # Assumptions
//! Each value holds from its instant to the next. The first holds before it as well, the last for ever after.
//!
//! # Valid range
//! Any instants; carbon intensities from 0, prices of any sign.
//!
//! # References
//! Embodied carbon of a host: the round figure that the `OpenDC` data-centre simulator takes for every host.

use thiserror::Error;

/// Joules of a kilowatt-hour, by which intensities count [J/kWh].
pub const JOULES_PER_KWH: f64 = 3.6e6;

/// Carbon of the making of a host, 1000 kg spread over five years of 365 days [g/ms].
pub const EMBODIED_HOST_G_PER_MS: f64 = 1000.0 * 1000.0 / (5.0 * 365.0 * 24.0 * 3600.0 * 1000.0);

/// Why a series cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum IntensityError {
    /// No value at all.
    #[error("a series needs at least one value")]
    Empty,
    /// A value that is no number, or a negative carbon intensity.
    #[error("value {row} of the series cannot be {value}")]
    InvalidValue {
        /// Row.
        row: usize,
        /// The value.
        value: f64,
    },
    /// An instant that does not come after the one before it.
    #[error("value {row} of the series, at {instant_ms} ms, does not come after the one before it")]
    NotAscending {
        /// Row.
        row: usize,
        /// Its instant [ms].
        instant_ms: i64,
    },
}

/// A quantity of the grid over time, by steps.
#[derive(Debug, Clone, PartialEq)]
pub struct IntensitySeries {
    instants_ms: Vec<i64>,
    values: Vec<f64>,
}

impl IntensitySeries {
    /// Carbon intensities [g/kWh] by instant [ms]; fails on an empty series, on instants that do not ascend, and on
    /// values that are negative or no numbers.
    pub fn carbon(points: impl IntoIterator<Item = (i64, f64)>) -> Result<Self, IntensityError> {
        Self::checked(points, 0.0)
    }

    /// Prices per energy, in the unit of the caller, by instant [ms]; they may be negative. Fails on an empty
    /// series, on instants that do not ascend, and on values that are no numbers.
    pub fn price(points: impl IntoIterator<Item = (i64, f64)>) -> Result<Self, IntensityError> {
        Self::checked(points, f64::NEG_INFINITY)
    }

    fn checked(
        points: impl IntoIterator<Item = (i64, f64)>,
        least: f64,
    ) -> Result<Self, IntensityError> {
        let (instants_ms, values): (Vec<i64>, Vec<f64>) = points.into_iter().unzip();
        if values.is_empty() {
            return Err(IntensityError::Empty);
        }
        for (row, value) in values.iter().copied().enumerate() {
            if !(value.is_finite() && value >= least) {
                return Err(IntensityError::InvalidValue { row, value });
            }
            let instant_ms = instants_ms[row];
            if row > 0 && instant_ms <= instants_ms[row - 1] {
                return Err(IntensityError::NotAscending { row, instant_ms });
            }
        }
        Ok(Self {
            instants_ms,
            values,
        })
    }

    /// Value in force at an instant [ms].
    pub fn at(&self, instant_ms: i64) -> f64 {
        let begun = self
            .instants_ms
            .partition_point(|begin_ms| *begin_ms <= instant_ms);
        self.values[begun.max(1) - 1]
    }

    /// First instant after this one [ms] at which another value comes into force, even if it is the same number;
    /// none after the last. The first value is in force before its instant already, so that instant changes nothing.
    pub fn next_change_after(&self, instant_ms: i64) -> Option<i64> {
        let later = self
            .instants_ms
            .partition_point(|begin_ms| *begin_ms <= instant_ms);
        self.instants_ms.get(later.max(1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_holds_to_the_next_the_first_before_and_the_last_after() {
        let series = IntensitySeries::carbon([(1000, 80.0), (2000, 120.0), (5000, 120.0)]).unwrap();
        let values = [i64::MIN, 0, 1000, 1999, 2000, 4999, 5000, i64::MAX].map(|at| series.at(at));
        assert_eq!(values, [80.0, 80.0, 80.0, 80.0, 120.0, 120.0, 120.0, 120.0]);
    }

    #[test]
    fn every_instant_but_the_first_is_a_change() {
        let series = IntensitySeries::carbon([(1000, 80.0), (2000, 120.0), (5000, 120.0)]).unwrap();
        let changes = [0, 999, 1000, 1999, 2000, 4999, 5000].map(|at| series.next_change_after(at));
        let second = Some(2000);
        let third = Some(5000);
        assert_eq!(
            changes,
            [second, second, second, second, third, third, None]
        );
    }

    #[test]
    fn what_is_no_series_is_refused() {
        assert_eq!(IntensitySeries::carbon([]), Err(IntensityError::Empty));
        assert_eq!(
            IntensitySeries::carbon([(0, 1.0), (1, -1.0)]),
            Err(IntensityError::InvalidValue {
                row: 1,
                value: -1.0
            })
        );
        assert!(matches!(
            IntensitySeries::price([(0, f64::NAN)]),
            Err(IntensityError::InvalidValue { row: 0, .. })
        ));
        assert_eq!(
            IntensitySeries::price([(5, 1.0), (5, 2.0)]),
            Err(IntensityError::NotAscending {
                row: 1,
                instant_ms: 5
            })
        );
        assert_eq!(IntensitySeries::price([(5, -1.0)]).unwrap().at(0), -1.0);
    }

    #[test]
    fn a_host_embodies_a_tonne_in_five_years() {
        let five_years_ms = 5.0 * 365.0 * 86_400_000.0;
        assert!((EMBODIED_HOST_G_PER_MS * five_years_ms - 1e6).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn between_changes_the_value_stays(
            gaps in prop::collection::vec((1i64..100, 0.0..500.0f64), 1..20),
            from_ms in -50i64..1500,
        ) {
            let mut instant_ms = 0;
            let points: Vec<(i64, f64)> = gaps
                .into_iter()
                .map(|(gap_ms, value)| {
                    instant_ms += gap_ms;
                    (instant_ms, value)
                })
                .collect();
            let series = IntensitySeries::carbon(points.iter().copied()).unwrap();
            let to_ms = series.next_change_after(from_ms).unwrap_or(from_ms + 200);
            prop_assert!(to_ms > from_ms);
            for at_ms in from_ms..to_ms {
                prop_assert_eq!(series.at(at_ms), series.at(from_ms));
            }
            if let Some(point) = points.iter().find(|point| point.0 == to_ms) {
                prop_assert_eq!(series.at(to_ms), point.1);
            }
        }
    }
}
