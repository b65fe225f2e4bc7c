//! Table `futures`.

use angara_diagnostics::Diagnostic;
use angara_quantity::Fraction;

use crate::model::Future;
use crate::reading::Reading;
use crate::table::{Ids, Row, Table, TableSpec, measured, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "futures",
    row: "future",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        measured::<Fraction>("probability"),
        measured::<Fraction>("demand").optional(),
        measured::<Fraction>("supply").optional(),
        measured::<Fraction>("energy_price").optional(),
        measured::<Fraction>("grid_power").optional(),
        measured::<Fraction>("carbon").optional(),
        plain("closed_origin").optional(),
        plain("closed_from").optional(),
        plain("note").optional(),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, origins: &Ids, reading: &Reading) -> Vec<Future> {
    table
        .rows(reading)
        .map(|row| {
            check_closure(row, reading);
            let factor = |name| row.field(name).fraction(Bounds::FACTOR);
            Future {
                id: row.free("id"),
                name: row.field("name").text(),
                probability: row.field("probability").fraction(Bounds::SHARE),
                demand_factor: factor("demand"),
                supply_factor: factor("supply"),
                energy_price_factor: factor("energy_price"),
                grid_power_factor: factor("grid_power"),
                carbon_factor: factor("carbon"),
                closed_origin: row
                    .given("closed_origin")
                    .map(|field| field.reference(origins)),
                closed_from: row.given("closed_from").and_then(|field| field.year()),
                note: row.free("note"),
            }
        })
        .collect()
}

fn check_closure(row: Row<'_>, reading: &Reading) {
    let origin = row.given("closed_origin").is_some();
    let year = row.given("closed_from").is_some();
    if origin != year {
        let (missing, there) = if origin {
            ("closed_from", "closed_origin")
        } else {
            ("closed_origin", "closed_from")
        };
        reading.push(
            Diagnostic::error(
                "missing-value",
                format!("`{there}` is given and `{missing}` is not"),
            )
            .at(row.locate(there))
            .expected("both the origin that closes and the year from which, or neither"),
        );
    }
}
