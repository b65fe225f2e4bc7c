//! Table `places`.

use crate::model::Place;
use crate::reading::Reading;
use crate::table::{Table, TableSpec, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "places",
    row: "place",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        plain("latitude"),
        plain("longitude"),
        plain("population"),
        plain("time_zone"),
        plain("residency_zone"),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, reading: &Reading) -> Vec<Place> {
    table
        .rows(reading)
        .map(|row| Place {
            id: row.free("id"),
            name: row.field("name").text(),
            latitude: row.field("latitude").number(Bounds::LATITUDE),
            longitude: row.field("longitude").number(Bounds::LONGITUDE),
            population: row.field("population").number(Bounds::new(
                0.0,
                1e10,
                "a number of residents, 0 or more",
            )),
            time_zone: row.field("time_zone").time_zone(),
            residency_zone: row.field("residency_zone").text(),
            source: row.free("source"),
        })
        .collect()
}
