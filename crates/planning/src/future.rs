//! What a plan can still serve in another future.
//!
//! What it computes: by year, the largest part of demand that the plan's buildings and orders can serve when demand,
//! supply and grid power turn out otherwise.
//!
//! Assumptions: buildings stand as planned; of every order the part that the future's supply leaves arrives (never
//! more than was ordered), nothing of what is ordered from an origin after it has closed; halls run as far as their
//! plant allows; servers beyond the firm grid power stay off; who serves whom is decided anew, within latency and
//! residency; demand grows to its factor linearly until the last year and is counted without the planner's headroom
//! and reserve, which are there to be used up. Each demand counts by the nameplate power it takes, all copies included.
//!
//! Valid range: a plan made for the input's scenario. Water, carbon and budgets are not limits here.
//!
//! References: none.

use std::collections::BTreeMap;

use angara_fleet::Plan;
use angara_scenario::{Future, Index, Scenario};

use crate::columns::{Draft, Layout};
use crate::constraints;
use crate::error::PlanningError;
use crate::facts::{
    Facts, WATTS_PER_KILOWATT, overcommit, plant_factor, plant_kinds, runs_on, server_units,
};
use crate::input::PlanningInput;
use crate::model::{Highs, Limits, Outcome, Solver};

/// One year of a plan in a future.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FutureYear {
    /// Year of the horizon.
    pub year: u32,
    /// Nameplate power that the demand of the peak hour takes [kW].
    pub demand_kw: f64,
    /// Part of it that can be served [1]; one where nothing is demanded.
    pub served_share: f64,
    /// Power that is missing [kW].
    pub shortfall_kw: f64,
}

/// Nameplate power that the demand of the peak hour takes in a year of the horizon, all copies included [kW].
pub fn demand_kw(input: &PlanningInput<'_>, year: u32) -> f64 {
    let facts = Facts::new(input);
    facts
        .demands
        .iter()
        .filter(|demand| demand.year == year)
        .map(|demand| {
            let service = &input.scenario.services[demand.service];
            demand.peak / overcommit(input.scenario, service)
                * f64::from(service.replicas)
                * nameplate_kw_per_unit(&facts, demand.service, year)
        })
        .sum()
}

/// Serves as much as possible with the plan's buildings and orders, in every year of the horizon.
///
/// # Errors
/// [`PlanningError::Undecided`] where the solver gave no answer.
pub fn serve_under(
    input: &PlanningInput<'_>,
    plan: &Plan,
    future: &Future,
) -> Result<Vec<FutureYear>, PlanningError> {
    let facts = facts_under(input, future);
    let mut draft = Draft::new(&facts, Layout::Allowed);
    constraints::define_service(&mut draft);
    for row in &mut draft.program.rows {
        // Less may be served, never more than is demanded.
        if row.lower == row.upper {
            row.lower = f64::NEG_INFINITY;
        }
    }
    for column in &mut draft.program.columns {
        column.integer = false;
    }
    fix_fleet(&mut draft, plan, future);
    let mut wanted_kw: BTreeMap<u32, f64> = BTreeMap::new();
    let weight: Vec<f64> = facts
        .demands
        .iter()
        .map(|demand| demand.need * nameplate_kw_per_unit(&facts, demand.service, demand.year))
        .collect();
    for (demand, weight) in facts.demands.iter().zip(&weight) {
        let copies = f64::from(input.scenario.services[demand.service].replicas);
        *wanted_kw.entry(demand.year).or_default() += weight * copies;
    }
    for share in &draft.columns.shares {
        draft.program.columns[share.column.0].cost = -weight[share.demand];
    }
    let limits = Limits {
        gap: 0.0,
        nodes: 0,
        relaxed: true,
        improve: true,
    };
    let Outcome::Solved(values) = Highs.solve(&draft.program, limits, None) else {
        return Err(PlanningError::Undecided { node_limit: 0 });
    };
    let mut served_kw: BTreeMap<u32, f64> = BTreeMap::new();
    for share in &draft.columns.shares {
        *served_kw
            .entry(facts.demands[share.demand].year)
            .or_default() += weight[share.demand] * values.columns[share.column.0];
    }
    Ok((0..facts.years)
        .map(|year| {
            let demand_kw = wanted_kw.get(&year).copied().unwrap_or(0.0);
            let served = served_kw.get(&year).copied().unwrap_or(0.0);
            let served_share = if demand_kw > 0.0 {
                (served / demand_kw).min(1.0)
            } else {
                1.0
            };
            FutureYear {
                year,
                demand_kw,
                served_share,
                shortfall_kw: demand_kw * (1.0 - served_share),
            }
        })
        .collect())
}

