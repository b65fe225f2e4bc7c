//! Halls fit their site, and the site its grid.

use std::collections::BTreeSet;

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::Power;

use super::Subject;
use crate::table::Table;

pub(super) fn check(subject: Subject<'_>) {
    let table = &subject.tables.sites;
    let limits = &subject.tables.grid_limits;
    let named = named_sites(limits);
    for (row, site) in subject.scenario.sites.iter().enumerate() {
        if site.halls_existing > site.halls_max {
            subject.reading.push(
                Diagnostic::error(
                    "too-many-halls",
                    format!(
                        "the site {} has {} halls and room for {}",
                        quoted(&site.id),
                        site.halls_existing,
                        site.halls_max
                    ),
                )
                .at(table.locate(row, "halls_existing"))
                .expected(format!("at most `halls_max`, {}", site.halls_max)),
            );
        }
        let highest = site
            .grid_limits
            .iter()
            .map(|limit| limit.power_w)
            .fold(0.0, f64::max);
        if !named.contains(&site.id) && !limits.is_incomplete() {
            subject.reading.push(
                Diagnostic::warning(
                    "no-grid-limit",
                    format!(
                        "the site {} has no row in {}, so it has no firm power and no hall can run",
                        quoted(&site.id),
                        limits.file
                    ),
                )
                .at(table.locate(row, "id"))
                .expected("at least one grid limit for each site"),
            );
        } else if site.hall_it_w > highest
            && !site.grid_limits.is_empty()
            && site.grid_limits.iter().all(|limit| !limit.power_w.is_nan())
        {
            subject.reading.push(
                Diagnostic::warning(
                    "hall-above-grid-limit",
                    format!(
                        "a hall of {} is more than the grid ever gives the site {}: {}",
                        Power::new(site.hall_it_w),
                        quoted(&site.id),
                        Power::new(highest)
                    ),
                )
                .at(table.locate(row, "hall_it"))
                .expected("a hall that the grid can feed, cooling and losses included"),
            );
        }
    }
}

/// Sites that the table names, in rows that could not be read as well.
fn named_sites(table: &Table) -> BTreeSet<String> {
    let column = table.column("site");
    (0..table.len())
        .filter_map(|row| Some(table.cell(row, column?)?.into_owned()))
        .collect()
}
