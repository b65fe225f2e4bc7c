//! Table `demand`: users beyond those that follow from population.

use angara_diagnostics::Diagnostic;

use crate::model::DemandUnits;
use crate::reading::Reading;
use crate::table::{Ids, Table, TableSpec, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "demand",
    row: "demand row",
    keys: &["service", "place"],
    needed: false,
    columns: &[
        plain("service"),
        plain("place"),
        plain("users"),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(
    table: &Table,
    services: &Ids,
    places: &Ids,
    reading: &Reading,
) -> Vec<DemandUnits> {
    let mut seen = std::collections::BTreeSet::new();
    let mut demand = Vec::new();
    for row in table.rows(reading) {
        let units = DemandUnits {
            service: row.field("service").reference(services),
            place: row.field("place").reference(places),
            users: row.field("users").number(Bounds::NOT_NEGATIVE),
            source: row.free("source"),
        };
        let known = units.service < services.names().len() && units.place < places.names().len();
        if known && !seen.insert((units.service, units.place)) {
            reading.push(
                Diagnostic::error("duplicate-row", "this service and place have a row already")
                    .at(row.locate("place"))
                    .expected("one row for each service and place")
                    .hint("add the users up in one row"),
            );
        }
        demand.push(units);
    }
    demand
}
