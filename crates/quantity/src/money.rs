//! Money as whole minor units with its currency.
//!
//! Sums are exact. Converting, sharing and pricing round once, half away from zero, to the minor unit.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::text::{ParseQuantityError, split_number};

/// ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is not a hundredth (ISO 4217, 2024).
const MINOR_DIGITS: &[(&str, u32)] = &[
    ("BHD", 3),
    ("CLP", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

impl Currency {
    /// Code such as `EUR`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimals of the minor unit.
    pub fn minor_digits(self) -> u32 {
        MINOR_DIGITS
            .iter()
            .find(|(code, _)| *code == self.code())
            .map_or(2, |(_, digits)| *digits)
    }

    /// Minor units in one major unit.
    pub fn minor_per_major(self) -> i128 {
        10_i128.pow(self.minor_digits())
    }
}

impl FromStr for Currency {
    type Err = ParseQuantityError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(ParseQuantityError::Currency {
                text: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole minor units (kopecks, cents).
    pub minor: i128,
    /// Currency of the amount.
    pub currency: Currency,
}

/// Two amounts of different currencies met in a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("cannot add {right} to {left}: convert at a named rate first")]
pub struct CurrencyMismatch {
    /// Currency of the left amount.
    pub left: Currency,
    /// Currency of the right amount.
    pub right: Currency,
}

impl Money {
    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// From whole minor units.
    pub const fn from_minor(minor: i128, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// From major units, rounded to the minor unit, half away from zero.
    pub fn from_major(major: f64, currency: Currency) -> Self {
        let minor = libm::round(major * currency.minor_per_major() as f64) as i128;
        Self { minor, currency }
    }

    /// Value in major units, for display and for ratios.
    pub fn major(self) -> f64 {
        self.minor as f64 / self.currency.minor_per_major() as f64
    }

    /// Sum of two amounts of one currency.
    pub fn checked_add(self, other: Self) -> Result<Self, CurrencyMismatch> {
        if self.currency == other.currency {
            Ok(Self {
                minor: self.minor + other.minor,
                currency: self.currency,
            })
        } else {
            Err(CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            })
        }
    }

    /// The amount times a factor, rounded once.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            minor: libm::round(self.minor as f64 * factor) as i128,
            currency: self.currency,
        }
    }
}

impl FromStr for Money {
    type Err = ParseQuantityError;

    /// Reads `1.5e9 RUB`, `12.50 EUR`, `3.2 bn RUB`, `40 M USD`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, rest) = split_number(text);
        let not_a_number = || ParseQuantityError::NotANumber {
            kind: "amount of money",
            text: text.to_owned(),
            units: "a currency code such as EUR, with k, M or bn before it if you like".to_owned(),
        };
        let value: f64 = number
            .replace('_', "")
            .parse()
            .map_err(|_| not_a_number())?;
        if !value.is_finite() {
            return Err(ParseQuantityError::NotFinite {
                kind: "amount of money",
                text: text.to_owned(),
            });
        }
        let (scale, code) = match rest.split_once(char::is_whitespace) {
            Some(("k", code)) => (1e3, code),
            Some(("M", code)) => (1e6, code),
            Some(("bn", code)) => (1e9, code),
            Some(_) => return Err(not_a_number()),
            None if rest.is_empty() => {
                return Err(ParseQuantityError::MissingUnit {
                    kind: "amount of money",
                    text: text.to_owned(),
                    units: "a currency code such as EUR".to_owned(),
                });
            }
            None => (1.0, rest),
        };
        let currency: Currency = code.parse()?;
        let minor = value * scale * currency.minor_per_major() as f64;
        if minor.abs() > 1e24 {
            return Err(ParseQuantityError::TooLarge {
                text: text.to_owned(),
            });
        }
        let whole = libm::round(minor);
        if (minor - whole).abs() > (1e-12 * minor.abs()).max(1e-3) {
            return Err(ParseQuantityError::TooFine {
                text: text.to_owned(),
                currency: currency.to_string(),
                digits: currency.minor_digits(),
            });
        }
        Ok(Self {
            minor: whole as i128,
            currency,
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let major = self.major();
        let (scaled, suffix) = match major.abs() {
            value if value >= 1e9 => (major / 1e9, "bn "),
            value if value >= 1e6 => (major / 1e6, "M "),
            _ => (major, ""),
        };
        if suffix.is_empty() {
            let digits = self.currency.minor_digits() as usize;
            write!(formatter, "{scaled:.digits$} {}", self.currency)
        } else {
            write!(
                formatter,
                "{} {suffix}{}",
                crate::text::significant(scaled, 4),
                self.currency
            )
        }
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} {}", self.minor, self.currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_to_the_minor_unit() {
        assert_eq!("12.50 EUR".parse::<Money>().map(|m| m.minor), Ok(1250));
        assert_eq!(
            "3.2 bn RUB".parse::<Money>().map(|m| m.minor),
            Ok(320_000_000_000)
        );
        assert_eq!("7 JPY".parse::<Money>().map(|m| m.minor), Ok(7));
    }

    #[test]
    fn an_amount_finer_than_the_minor_unit_is_refused() {
        assert!(matches!(
            "0.001 EUR".parse::<Money>(),
            Err(ParseQuantityError::TooFine { .. })
        ));
        assert!(matches!(
            "1.5 JPY".parse::<Money>(),
            Err(ParseQuantityError::TooFine { .. })
        ));
    }

    #[test]
    fn a_bare_amount_or_a_word_is_refused() {
        assert!("12".parse::<Money>().is_err());
        assert!("12 euros".parse::<Money>().is_err());
        assert!("NaN EUR".parse::<Money>().is_err());
    }

    #[test]
    fn currencies_do_not_mix() {
        let euro: Money = "1 EUR".parse().expect("euro");
        let rouble: Money = "1 RUB".parse().expect("rouble");
        assert!(euro.checked_add(rouble).is_err());
        assert_eq!(euro.checked_add(euro).map(|m| m.minor), Ok(200));
    }
}
