//! Parties.

use angara_quantity::{Currency, Money};

use super::Index;

/// A partner.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Currency in which the party counts.
    pub currency: Currency,
    /// Share of capital spent [1]; shares sum to one.
    pub capital_share: f64,
    /// Share of capacity, and of the cost of running it [1]; shares sum to one.
    pub capacity_share: f64,
    /// Where the figures come from.
    pub source: String,
}

/// Capital a party can spend in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    /// Party.
    pub party: Index,
    /// Calendar year.
    pub year: i32,
    /// Most capital it can spend in that year.
    pub amount: Money,
}
