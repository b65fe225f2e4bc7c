//! Activity of a service over the hours of a year.
//!
//! # What it computes
//! For each UTC hour the share of peak demand: hour of the local day, times the weekend share on local Saturdays
//! and Sundays, times the local month, over the number of replicas among which the load is spread.
//!
//! # Assumptions
//! Activity is constant within an hour. Every copy of a replicated service carries an equal part of the load,
//! although it holds capacity for all of its share.

use std::collections::BTreeMap;

use angara_scenario::{Profile, Scenario};
use angara_series::{CalendarYear, LocalClock, LocalTime};

use crate::WorkloadError;

/// One, in the fixed-point arithmetic of the shapes.
const ONE: f64 = (1u32 << 24) as f64;

/// Share of peak demand by UTC hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    hours: Vec<Share>,
}

/// Share of peak demand in units of 2^-24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share(u32);

impl Share {
    /// Demand expected of a task with a given peak, rounded to the nearest whole.
    #[inline]
    pub(crate) fn of(self, peak_milli: u32) -> u32 {
        ((u64::from(peak_milli) * u64::from(self.0) + (1 << 23)) >> 24) as u32
    }
}

impl Shape {
    fn new(profile: &Profile, replicas: u32, clock: &[LocalTime]) -> Self {
        let hours = clock
            .iter()
            .map(|local| {
                let hour = profile.hours[usize::from(local.hour_of_day)];
                let month = profile.months[usize::from(local.month) - 1];
                let day = if local.weekday.is_weekend() {
                    profile.weekend
                } else {
                    1.0
                };
                let share = hour * month * day / f64::from(replicas.max(1));
                Share(libm::round(share.clamp(0.0, 16.0) * ONE) as u32)
            })
            .collect();
        Self { hours }
    }

    /// Shares from an hour to the end of the year.
    pub(crate) fn since(&self, hour: usize) -> &[Share] {
        self.hours.get(hour..).unwrap_or_default()
    }

    /// Share of peak demand in an hour [1].
    pub(crate) fn share(&self, hour: usize) -> f64 {
        f64::from(self.hours[hour].0) / ONE
    }

    /// Hours of the year.
    pub(crate) fn len(&self) -> usize {
        self.hours.len()
    }
}

/// The shapes a year needs: one for each profile, time zone and number of replicas, not one for each place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Shapes {
    distinct: Vec<Shape>,
    clocks: BTreeMap<String, Vec<LocalTime>>,
    known: BTreeMap<(usize, String, u32), u32>,
}

impl Shapes {
    /// Index of the shape of a service at a place.
    pub(crate) fn index_of(
        &mut self,
        scenario: &Scenario,
        service: usize,
        place: usize,
        year: CalendarYear,
    ) -> Result<u32, WorkloadError> {
        let entry = &scenario.services[service];
        let zone = &scenario.places[place].time_zone;
        let key = (entry.profile, zone.clone(), entry.replicas);
        if let Some(index) = self.known.get(&key) {
            return Ok(*index);
        }
        if !self.clocks.contains_key(zone) {
            let clock = LocalClock::new(zone).map_err(|error| WorkloadError::UnknownTimeZone {
                place: scenario.places[place].id.clone(),
                reason: error.to_string(),
            })?;
            self.clocks.insert(zone.clone(), clock.year(year));
        }
        let profile = &scenario.profiles[entry.profile];
        let shape = Shape::new(profile, entry.replicas, &self.clocks[zone]);
        let index = self.distinct.len() as u32;
        self.distinct.push(shape);
        self.known.insert(key, index);
        Ok(index)
    }

    pub(crate) fn get(&self, index: u32) -> &Shape {
        &self.distinct[index as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        let mut hours = [0.5; 24];
        hours[20] = 1.0;
        let mut months = [1.0; 12];
        months[0] = 0.8;
        Profile {
            id: "evening".to_owned(),
            hours,
            weekend: 0.5,
            months,
        }
    }

    fn shape(zone: &str, replicas: u32) -> Shape {
        let year = CalendarYear::new(2026).unwrap();
        Shape::new(
            &profile(),
            replicas,
            &LocalClock::new(zone).unwrap().year(year),
        )
    }

    #[test]
    fn the_peak_falls_on_the_local_hour() {
        // 2 February 2026 is a Monday; Irkutsk is eight hours ahead of UTC.
        let hour = 32 * 24 + 12;
        assert_eq!(shape("Asia/Irkutsk", 1).share(hour), 1.0);
        assert_eq!(shape("UTC", 1).share(hour), 0.5);
    }

    #[test]
    fn weekends_months_and_replicas_scale_the_share() {
        // 3 January 2026 is a Saturday, 7 March another.
        assert!((shape("UTC", 1).share(2 * 24 + 20) - 0.8 * 0.5).abs() < 1e-7);
        assert!((shape("UTC", 2).share((59 + 6) * 24 + 20) - 0.25).abs() < 1e-7);
    }

    #[test]
    fn the_mean_agrees_with_that_of_the_profile() {
        let shape = shape("Asia/Vladivostok", 1);
        let mean = (0..shape.len()).map(|hour| shape.share(hour)).sum::<f64>() / 8760.0;
        assert!(
            (mean / profile().mean_share() - 1.0).abs() < 0.003,
            "{mean}"
        );
    }

    #[test]
    fn expected_demand_is_rounded_to_the_nearest_whole() {
        let shape = shape("UTC", 3);
        assert_eq!(shape.since(32 * 24 + 20)[0].of(4000), 1333);
        assert_eq!(shape.since(32 * 24 + 20)[0].of(5), 2);
    }
}
