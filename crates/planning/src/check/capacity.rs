//! Cores, accelerators and memory: for every set of platforms, what runs on it alone fits into it.

use angara_scenario::{EquipmentKind, Index, Service};

use super::Inspection;
use crate::facts::{Demand, server_memory_gib, usable_units};

/// Sets of platforms are tried one by one up to this many platforms; scenarios have a handful.
const PLATFORMS_MAX: usize = 16;

pub(super) fn check_capacity(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let platforms = scenario.platforms.len().min(PLATFORMS_MAX);
    for site in 0..scenario.sites.len() {
        for year in 0..inspection.facts.years {
            let held_here = demands_held(inspection, site, year);
            for kind in [EquipmentKind::Server, EquipmentKind::AcceleratorServer] {
                for set in 1..(1_u32 << platforms) {
                    check_set(inspection, (site, year), &held_here, kind, set);
                }
            }
        }
    }
}

/// Demands with the share that a site holds in a year.
fn demands_held(inspection: &Inspection<'_>, site: Index, year: u32) -> Vec<(Demand, f64)> {
    let rows: Vec<_> = inspection
        .plan
        .assignments
        .iter()
        .filter(|row| row.site == site && row.year == year)
        .collect();
    inspection
        .facts
        .demands
        .iter()
        .filter(|demand| demand.year == year)
        .filter_map(|demand| {
            rows.iter()
                .find(|row| row.service == demand.service && row.place == demand.place)
                .map(|row| (*demand, row.share))
        })
        .collect()
}

fn check_set(
    inspection: &mut Inspection<'_>,
    (site, year): (Index, u32),
    held_here: &[(Demand, f64)],
    kind: EquipmentKind,
    set: u32,
) {
    let scenario = inspection.facts.scenario;
    let headroom = inspection.facts.site_year(site, year).headroom;
    let accelerated = kind == EquipmentKind::AcceleratorServer;
    let confined = |service: &Service| {
        service.uses_accelerators() == accelerated
            && service
                .platforms
                .iter()
                .all(|platform| set & (1 << platform) != 0)
    };
    let mut needed = 0.0;
    let mut needed_gib = 0.0;
    for (demand, share) in held_here {
        if confined(&scenario.services[demand.service]) {
            needed += demand.need * share * headroom;
            needed_gib += demand.memory_gib * share * headroom;
        }
    }
    if needed == 0.0 {
        return;
    }
    let mut held = 0.0;
    let mut held_gib = 0.0;
    for (equipment, server) in scenario.equipment.iter().enumerate() {
        let fits = server.kind == kind
            && server
                .platform
                .is_some_and(|platform| set & (1 << platform) != 0);
        if fits {
            let units = inspection
                .plan
                .units_in_use(scenario, equipment, site, year) as f64;
            held += units * usable_units(scenario, server);
            held_gib += units * server_memory_gib(server);
        }
    }
    let place = format!(
        "{} in {} on the platforms of set {set:b}",
        inspection.site_name(site),
        inspection.year_name(year)
    );
    inspection.at_most(needed, held, || format!("cores or accelerators at {place}"));
    inspection.at_most(needed_gib, held_gib, || format!("memory [GiB] at {place}"));
}
