//! Instants and lengths of time as people write them.

use angara_workload::trace::Clock;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// An instant of a trace: a date where the clock tells one, else the time since the start of the trace.
pub(super) fn instant(clock: Clock, at_ms: i64) -> String {
    date_time(clock, at_ms).map_or_else(
        || {
            let sign = if at_ms < 0 { "-" } else { "" };
            format!("{sign}{}", length(at_ms.unsigned_abs() as f64 / 1_000.0))
        },
        |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

/// As [`instant`] in the form of RFC 3339; nothing where the clock tells no date.
pub(super) fn timestamp(clock: Clock, at_ms: i64) -> Option<String> {
    date_time(clock, at_ms).map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn date_time(clock: Clock, at_ms: i64) -> Option<jiff::Zoned> {
    let epoch_ms = match clock {
        Clock::Epoch => at_ms,
        Clock::Relative { start_ms } => start_ms?.checked_add(at_ms)?,
    };
    let at = Timestamp::from_millisecond(epoch_ms).ok()?;
    Some(at.to_zoned(TimeZone::UTC))
}

/// Milliseconds since 1970 of the start of a date, written YYYY-MM-DD.
pub(super) fn start_of_date(text: &str) -> Result<i64, String> {
    let date: Date = text
        .parse()
        .map_err(|_| format!("`{text}` is no date of the form YYYY-MM-DD"))?;
    let start = date
        .to_zoned(TimeZone::UTC)
        .map_err(|error| error.to_string())?;
    Ok(start.timestamp().as_millisecond())
}

/// A length of time [s] in the unit that reads best.
pub(super) fn length(seconds: f64) -> String {
    let (value, unit) = match seconds {
        _ if seconds < 120.0 => (seconds, "s"),
        _ if seconds < 7_200.0 => (seconds / 60.0, "min"),
        _ if seconds < 172_800.0 => (seconds / 3_600.0, "h"),
        _ if seconds < 63_115_200.0 => (seconds / 86_400.0, "d"),
        _ => (seconds / 31_557_600.0, "years"),
    };
    let digits = usize::from(value.fract() != 0.0);
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_a_date_where_the_clock_tells_one() {
        assert_eq!(instant(Clock::Epoch, 86_400_000), "1970-01-02 00:00:00");
        let relative = Clock::Relative { start_ms: None };
        assert_eq!(instant(relative, 5_400_000), "90 min");
        assert_eq!(instant(relative, -1_500), "-1.5 s");
        let known = Clock::Relative {
            start_ms: Some(1_000),
        };
        assert_eq!(
            timestamp(known, 1_000).as_deref(),
            Some("1970-01-01T00:00:02Z")
        );
        assert_eq!(timestamp(Clock::Epoch, i64::MAX), None);
    }

    #[test]
    fn a_date_is_read_as_its_start_in_utc() {
        assert_eq!(start_of_date("2024-03-01"), Ok(1_709_251_200_000));
        assert!(start_of_date("2024-02-30").is_err());
        assert!(start_of_date("tomorrow").is_err());
    }

    #[test]
    fn lengths_take_the_unit_that_reads_best() {
        for (seconds, text) in [
            (0.5, "0.5 s"),
            (64.0, "64 s"),
            (300.0, "5 min"),
            (86_400.0, "24 h"),
            (604_800.0, "7 d"),
        ] {
            assert_eq!(length(seconds), text);
        }
    }
}
