//! Step series: each value holds from its time stamp until the next one. Carbon intensity, prices and
//! supply limits are of this kind.
//!
//! Instants are integer milliseconds since the start of the simulated year. The last value holds without
//! end; before the first time stamp the series has no value, and says so with `None` instead of
//! inventing one.

use thiserror::Error;

use crate::calendar::{HourOfYear, MILLISECONDS_PER_HOUR};

/// Why points do not make a step series.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum StepSeriesError {
    /// There is no point at all.
    #[error("a series needs at least one point")]
    Empty,
    /// A time stamp is not later than the one before; the index counts from 0.
    #[error("time stamp {instant_ms} ms of point {index} is not later than the one before")]
    NotIncreasing {
        /// Index of the offending point.
        index: usize,
        /// Its time stamp [ms].
        instant_ms: i64,
    },
    /// A value is infinite or not a number; the index counts from 0.
    #[error("value {value} of point {index} is not a finite number")]
    NotFinite {
        /// Index of the offending point.
        index: usize,
        /// Its value.
        value: f64,
    },
}

/// Values that each hold from their time stamp on.
#[derive(Debug, Clone, PartialEq)]
pub struct StepSeries {
    instants_ms: Vec<i64>,
    values: Vec<f64>,
}

impl StepSeries {
    /// A series of (time stamp [ms since the start of the year], value); time stamps strictly increase.
    pub fn new(points: &[(i64, f64)]) -> Result<Self, StepSeriesError> {
        if points.is_empty() {
            return Err(StepSeriesError::Empty);
        }
        let mut series = Self {
            instants_ms: Vec::with_capacity(points.len()),
            values: Vec::with_capacity(points.len()),
        };
        for (index, &(instant_ms, value)) in points.iter().enumerate() {
            if series
                .instants_ms
                .last()
                .is_some_and(|last| *last >= instant_ms)
            {
                return Err(StepSeriesError::NotIncreasing { index, instant_ms });
            }
            if !value.is_finite() {
                return Err(StepSeriesError::NotFinite { index, value });
            }
            series.instants_ms.push(instant_ms);
            series.values.push(value);
        }
        Ok(series)
    }

    /// One value for ever, also before the start of the year.
    pub fn constant(value: f64) -> Result<Self, StepSeriesError> {
        Self::new(&[(i64::MIN, value)])
    }

    /// One value per hour from the start of the year on.
    pub fn hourly(values: &[f64]) -> Result<Self, StepSeriesError> {
        let points: Vec<(i64, f64)> = (0i64..)
            .zip(values)
            .map(|(hour, value)| (hour * MILLISECONDS_PER_HOUR, *value))
            .collect();
        Self::new(&points)
    }

    /// The points in order of time.
    pub fn points(&self) -> impl ExactSizeIterator<Item = (i64, f64)> {
        self.instants_ms
            .iter()
            .zip(&self.values)
            .map(|(instant_ms, value)| (*instant_ms, *value))
    }

    /// The value that holds at an instant, `None` before the first time stamp.
    pub fn value_at(&self, instant_ms: i64) -> Option<f64> {
        Some(self.values[self.index_at(instant_ms)?])
    }

    /// Integral from one instant to another [value · h]: the exact sum of value times duration, with no
    /// sampling. `None` when the interval runs backwards or begins before the first time stamp.
    pub fn integral(&self, from_ms: i64, to_ms: i64) -> Option<f64> {
        if to_ms < from_ms {
            return None;
        }
        let mut index = self.index_at(from_ms)?;
        let mut start_ms = from_ms;
        let mut total = 0.0;
        while start_ms < to_ms {
            let end_ms = self
                .instants_ms
                .get(index + 1)
                .map_or(to_ms, |next| to_ms.min(*next));
            let duration_h = end_ms.abs_diff(start_ms) as f64 / MILLISECONDS_PER_HOUR as f64;
            total += self.values[index] * duration_h;
            start_ms = end_ms;
            index += 1;
        }
        Some(total)
    }

    /// Mean over an interval; the value itself when the interval is empty. `None` as for the integral.
    pub fn mean(&self, from_ms: i64, to_ms: i64) -> Option<f64> {
        if from_ms == to_ms {
            return self.value_at(from_ms);
        }
        let duration_h = to_ms.abs_diff(from_ms) as f64 / MILLISECONDS_PER_HOUR as f64;
        Some(self.integral(from_ms, to_ms)? / duration_h)
    }