fn facts_under<'a>(input: &PlanningInput<'a>, future: &Future) -> Facts<'a> {
    let mut facts = Facts::new(input);
    let last = f64::from(facts.years.saturating_sub(1).max(1));
    for demand in &mut facts.demands {
        let growth = 1.0 + (future.demand_factor - 1.0) * f64::from(demand.year) / last;
        let over_need = demand.need / demand.peak;
        let needed = growth / overcommit(input.scenario, &input.scenario.services[demand.service]);
        demand.need = demand.peak * needed;
        demand.memory_gib *= needed / over_need;
        demand.traffic_gbit *= growth;
        demand.peak *= growth;
        demand.mean *= growth;
    }
    for year in facts.site_years.iter_mut().flatten() {
        year.grid_kw *= future.grid_power_factor;
        year.headroom = 1.0;
    }
    facts
}

/// Bounds the columns by what stands and what has arrived.
fn fix_fleet(draft: &mut Draft<'_, '_>, plan: &Plan, future: &Future) {
    let facts = draft.facts;
    let scenario = facts.scenario;
    let mut arrived =
        vec![vec![vec![0.0; facts.years as usize]; scenario.sites.len()]; scenario.equipment.len()];
    for order in &plan.orders {
        let entry = &scenario.equipment[order.equipment];
        let units = order.units as f64 * supplied(scenario, entry.origin, order.year, future);
        for year in order.usable_from..(order.usable_from + entry.life_years).min(facts.years) {
            arrived[order.equipment][order.site][year as usize] += units;
        }
    }
    for (site, entry) in scenario.sites.iter().enumerate() {
        for year in 0..facts.years as usize {
            for (equipment, units) in arrived.iter().enumerate() {
                if let Some(column) = draft.columns.units[equipment][site][year] {
                    draft.program.columns[column.0].upper = units[site][year];
                }
            }
            let standing = f64::from(entry.halls_existing);
            let mut halls = f64::from(plan.sites[site].halls_usable[year]);
            for kind in plant_kinds(entry.cooling) {
                let per_hall_w = plant_factor(scenario, kind) * entry.hall_it_w;
                let rated_w: f64 = scenario
                    .equipment
                    .iter()
                    .zip(&arrived)
                    .filter(|(plant, _)| plant.kind == kind)
                    .map(|(plant, units)| plant.rating_w * units[site][year])
                    .sum();
                if per_hall_w > 0.0 {
                    halls = halls.min(standing + rated_w / per_hall_w);
                }
            }
            let usable = draft.columns.halls_usable[site][year];
            draft.program.columns[usable.0].upper = halls;
        }
    }
}

/// Part of an order that arrives [1].
fn supplied(scenario: &Scenario, origin: Index, year: u32, future: &Future) -> f64 {
    let closed = future.closed_origin == Some(origin)
        && future
            .closed_from
            .is_none_or(|from| scenario.horizon.calendar_year(year) >= from);
    if closed {
        0.0
    } else {
        future.supply_factor.clamp(0.0, 1.0)
    }
}

/// Mean over the servers that can be in use: nameplate power of one core or accelerator [kW].
fn nameplate_kw_per_unit(facts: &Facts<'_>, service: Index, year: u32) -> f64 {
    let entry = &facts.scenario.services[service];
    let mut sum = 0.0;
    let mut count = 0.0;
    for (equipment, server) in facts.scenario.equipment.iter().enumerate() {
        if runs_on(entry, server) && facts.can_be_in_use(equipment, year) {
            sum += server.peak_w / server_units(server) / WATTS_PER_KILOWATT;
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 0.0 }
}
