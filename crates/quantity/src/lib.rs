//! Quantities with units: power, energy, temperature, data, money, time.
//!
//! A physical quantity is a newtype over its SI value, parsed from text such as `40 MW` and printed with a
//! fitting prefix. Money is an integer number of minor units with its currency. Nothing here reads files.

mod measure;
mod money;
mod price;
mod text;

pub use measure::{
    Area, CarbonIntensity, DataRate, DataSize, Duration, Energy, Fraction, Length, Power,
    Temperature, Volume,
};
pub use money::{Currency, CurrencyMismatch, Money};
pub use price::{Per, Price};
pub use text::{ParseQuantityError, Quantity, UnitName};
