//! Links: possible by physics, and one at every place and site.

use std::collections::BTreeSet;

use angara_diagnostics::{Diagnostic, quoted};
use geographiclib_rs::{Geodesic, InverseGeodesic};

use super::Subject;
use crate::model::{Link, LinkEnd, Scenario};
use crate::read::links::FIBRE_MS_PER_KM;

/// Slack for coordinates that are rounded.
const SLACK: f64 = 0.999;

pub(super) fn check(subject: Subject<'_>) {
    let geodesic = Geodesic::wgs84();
    let table = &subject.tables.links;
    for (row, link) in subject.scenario.links.iter().enumerate() {
        if link.from == link.to && name(subject.scenario, link.from).is_some() {
            subject.reading.push(
                Diagnostic::error(
                    "link-to-itself",
                    format!("the link {} leads from an end to itself", quoted(&link.id)),
                )
                .at(table.locate(row, "to"))
                .expected("two different ends"),
            );
            continue;
        }
        check_physics(subject, row, link, &geodesic);
    }
    check_ends(subject);
}

fn check_physics(subject: Subject<'_>, row: usize, link: &Link, geodesic: &Geodesic) {
    let (Some(from), Some(to)) = (
        position(subject.scenario, link.from),
        position(subject.scenario, link.to),
    ) else {
        return;
    };
    if [from.0, from.1, to.0, to.1]
        .iter()
        .any(|value| value.is_nan())
    {
        return;
    }
    let table = &subject.tables.links;
    let distance_m: f64 = geodesic.inverse(from.0, from.1, to.0, to.1);
    let straight_km = distance_m / 1000.0;
    let lowest_ms = 2.0 * straight_km * FIBRE_MS_PER_KM * SLACK;
    let ends = format!(
        "{} and {}",
        quoted(name(subject.scenario, link.from).unwrap_or_default()),
        quoted(name(subject.scenario, link.to).unwrap_or_default())
    );
    if link.length_m < distance_m * SLACK {
        subject.reading.push(
            Diagnostic::error(
                "shorter-than-straight",
                format!(
                    "the link is {:.1} km long, and {ends} are {straight_km:.1} km apart",
                    link.length_m / 1000.0
                ),
            )
            .at(table.locate(row, "length"))
            .expected(format!(
                "a length of at least {straight_km:.1} km, the straight way"
            ))
            .hint("check the unit of the length and the coordinates of both ends"),
        );
        if table
            .locate(row, "round_trip")
            .value
            .is_none_or(|value| value.is_empty())
        {
            return;
        }
    }
    if link.round_trip_ms < lowest_ms {
        subject.reading.push(
            Diagnostic::error(
                "faster-than-light",
                format!(
                    "a round trip of {} ms is impossible by physics: {ends} are {straight_km:.0} km apart",
                    trimmed(link.round_trip_ms)
                ),
            )
            .at(table.locate(row, "round_trip"))
            .expected(format!(
                "at least {lowest_ms:.2} ms, the time of light in fibre there and back on the straight way"
            ))
            .hint("is the figure one way, or in another unit? Is a coordinate wrong?"),
        );
        return;
    }
    let by_length_ms = 2.0 * link.length_m / 1000.0 * FIBRE_MS_PER_KM * SLACK;
    if link.round_trip_ms < by_length_ms {
        subject.reading.push(
            Diagnostic::warning(
                "faster-than-its-length",
                format!(
                    "a round trip of {} ms is less than light in fibre takes over {:.0} km",
                    trimmed(link.round_trip_ms),
                    link.length_m / 1000.0
                ),
            )
            .at(table.locate(row, "round_trip"))
            .expected(format!(
                "at least {by_length_ms:.2} ms, or a shorter length"
            )),
        );
    }
}

/// Up to three decimals.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn check_ends(subject: Subject<'_>) {
    let scenario = subject.scenario;
    let mut place_has = vec![false; scenario.places.len()];
    let mut site_has = vec![false; scenario.sites.len()];
    for link in &scenario.links {
        for end in [link.from, link.to] {
            let has = match end {
                LinkEnd::Place(index) => place_has.get_mut(index),
                LinkEnd::Site(index) => site_has.get_mut(index),
            };
            if let Some(has) = has {
                *has = true;
            }
        }
    }
    // A link whose end was misspelt is found already; whom it was meant for cannot be known.
    let misspelt = scenario
        .links
        .iter()
        .any(|link| name(scenario, link.from).is_none() || name(scenario, link.to).is_none());
    if misspelt || subject.tables.links.len() == 0 {
        return;
    }
    let places = scenario.places.iter().map(|place| place.id.as_str());
    let sites = scenario.sites.iter().map(|site| site.id.as_str());
    let lonely = first_without(places, &place_has)
        .into_iter()
        .map(|row| ("place", row, &subject.tables.places))
        .chain(
            first_without(sites, &site_has)
                .into_iter()
                .map(|row| ("site", row, &subject.tables.sites)),
        );
    for (what, row, table) in lonely {
        let at = table.locate(row, "id");
        let id = at.value.clone().unwrap_or_default();
        subject.reading.push(
            Diagnostic::error("no-link", format!("the {what} {} has no link", quoted(&id)))
                .at(at)
                .expected(format!(
                    "at least one row in {} that begins or ends there",
                    subject.tables.links.file
                )),
        );
    }
}

/// Rows without a link; of rows with one id only the first counts, because links lead there.
fn first_without<'a>(ids: impl Iterator<Item = &'a str>, has: &[bool]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    ids.zip(has)
        .enumerate()
        .filter(|(_, (id, has))| seen.insert(*id) && !**has && !id.is_empty())
        .map(|(row, _)| row)
        .collect()
}

fn position(scenario: &Scenario, end: LinkEnd) -> Option<(f64, f64)> {
    match end {
        LinkEnd::Place(index) => scenario
            .places
            .get(index)
            .map(|place| (place.latitude, place.longitude)),
        LinkEnd::Site(index) => scenario
            .sites
            .get(index)
            .map(|site| (site.latitude, site.longitude)),
    }
}

fn name(scenario: &Scenario, end: LinkEnd) -> Option<&str> {
    match end {
        LinkEnd::Place(index) => scenario.places.get(index).map(|place| place.id.as_str()),
        LinkEnd::Site(index) => scenario.sites.get(index).map(|site| site.id.as_str()),
    }
}
