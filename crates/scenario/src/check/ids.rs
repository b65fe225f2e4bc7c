//! Places and sites share one set of names, because links name both.

use std::collections::BTreeSet;

use angara_diagnostics::{Diagnostic, quoted};

use super::Subject;

pub(super) fn check(subject: Subject<'_>) {
    let places: BTreeSet<&str> = subject
        .scenario
        .places
        .iter()
        .map(|place| place.id.as_str())
        .collect();
    for (row, site) in subject.scenario.sites.iter().enumerate() {
        if !site.id.is_empty() && places.contains(site.id.as_str()) {
            subject.reading.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("{} is a site and a place", quoted(&site.id)),
                )
                .at(subject.tables.sites.locate(row, "id"))
                .expected("ids that no place has, because links name places and sites alike")
                .hint(format!(
                    "give the site another id, such as {}",
                    quoted(&format!("{}-dc", site.id))
                )),
            );
        }
    }
}
