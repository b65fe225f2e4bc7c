//! Halls from order to use.

use crate::columns::Draft;
use crate::facts::lead_years;

/// N[i,t] = standing halls + Σ_{τ ≤ t − hall lead} n[i,τ]
///
/// T[t] = Σ_i N[i,t]
///
/// The total is no decision of its own: it is what the relaxation splits first, for a hall more or less anywhere costs
/// far more than the same hall at another site.
pub(crate) fn define_halls_usable(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        let lead = lead_years(entry.hall_lead);
        let standing = f64::from(entry.halls_existing);
        for year in 0..draft.facts.years {
            let mut terms = vec![(draft.columns.halls_usable[site][year as usize], 1.0)];
            for ordered in 0..=year {
                if ordered + lead <= year
                    && let Some(column) = draft.columns.halls_ordered[site][ordered as usize]
                {
                    terms.push((column, -1.0));
                }
            }
            let name = format!("halls usable at {} in year {year}", entry.id);
            draft.program.define(name, standing, standing, terms);
        }
    }
    for year in 0..draft.facts.years as usize {
        let mut terms = vec![(draft.columns.halls_total[year], 1.0)];
        for usable in &draft.columns.halls_usable {
            terms.push((usable[year], -1.0));
        }
        let name = format!("halls usable in year {year}");
        draft.program.define(name, 0.0, 0.0, terms);
    }
}
