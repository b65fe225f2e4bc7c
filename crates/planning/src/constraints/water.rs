//! Water of a site.

use crate::columns::Draft;
use crate::promise::Promise;

/// water per IT energy[i,t] · IT energy[i,t] ≤ water that may be drawn at site i in a year
pub(crate) fn define_water(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        let Some(limit_m3) = entry.water_limit_m3 else {
            continue;
        };
        for year in 0..draft.facts.years {
            let per_kwh = draft.facts.site_year(site, year).water_m3_per_it_kwh;
            let mut terms = draft.it_energy_kwh(site, year);
            for (_, coefficient) in &mut terms {
                *coefficient *= per_kwh;
            }
            draft.promise_row(Promise::Water { site }, f64::NEG_INFINITY, limit_m3, terms);
        }
    }
}
