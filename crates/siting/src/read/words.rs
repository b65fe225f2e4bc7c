//! Words of a text with the line of each.

use crate::finding::Findings;

/// Largest file that is read [bytes].
pub(crate) const BYTES_MAX: usize = 256 << 20;

/// Words of a text, one after the other.
pub(crate) struct Words<'a> {
    text: std::str::Lines<'a>,
    current: std::str::SplitWhitespace<'a>,
    line: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text: text.lines(),
            current: "".split_whitespace(),
            line: 0,
        }
    }

    /// Line of the word read last, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The next word, or nothing at the end.
    pub(crate) fn next(&mut self) -> Option<&'a str> {
        loop {
            if let Some(word) = self.current.next() {
                return Some(word);
            }
            self.current = self.text.next()?.split_whitespace();
            self.line += 1;
        }
    }

    /// The next word as a whole number within `low..=high`.
    pub(crate) fn whole(
        &mut self,
        field: &str,
        low: i64,
        high: i64,
        findings: &mut Findings,
    ) -> Option<i64> {
        let word = self.next();
        let expected = || format!("a whole number from {low} to {high}");
        let Some(word) = word else {
            findings.add(self.line, field, "end of file", expected());
            return None;
        };
        let number = word
            .parse::<i64>()
            .ok()
            .filter(|number| (low..=high).contains(number));
        if number.is_none() {
            findings.add(self.line, field, word, expected());
        }
        number
    }

    /// The next word as a number that is finite and not negative.
    pub(crate) fn amount(&mut self, field: &str, findings: &mut Findings) -> Option<Decimal> {
        let expected = "a number, not negative, at most 1e15";
        let Some(word) = self.next() else {
            findings.add(self.line, field, "end of file", expected);
            return None;
        };
        let amount = Decimal::parse(word);
        if amount.is_none() {
            findings.add(self.line, field, word, expected);
        }
        amount
    }
}

/// A number as it is written: its value and the decimals it needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decimal {
    pub(crate) value: f64,
    pub(crate) decimals: u32,
}

/// Most decimals that are kept.
const DECIMALS_MAX: u32 = 6;

impl Decimal {
    /// A number, not negative, at most 1e15.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let value: f64 = word.parse().ok()?;
        if !value.is_finite() || !(0.0..=1e15).contains(&value) {
            return None;
        }
        let fraction = word.split_once('.').map_or("", |(_, fraction)| fraction);
        let decimals = if word.contains(['e', 'E']) {
            (0..DECIMALS_MAX)
                .find(|&decimals| {
                    let scaled = value * power_of_ten(decimals);
                    (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs()
                })
                .unwrap_or(DECIMALS_MAX)
        } else {
            (fraction.trim_end_matches('0').len() as u32).min(DECIMALS_MAX)
        };
        Some(Self { value, decimals })
    }
}

/// 10 to a small power.
pub(crate) fn power_of_ten(decimals: u32) -> f64 {
    10_u64.pow(decimals.min(18)) as f64
}

/// The scale that makes all numbers whole, as far as `high` allows for the largest.
pub(crate) fn common_scale(numbers: impl Iterator<Item = Decimal> + Clone, high: f64) -> f64 {
    let mut decimals = numbers
        .clone()
        .map(|number| number.decimals)
        .max()
        .unwrap_or(0);
    let largest = numbers.map(|number| number.value).fold(0.0, f64::max);
    while decimals > 0 && largest * power_of_ten(decimals) > high {
        decimals -= 1;
    }
    power_of_ten(decimals)
}
