//! A site serves only where a hall stands.

use std::collections::BTreeMap;

use crate::columns::Draft;

/// With r[i,t] ∈ {0, 1}, one where some hall stands:
///
/// r[i,t] ≤ N[i,t] ≤ most halls · r[i,t], and for every place j: Σ_s w[s] · x[s,j,i,t] ≤ r[i,t], Σ_s w[s] = 1
///
/// Capacity alone would let the relaxation open a sliver of every site. One row per place instead of one per service
/// and place keeps nearly all of the strength; the weights are the services' shares of the need at the place.
pub(crate) fn define_ready(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        let most = draft.most_halls(site);
        for year in 0..draft.facts.years {
            let ready = draft.columns.ready[site][year as usize];
            let usable = draft.columns.halls_usable[site][year as usize];
            let name = format!("{} is ready in year {year}", entry.id);
            draft.program.define(
                name,
                f64::NEG_INFINITY,
                0.0,
                vec![(ready, 1.0), (usable, -1.0)],
            );
            let name = format!("{} has halls in year {year} only when ready", entry.id);
            draft.program.define(
                name,
                f64::NEG_INFINITY,
                0.0,
                vec![(usable, 1.0), (ready, -most)],
            );
            let mut by_place: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for (share, demand) in draft.shares_at(site, year) {
                by_place
                    .entry(demand.place)
                    .or_default()
                    .push((share.column, demand.need));
            }
            for (place, mut terms) in by_place {
                let total: f64 = terms.iter().map(|(_, need)| need).sum();
                for (_, weight) in &mut terms {
                    *weight /= total;
                }
                terms.push((ready, -1.0));
                let name = format!(
                    "{} serves {} in year {year} only when ready",
                    entry.id, draft.facts.scenario.places[place].id
                );
                draft.program.define(name, f64::NEG_INFINITY, 0.0, terms);
            }
        }
    }
}
