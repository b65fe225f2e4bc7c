//! Supply origins.

use super::{EquipmentKind, Index};

/// A supply route with a quantity limit per year.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Duty on the price [1].
    pub duty: f64,
    /// Freight and insurance on the price [1].
    pub freight: f64,
    /// Calendar year from which nothing more can be ordered; `None` where it stays open.
    pub closes_from: Option<i32>,
    /// Where the figures come from.
    pub source: String,
}

/// Units of one kind that an origin can supply per year of order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyLimit {
    /// Origin.
    pub origin: Index,
    /// Kind of equipment.
    pub kind: EquipmentKind,
    /// First calendar year in which the limit holds, until a later row.
    pub from_year: i32,
    /// Units per year of order.
    pub units_per_year: u64,
}
