//! Demand is served.

use crate::columns::Draft;
use crate::promise::Promise;

/// Σ_i x[s,j,i,t] = copies of the service, each x ≤ 1, so that copies stand at distinct sites
pub(crate) fn define_served(draft: &mut Draft<'_, '_>) {
    let mut terms = vec![Vec::new(); draft.facts.demands.len()];
    for share in &draft.columns.shares {
        terms[share.demand].push((share.column, 1.0));
    }
    for (demand, terms) in draft.facts.demands.iter().zip(terms) {
        let copies = f64::from(draft.facts.scenario.services[demand.service].replicas);
        let promise = Promise::Serve {
            service: demand.service,
            place: demand.place,
        };
        draft.promise_row(promise, copies, copies, terms);
    }
}
