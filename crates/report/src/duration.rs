//! Spans of time as people say them.

use crate::format::{SPACE, number, significant};

/// A span of time [ms] in its two largest units: `12 d 4 h`, `3 h 12 min`, `5.2 s`.
pub(crate) fn short(ms: f64) -> String {
    say(ms, |count, [unit, _, _]| format!("{count}{SPACE}{unit}"))
}

/// The same in full words: `12 days 4 hours`.
pub(crate) fn long(ms: f64) -> String {
    say(ms, |count, [_, one, many]| {
        let word = if count == "1" { one } else { many };
        format!("{count}{SPACE}{word}")
    })
}

const UNITS: [(f64, [&str; 3]); 4] = [
    (86.4e6, ["d", "day", "days"]),
    (3.6e6, ["h", "hour", "hours"]),
    (6e4, ["min", "minute", "minutes"]),
    (1e3, ["s", "second", "seconds"]),
];

fn say(ms: f64, part: impl Fn(&str, [&str; 3]) -> String) -> String {
    let minus = if ms < 0.0 { "\u{2212}" } else { "" };
    let ms = ms.abs();
    if ms < 1e3 {
        return format!("{minus}{}", part(&significant(ms.round(), 1), ["ms"; 3]));
    }
    if ms < 59_950.0 {
        return format!("{minus}{}", part(&significant(ms / 1e3, 2), UNITS[3].1));
    }
    // Rounded to the smaller unit first, so that no `60 min` appears.
    let small = match ms {
        ms if ms >= 86.4e6 - 1.8e6 => 1,
        ms if ms >= 3.6e6 - 3e4 => 2,
        _ => 3,
    };
    let whole = (ms / UNITS[small].0).round();
    let per_large = (UNITS[small - 1].0 / UNITS[small].0).round();
    let (large, rest) = ((whole / per_large).floor(), whole % per_large);
    let mut text = part(&number(large, 0), UNITS[small - 1].1);
    if rest > 0.0 && large < 1000.0 {
        text.push(SPACE);
        text.push_str(&part(&number(rest, 0), UNITS[small].1));
    }
    format!("{minus}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_units_say_how_long() {
        let plain = |ms: f64| short(ms).replace(SPACE, " ");
        assert_eq!(plain(0.0), "0 ms");
        assert_eq!(plain(250.0), "250 ms");
        assert_eq!(plain(5_200.0), "5.2 s");
        assert_eq!(plain(59_990.0), "1 min");
        assert_eq!(plain(61_000.0), "1 min 1 s");
        assert_eq!(plain(3_599_900.0), "1 h");
        assert_eq!(plain(11_520_000.0), "3 h 12 min");
        assert_eq!(plain(86_399_999.0), "1 d");
        assert_eq!(plain(12.0 * 86.4e6 + 4.0 * 3.6e6), "12 d 4 h");
        assert_eq!(long(86.4e6 + 7.2e6).replace(SPACE, " "), "1 day 2 hours");
        assert_eq!(plain(-61_000.0), "\u{2212}1 min 1 s");
    }
}
