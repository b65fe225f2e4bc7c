//! Numbers as people read them: grouped digits, a true minus, units by the thousand.

/// Between groups of digits: a narrow space at which no line breaks.
const GROUP: char = '\u{202f}';
/// Between a number and its unit: a space at which no line breaks.
pub(crate) const SPACE: char = '\u{a0}';

/// A number with fixed decimals, grouped in thousands.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = text.bytes().all(|byte| byte == b'0' || byte == b'.');
    let mut result = String::with_capacity(text.len() + 8);
    if value < 0.0 && !is_zero {
        result.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            result.push(GROUP);
        }
        result.push(digit);
    }
    if !fraction.is_empty() {
        result.push('.');
        result.push_str(fraction);
    }
    result
}

/// A number with about so many significant digits, never fewer than its whole part has.
pub(crate) fn significant(value: f64, digits: usize) -> String {
    let mut size = value.abs();
    let mut decimals = digits.saturating_sub(1);
    while size >= 10.0 && decimals > 0 {
        size /= 10.0;
        decimals -= 1;
    }
    if value != 0.0 {
        while size < 1.0 && decimals < 9 {
            size *= 10.0;
            decimals += 1;
        }
    }
    let text = number(value, decimals);
    if decimals > 0 && value == 0.0 {
        "0".to_owned()
    } else {
        text
    }
}

/// A share as a percentage.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    format!("{}{SPACE}%", number(share * 100.0, decimals))
}

/// A percentage that never rounds to the whole (or to nothing) what is not quite that.
pub(crate) fn percent_honest(share: f64) -> String {
    if share > 0.0 && share < 0.0005 {
        return format!("<{SPACE}0.1{SPACE}%");
    }
    if share < 1.0 && share > 0.9995 {
        return format!(">{SPACE}99.9{SPACE}%");
    }
    let is_plain = share == 0.0 || share == 1.0;
    percent(share, usize::from(!is_plain))
}

/// The number in full, so that a program reads back the same one.
pub(crate) fn full(value: f64) -> String {
    format!("{value}")
}

