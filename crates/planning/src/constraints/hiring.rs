//! Technicians hired in a year.

use crate::columns::Draft;
use crate::promise::Promise;

/// technicians per hall[i] · (N[i,t] − N[i,t−1]) ≤ technicians who can be hired in a year[i]
///
/// Before the first year stand the halls that exist, with their technicians.
pub(crate) fn define_hiring(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        let Some(hires) = entry.hires_per_year else {
            continue;
        };
        for year in 0..draft.facts.years as usize {
            let usable = &draft.columns.halls_usable[site];
            let mut terms = vec![(usable[year], entry.staff_per_hall)];
            let mut limit = hires;
            match year.checked_sub(1) {
                Some(before) => terms.push((usable[before], -entry.staff_per_hall)),
                None => limit += entry.staff_per_hall * f64::from(entry.halls_existing),
            }
            draft.promise_row(Promise::Hiring { site }, f64::NEG_INFINITY, limit, terms);
        }
    }
}
