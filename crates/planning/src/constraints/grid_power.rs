//! Firm grid power.

use crate::columns::Draft;
use crate::facts::WATTS_PER_KILOWATT;
use crate::promise::Promise;

/// peak PUE[i,t] · Σ_{servers e} peak power[e] · U[e,i,t] ≤ firm grid power[i,t]
///
/// Nameplate power at the site's worst hour: what the grid must be able to carry, whatever the load.
pub(crate) fn define_grid_power(draft: &mut Draft<'_, '_>) {
    for site in 0..draft.facts.scenario.sites.len() {
        for year in 0..draft.facts.years {
            let here = *draft.facts.site_year(site, year);
            let terms = draft.units_at(site, year, |server| {
                server
                    .kind
                    .is_server()
                    .then_some(server.peak_w / WATTS_PER_KILOWATT * here.peak_pue)
            });
            let promise = Promise::Grid { site, year };
            draft.promise_row(promise, f64::NEG_INFINITY, here.grid_kw, terms);
        }
    }
}
