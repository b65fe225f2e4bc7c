//! Operation as planned.
//!
//! What it computes: energy, peaks, water and carbon of a plan by site and year.
//!
//! Assumptions: every server in use draws its idle power all year; every busy core (or accelerator) adds the mean over
//! the servers it may run on; of several copies each takes its part of the load; peaks of services add up; every month
//! has the worst hour's PUE. The objective of the planner is the cost of exactly this.
//!
//! Valid range: a plan made for the input's scenario.
//!
//! References: none.

use angara_finance::rates::carbon_tonnes_per_kwh;
use angara_finance::{Operation, SiteYear};
use angara_fleet::Plan;

use crate::facts::{Facts, HOURS_PER_YEAR, WATTS_PER_KILOWATT, peak_units};
use crate::input::PlanningInput;

/// What a plan is expected to draw.
pub fn planned_operation(input: &PlanningInput<'_>, plan: &Plan) -> Operation {
    operation_of(&Facts::new(input), plan)
}

pub(crate) fn operation_of(facts: &Facts<'_>, plan: &Plan) -> Operation {
    let scenario = facts.scenario;
    let mut operation = Operation::default();
    for site in 0..scenario.sites.len() {
        for year in 0..facts.years {
            let idle_kw = idle_kw(facts, plan, site, year);
            let mut mean_kw = idle_kw;
            let mut peak_kw = [idle_kw; 12];
            for row in &plan.assignments {
                if row.site != site || row.year != year {
                    continue;
                }
                let service = &scenario.services[row.service];
                let profile = &scenario.profiles[service.profile];
                let busy_kw = facts.busy_kw[row.service][year as usize] * row.share
                    / f64::from(service.replicas)
                    * peak_units(scenario, row.service, row.place, year);
                mean_kw += busy_kw * profile.mean_share();
                for (peak, share) in peak_kw.iter_mut().zip(profile.months) {
                    *peak += busy_kw * share;
                }
            }
            let here = facts.site_year(site, year);
            let it_kwh = mean_kw * HOURS_PER_YEAR * here.energy;
            if it_kwh == 0.0 {
                continue;
            }
            let facility_kwh = it_kwh * here.mean_pue;
            operation.site_years.insert(
                (site, year),
                SiteYear {
                    it_kwh,
                    facility_kwh,
                    peak_kw: peak_kw.map(|peak| peak * here.peak_pue),
                    water_m3: it_kwh * here.water_m3_per_it_kwh,
                    carbon_tonnes: facility_kwh * carbon_tonnes_per_kwh(scenario, site, year),
                },
            );
        }
    }
    operation
}

fn idle_kw(facts: &Facts<'_>, plan: &Plan, site: usize, year: u32) -> f64 {
    facts
        .scenario
        .equipment
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind.is_server())
        .map(|(equipment, entry)| {
            plan.units_in_use(facts.scenario, equipment, site, year) as f64 * entry.idle_w
        })
        .sum::<f64>()
        / WATTS_PER_KILOWATT
}
