//! Services that no site can serve in time: the planner will say so too, but only after its work.

use std::collections::BTreeMap;

use angara_diagnostics::{Diagnostic, listed, quoted};
use angara_quantity::Duration;

use super::Subject;
use super::graph::Graph;
use crate::model::{Index, Residency, Scenario, Service};

/// Zones times links beyond which the check is left to the planner.
const MOST_WORK: usize = 20_000_000;

pub(super) fn check(subject: Subject<'_>) {
    let scenario = subject.scenario;
    let mut zones: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for site in &scenario.sites {
        zones.entry(&site.residency_zone).or_default();
    }
    let demanded = scenario
        .services
        .len()
        .saturating_mul(scenario.places.len());
    if (zones.len() + 1).saturating_mul(scenario.links.len()) > MOST_WORK || demanded > MOST_WORK {
        return;
    }
    let graph = Graph::new(scenario);
    let anywhere = graph.nearest_ms(0..scenario.sites.len());
    for (zone, nearest) in &mut zones {
        *nearest = graph.nearest_ms(
            (0..scenario.sites.len()).filter(|site| scenario.sites[*site].residency_zone == *zone),
        );
    }
    let mut added: BTreeMap<Index, Vec<(Index, f64)>> = BTreeMap::new();
    for units in &scenario.demand {
        added
            .entry(units.service)
            .or_default()
            .push((units.place, units.users));
    }
    for (row, service) in scenario.services.iter().enumerate() {
        let added = added.get(&row).map_or(&[][..], Vec::as_slice);
        let nearest = |place: usize| match service.residency {
            Residency::Any => anywhere[place],
            Residency::SameZone => zones
                .get(scenario.places[place].residency_zone.as_str())
                .map_or(f64::INFINITY, |nearest| nearest[place]),
        };
        report(
            subject,
            row,
            service,
            &late(scenario, added, service, nearest),
        );
    }
}

/// Places with users that no site serves in time, with their nearest round trip [ms].
fn late(
    scenario: &Scenario,
    added: &[(Index, f64)],
    service: &Service,
    nearest: impl Fn(usize) -> f64,
) -> Vec<(usize, f64)> {
    let mut extra = vec![0.0; scenario.places.len()];
    for (place, users) in added {
        extra[*place] += users;
    }
    let limit_ms = service.latency_limit.milliseconds() as f64;
    (0..scenario.places.len())
        .filter(|place| {
            scenario.places[*place].population * service.users_per_resident + extra[*place] > 0.0
        })
        .map(|place| (place, nearest(place)))
        .filter(|(_, round_trip_ms)| *round_trip_ms > limit_ms)
        .collect()
}

fn report(subject: Subject<'_>, row: usize, service: &Service, late: &[(usize, f64)]) {
    let Some((first, round_trip_ms)) = late.first().copied() else {
        return;
    };
    let places = &subject.scenario.places;
    let names = late.iter().map(|(place, _)| places[*place].id.as_str());
    let limit: Duration = service.latency_limit;
    let within = match service.residency {
        Residency::Any => "site",
        Residency::SameZone => "site of its residency zone",
    };
    let nearest = if round_trip_ms.is_finite() {
        format!(
            "the nearest {within} is {round_trip_ms:.1} ms from {}",
            quoted(&places[first].id)
        )
    } else {
        format!(
            "no {within} can be reached from {}",
            quoted(&places[first].id)
        )
    };
    subject.reading.push(
        Diagnostic::warning(
            "out-of-reach",
            format!(
                "the service {} reaches no {within} within {limit} from {}: {nearest}",
                quoted(&service.id),
                listed(names)
            ),
        )
        .at(subject.tables.services.locate(row, "latency_limit"))
        .expected(format!(
            "a {within} within {limit} of every place with users"
        ))
        .hint("demand there counts as lost: raise the limit, add a link, or add a site"),
    );
}
