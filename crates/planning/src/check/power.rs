//! Power: halls, grid, plant.

use super::Inspection;
use crate::facts::{WATTS_PER_KILOWATT, plant_factor, plant_kinds};

pub(super) fn check_power(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    for (site, entry) in scenario.sites.iter().enumerate() {
        for year in 0..inspection.facts.years {
            let nameplate_kw =
                inspection.plan.nameplate_it_w(scenario, site, year) / WATTS_PER_KILOWATT;
            let halls = inspection.plan.sites[site].halls_usable[year as usize];
            let hall_kw = f64::from(halls) * entry.hall_it_w / WATTS_PER_KILOWATT;
            let here = *inspection.facts.site_year(site, year);
            let name = format!("{} in {}", entry.name, inspection.year_name(year));
            inspection.at_most(nameplate_kw, hall_kw, || {
                format!("hall power [kW] at {name}")
            });
            inspection.at_most(nameplate_kw * here.peak_pue, here.grid_kw, || {
                format!("firm grid power [kW] at {name}")
            });
        }
    }
}

pub(super) fn check_plant(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    for (site, entry) in scenario.sites.iter().enumerate() {
        for year in 0..inspection.facts.years {
            let halls = inspection.plan.sites[site].halls_usable[year as usize];
            let equipped = f64::from(halls.saturating_sub(entry.halls_existing));
            for kind in plant_kinds(entry.cooling) {
                let needed_w = plant_factor(scenario, kind) * entry.hall_it_w * equipped;
                let mut rated_w = 0.0;
                for (equipment, plant) in scenario.equipment.iter().enumerate() {
                    if plant.kind == kind {
                        let units = inspection
                            .plan
                            .units_in_use(scenario, equipment, site, year);
                        rated_w += units as f64 * plant.rating_w;
                    }
                }
                let year_name = inspection.year_name(year);
                inspection.at_most(needed_w, rated_w, || {
                    format!("{} [W] at {} in {year_name}", kind.name(), entry.name)
                });
            }
        }
    }
}
