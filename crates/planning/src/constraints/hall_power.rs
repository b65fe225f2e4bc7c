//! Power within the halls.

use crate::columns::Draft;
use crate::facts::WATTS_PER_KILOWATT;

/// Σ_{servers e} peak power[e] · U[e,i,t] ≤ hall IT power[i] · N[i,t]
pub(crate) fn define_hall_power(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        for year in 0..draft.facts.years {
            let mut terms = draft.units_at(site, year, |server| {
                server
                    .kind
                    .is_server()
                    .then_some(server.peak_w / WATTS_PER_KILOWATT)
            });
            if terms.is_empty() {
                continue;
            }
            terms.push((
                draft.columns.halls_usable[site][year as usize],
                -entry.hall_it_w / WATTS_PER_KILOWATT,
            ));
            let name = format!("hall power at {} in year {year}", entry.id);
            draft.program.define(name, f64::NEG_INFINITY, 0.0, terms);
        }
    }
}
