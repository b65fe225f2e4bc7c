//! The simulated year: 365 days of 24 hours from 1 January 00:00 UTC.
//!
//! Every year has 8760 hours so that years, series and costs compare hour by hour. In a leap year
//! 29 February is left out: the hour after 28 February 23:00 UTC is 1 March 00:00 UTC. Instants inside
//! the year are integer milliseconds since its start, so that no rounding accumulates.

use thiserror::Error;

/// Days in the simulated year.
pub const DAYS_PER_YEAR: u16 = 365;
/// Hours in the simulated year.
pub const HOURS_PER_YEAR: u16 = 8760;
/// Milliseconds in an hour.
pub const MILLISECONDS_PER_HOUR: i64 = 3_600_000;
/// Milliseconds in the simulated year.
pub const MILLISECONDS_PER_YEAR: i64 = HOURS_PER_YEAR as i64 * MILLISECONDS_PER_HOUR;

/// Days of each month, January first, 29 February left out.
pub const DAYS_PER_MONTH: [u16; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Day of the year on which each month begins, counted from 0.
pub const MONTH_STARTS: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Month (1 to 12) of a day of the year counted from 0; days beyond the year belong to December.
pub fn month_of_day(day_of_year: u16) -> u8 {
    MONTH_STARTS
        .iter()
        .filter(|start| **start <= day_of_year)
        .count() as u8
}

/// One hour of the simulated year, counted from 0 (1 January 00:00 UTC) to 8759.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HourOfYear(u16);

impl HourOfYear {
    /// The hour with this index, or `None` from 8760 on.
    pub fn new(index: u16) -> Option<Self> {
        (index < HOURS_PER_YEAR).then_some(Self(index))
    }

    /// The hour that contains an instant [ms since the start of the year]; instants outside the year
    /// wrap around into it.
    pub fn containing(instant_ms: i64) -> Self {
        let hours = instant_ms.div_euclid(MILLISECONDS_PER_HOUR);
        Self(hours.rem_euclid(i64::from(HOURS_PER_YEAR)) as u16)
    }

    /// All hours of the year in order.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..HOURS_PER_YEAR).map(Self)
    }

    /// Index from 0 to 8759.
    pub fn index(self) -> u16 {
        self.0
    }

    /// Day of the year, counted from 0.
    pub fn day_of_year(self) -> u16 {
        self.0 / 24
    }

    /// Hour of the UTC day, 0 to 23.
    pub fn hour_of_day(self) -> u8 {
        (self.0 % 24) as u8
    }

    /// Month in UTC, 1 to 12.
    pub fn month(self) -> u8 {
        month_of_day(self.day_of_year())
    }

    /// Beginning of the hour [ms since the start of the year].
    pub fn start_ms(self) -> i64 {
        i64::from(self.0) * MILLISECONDS_PER_HOUR
    }

    /// The hour so many hours later (earlier if negative), around the end of the year if need be.
    #[must_use]
    pub fn shifted(self, hours: i32) -> Self {
        let index = i64::from(self.0) + i64::from(hours);
        Self(index.rem_euclid(i64::from(HOURS_PER_YEAR)) as u16)
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All days, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Whether it is Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }

    /// Weekday of a count of days since 1 January 1970, a Thursday.
    pub(crate) fn of_epoch_day(days: i64) -> Self {
        Self::ALL[(days + 3).rem_euclid(7) as usize]
    }
}

/// A year of the Gregorian calendar in which a simulation can take place: 1900 to 2200.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarYear(i16);

/// A year outside the range that the calendar covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("year {0} is outside 1900 to 2200")]
pub struct YearOutOfRange(pub i32);

impl CalendarYear {
    /// The year, or an error outside 1900 to 2200, where calendars and zones say nothing useful.
    pub fn new(year: i32) -> Result<Self, YearOutOfRange> {
        if (1900..=2200).contains(&year) {
            Ok(Self(year as i16))
        } else {
            Err(YearOutOfRange(year))
        }
    }

    /// The year as a number.
    pub fn number(self) -> i32 {
        i32::from(self.0)
    }

    /// Whether the calendar has a 29 February, which the simulated year leaves out.
    pub fn is_leap(self) -> bool {
        let year = self.number();
        (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    }

    /// Weekday of a day of the simulated year, counted from 0 and taken modulo 365.
    pub fn weekday(self, day_of_year: u16) -> Weekday {
        Weekday::of_epoch_day(self.epoch_day(day_of_year % DAYS_PER_YEAR))
    }

    /// Days from 1 January 1970 to a day of the simulated year.
    pub(crate) fn epoch_day(self, day_of_year: u16) -> i64 {
        let before = i64::from(self.0) - 1;
        let to_first_of_january = before * 365 + before / 4 - before / 100 + before / 400 - 719_162;
        let skipped = i64::from(self.is_leap() && day_of_year >= MONTH_STARTS[2]);
        to_first_of_january + i64::from(day_of_year) + skipped
    }
}

/// Length of a simulation step: 5 to 60 minutes, a whole number of steps per hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeStep {
    minutes: u8,
}

