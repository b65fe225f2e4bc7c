//! Opening of sites.

use crate::columns::Draft;
use crate::facts::lead_years;

/// A site is opened at most once, and halls are ordered only for a site that is open in time:
///
/// Σ_t y[i,t] ≤ 1
///
/// Σ_{τ ≤ t} n[i,τ] ≤ (most halls − standing halls) · Σ_{τ ≤ min(t, t + hall lead − opening lead)} y[i,τ]
///
/// r[i,t] ≤ Σ_{τ ≤ t − opening lead} y[i,τ]
///
/// The second keeps a hall from being usable before the site is; a hall ordered earlier than that would stand idle.
/// The third follows from it for whole numbers and keeps the relaxation from opening parts of sites.
pub(crate) fn define_opening(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        if entry.halls_existing > 0 {
            continue;
        }
        let openings: Vec<_> = draft.columns.opening[site]
            .iter()
            .flatten()
            .map(|column| (*column, 1.0))
            .collect();
        let name = format!("{} is opened once", entry.id);
        draft.program.define(name, f64::NEG_INFINITY, 1.0, openings);
        let hall_lead = i64::from(lead_years(entry.hall_lead));
        let opening_lead = i64::from(lead_years(entry.opening_lead));
        let most = draft.most_halls(site);
        for year in 0..draft.facts.years {
            let mut terms = vec![(draft.columns.ready[site][year as usize], 1.0)];
            for (opened, column) in (0..).zip(&draft.columns.opening[site]) {
                if let Some(column) = column
                    && opened + opening_lead <= i64::from(year)
                {
                    terms.push((*column, -1.0));
                }
            }
            let name = format!("{} is ready in year {year} only when open", entry.id);
            draft.program.define(name, f64::NEG_INFINITY, 0.0, terms);
        }
        for year in 0..i64::from(draft.facts.years) {
            let latest_opening = year.min(year + hall_lead - opening_lead);
            let mut terms = Vec::new();
            for ordered in 0..=year {
                if let Some(column) = draft.columns.halls_ordered[site][ordered as usize] {
                    terms.push((column, 1.0));
                }
            }
            for opened in 0..=latest_opening {
                if let Some(column) = draft.columns.opening[site][opened as usize] {
                    terms.push((column, -most));
                }
            }
            let name = format!("halls of {} follow its opening by year {year}", entry.id);
            draft.program.define(name, f64::NEG_INFINITY, 0.0, terms);
        }
    }
}
