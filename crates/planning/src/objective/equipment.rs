//! Servers and plant, with duty, freight and maintenance.

use angara_finance::{plan_cost, rates};

use crate::columns::Draft;
use crate::error::PlanningError;

/// Σ_{e,i,t} lot size · unit cost[e,t] · m[e,i,t]
pub(crate) fn define_equipment_cost(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    let scenario = draft.facts.scenario;
    for lots in &draft.columns.lots {
        let lot = f64::from(scenario.equipment[lots.equipment].lot);
        let unit =
            plan_cost::equipment_unit(scenario, lots.equipment, lots.year, lots.usable_from)?;
        draft.program.columns[lots.column.0].cost += lot * unit;
        let landed = rates::equipment_unit(scenario, lots.equipment, lots.year)?.landed();
        draft.capital[lots.year as usize].push((lots.column, lot * landed));
    }
    Ok(())
}