/// A step length that does not divide the hour or lies outside 5 to 60 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a step of {0} min is not one of 5, 6, 10, 12, 15, 20, 30, 60 min")]
pub struct InvalidStep(pub u32);

impl TimeStep {
    /// One hour.
    pub const HOUR: Self = Self { minutes: 60 };

    /// The step of so many minutes: 5, 6, 10, 12, 15, 20, 30 or 60.
    pub fn from_minutes(minutes: u32) -> Result<Self, InvalidStep> {
        if (5..=60).contains(&minutes) && 60 % minutes == 0 {
            Ok(Self {
                minutes: minutes as u8,
            })
        } else {
            Err(InvalidStep(minutes))
        }
    }

    /// Length [min].
    pub fn minutes(self) -> u32 {
        u32::from(self.minutes)
    }

    /// Length [ms].
    pub fn duration_ms(self) -> i64 {
        i64::from(self.minutes) * 60_000
    }

    /// Length [h].
    pub fn duration_h(self) -> f64 {
        f64::from(self.minutes) / 60.0
    }

    /// Steps in an hour.
    pub fn steps_per_hour(self) -> u32 {
        60 / self.minutes()
    }

    /// Steps in the simulated year.
    pub fn steps_per_year(self) -> u32 {
        u32::from(HOURS_PER_YEAR) * self.steps_per_hour()
    }

    /// Beginning of a step [ms since the start of the year].
    pub fn start_ms(self, step: u32) -> i64 {
        i64::from(step) * self.duration_ms()
    }

    /// Hour of the year in which a step lies; steps beyond the year wrap around into it.
    pub fn hour(self, step: u32) -> HourOfYear {
        HourOfYear::containing(self.start_ms(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_their_days_add_up_to() {
        let mut start = 0;
        for (month, days) in DAYS_PER_MONTH.iter().enumerate() {
            assert_eq!(MONTH_STARTS[month], start);
            assert_eq!(month_of_day(start), month as u8 + 1);
            start += days;
            assert_eq!(month_of_day(start - 1), month as u8 + 1);
        }
        assert_eq!(start, DAYS_PER_YEAR);
    }

    #[test]
    fn hours_know_their_day_month_and_instant() {
        let hour = HourOfYear::new(59 * 24 + 7).unwrap();
        assert_eq!(
            (hour.day_of_year(), hour.hour_of_day(), hour.month()),
            (59, 7, 3)
        );
        assert_eq!(HourOfYear::containing(hour.start_ms() + 3_599_999), hour);
        assert_eq!(HourOfYear::new(HOURS_PER_YEAR), None);
        assert_eq!(HourOfYear::all().len(), 8760);
    }

    #[test]
    fn instants_before_and_after_the_year_wrap_into_it() {
        assert_eq!(HourOfYear::containing(-1).index(), 8759);
        assert_eq!(HourOfYear::containing(MILLISECONDS_PER_YEAR).index(), 0);
        assert_eq!(HourOfYear(0).shifted(-8).index(), 8752);
        assert_eq!(
            HourOfYear(8759).shifted(i32::MAX).index(),
            (8759 + i64::from(i32::MAX)).rem_euclid(8760) as u16
        );
    }

    #[test]
    fn weekdays_agree_with_the_calendar() {
        let year = |number| CalendarYear::new(number).unwrap();
        assert_eq!(year(1970).weekday(0), Weekday::Thursday);
        assert_eq!(year(2000).weekday(0), Weekday::Saturday);
        assert_eq!(year(2026).weekday(0), Weekday::Thursday);
        assert_eq!(year(2026).weekday(364), Weekday::Thursday);
        for number in 1900..=2200 {
            for (month, start) in MONTH_STARTS.iter().enumerate() {
                let date = jiff::civil::date(number as i16, month as i8 + 1, 1);
                let expected = date.weekday().to_monday_zero_offset();
                assert_eq!(year(number).weekday(*start) as i8, expected, "{date}");
            }
        }
    }

    #[test]
    fn a_leap_year_goes_from_28_february_to_1_march() {
        let year = CalendarYear::new(2028).unwrap();
        assert!(year.is_leap());
        assert_eq!(year.weekday(58), Weekday::Monday);
        assert_eq!(year.weekday(59), Weekday::Wednesday);
        assert_eq!(CalendarYear::new(1899), Err(YearOutOfRange(1899)));
    }

    #[test]
    fn steps_divide_the_hour_and_fill_the_year() {
        for minutes in 0..100 {
            let step = TimeStep::from_minutes(minutes);
            let expected = [5, 6, 10, 12, 15, 20, 30, 60].contains(&minutes);
            assert_eq!(step.is_ok(), expected, "{minutes}");
            if let Ok(step) = step {
                assert_eq!(step.start_ms(step.steps_per_year()), MILLISECONDS_PER_YEAR);
                assert_eq!(step.hour(step.steps_per_hour()).index(), 1);
                assert_eq!(step.hour(step.steps_per_hour() - 1).index(), 0);
            }
        }
    }
}
