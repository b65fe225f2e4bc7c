//! Charge on the highest draw of each month.

use angara_finance::plan_cost;

use crate::columns::Draft;
use crate::error::PlanningError;
use crate::facts::WATTS_PER_KILOWATT;

const MONTHS_PER_YEAR: f64 = 12.0;

/// Σ_{i,t} charge[i,t] · peak PUE[i,t] · Σ_months (idle power · U + busy power · peak load of the month · x)
///
/// Peaks of services add up as if they fell on one hour, and every month has the worst hour's PUE: an upper estimate.
pub(crate) fn define_demand_charge(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    for site in 0..scenario.sites.len() {
        for year in 0..draft.facts.years {
            let charge = plan_cost::demand_charge_per_kw_month(scenario, site, year)?
                * draft.facts.site_year(site, year).peak_pue;
            let mut terms = draft.units_at(site, year, |server| {
                server
                    .kind
                    .is_server()
                    .then_some(server.idle_w / WATTS_PER_KILOWATT * MONTHS_PER_YEAR)
            });
            for (share, demand) in draft.shares_at(site, year) {
                let copies = f64::from(scenario.services[demand.service].replicas);
                let busy_kw = draft.facts.busy_kw[demand.service][year as usize];
                let months = draft.facts.peak_months(demand.service);
                terms.push((share.column, demand.peak * busy_kw * months / copies));
            }
            for (column, kilowatt_months) in terms {
                draft.program.columns[column.0].cost += kilowatt_months * charge;
            }
        }
    }
    Ok(())
}
