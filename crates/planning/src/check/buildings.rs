//! Sites and halls: opened once and in time, no more than fit, usable when built.

use super::Inspection;
use crate::facts::lead_years;

/// Lists have the lengths that the scenario asks for, and rows name what exists.
pub(super) fn lists_fit(inspection: &mut Inspection<'_>) -> bool {
    let scenario = inspection.facts.scenario;
    let plan = inspection.plan;
    let years = inspection.facts.years;
    let sites = scenario.sites.len();
    let buildings = plan.sites.len() == sites
        && plan.sites.iter().all(|site| {
            site.halls_ordered.len() == years as usize
                && site.halls_usable.len() == years as usize
                && site.opened.is_none_or(|year| year < years)
        });
    let orders = plan.orders.iter().all(|order| {
        order.equipment < scenario.equipment.len() && order.site < sites && order.year < years
    });
    let assignments = plan.assignments.iter().all(|row| {
        row.service < scenario.services.len()
            && row.place < scenario.places.len()
            && row.site < sites
            && row.year < years
    });
    let leases = plan
        .leases
        .iter()
        .all(|lease| lease.link < scenario.links.len() && lease.year < years);
    let fits = buildings && orders && assignments && leases;
    if !fits {
        inspection.report("the plan names sites, years or rows beyond the scenario".to_owned());
    }
    fits
}

pub(super) fn check_buildings(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    for (site, entry) in scenario.sites.iter().enumerate() {
        let growth = &inspection.plan.sites[site];
        let mut ordered_so_far = 0;
        for year in 0..inspection.facts.years {
            let ordered = growth.halls_ordered[year as usize];
            ordered_so_far += ordered;
            let lead = lead_years(entry.hall_lead);
            if ordered > 0 && entry.halls_existing == 0 {
                let in_time = growth.opened.is_some_and(|opened| {
                    opened <= year && opened + lead_years(entry.opening_lead) <= year + lead
                });
                if !in_time {
                    let text = format!(
                        "halls at {} are ordered in {} before the site is open",
                        entry.name,
                        inspection.year_name(year)
                    );
                    inspection.report(text);
                }
            }
            let mut usable = entry.halls_existing;
            for earlier in 0..=year {
                if earlier + lead <= year {
                    usable += growth.halls_ordered[earlier as usize];
                }
            }
            if usable != growth.halls_usable[year as usize] {
                let text = format!(
                    "{} halls are said to be usable at {} in {}, {usable} are",
                    growth.halls_usable[year as usize],
                    entry.name,
                    inspection.year_name(year)
                );
                inspection.report(text);
            }
        }
        if let Some(hires) = entry.hires_per_year {
            let mut before = entry.halls_existing;
            for (year, usable) in (0..).zip(growth.halls_usable.clone()) {
                let hired = entry.staff_per_hall * (f64::from(usable) - f64::from(before));
                let year = inspection.year_name(year);
                inspection.at_most(hired, hires, || {
                    format!("technicians hired at {} in {year}", entry.name)
                });
                before = usable;
            }
        }
        let halls = entry.halls_existing + ordered_so_far;
        if ordered_so_far > 0 && halls > entry.halls_max {
            let text = format!("{halls} halls at {}, {} fit", entry.name, entry.halls_max);
            inspection.report(text);
        }
    }
}
