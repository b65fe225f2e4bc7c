//! Service: every demand assigned in full, at distinct sites, within latency and residency, where a hall stands.

use std::collections::BTreeMap;

use super::{Inspection, TOLERANCE};
use crate::facts::too_near;

pub(super) fn check_service(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let mut served: BTreeMap<(u32, usize, usize), f64> = BTreeMap::new();
    for row in &inspection.plan.assignments {
        *served
            .entry((row.year, row.service, row.place))
            .or_default() += row.share;
        let mut faults = Vec::new();
        if !(0.0..=1.0 + TOLERANCE).contains(&row.share) {
            faults.push(format!("has a share of {}", row.share));
        }
        match inspection.facts.barriers(row.service, row.place, row.site) {
            None => faults.push("has no route".to_owned()),
            Some(barriers) => {
                faults.extend(
                    barriers
                        .iter()
                        .map(|promise| format!("breaks the {}", promise.text(scenario))),
                );
            }
        }
        if inspection.plan.sites[row.site].halls_usable[row.year as usize] == 0 {
            faults.push("has no hall".to_owned());
        }
        for fault in faults {
            let text = format!(
                "{} at {} served by {} in {} {fault}",
                scenario.services[row.service].name,
                scenario.places[row.place].name,
                inspection.site_name(row.site),
                inspection.year_name(row.year)
            );
            inspection.report(text);
        }
    }
    let demands = inspection.facts.demands.clone();
    for demand in &demands {
        let copies = f64::from(scenario.services[demand.service].replicas);
        let share = served
            .get(&(demand.year, demand.service, demand.place))
            .copied()
            .unwrap_or(0.0);
        if (share - copies).abs() > TOLERANCE {
            let text = format!(
                "{} at {} in {} is served {share} times, {copies} are asked for",
                scenario.services[demand.service].name,
                scenario.places[demand.place].name,
                inspection.year_name(demand.year)
            );
            inspection.report(text);
        }
    }
    check_apart(inspection);
}

/// No two sites that are too near for two copies serve more than one copy together.
fn check_apart(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let mut by_demand: BTreeMap<(u32, usize, usize), Vec<(usize, f64)>> = BTreeMap::new();
    for row in &inspection.plan.assignments {
        by_demand
            .entry((row.year, row.service, row.place))
            .or_default()
            .push((row.site, row.share));
    }
    for ((year, service, place), shares) in by_demand {
        let entry = &scenario.services[service];
        if entry.replicas < 2 {
            continue;
        }
        for (index, (a, share)) in shares.iter().enumerate() {
            for (b, other) in &shares[index + 1..] {
                if too_near(scenario, entry, *a, *b) {
                    let calendar = inspection.year_name(year);
                    inspection.at_most(share + other, 1.0, || {
                        format!(
                            "copies of {} for {} in {calendar} at {} and {}, which are too near",
                            entry.name,
                            scenario.places[place].name,
                            scenario.sites[*a].name,
                            scenario.sites[*b].name
                        )
                    });
                }
            }
        }
    }
}
