//! Numbers, whole numbers, years and quantities.

use std::ops::RangeInclusive;

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::{Duration, Fraction, Quantity};

use super::units::FineDuration;
use super::{Bounds, Field};

/// Years that can be meant.
const YEARS: RangeInclusive<i32> = 1900..=2200;

impl Field<'_> {
    /// A number without unit; NaN where it cannot be read.
    pub(crate) fn number(&self, bounds: Bounds) -> f64 {
        let Some((text, _)) = self.value() else {
            return f64::NAN;
        };
        match plain_number(text) {
            Some(number) if number.is_finite() => self.within(number, bounds),
            Some(_) => {
                self.push(not_finite(text));
                f64::NAN
            }
            None => {
                self.push(
                    Diagnostic::error("not-a-number", format!("{} is not a number", quoted(text)))
                        .expected("a number such as 12 or 0.5")
                        .maybe_hint(number_hint(text)),
                );
                f64::NAN
            }
        }
    }

    /// A whole number; the lowest allowed where it cannot be read.
    pub(crate) fn whole(&self, range: RangeInclusive<u64>) -> u64 {
        let Some((text, _)) = self.value() else {
            return *range.start();
        };
        let expected = || {
            if *range.end() == u64::MAX {
                format!("a whole number of {} or more", range.start())
            } else {
                format!("a whole number from {} to {}", range.start(), range.end())
            }
        };
        let number: Option<i128> = text.replace('_', "").parse().ok().or_else(|| {
            // A spreadsheet may write 12.0 or 1e3.
            plain_number(text)
                .filter(|number| number.abs() < 1e15 && libm::trunc(*number) == *number)
                .map(|number| number as i128)
        });
        let inside = number
            .and_then(|number| u64::try_from(number).ok())
            .filter(|number| range.contains(number));
        inside.unwrap_or_else(|| {
            let finding = match (number, plain_number(text)) {
                (Some(_), _) => self.out_of_range(text),
                (None, Some(value)) if !value.is_finite() => not_finite(text),
                _ => Diagnostic::error(
                    "not-a-whole-number",
                    format!("{} is not a whole number", quoted(text)),
                )
                .maybe_hint(number_hint(text)),
            };
            self.push(finding.expected(expected()));
            *range.start()
        })
    }

    /// A whole number that fits 32 bits.
    pub(crate) fn count(&self, range: RangeInclusive<u32>) -> u32 {
        let wide = u64::from(*range.start())..=u64::from(*range.end());
        u32::try_from(self.whole(wide)).unwrap_or(*range.start())
    }

    /// A calendar year; `None` where it cannot be read.
    pub(crate) fn year(&self) -> Option<i32> {
        let (text, _) = self.value()?;
        let year = text.parse().ok().filter(|year| YEARS.contains(year));
        if year.is_none() {
            self.push(
                Diagnostic::error(
                    "bad-year",
                    format!("{} is not a calendar year", quoted(text)),
                )
                .expected(format!(
                    "a calendar year from {} to {}",
                    YEARS.start(),
                    YEARS.end()
                )),
            );
        }
        year
    }

    /// A quantity with its unit, in base units; NaN where it cannot be read.
    pub(crate) fn quantity<Q: Quantity>(&self, bounds: Bounds) -> f64 {
        let Some((text, unit)) = self.value() else {
            return f64::NAN;
        };
        match Q::parse_with_default(text, unit) {
            Ok(quantity) => self.within(quantity.base(), bounds),
            Err(error) => {
                self.unreadable(text, &error);
                f64::NAN
            }
        }
    }

    /// A share or ratio [1]; NaN where it cannot be read.
    pub(crate) fn fraction(&self, bounds: Bounds) -> f64 {
        self.quantity::<Fraction>(bounds)
    }

    /// A span of time; none at all where it cannot be read.
    pub(crate) fn duration(&self, bounds: Bounds) -> Duration {
        let milliseconds = self.quantity::<Duration>(bounds);
        if milliseconds.is_nan() {
            return Duration::default();
        }
        Duration::from_milliseconds(milliseconds as i64)
    }

    /// A span of time finer than whole milliseconds [ms]; NaN where it cannot be read.
    pub(crate) fn milliseconds(&self, bounds: Bounds) -> f64 {
        self.quantity::<FineDuration>(bounds)
    }

    fn within(&self, number: f64, bounds: Bounds) -> f64 {
        let Some(expected) = bounds.broken_by(number) else {
            return number;
        };
        let text = self.value().map_or("", |(text, _)| text);
        self.push(self.out_of_range(text).expected(expected));
        f64::NAN
    }

    pub(super) fn out_of_range(&self, text: &str) -> Diagnostic {
        Diagnostic::error(
            "out-of-range",
            format!("{} is out of range for {}", quoted(text), quoted(self.name)),
        )
    }
}

fn plain_number(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok()
}

fn not_finite(text: &str) -> Diagnostic {
    Diagnostic::error(
        "not-finite",
        format!("{} is not a finite number", quoted(text)),
    )
    .expected("a number such as 12 or 0.5")
    .hint("an empty result of a spreadsheet formula often shows as NaN: enter the figure itself")
}

/// What may have been meant by a text that is almost a number.
pub(super) fn number_hint(text: &str) -> Option<String> {
    let head: String = text
        .chars()
        .take_while(|character| {
            character.is_ascii_digit() || ", \u{a0}\u{202f}'".contains(*character)
        })
        .collect();
    let head = head.trim();
    if head.contains(',') {
        return Some("write a point for decimals, and no comma between thousands".to_owned());
    }
    if head.contains([' ', '\u{a0}', '\u{202f}', '\'']) {
        return Some("write thousands without a gap, or with `_`, as in 12_000".to_owned());
    }
    None
}
