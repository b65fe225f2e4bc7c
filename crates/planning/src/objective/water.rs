//! Water.

use angara_finance::plan_cost;

use crate::columns::Draft;
use crate::error::PlanningError;

/// Σ_{i,t} water price[i,t] · water per IT energy[i,t] · IT energy[i,t]
pub(crate) fn define_water_cost(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    for site in 0..scenario.sites.len() {
        for year in 0..draft.facts.years {
            let price = plan_cost::water_per_m3(scenario, site, year)?
                * draft.facts.site_year(site, year).water_m3_per_it_kwh;
            for (column, kwh) in draft.it_energy_kwh(site, year) {
                draft.program.columns[column.0].cost += kwh * price;
            }
        }
    }
    Ok(())
}
