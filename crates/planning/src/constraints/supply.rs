//! Supply of origins.

use std::collections::BTreeMap;

use crate::columns::Draft;
use crate::promise::Promise;

/// Σ_{e from o of a kind} Σ_i lot size · m[e,i,t] ≤ units that origin o supplies of the kind in year t
///
/// An origin that has closed supplies none.
pub(crate) fn define_supply(draft: &mut Draft<'_, '_>) {
    let scenario = draft.facts.scenario;
    let mut ordered: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for lots in &draft.columns.lots {
        let entry = &scenario.equipment[lots.equipment];
        ordered
            .entry((entry.origin, entry.kind, lots.year))
            .or_default()
            .push((lots.column, f64::from(entry.lot)));
    }
    for ((origin, kind, year), terms) in ordered {
        if let Some(limit) = scenario.supply_limit(origin, kind, year) {
            let promise = Promise::Supply { origin, kind, year };
            draft.promise_row(promise, f64::NEG_INFINITY, limit as f64, terms);
        }
    }
}
