//! Table `grid_limits`: firm grid power of a site from a year on.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::Power;

use crate::model::{GridLimit, Site};
use crate::reading::Reading;
use crate::table::{Ids, Table, TableSpec, measured, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "grid_limits",
    row: "grid limit",
    keys: &["site", "from_year"],
    needed: true,
    columns: &[
        plain("site"),
        plain("from_year"),
        measured::<Power>("limit"),
        plain("source"),
    ],
};

/// Reads the table into the sites.
pub(crate) fn read(table: &Table, ids: &Ids, sites: &mut [Site], reading: &Reading) {
    for row in table.rows(reading) {
        let site = row.field("site").reference(ids);
        let from_year = row.field("from_year").year();
        let power_w = row.field("limit").quantity::<Power>(Bounds::NOT_NEGATIVE);
        let (Some(site), Some(from_year)) = (sites.get_mut(site), from_year) else {
            continue;
        };
        if site
            .grid_limits
            .iter()
            .any(|limit| limit.from_year == from_year)
        {
            reading.push(
                Diagnostic::error(
                    "duplicate-row",
                    format!(
                        "the site {} has two limits from {from_year}",
                        quoted(&site.id)
                    ),
                )
                .at(row.locate("from_year"))
                .expected("one limit for each site and year"),
            );
            continue;
        }
        site.grid_limits.push(GridLimit { from_year, power_w });
    }
    for site in sites {
        site.grid_limits.sort_by_key(|limit| limit.from_year);
    }
}
