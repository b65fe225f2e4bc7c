//! Halls that fit at a site.

use crate::columns::Draft;
use crate::promise::Promise;

/// Σ_t n[i,t] ≤ halls that fit − standing halls
pub(crate) fn define_halls_fit(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        let terms = draft.columns.halls_ordered[site]
            .iter()
            .flatten()
            .map(|column| (*column, 1.0))
            .collect();
        let room = f64::from(entry.halls_max.saturating_sub(entry.halls_existing));
        draft.promise_row(Promise::Halls { site }, f64::NEG_INFINITY, room, terms);
    }
}
