//! Energy, its carbon included.

use angara_finance::plan_cost;

use crate::columns::Draft;
use crate::error::PlanningError;

/// Σ_{i,t} energy price[i,t] · mean PUE[i,t] · IT energy[i,t]
pub(crate) fn define_energy_cost(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    for site in 0..scenario.sites.len() {
        for year in 0..draft.facts.years {
            let price = plan_cost::energy_per_kwh(scenario, site, year)?
                * draft.facts.site_year(site, year).mean_pue;
            for (column, kwh) in draft.it_energy_kwh(site, year) {
                draft.program.columns[column.0].cost += kwh * price;
            }
        }
    }
    Ok(())
}
