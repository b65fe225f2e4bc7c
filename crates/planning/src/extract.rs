//! From values of the columns to a plan.

use std::collections::BTreeMap;

use angara_fleet::{Assignment, Lease, Order, Plan, SitePlan};

use crate::columns::Columns;
use crate::facts::{BITS_PER_GIGABIT, Facts, lead_years};
use crate::model::ColumnId;

/// Shares below this are the solver's rounding [1].
const SHARE_ROUNDING: f64 = 1e-7;

pub(crate) fn extract(facts: &Facts<'_>, columns: &Columns, values: &[f64]) -> Plan {
    let assignments = assignments(facts, columns, values);
    Plan {
        sites: sites(facts, columns, values),
        orders: orders(facts, columns, values),
        leases: leases(facts, &assignments),
        assignments,
    }
}

fn whole(values: &[f64], column: Option<ColumnId>) -> u32 {
    column.map_or(0, |column| values[column.0] as u32)
}

fn sites(facts: &Facts<'_>, columns: &Columns, values: &[f64]) -> Vec<SitePlan> {
    facts
        .scenario
        .sites
        .iter()
        .enumerate()
        .map(|(site, entry)| {
            let opened = (0..facts.years)
                .zip(&columns.opening[site])
                .find(|(_, column)| whole(values, **column) > 0)
                .map(|(year, _)| year);
            let halls_ordered: Vec<u32> = columns.halls_ordered[site]
                .iter()
                .map(|column| whole(values, *column))
                .collect();
            let lead = lead_years(entry.hall_lead) as usize;
            let mut usable = entry.halls_existing;
            let halls_usable = (0..facts.years as usize)
                .map(|year| {
                    if year >= lead {
                        usable += halls_ordered[year - lead];
                    }
                    usable
                })
                .collect();
            SitePlan {
                opened,
                halls_ordered,
                halls_usable,
            }
        })
        .collect()
}

fn orders(facts: &Facts<'_>, columns: &Columns, values: &[f64]) -> Vec<Order> {
    let mut orders: Vec<Order> = columns
        .lots
        .iter()
        .filter_map(|lots| {
            let count = values[lots.column.0] as u64;
            (count > 0).then(|| Order {
                equipment: lots.equipment,
                site: lots.site,
                year: lots.year,
                usable_from: lots.usable_from,
                lots: count,
                units: count * u64::from(facts.scenario.equipment[lots.equipment].lot),
            })
        })
        .collect();
    orders.sort_by_key(|order| (order.year, order.site, order.equipment));
    orders
}

fn assignments(facts: &Facts<'_>, columns: &Columns, values: &[f64]) -> Vec<Assignment> {
    let mut sums = vec![0.0; facts.demands.len()];
    let kept = |column: ColumnId| {
        let share = values[column.0];
        if share > SHARE_ROUNDING { share } else { 0.0 }
    };
    for share in &columns.shares {
        sums[share.demand] += kept(share.column);
    }
    columns
        .shares
        .iter()
        .filter(|share| kept(share.column) > 0.0)
        .map(|share| {
            let demand = &facts.demands[share.demand];
            let copies = f64::from(facts.scenario.services[demand.service].replicas);
            Assignment {
                year: demand.year,
                service: demand.service,
                place: demand.place,
                site: share.site,
                share: (kept(share.column) * copies / sums[share.demand]).min(1.0),
            }
        })
        .collect()
}

fn leases(facts: &Facts<'_>, assignments: &[Assignment]) -> Vec<Lease> {
    let mut rates: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    for row in assignments {
        let traffic = facts
            .scenario
            .peak_traffic_bits_per_second(row.service, row.place, row.year);
        for link in facts.routes.links(row.place, row.site) {
            *rates.entry((row.year, *link)).or_default() += traffic * row.share;
        }
    }
    rates
        .into_iter()
        .filter(|(_, rate)| *rate > 1e-9 * BITS_PER_GIGABIT)
        .map(|((year, link), bits_per_second)| Lease {
            year,
            link,
            bits_per_second,
        })
        .collect()
}
