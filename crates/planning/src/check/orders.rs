//! Orders: placed while they can be, in whole lots, of use at the site, within the supply of their origin.

use std::collections::BTreeMap;

use super::Inspection;

pub(super) fn check_orders(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    for order in &inspection.plan.orders {
        let entry = &scenario.equipment[order.equipment];
        let mut faults = Vec::new();
        if inspection.facts.usable_from(order.equipment, order.year) != Some(order.usable_from) {
            faults.push("cannot be ordered then, or is not usable when said");
        }
        if order.units != order.lots * u64::from(entry.lot) {
            faults.push("is not ordered in whole lots");
        }
        if !inspection.facts.of_use(order.equipment, order.site) {
            faults.push("is of no use there");
        }
        for fault in faults {
            let text = format!(
                "{} for {} in {} {fault}",
                entry.name,
                inspection.site_name(order.site),
                inspection.year_name(order.year)
            );
            inspection.report(text);
        }
    }
}

pub(super) fn check_supply(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let mut ordered: BTreeMap<_, u64> = BTreeMap::new();
    for order in &inspection.plan.orders {
        let entry = &scenario.equipment[order.equipment];
        *ordered
            .entry((entry.origin, entry.kind, order.year))
            .or_default() += order.units;
    }
    for ((origin, kind, year), units) in ordered {
        if let Some(limit) = scenario.supply_limit(origin, kind, year)
            && units > limit
        {
            let text = format!(
                "{units} units of {} are ordered from {} in {}, it supplies {limit}",
                kind.name(),
                scenario.origins[origin].name,
                inspection.year_name(year)
            );
            inspection.report(text);
        }
    }
}
