//! Budgets of the parties.

use angara_finance::rates;

use crate::columns::Draft;
use crate::error::PlanningError;
use crate::promise::Promise;

/// capital share[p] · capital spent in year t ≤ budget[p,t], in the currency of the totals
///
/// Years without a row are not limited.
pub(crate) fn define_budgets(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    for (party, entry) in scenario.parties.iter().enumerate() {
        for year in 0..draft.facts.years {
            let Some(budget) = rates::budget(scenario, party, year)? else {
                continue;
            };
            let terms = draft.capital[year as usize]
                .iter()
                .map(|(column, amount)| (*column, amount * entry.capital_share))
                .collect();
            let promise = Promise::Budget { party, year };
            draft.promise_row(promise, f64::NEG_INFINITY, budget, terms);
        }
    }
    Ok(())
}
