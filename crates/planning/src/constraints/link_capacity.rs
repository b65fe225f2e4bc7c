//! Capacity of links.

use std::collections::BTreeMap;

use crate::columns::Draft;
use crate::facts::BITS_PER_GIGABIT;
use crate::promise::Promise;

/// Σ_{s,j,i: route from j to i passes link l} traffic[s,j,t] · x[s,j,i,t] ≤ capacity[l]
///
/// Every copy is leased its full traffic: any of them may have to answer alone. Left out where all traffic that could
/// ever pass the link fits.
pub(crate) fn define_link_capacity(draft: &mut Draft<'_, '_>) {
    let facts = draft.facts;
    let mut on_link: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for share in &draft.columns.shares {
        let demand = &facts.demands[share.demand];
        for link in facts.routes.links(demand.place, share.site) {
            on_link
                .entry((*link, demand.year))
                .or_default()
                .push((share.column, demand.traffic_gbit));
        }
    }
    for ((link, _), terms) in on_link {
        let capacity = facts.scenario.links[link].capacity_bits_per_second / BITS_PER_GIGABIT;
        let most: f64 = terms.iter().map(|(_, traffic)| traffic).sum();
        if most > capacity {
            let promise = Promise::LinkCapacity { link };
            draft.promise_row(promise, f64::NEG_INFINITY, capacity, terms);
        }
    }
}
