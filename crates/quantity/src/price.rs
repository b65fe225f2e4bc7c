//! Prices: money per unit of something.
//!
//! A price is kept in major units as a float because a tariff is finer than a minor unit; the amount it
//! yields is rounded once, when it is booked.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::money::{Currency, Money};
use crate::text::{ParseQuantityError, significant, split_number};

/// What a price is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// Energy [kWh].
    KilowattHour,
    /// Highest power drawn in a month [kW·month].
    KilowattMonth,
    /// Leased rate [Gbit/s·month].
    GigabitMonth,
    /// Water [m³].
    CubicMetre,
    /// Person-year [year].
    Year,
    /// Carbon emitted [t].
    Tonne,
}

const SPELLINGS: &[(&str, Per, f64)] = &[
    ("kWh", Per::KilowattHour, 1.0),
    ("MWh", Per::KilowattHour, 1e-3),
    ("kW-month", Per::KilowattMonth, 1.0),
    ("MW-month", Per::KilowattMonth, 1e-3),
    ("Gbit/s-month", Per::GigabitMonth, 1.0),
    ("m3", Per::CubicMetre, 1.0),
    ("year", Per::Year, 1.0),
    ("t", Per::Tonne, 1.0),
];

impl Per {
    /// Usual spelling.
    pub fn name(self) -> &'static str {
        SPELLINGS
            .iter()
            .find(|(_, per, factor)| *per == self && *factor == 1.0)
            .map_or("", |(name, _, _)| name)
    }
}

/// Money per unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// Major units per unit.
    pub amount: f64,
    /// Currency of the amount.
    pub currency: Currency,
    /// The unit.
    pub per: Per,
}

impl Price {
    /// Reads `4.1 RUB/kWh`, `180 EUR/kW-month`; the unit must be the expected one.
    pub fn parse(
        text: &str,
        expected: Per,
        default_unit: Option<&str>,
    ) -> Result<Self, ParseQuantityError> {
        let (number, unit) = split_number(text);
        let unit = if unit.is_empty() {
            default_unit.unwrap_or("")
        } else {
            unit
        };
        let wanted = || {
            format!(
                "a currency and `/{}`, for example EUR/{}",
                expected.name(),
                expected.name()
            )
        };
        let amount: f64 =
            number
                .replace('_', "")
                .parse()
                .map_err(|_| ParseQuantityError::NotANumber {
                    kind: "price",
                    text: text.to_owned(),
                    units: wanted(),
                })?;
        if !amount.is_finite() {
            return Err(ParseQuantityError::NotFinite {
                kind: "price",
                text: text.to_owned(),
            });
        }
        if unit.is_empty() {
            return Err(ParseQuantityError::MissingUnit {
                kind: "price",
                text: text.to_owned(),
                units: wanted(),
            });
        }
        let unknown = || ParseQuantityError::UnknownUnit {
            kind: "price",
            unit: unit.to_owned(),
            units: wanted(),
        };
        let (code, per) = unit.split_once('/').ok_or_else(unknown)?;
        let currency = Currency::from_str(code)?;
        SPELLINGS
            .iter()
            .find(|(name, found, _)| *name == per.trim() && *found == expected)
            .map(|(_, per, factor)| Self {
                amount: amount * factor,
                currency,
                per: *per,
            })
            .ok_or_else(unknown)
    }

    /// Amount for a quantity in the price's unit, rounded once.
    pub fn amount_for(self, quantity: f64) -> Money {
        Money::from_major(self.amount * quantity, self.currency)
    }
}

impl fmt::Display for Price {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {}/{}",
            significant(self.amount, 5),
            self.currency,
            self.per.name()
        )
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tariff_reads_per_its_unit() {
        let price = Price::parse("4100 RUB/MWh", Per::KilowattHour, None).expect("tariff");
        assert_eq!((price.amount, price.per), (4.1, Per::KilowattHour));
        assert_eq!(price.amount_for(1000.0).minor, 410_000);
    }

    #[test]
    fn a_price_of_another_unit_says_what_was_expected() {
        let error = Price::parse("4.1 RUB/MW", Per::KilowattHour, None).expect_err("per MW");
        assert_eq!(
            error.to_string(),
            "unknown price unit `RUB/MW`: use a currency and `/kWh`, for example EUR/kWh"
        );
    }

    #[test]
    fn the_header_may_carry_the_unit() {
        let price = Price::parse("4.1", Per::KilowattHour, Some("RUB/kWh")).expect("tariff");
        assert_eq!(price.to_string(), "4.1 RUB/kWh");
    }
}