    /// Mean of each of the 8760 hours of the year, `None` when the series begins after the year does.
    pub fn hourly_means(&self) -> Option<Vec<f64>> {
        HourOfYear::all()
            .map(|hour| self.mean(hour.start_ms(), hour.start_ms() + MILLISECONDS_PER_HOUR))
            .collect()
    }

    /// Index of the point that holds at an instant.
    fn index_at(&self, instant_ms: i64) -> Option<usize> {
        self.instants_ms
            .partition_point(|stamp| *stamp <= instant_ms)
            .checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = MILLISECONDS_PER_HOUR;

    #[test]
    fn a_value_holds_from_its_time_stamp_on() {
        let series = StepSeries::new(&[(0, 1.0), (HOUR, 3.0)]).unwrap();
        assert_eq!(series.value_at(-1), None);
        assert_eq!(series.value_at(0), Some(1.0));
        assert_eq!(series.value_at(HOUR - 1), Some(1.0));
        assert_eq!(series.value_at(HOUR), Some(3.0));
        assert_eq!(series.value_at(i64::MAX), Some(3.0));
    }

    #[test]
    fn the_integral_is_exact_across_steps() {
        let series = StepSeries::new(&[(0, 1.0), (HOUR, 3.0), (2 * HOUR, -2.0)]).unwrap();
        assert_eq!(series.integral(HOUR / 2, 4 * HOUR), Some(0.5 + 3.0 - 4.0));
        assert_eq!(series.integral(7, 7), Some(0.0));
        assert_eq!(series.integral(1, 0), None);
        assert_eq!(series.integral(-1, HOUR), None);
        assert_eq!(series.mean(HOUR / 2, 3 * HOUR / 2), Some(2.0));
        assert_eq!(series.mean(HOUR, HOUR), Some(3.0));
    }

    #[test]
    fn a_constant_holds_at_every_instant() {
        let series = StepSeries::constant(2.5).unwrap();
        assert_eq!(series.value_at(i64::MIN), Some(2.5));
        assert_eq!(series.mean(i64::MIN, i64::MAX), Some(2.5));
        assert_eq!(series.hourly_means().unwrap(), vec![2.5; 8760]);
    }

    #[test]
    fn hourly_means_return_hourly_values() {
        let values: Vec<f64> = (0..8760).map(f64::from).collect();
        let series = StepSeries::hourly(&values).unwrap();
        assert_eq!(series.hourly_means().unwrap(), values);
        let late = StepSeries::new(&[(1, 1.0)]).unwrap();
        assert_eq!(late.hourly_means(), None);
    }

    #[test]
    fn points_out_of_order_or_not_finite_are_refused() {
        assert_eq!(StepSeries::new(&[]), Err(StepSeriesError::Empty));
        let repeated = StepSeries::new(&[(5, 1.0), (5, 2.0)]);
        assert!(matches!(
            repeated,
            Err(StepSeriesError::NotIncreasing { index: 1, .. })
        ));
        let infinite = StepSeries::new(&[(5, f64::INFINITY)]);
        assert!(matches!(
            infinite,
            Err(StepSeriesError::NotFinite { index: 0, .. })
        ));
    }

    proptest! {
        #[test]
        fn integrals_over_adjacent_intervals_add_up(
            steps in prop::collection::vec((1i64..10_000_000, -1e3..1e3f64), 1..40),
            cuts in prop::array::uniform3(0i64..200_000_000),
        ) {
            let mut instant = -1;
            let points: Vec<(i64, f64)> = steps
                .iter()
                .map(|(gap, value)| { instant += gap; (instant, *value) })
                .collect();
            let series = StepSeries::new(&points).unwrap();
            let mut cuts = cuts.map(|cut| cut + points[0].0);
            cuts.sort_unstable();
            let whole = series.integral(cuts[0], cuts[2]).unwrap();
            let parts = series.integral(cuts[0], cuts[1]).unwrap()
                + series.integral(cuts[1], cuts[2]).unwrap();
            prop_assert!((whole - parts).abs() <= 1e-9 * (1.0 + whole.abs()) * 100.0);
        }
    }
}
