//! Sites and halls, with their staff and maintenance.

use angara_finance::{plan_cost, rates};

use crate::columns::Draft;
use crate::error::PlanningError;
use crate::facts::lead_years;

/// Σ_{i,t} opening cost[i,t] · y[i,t] + Σ_{i,t} hall cost[i,t] · n[i,t] + cost of keeping standing halls
pub(crate) fn define_building_cost(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    for (site, entry) in scenario.sites.iter().enumerate() {
        draft.program.fixed_cost +=
            f64::from(entry.halls_existing) * plan_cost::existing_hall(scenario, site)?;
        for year in 0..draft.facts.years {
            if let Some(column) = draft.columns.opening[site][year as usize] {
                draft.program.columns[column.0].cost += plan_cost::opening(scenario, site, year)?;
                let spent = rates::opening(scenario, site, year)?;
                draft.capital[year as usize].push((column, spent));
            }
            if let Some(column) = draft.columns.halls_ordered[site][year as usize] {
                let usable_from = year + lead_years(entry.hall_lead);
                draft.program.columns[column.0].cost +=
                    plan_cost::hall(scenario, site, year, usable_from)?;
                let spent = rates::hall(scenario, site, year)?;
                draft.capital[year as usize].push((column, spent));
            }
        }
    }
    Ok(())
}
