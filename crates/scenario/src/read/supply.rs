//! Table `supply`: units that an origin can supply per year.

use angara_diagnostics::Diagnostic;

use crate::model::{EquipmentKind, SupplyLimit};
use crate::reading::Reading;
use crate::table::{Ids, Table, TableSpec, plain};

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "supply",
    row: "supply limit",
    keys: &["origin", "kind", "from_year"],
    needed: false,
    columns: &[
        plain("origin"),
        plain("kind"),
        plain("from_year"),
        plain("units_per_year"),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, origins: &Ids, reading: &Reading) -> Vec<SupplyLimit> {
    let mut seen = std::collections::BTreeSet::new();
    let mut limits = Vec::new();
    for row in table.rows(reading) {
        let origin = row.field("origin").reference(origins);
        let kind = row.field("kind").choice(&EquipmentKind::ALL);
        let from_year = row.field("from_year").year();
        let units_per_year = row.field("units_per_year").whole(0..=1_000_000_000_000);
        let (Some(kind), Some(from_year)) = (kind, from_year) else {
            continue;
        };
        if !seen.insert((origin, kind, from_year)) {
            reading.push(
                Diagnostic::error(
                    "duplicate-row",
                    "this origin and kind have a limit from this year already",
                )
                .at(row.locate("from_year"))
                .expected("one limit for each origin, kind and year"),
            );
        }
        limits.push(SupplyLimit {
            origin,
            kind,
            from_year,
            units_per_year,
        });
    }
    limits
}
