//! Table `parties`.

use angara_quantity::{Currency, Fraction};

use crate::model::Party;
use crate::reading::Reading;
use crate::table::{Table, TableSpec, measured, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "parties",
    row: "party",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        plain("currency"),
        measured::<Fraction>("capital_share"),
        measured::<Fraction>("capacity_share"),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, currency: Currency, reading: &Reading) -> Vec<Party> {
    table
        .rows(reading)
        .map(|row| Party {
            id: row.free("id"),
            name: row.field("name").text(),
            currency: row.field("currency").currency().unwrap_or(currency),
            capital_share: row.field("capital_share").fraction(Bounds::SHARE),
            capacity_share: row.field("capacity_share").fraction(Bounds::SHARE),
            source: row.free("source"),
        })
        .collect()
}
