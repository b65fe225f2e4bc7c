//! Links: leased what passes them, within what can be leased.

use std::collections::BTreeMap;

use super::Inspection;

pub(super) fn check_links(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let mut passing: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    for row in &inspection.plan.assignments {
        let traffic = scenario.peak_traffic_bits_per_second(row.service, row.place, row.year);
        for link in inspection.facts.routes.links(row.place, row.site) {
            *passing.entry((row.year, *link)).or_default() += traffic * row.share;
        }
    }
    let mut leased: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    for lease in &inspection.plan.leases {
        *leased.entry((lease.year, lease.link)).or_default() += lease.bits_per_second;
    }
    for ((year, link), rate) in passing {
        let name = format!(
            "link {} in {}",
            scenario.links[link].id,
            inspection.year_name(year)
        );
        let capacity = scenario.links[link].capacity_bits_per_second;
        inspection.at_most(rate, capacity, || format!("traffic [bit/s] on {name}"));
        // A rate of a bit or so is not worth a lease.
        let held = leased.get(&(year, link)).copied().unwrap_or(0.0) + 1.0;
        inspection.at_most(rate, held, || {
            format!("traffic [bit/s] over the lease of {name}")
        });
    }
}
