//! Table `origins`.

use angara_quantity::Fraction;

use crate::model::Origin;
use crate::reading::Reading;
use crate::table::{Table, TableSpec, measured, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "origins",
    row: "origin",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        measured::<Fraction>("duty").optional(),
        measured::<Fraction>("freight").optional(),
        plain("closes_from").optional(),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, reading: &Reading) -> Vec<Origin> {
    let surcharge = Bounds::new(0.0, 10.0, "a share of the price from 0 % to 1000 %");
    table
        .rows(reading)
        .map(|row| Origin {
            id: row.free("id"),
            name: row.field("name").text(),
            duty: row.field("duty").fraction(surcharge),
            freight: row.field("freight").fraction(surcharge),
            closes_from: row.given("closes_from").and_then(|field| field.year()),
            source: row.free("source"),
        })
        .collect()
}
