//! Cores.

use angara_scenario::{Equipment, EquipmentKind, Scenario};

use super::platform_sets::{confined, platform_sets};
use crate::columns::Draft;
use crate::facts::{Demand, usable_units};
use crate::model::ColumnId;

/// For every set Q of platforms:
///
/// headroom[i,t] · Σ_{s confined to Q} Σ_j need[s,j,t] · x[s,j,i,t] ≤ Σ_{servers e on Q} usable[e] · U[e,i,t]
///
/// usable: cores times rating that whole tasks can fill
pub(crate) fn define_core_capacity(draft: &mut Draft<'_, '_>) {
    define_capacity(
        draft,
        "cores",
        EquipmentKind::Server,
        |demand| demand.need,
        usable_units,
    );
}

/// The same inequality for any resource of one kind of server.
pub(super) fn define_capacity(
    draft: &mut Draft<'_, '_>,
    resource: &str,
    kind: EquipmentKind,
    need: impl Fn(&Demand) -> f64,
    held: impl Fn(&Scenario, &Equipment) -> f64,
) {
    let scenario = draft.facts.scenario;
    let accelerated = kind == EquipmentKind::AcceleratorServer;
    let sets = platform_sets(
        scenario
            .services
            .iter()
            .filter(|service| service.uses_accelerators() == accelerated),
    );
    for (site, entry) in scenario.sites.iter().enumerate() {
        for year in scenario.horizon.service_from..draft.facts.years {
            let headroom = draft.facts.site_year(site, year).headroom;
            for set in &sets {
                let mut terms: Vec<(ColumnId, f64)> = draft
                    .shares_at(site, year)
                    .filter(|(_, demand)| {
                        let service = &scenario.services[demand.service];
                        service.uses_accelerators() == accelerated && confined(service, set)
                    })
                    .map(|(share, demand)| (share.column, need(demand) * headroom))
                    .collect();
                if terms.is_empty() {
                    continue;
                }
                terms.extend(draft.units_at(site, year, |server| {
                    let fits = server.kind == kind
                        && server
                            .platform
                            .is_some_and(|platform| set.contains(&platform));
                    fits.then(|| -held(scenario, server))
                }));
                let name = format!("{resource} at {} in year {year} on {set:?}", entry.id);
                draft.program.define(name, f64::NEG_INFINITY, 0.0, terms);
            }
        }
    }
}
