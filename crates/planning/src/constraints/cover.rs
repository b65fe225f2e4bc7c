//! Whole halls that demand must have somewhere.

use std::collections::{BTreeMap, BTreeSet};

use angara_scenario::{Equipment, EquipmentKind, Index};

use crate::columns::{Draft, Layout};
use crate::facts::{Demand, WATTS_PER_KILOWATT, runs_on, server_units, usable_units};
use crate::model::ColumnId;

/// For a set S of sites, the power P that the demand confined to S takes on the thriftiest servers it can run on, and
/// every hall size h found in S:
///
/// Σ_{i ∈ S} ⌈hall IT power[i] / h⌉ · N[i,t] ≥ ⌈P / h⌉
///
/// Σ_{i ∈ S} r[i,t] ≥ most copies that one demand must have in S
///
/// With the need A for accelerators of the demand confined to S, and every size c of a lot [accelerators]:
///
/// Σ_{i ∈ S} Σ_{accelerator servers e} ⌈lot of e / c⌉ · U[e,i,t] / lot size[e] ≥ ⌈A / c⌉
///
/// Implied for whole halls and lots, not for the relaxation, which would build parts of halls and
/// open parts of sites. The sets are those of the sites that some demand may use, and the set of all sites. Of several
/// copies those count that find no room outside S.
pub(crate) fn define_cover(draft: &mut Draft<'_, '_>) {
    if draft.layout == Layout::Barred {
        // Where demand may give way, nothing follows from it.
        return;
    }
    let facts = draft.facts;
    let scenario = facts.scenario;
    let mut allowed: BTreeMap<usize, BTreeSet<Index>> = BTreeMap::new();
    for share in &draft.columns.shares {
        allowed.entry(share.demand).or_default().insert(share.site);
    }
    let mut sets: BTreeSet<BTreeSet<Index>> = allowed.values().cloned().collect();
    sets.insert((0..scenario.sites.len()).collect());
    for year in scenario.horizon.service_from..facts.years {
        let demands: Vec<(&BTreeSet<Index>, &Demand, f64)> = allowed
            .iter()
            .map(|(demand, sites)| (sites, &facts.demands[*demand]))
            .filter(|(_, demand)| demand.year == year)
            .map(|(sites, demand)| (sites, demand, least_kw(draft, demand)))
            .collect();
        for set in &sets {
            let mut power_kw = 0.0;
            let mut accelerators = 0.0;
            let mut copies: f64 = 0.0;
            for (sites, demand, least_kw) in &demands {
                let service = &scenario.services[demand.service];
                let inside =
                    (f64::from(service.replicas) - sites.difference(set).count() as f64).max(0.0);
                power_kw += inside * least_kw;
                copies = copies.max(inside);
                if service.uses_accelerators() {
                    accelerators += inside * demand.need;
                }
            }
            define_whole_halls(draft, set, year, power_kw);
            define_whole_accelerators(draft, set, year, accelerators);
            let ready = set
                .iter()
                .map(|site| (draft.columns.ready[*site][year as usize], 1.0))
                .collect();
            if copies >= 1.0 {
                let name = format!("sites ready among {set:?} in year {year}");
                draft.program.define(name, copies, f64::INFINITY, ready);
            }
        }
    }
}

fn define_whole_halls(draft: &mut Draft<'_, '_>, set: &BTreeSet<Index>, year: u32, power_kw: f64) {
    let scenario = draft.facts.scenario;
    let sizes: BTreeSet<u64> = set
        .iter()
        .map(|site| scenario.sites[*site].hall_it_w.to_bits())
        .collect();
    for size in sizes {
        let hall_w = f64::from_bits(size);
        let halls = (power_kw * WATTS_PER_KILOWATT / hall_w - 1e-6).ceil();
        if halls < 1.0 {
            continue;
        }
        let terms: Vec<(ColumnId, f64)> = set
            .iter()
            .map(|site| {
                let weight = (scenario.sites[*site].hall_it_w / hall_w).ceil();
                (draft.columns.halls_usable[*site][year as usize], weight)
            })
            .collect();
        let name = format!("whole halls at sites {set:?} in year {year}");
        draft.program.define(name, halls, f64::INFINITY, terms);
    }
}

fn define_whole_accelerators(
    draft: &mut Draft<'_, '_>,
    set: &BTreeSet<Index>,
    year: u32,
    needed: f64,
) {
    let scenario = draft.facts.scenario;
    let lot_of = |server: &Equipment| {
        (server.kind == EquipmentKind::AcceleratorServer)
            .then(|| usable_units(scenario, server) * f64::from(server.lot))
    };
    let sizes: BTreeSet<u64> = draft
        .facts
        .scenario
        .equipment
        .iter()
        .filter_map(lot_of)
        .filter(|size| *size > 0.0)
        .map(f64::to_bits)
        .collect();
    for size in sizes.into_iter().map(f64::from_bits) {
        let lots = (needed / size - 1e-6).ceil();
        if lots < 1.0 {
            continue;
        }
        let mut terms = Vec::new();
        for site in set {
            terms.extend(draft.units_at(*site, year, |server| {
                lot_of(server).map(|own| (own / size).ceil() / f64::from(server.lot))
            }));
        }
        let name = format!("whole lots of accelerators at sites {set:?} in year {year}");
        draft.program.define(name, lots, f64::INFINITY, terms);
    }
}

/// Nameplate power of a demand on the thriftiest servers that can be in use then [kW].
fn least_kw(draft: &Draft<'_, '_>, demand: &Demand) -> f64 {
    let facts = draft.facts;
    let service = &facts.scenario.services[demand.service];
    let least = facts
        .scenario
        .equipment
        .iter()
        .enumerate()
        .filter(|(equipment, server)| {
            runs_on(service, server) && facts.can_be_in_use(*equipment, demand.year)
        })
        .map(|(_, server)| server.peak_w / server_units(server) / WATTS_PER_KILOWATT)
        .fold(f64::INFINITY, f64::min);
    if least.is_finite() {
        demand.need * least
    } else {
        0.0
    }
}
