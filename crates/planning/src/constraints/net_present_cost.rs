//! Net present cost of the programme.

use crate::columns::Draft;
use crate::error::PlanningError;
use crate::model::ColumnId;
use crate::promise::Promise;

/// objective ≤ net present cost promised, converted at the rate of the first year
pub(crate) fn define_net_present_cost(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    let Some(promised) = scenario.promises.net_present_cost else {
        return Ok(());
    };
    let rate =
        scenario
            .rate(promised.currency, 0)
            .ok_or(angara_finance::RateError::UnknownCurrency {
                currency: promised.currency,
            })?;
    let terms = draft
        .program
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.cost != 0.0)
        .map(|(index, column)| (ColumnId(index), column.cost))
        .collect();
    let limit = promised.major() * rate - draft.program.fixed_cost;
    draft.promise_row(Promise::NetPresentCost, f64::NEG_INFINITY, limit, terms);
    Ok(())
}
