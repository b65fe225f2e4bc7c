//! Leased rates.

use angara_finance::plan_cost;

use crate::columns::Draft;
use crate::error::PlanningError;

/// Σ_{s,j,i,t} traffic[s,j,t] · x[s,j,i,t] · Σ_{links l of the route from j to i} lease price[l,t]
///
/// A link is leased exactly what passes it, so that the lease needs no column of its own.
pub(crate) fn define_network_cost(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let facts = draft.facts;
    let mut prices = Vec::new();
    for link in 0..facts.scenario.links.len() {
        let mut by_year = Vec::new();
        for year in 0..facts.years {
            by_year.push(plan_cost::lease_per_gbit(facts.scenario, link, year)?);
        }
        prices.push(by_year);
    }
    for share in &draft.columns.shares {
        let demand = &facts.demands[share.demand];
        let price: f64 = facts
            .routes
            .links(demand.place, share.site)
            .iter()
            .map(|link| prices[*link][demand.year as usize])
            .sum();
        draft.program.columns[share.column.0].cost += demand.traffic_gbit * price;
    }
    Ok(())
}
