//! Times as weather tables write them.

/// Minutes since 1 January 1970 of `2020-01-31T05:30`, `2020-01-31 05:30:00` or `2020-01-31` and what follows the
/// minutes; the zone is not looked at.
pub(super) fn minutes_of(text: &str) -> Option<i64> {
    let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let mut parts = date.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    at(year, month, day, clock).filter(|_| parts.next().is_none())
}

/// Minutes of `01/31/1988` and `24:00`, all in one year, for months of several years stand for one typical year.
pub(super) fn minutes_of_tmy3(date: &str, clock: &str) -> Option<i64> {
    const TYPICAL_YEAR: i16 = 2001;
    let mut parts = date.split('/');
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    at(TYPICAL_YEAR, month, day, clock)
}

fn at(year: i16, month: i8, day: i8, clock: &str) -> Option<i64> {
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = (date - epoch).get_days();
    let mut parts = clock.split(':');
    let hour: i64 = parts.next()?.trim().parse().ok()?;
    let minute: i64 = parts.next()?.trim().parse().ok()?;
    ((0..=24).contains(&hour) && (0..60).contains(&minute))
        .then(|| i64::from(days) * 24 * 60 + hour * 60 + minute)
}

/// The day of a time, for people.
pub(super) fn day_of(minutes: i64) -> String {
    let days = i32::try_from(minutes.div_euclid(24 * 60)).unwrap_or(0);
    let span = jiff::Span::new().try_days(days);
    span.ok()
        .and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span).ok())
        .map_or_else(|| "?".to_owned(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_services_write_them() {
        let expected = Some(18_292 * 1440 + 5 * 60 + 30);
        for text in [
            "2020-01-31T05:30",
            "2020-01-31 05:30:00",
            "2020-01-31T05:30:00Z",
        ] {
            assert_eq!(minutes_of(text), expected, "{text}");
        }
        assert_eq!(minutes_of("2020-02-30T05:30"), None);
        assert_eq!(minutes_of("yesterday"), None);
        assert_eq!(minutes_of("2020-01-31"), Some(18_292 * 1440));
        assert_eq!(
            minutes_of_tmy3("12/31/1990", "24:00"),
            minutes_of("2002-01-01T00:00")
        );
        assert_eq!(day_of(18_292 * 1440 + 5), "2020-01-31");
    }
}
