//! Calendar time stamps as logs write them.

/// Microseconds since 1970 of `2023-11-16 18:17:03.9799600` or `2017-10-09 07:01:55+00:00`; the separator may be a
/// `T`. Without an offset the time is taken as UTC.
pub(crate) fn time_stamp_us(text: &str) -> Option<i64> {
    let text = text.trim();
    let bytes = text.as_bytes();
    if bytes.len() < 19 || !bytes[..19].is_ascii() {
        return None;
    }
    let digits = |from: usize, to: usize| -> Option<i64> {
        let part = &bytes[from..to];
        part.iter().all(u8::is_ascii_digit).then(|| {
            part.iter()
                .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
        })
    };
    let separators = [(4, b"-"), (7, b"-"), (13, b":"), (16, b":")];
    if separators
        .iter()
        .any(|(place, mark)| bytes[*place] != mark[0])
        || !matches!(bytes[10], b' ' | b'T')
    {
        return None;
    }
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let (hour, minute, second) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    if !(1..=12).contains(&month)
        || !(1..=days_in_month(year, month)).contains(&day)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return None;
    }
    let (fraction_us, offset_s) = tail(&bytes[19..])?;
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some((seconds - offset_s) * 1_000_000 + fraction_us)
}

/// Fraction of a second [µs] and offset from UTC [s].
fn tail(rest: &[u8]) -> Option<(i64, i64)> {
    let mut fraction_us = 0;
    let mut place = 0;
    if rest.first() == Some(&b'.') {
        place = 1;
        let mut weight_us = 100_000;
        while let Some(digit) = rest.get(place).filter(|byte| byte.is_ascii_digit()) {
            fraction_us += i64::from(digit - b'0') * weight_us;
            weight_us /= 10;
            place += 1;
        }
    }
    match &rest[place..] {
        [] | [b'Z'] => Some((fraction_us, 0)),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2]
            if [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit()) =>
        {
            let number = |tens: u8, ones: u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
            let offset_s = number(*h1, *h2) * 3_600 + number(*m1, *m2) * 60;
            Some((
                fraction_us,
                if *sign == b'-' { -offset_s } else { offset_s },
            ))
        }
        _ => None,
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of the Gregorian calendar since 1 January 1970, years counted from March so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants_are_found() {
        assert_eq!(time_stamp_us("1970-01-01 00:00:00"), Some(0));
        assert_eq!(
            time_stamp_us("2000-03-01T00:00:00Z"),
            Some(951_868_800_000_000)
        );
        assert_eq!(
            time_stamp_us("2023-11-16 18:17:03.9799600"),
            Some(1_700_158_623_979_960)
        );
        assert_eq!(
            time_stamp_us("2017-10-09 07:01:55+02:00"),
            Some((1_507_532_515 - 7_200) * 1_000_000)
        );
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2023-02-29 00:00:00",
            "2023-13-01 00:00:00",
            "2023-01-01 24:00:00",
            "2023-01-01 00:00:00+1",
            "2023-01-01x00:00:00",
            "２０２３-01-01 00:00:00",
            "2023-01-01 00:00:00 PST",
        ] {
            assert_eq!(time_stamp_us(text), None, "{text}");
        }
    }
}
