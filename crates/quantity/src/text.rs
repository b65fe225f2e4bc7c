//! Reading a number and its unit from text, with an error that says what was expected.

use thiserror::Error;

/// One accepted spelling of a unit and its size in the base unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitName {
    /// Spelling as a user writes it, case-sensitive.
    pub name: &'static str,
    /// Base units in one of this unit [base/unit].
    pub factor: f64,
}

/// A quantity that can be read from text.
pub trait Quantity: Sized + Copy {
    /// What the quantity measures, in the words of a message ("power").
    const KIND: &'static str;
    /// Accepted units, the usual one of each size first.
    const UNITS: &'static [UnitName];
    /// Builds the quantity from its value in the base unit.
    fn from_base(value: f64) -> Self;
    /// Value in the base unit.
    fn base(self) -> f64;

    /// Reads `40 MW`; a bare number is refused because its unit would be a guess.
    fn parse(text: &str) -> Result<Self, ParseQuantityError> {
        Self::parse_with_default(text, None)
    }

    /// Reads `40 MW`, or `40` where a table's header already names the unit.
    fn parse_with_default(
        text: &str,
        default_unit: Option<&str>,
    ) -> Result<Self, ParseQuantityError> {
        let (number, unit) = split_number(text);
        let unit = if unit.is_empty() {
            default_unit.unwrap_or("")
        } else {
            unit
        };
        let value: f64 =
            number
                .replace('_', "")
                .parse()
                .map_err(|_| ParseQuantityError::NotANumber {
                    kind: Self::KIND,
                    text: text.to_owned(),
                    units: unit_list(Self::UNITS),
                })?;
        if !value.is_finite() {
            return Err(ParseQuantityError::NotFinite {
                kind: Self::KIND,
                text: text.to_owned(),
            });
        }
        if unit.is_empty() {
            return Err(ParseQuantityError::MissingUnit {
                kind: Self::KIND,
                text: text.to_owned(),
                units: unit_list(Self::UNITS),
            });
        }
        Self::UNITS
            .iter()
            .find(|candidate| candidate.name == unit)
            .map(|found| Self::from_base(value * found.factor))
            .ok_or_else(|| ParseQuantityError::UnknownUnit {
                kind: Self::KIND,
                unit: unit.to_owned(),
                units: unit_list(Self::UNITS),
            })
    }

    /// Names of the accepted units.
    fn unit_names() -> Vec<&'static str> {
        Self::UNITS.iter().map(|unit| unit.name).collect()
    }
}

/// Why a text is not the quantity that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseQuantityError {
    /// The part before the unit is not a number.
    #[error("`{text}` is not a {kind}: expected a number and a unit, one of {units}")]
    NotANumber {
        /// What was expected.
        kind: &'static str,
        /// What was written.
        text: String,
        /// Accepted units.
        units: String,
    },
    /// NaN or infinity.
    #[error("`{text}` is not a finite {kind}")]
    NotFinite {
        /// What was expected.
        kind: &'static str,
        /// What was written.
        text: String,
    },
    /// A number without a unit where none is implied.
    #[error("`{text}` has no unit: write the {kind} with one of {units}")]
    MissingUnit {
        /// What was expected.
        kind: &'static str,
        /// What was written.
        text: String,
        /// Accepted units.
        units: String,
    },
    /// A unit of another kind, or a misspelt one.
    #[error("unknown {kind} unit `{unit}`: use {units}")]
    UnknownUnit {
        /// What was expected.
        kind: &'static str,
        /// What was written.
        unit: String,
        /// Accepted units.
        units: String,
    },
    /// A currency code that is not three capital letters.
    #[error("`{text}` is not a currency code: expected three capital letters such as EUR")]
    Currency {
        /// What was written.
        text: String,
    },
    /// An amount with more decimals than the currency's minor unit.
    #[error("`{text}` is finer than the minor unit of {currency} ({digits} decimals)")]
    TooFine {
        /// What was written.
        text: String,
        /// The currency.
        currency: String,
        /// Decimals of the minor unit.
        digits: u32,
    },
    /// An amount beyond the range of the model.
    #[error("`{text}` is too large an amount")]
    TooLarge {
        /// What was written.
        text: String,
    },
}

/// Splits a text into its numeric head and its unit.
pub(crate) fn split_number(text: &str) -> (&str, &str) {
    let text = text.trim();
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let byte = bytes[end];
        let exponent_sign =
            (byte == b'-' || byte == b'+') && (end == 0 || matches!(bytes[end - 1], b'e' | b'E'));
        let exponent = matches!(byte, b'e' | b'E')
            && end > 0
            && bytes.get(end + 1).is_some_and(|next| {
                next.is_ascii_digit()
                    || (matches!(next, b'-' | b'+')
                        && bytes.get(end + 2).is_some_and(u8::is_ascii_digit))
            });
        if byte.is_ascii_digit() || matches!(byte, b'.' | b'_') || exponent_sign || exponent {
            end += 1;
        } else {
            break;
        }
    }
    if end == 0 {
        // Let `NaN` and `inf` reach the number parser, which refuses them by name.
        let word = text.split_whitespace().next().unwrap_or("");
        if word.parse::<f64>().is_ok() {
            return (word, text[word.len()..].trim());
        }
    }
    (&text[..end], text[end..].trim())
}

pub(crate) fn unit_list(units: &[UnitName]) -> String {
    let names: Vec<&str> = units.iter().map(|unit| unit.name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// Rounds to `digits` significant digits and drops trailing zeros.
pub(crate) fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = libm::floor(libm::log10(value.abs())) as i32;
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
