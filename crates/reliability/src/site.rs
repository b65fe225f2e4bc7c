//! What one site delivers.
//!
//! What it computes: IT power of a site in a year, whole and after the loss of one unit of its plant.
//!
//! Assumptions: a site delivers the least of what its servers draw at full load, its usable halls hold, its firm grid
//! power feeds at the worst hour and its plant carries; a lost unit takes what the rest of its kind cannot carry.
//!
//! Valid range: power usage effectiveness of one or more.
//!
//! References: none.

use angara_fleet::Plan;
use angara_scenario::{Index, Scenario};

use crate::plant;

/// IT power of a site in a year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SiteCapacity {
    /// With everything in use [W].
    pub n_w: f64,
    /// Without the unit of plant whose loss hurts most [W].
    pub n_minus_unit_w: f64,
}

/// IT power of a site in a year, given its facility power over IT power at the worst hour, `peak_pue` [1].
pub fn site_capacity(
    scenario: &Scenario,
    plan: &Plan,
    site: Index,
    year: u32,
    peak_pue: f64,
) -> SiteCapacity {
    let entry = &scenario.sites[site];
    let halls = plan
        .sites
        .get(site)
        .and_then(|growth| growth.halls_usable.get(year as usize))
        .copied()
        .unwrap_or(0);
    let without_plant_w = plan
        .nameplate_it_w(scenario, site, year)
        .min(f64::from(halls) * entry.hall_it_w)
        .min(scenario.grid_limit_w(site, year) / peak_pue);
    let states = plant::states(scenario, plan, site, year);
    let n_w = states
        .iter()
        .map(|state| state.whole_w)
        .fold(without_plant_w, f64::min);
    let n_minus_unit_w = states
        .iter()
        .map(|state| state.minus_unit_w)
        .fold(n_w, f64::min);
    SiteCapacity {
        n_w,
        n_minus_unit_w,
    }
}
