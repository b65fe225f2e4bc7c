//! Hours of a year at or below whole degrees: the plain measure of free cooling.
//!
//! # What it computes
//! For every whole degree, the hours of a year whose dry bulb, wet bulb or dew point is at or below it; and the extremes.
//!
//! # Assumptions
//! All observations have equal weight; together they are 8760 h, so that a record of several years is averaged.
//!
//! # Valid range
//! -60 to 60 °C; colder air counts at every degree, hotter at none.
//!
//! # References
//! None: a count.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::weather::HourAir;

/// Degrees that are counted \[°C\].
const DEGREES_C: RangeInclusive<i32> = -60..=60;
const HOURS_PER_YEAR: f64 = 8760.0;
/// Rounding of a wet bulb found by iteration \[K\].
const ROUNDING_K: f64 = 1e-6;

/// Least, mean and greatest value of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Extremes {
    /// Least value.
    pub least: f64,
    /// Mean.
    pub mean: f64,
    /// Greatest value.
    pub greatest: f64,
}

/// Counts and extremes of a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClimateHours {
    /// Hours a year at or below each degree of dry bulb.
    pub dry_bulb_at_most: BTreeMap<i32, f64>,
    /// Hours a year at or below each degree of wet bulb.
    pub wet_bulb_at_most: BTreeMap<i32, f64>,
    /// Hours a year at or below each degree of dew point.
    pub dew_point_at_most: BTreeMap<i32, f64>,
    /// Dry bulb \[°C\].
    pub dry_bulb_c: Extremes,
    /// Wet bulb \[°C\].
    pub wet_bulb_c: Extremes,
}

impl ClimateHours {
    /// Of these observations; all zero where there is none.
    pub fn of(observations: &[HourAir]) -> Self {
        Self {
            dry_bulb_at_most: at_most(observations, |air| air.dry_bulb_c),
            wet_bulb_at_most: at_most(observations, |air| air.wet_bulb_c),
            dew_point_at_most: at_most(observations, |air| air.dew_point_c),
            dry_bulb_c: extremes(observations, |air| air.dry_bulb_c),
            wet_bulb_c: extremes(observations, |air| air.wet_bulb_c),
        }
    }
}

fn at_most(observations: &[HourAir], value: impl Fn(&HourAir) -> f64) -> BTreeMap<i32, f64> {
    let mut counts: BTreeMap<i32, u64> = DEGREES_C.map(|degree| (degree, 0)).collect();
    for air in observations {
        let degree = ((value(air) - ROUNDING_K).ceil() as i32).max(*DEGREES_C.start());
        if let Some(count) = counts.get_mut(&degree) {
            *count += 1;
        }
    }
    let mut sum = 0;
    counts
        .into_iter()
        .map(|(degree, count)| {
            sum += count;
            let share = sum as f64 / observations.len().max(1) as f64;
            (degree, share * HOURS_PER_YEAR)
        })
        .collect()
}

fn extremes(observations: &[HourAir], value: impl Fn(&HourAir) -> f64) -> Extremes {
    let Some(first) = observations.first().map(&value) else {
        return Extremes::default();
    };
    let start = Extremes {
        least: first,
        mean: 0.0,
        greatest: first,
    };
    let sum = observations
        .iter()
        .map(value)
        .fold(start, |found, value| Extremes {
            least: found.least.min(value),
            mean: found.mean + value,
            greatest: found.greatest.max(value),
        });
    Extremes {
        mean: sum.mean / observations.len() as f64,
        ..sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weather::Air;

    #[test]
    fn a_degree_counts_what_is_at_or_below_it() {
        let observations: Vec<HourAir> = [-70.0, 17.9, 18.0, 18.1, 65.0]
            .map(|dry_bulb_c| Air::from_relative_humidity(dry_bulb_c, 0.5, 1e5).into())
            .to_vec();
        let hours = ClimateHours::of(&observations);
        let each = 8760.0 / 5.0;
        assert_eq!(hours.dry_bulb_at_most[&-60], each);
        assert_eq!(hours.dry_bulb_at_most[&17], each);
        assert_eq!(hours.dry_bulb_at_most[&18], 3.0 * each);
        assert_eq!(hours.dry_bulb_at_most[&60], 4.0 * each);
        assert_eq!(hours.dry_bulb_c.greatest, 65.0);
        assert!((hours.dry_bulb_c.mean - 9.8).abs() < 1e-9);
        assert!(hours.wet_bulb_at_most[&18] >= hours.dry_bulb_at_most[&18]);
        assert_eq!(ClimateHours::of(&[]).dry_bulb_at_most[&0], 0.0);
    }
}
