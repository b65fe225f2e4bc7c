//! Units from order to the end of their life.

use crate::columns::Draft;

/// U[e,i,t] = lot size · Σ_{τ: usable(τ) ≤ t < usable(τ) + life} m[e,i,τ]
pub(crate) fn define_units_in_use(draft: &mut Draft<'_, '_>) {
    let scenario = draft.facts.scenario;
    for (equipment, entry) in scenario.equipment.iter().enumerate() {
        for (site, place) in scenario.sites.iter().enumerate() {
            for year in 0..draft.facts.years {
                let Some(units) = draft.columns.units[equipment][site][year as usize] else {
                    continue;
                };
                let mut terms = vec![(units, 1.0)];
                for lots in &draft.columns.lots {
                    if lots.equipment == equipment
                        && lots.site == site
                        && lots.usable_from <= year
                        && year < lots.usable_from + entry.life_years
                    {
                        terms.push((lots.column, -f64::from(entry.lot)));
                    }
                }
                let name = format!("{} in use at {} in year {year}", entry.id, place.id);
                draft.program.define(name, 0.0, 0.0, terms);
            }
        }
    }
}