/// A residual: powers of ten, or a plain zero.
pub(crate) fn tiny(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{value:.1e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let raised = |letter: char| match letter {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit
            .to_digit(10)
            .and_then(|digit| char::from_u32(0x2070 + digit))
            .unwrap_or(digit),
    };
    let power: String = power.chars().map(raised).collect();
    format!("{digits}{SPACE}×{SPACE}10{power}")
}

/// A mass of carbon [t] with its unit, in kilotonnes where it is large.
pub(crate) fn tonnes(tonnes: f64) -> (String, &'static str) {
    if tonnes >= 1e4 {
        (significant(tonnes / 1e3, 3), "kt")
    } else {
        (significant(tonnes, 3), "t")
    }
}

/// Rising years as ranges: `2029, 2031–2033`.
pub(crate) fn year_ranges(years: &[i32]) -> String {
    let mut ranges: Vec<(i32, i32)> = Vec::new();
    for &year in years {
        match ranges.last_mut() {
            Some(range) if range.1 + 1 == year => range.1 = year,
            _ => ranges.push((year, year)),
        }
    }
    let texts = ranges.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// A divisor and its word, so that a column of values reads in few digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// What to divide by.
    pub(crate) divisor: f64,
    /// Its word: `bn`, `M`, `k` or nothing.
    pub(crate) word: &'static str,
}

impl Scale {
    /// The scale at which the largest value has one to four digits before the point.
    pub(crate) fn of(largest: f64) -> Self {
        let (divisor, word) = match largest.abs() {
            size if size >= 1e10 => (1e9, "bn"),
            size if size >= 1e6 => (1e6, "M"),
            size if size >= 1e4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        Self { divisor, word }
    }

    /// The unit with the word before it.
    pub(crate) fn unit(self, unit: &str) -> String {
        match self.word {
            "" => unit.to_owned(),
            word => format!("{word}{SPACE}{unit}"),
        }
    }
}

/// A currency as the unit of a money column names it: `RUB minor (0.01)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Currency {
    /// ISO code.
    pub(crate) code: String,
    /// Major units in one minor unit.
    pub(crate) minor: f64,
}

impl Currency {
    /// Reads the unit of a column; an unknown form is taken as whole units of that name.
    pub(crate) fn of_unit(unit: &str) -> Self {
        let code = unit
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned();
        let minor = unit
            .split_once('(')
            .and_then(|(_, rest)| rest.split_once(')'))
            .and_then(|(inside, _)| inside.trim().parse().ok());
        Self {
            code,
            minor: minor.unwrap_or(1.0),
        }
    }

    /// A currency by its code, with the minor unit of ISO 4217; a hundredth where the code is unknown.
    pub(crate) fn of_code(code: &str) -> Self {
        let known = code.parse::<angara_quantity::Currency>();
        Self {
            code: code.to_owned(),
            minor: known.map_or(0.01, |currency| 1.0 / currency.minor_per_major() as f64),
        }
    }

    /// An amount in words: `1.24 bn RUB`.
    pub(crate) fn amount(&self, minor: f64) -> String {
        let major = minor * self.minor;
        let scale = match major.abs() {
            size if size >= 1e9 => Scale {
                divisor: 1e9,
                word: "bn",
            },
            size if size >= 1e6 => Scale {
                divisor: 1e6,
                word: "M",
            },
            _ => Scale {
                divisor: 1.0,
                word: "",
            },
        };
        let digits = if scale.divisor > 1.0 {
            significant(major / scale.divisor, 3)
        } else {
            number(major, 0)
        };
        format!("{digits}{SPACE}{}", scale.unit(&self.code))
    }
}

/// First letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A kind of promise as the page calls it.
pub(crate) fn promise_words(kind: &str) -> String {
    let words = match kind {
        "latency" => "round trip",
        "unserved" => "unserved demand",
        "batch-wait" => "mean wait of jobs",
        "grid" => "grid power",
        "cooling" => "heat not carried away",
        "budget" => "capital against budget",
        "residency" => "served outside its zone",
        other => return other.replace('-', " "),
    };
    words.to_owned()
}

/// Text without the characters that reorder or restyle their neighbours.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{061c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            _ if letter.is_control() => '\u{fffd}',
            _ => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_and_the_minus_is_a_minus() {
        assert_eq!(number(1234567.891, 1), "1\u{202f}234\u{202f}567.9");
        assert_eq!(number(-12.0, 0), "\u{2212}12");
        assert_eq!(number(-0.001, 2), "0.00");
        assert_eq!(number(999.96, 1), "1\u{202f}000.0");
    }

    #[test]
    fn significant_digits_follow_the_size() {
        assert_eq!(significant(0.0012345, 3), "0.00123");
        assert_eq!(significant(1.23456, 3), "1.23");
        assert_eq!(significant(123.456, 3), "123");
        assert_eq!(significant(123456.0, 3), "123\u{202f}456");
        assert_eq!(significant(0.0, 3), "0");
    }

    #[test]
    fn a_share_is_not_rounded_to_all_or_nothing() {
        assert_eq!(percent_honest(0.99999), ">\u{a0}99.9\u{a0}%");
        assert_eq!(percent_honest(0.00001), "<\u{a0}0.1\u{a0}%");
        assert_eq!(percent_honest(1.0), "100\u{a0}%");
        assert_eq!(percent_honest(0.5), "50.0\u{a0}%");
    }

    #[test]
    fn money_reads_its_unit() {
        let currency = Currency::of_unit("RUB minor (0.01)");
        assert_eq!(
            currency,
            Currency {
                code: "RUB".into(),
                minor: 0.01
            }
        );
        assert_eq!(currency.amount(123_456_789_012.0), "1.23\u{a0}bn\u{a0}RUB");
        assert_eq!(currency.amount(-51_000.0), "\u{2212}510\u{a0}RUB");
        assert_eq!(
            Currency::of_unit("JPY minor (1)").amount(2e6),
            "2.00\u{a0}M\u{a0}JPY"
        );
    }

    #[test]
    fn residuals_are_powers_of_ten() {
        assert_eq!(tiny(3.14e-14), "3.1\u{a0}×\u{a0}10⁻¹⁴");
        assert_eq!(tiny(0.0), "0");
    }

    #[test]
    fn neighbouring_years_become_ranges() {
        assert_eq!(year_ranges(&[2029, 2031, 2032, 2033]), "2029, 2031–2033");
    }

    #[test]
    fn characters_that_reorder_text_are_replaced() {
        assert_eq!(clean("a\u{202e}b\u{1b}[31mc"), "a\u{fffd}b\u{fffd}[31mc");
        assert_eq!(clean("Иркутск «Ангара»"), "Иркутск «Ангара»");
    }
}
