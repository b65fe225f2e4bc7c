//! Carbon of a year.

use angara_finance::rates::carbon_tonnes_per_kwh;

use crate::columns::Draft;
use crate::promise::Promise;

/// Σ_i carbon intensity[i,t] · mean PUE[i,t] · IT energy[i,t] ≤ carbon promised for a year
pub(crate) fn define_carbon(draft: &mut Draft<'_, '_>) {
    let scenario = draft.facts.scenario;
    let Some(limit_tonnes) = scenario.promises.carbon_tonnes_per_year else {
        return;
    };
    for year in 0..draft.facts.years {
        let mut terms = Vec::new();
        for site in 0..scenario.sites.len() {
            let per_kwh = carbon_tonnes_per_kwh(scenario, site, year)
                * draft.facts.site_year(site, year).mean_pue;
            terms.extend(
                draft
                    .it_energy_kwh(site, year)
                    .into_iter()
                    .map(|(column, kwh)| (column, kwh * per_kwh)),
            );
        }
        let promise = Promise::Carbon { year };
        draft.promise_row(promise, f64::NEG_INFINITY, limit_tonnes, terms);
    }
}
