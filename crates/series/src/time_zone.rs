//! What clocks on the wall show: local hour, weekday and month for each UTC hour of a simulated year.
//!
//! Rules come from the zone database that is compiled in, never from the machine, so that a run gives
//! the same result everywhere. Future years follow the rules known to that database.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use thiserror::Error;

use crate::calendar::{CalendarYear, HourOfYear, Weekday};

const SECONDS_PER_DAY: i64 = 86_400;

/// A name that the zone database does not know.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("time zone {0:?} is not in the IANA database; a name such as \"Asia/Irkutsk\" is expected")]
pub struct UnknownTimeZone(pub String);

/// What a local clock and calendar show at the beginning of a UTC hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LocalTime {
    /// Local hour, 0 to 23; in zones off by half an hour the hour in which the UTC hour begins.
    pub hour_of_day: u8,
    /// Local day of the week.
    pub weekday: Weekday,
    /// Local month, 1 to 12.
    pub month: u8,
}

/// The local time of one IANA zone.
#[derive(Debug, Clone)]
pub struct LocalClock {
    name: String,
    zone: TimeZone,
}

impl LocalClock {
    /// The clock of an IANA zone such as `Asia/Irkutsk`; case does not matter.
    pub fn new(name: &str) -> Result<Self, UnknownTimeZone> {
        let zone = TimeZoneDatabase::bundled()
            .get(name)
            .map_err(|_| UnknownTimeZone(name.chars().take(80).collect()))?;
        let name = zone.iana_name().unwrap_or(name).to_owned();
        Ok(Self { name, zone })
    }

    /// The zone's name as the database spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Local time at the beginning of a UTC hour of a simulated year.
    ///
    /// The date is the real local date: east of Greenwich, the last hours of 28 February of a leap year
    /// read 29 February, and the last hours of December read January.
    pub fn local(&self, year: CalendarYear, hour: HourOfYear) -> LocalTime {
        let utc_s = year.epoch_day(hour.day_of_year()) * SECONDS_PER_DAY
            + i64::from(hour.hour_of_day()) * 3600;
        local_time(utc_s + self.offset_s(utc_s))
    }

    /// Local time of all 8760 hours of a simulated year; one table serves every place in the zone.
    pub fn year(&self, year: CalendarYear) -> Vec<LocalTime> {
        HourOfYear::all()
            .map(|hour| self.local(year, hour))
            .collect()
    }

    /// Seconds that local time is ahead of UTC at an instant.
    fn offset_s(&self, utc_s: i64) -> i64 {
        let instant = Timestamp::from_second(utc_s)
            .expect("a calendar year lies within 1900 to 2200, inside the range of time stamps");
        i64::from(self.zone.to_offset(instant).seconds())
    }
}

/// Names of all zones that [`LocalClock::new`] knows, sorted, for "did you mean".
pub fn time_zone_names() -> Vec<String> {
    let mut names: Vec<String> = TimeZoneDatabase::bundled()
        .available()
        .map(|name| name.to_string())
        .collect();
    names.sort();
    names
}

/// Splits a local count of seconds since 1970 into clock and calendar.
fn local_time(local_s: i64) -> LocalTime {
    let days = local_s.div_euclid(SECONDS_PER_DAY);
    LocalTime {
        hour_of_day: (local_s.rem_euclid(SECONDS_PER_DAY) / 3600) as u8,
        weekday: Weekday::of_epoch_day(days),
        month: month_of_epoch_day(days),
    }
}

/// Month of a count of days since 1970, in the proleptic Gregorian calendar.
///
/// Counts within the 400-year cycle from 1 March 2000, where leap days fall at the end of each year.
fn month_of_epoch_day(days: i64) -> u8 {
    let day_of_era = (days - 11_017).rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_from_march = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // 153 days in every five months from March on.
    let month_from_march = (5 * day_from_march + 2) / 153;
    ((month_from_march + 2) % 12 + 1) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(number: i32) -> CalendarYear {
        CalendarYear::new(number).unwrap()
    }

    fn hour(index: u16) -> HourOfYear {
        HourOfYear::new(index).unwrap()
    }

    #[test]
    fn irkutsk_is_eight_hours_ahead() {
        let clock = LocalClock::new("Asia/Irkutsk").unwrap();
        let first = clock.local(year(2026), hour(0));
        assert_eq!(first.hour_of_day, 8);
        assert_eq!(first.weekday, Weekday::Thursday);
        let last = clock.local(year(2026), hour(8759));
        assert_eq!((last.hour_of_day, last.month), (7, 1));
        assert_eq!(last.weekday, Weekday::Friday);
    }

    #[test]
    fn a_leap_day_appears_only_where_local_time_runs_into_it() {
        let clock = LocalClock::new("Asia/Irkutsk").unwrap();
        let evening = clock.local(year(2028), hour(58 * 24 + 23));
        assert_eq!((evening.hour_of_day, evening.month), (7, 2));
        assert_eq!(evening.weekday, Weekday::Tuesday);
        let next = clock.local(year(2028), hour(59 * 24));
        assert_eq!((next.hour_of_day, next.month), (8, 3));
        assert_eq!(next.weekday, Weekday::Wednesday);
    }

    #[test]
    fn summer_time_shifts_the_local_hour() {
        let clock = LocalClock::new("Europe/Berlin").unwrap();
        assert_eq!(clock.local(year(2026), hour(12)).hour_of_day, 13);
        assert_eq!(clock.local(year(2026), hour(200 * 24 + 12)).hour_of_day, 14);
        let india = LocalClock::new("Asia/Kolkata").unwrap();
        assert_eq!(india.local(year(2026), hour(0)).hour_of_day, 5);
    }

    #[test]
    fn local_time_agrees_with_the_zone_library_hour_by_hour() {
        for name in [
            "Asia/Irkutsk",
            "America/New_York",
            "Asia/Kolkata",
            "Pacific/Apia",
        ] {
            let clock = LocalClock::new(name).unwrap();
            let zone = TimeZoneDatabase::bundled().get(name).unwrap();
            for number in [1999, 2000, 2026, 2028, 2100] {
                let table = clock.year(year(number));
                assert_eq!(table.len(), 8760);
                for hour in HourOfYear::all() {
                    let day = year(number).epoch_day(hour.day_of_year());
                    let utc_s = day * SECONDS_PER_DAY + i64::from(hour.hour_of_day()) * 3600;
                    let expected = Timestamp::from_second(utc_s)
                        .unwrap()
                        .to_zoned(zone.clone());
                    let found = table[usize::from(hour.index())];
                    assert_eq!(i16::from(found.hour_of_day), i16::from(expected.hour()));
                    assert_eq!(i16::from(found.month), i16::from(expected.month()));
                    assert_eq!(
                        found.weekday as i8,
                        expected.weekday().to_monday_zero_offset()
                    );
                }
            }
        }
    }

    #[test]
    fn an_unknown_zone_is_an_error_and_the_known_ones_are_listed() {
        let error = LocalClock::new("Asia/Irkutks").unwrap_err();
        assert!(error.to_string().contains("Asia/Irkutks"));
        assert!(LocalClock::new("").is_err());
        let names = time_zone_names();
        assert!(names.binary_search(&"Asia/Irkutsk".to_owned()).is_ok());
    }
}
