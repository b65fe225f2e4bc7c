//! The decision: sites, orders, who serves whom, leases, what can be delivered.

use angara_finance::{lease_cost, order_cost};
use angara_quantity::Duration;
use angara_results::Table;
use angara_scenario::Scenario;

use super::{calendar_year, minor, minor_unit};
use crate::error::StudyError;
use crate::study::Study;

pub(super) fn plan_sites(scenario: &Scenario, study: &Study) -> Table {
    let plan = &study.solution.plan;
    let rows: Vec<(u32, usize)> = (0..scenario.horizon.years)
        .flat_map(|year| (0..scenario.sites.len()).map(move |site| (year, site)))
        .collect();
    let halls = |&(year, site): &(u32, usize)| plan.sites[site].halls_usable[year as usize];
    let proof = |&(year, site): &(u32, usize)| &study.proofs[year as usize].sites[site];
    Table::new("plan_sites")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.0)),
        )
        .text(
            "site",
            "",
            "Site",
            rows.iter().map(|row| scenario.sites[row.1].id.clone()),
        )
        .whole(
            "halls",
            "1",
            "Halls usable",
            rows.iter().map(|row| i64::from(halls(row))),
        )
        .whole(
            "halls_ordered",
            "1",
            "Halls decided on in the year",
            rows.iter()
                .map(|&(year, site)| i64::from(plan.sites[site].halls_ordered[year as usize])),
        )
        .whole(
            "opened",
            "1",
            "One in the year in which the opening is decided on",
            rows.iter()
                .map(|&(year, site)| i64::from(plan.sites[site].opened == Some(year))),
        )
        .real(
            "hall_it_kw",
            "kW",
            "IT power of the usable halls",
            rows.iter()
                .map(|row| f64::from(halls(row)) * scenario.sites[row.1].hall_it_w / 1e3),
        )
        .whole(
            "servers",
            "1",
            "Servers in use, counted on the simulated fleet",
            rows.iter().map(|row| proof(row).servers as i64),
        )
        .real(
            "nameplate_it_kw",
            "kW",
            "Nameplate power of the servers in use",
            rows.iter()
                .map(|row| plan.nameplate_it_w(scenario, row.1, row.0) / 1e3),
        )
        .real(
            "grid_limit_kw",
            "kW",
            "Firm grid power",
            rows.iter()
                .map(|row| scenario.grid_limit_w(row.1, row.0) / 1e3),
        )
        .real(
            "peak_demand_it_kw",
            "kW",
            "Highest simulated power of the servers",
            rows.iter().map(|row| proof(row).peak_it_kw),
        )
}

pub(super) fn plan_orders(scenario: &Scenario, study: &Study) -> Result<Table, StudyError> {
    let rows = &study.solution.plan.orders;
    let entry = |order: &angara_fleet::Order| &scenario.equipment[order.equipment];
    let costs = rows
        .iter()
        .map(|order| order_cost(scenario, order).map(|cost| minor(cost.landed().minor)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Table::new("plan_orders")
        .small(
            "order_year",
            "year",
            "Calendar year in which it is ordered and paid",
            rows.iter().map(|row| calendar_year(scenario, row.year)),
        )
        .small(
            "usable_year",
            "year",
            "Calendar year from which it is usable",
            rows.iter()
                .map(|row| calendar_year(scenario, row.usable_from)),
        )
        .text(
            "order_by",
            "",
            "Last date on which it can be ordered",
            rows.iter().map(|row| {
                order_by(
                    calendar_year(scenario, row.usable_from),
                    entry(row)
                        .lead_time_at(scenario.planning.lead_confidence)
                        .hours(),
                )
            }),
        )
        .real(
            "late_share",
            "1",
            "Share of such orders, placed on that date, that come after the year of use has begun",
            rows.iter().map(|row| {
                let planned = entry(row).lead_time_at(scenario.planning.lead_confidence);
                let months = i64::from(lead_months(planned.hours()));
                let available = Duration::from_milliseconds(months * MILLISECONDS_PER_MONTH);
                entry(row).late_share(available)
            }),
        )
        .text(
            "site",
            "",
            "Site it goes to",
            rows.iter().map(|row| scenario.sites[row.site].id.clone()),
        )
        .text(
            "equipment",
            "",
            "Equipment",
            rows.iter().map(|row| entry(row).id.clone()),
        )
        .text(
            "name",
            "",
            "Name of the equipment",
            rows.iter().map(|row| entry(row).name.clone()),
        )
        .text(
            "kind",
            "",
            "What it is",
            rows.iter().map(|row| entry(row).kind.name().to_owned()),
        )
        .text(
            "supplier",
            "",
            "Who makes it",
            rows.iter().map(|row| entry(row).supplier.clone()),
        )
        .text(
            "origin",
            "",
            "Route by which it comes",
            rows.iter()
                .map(|row| scenario.origins[entry(row).origin].name.clone()),
        )
        .whole(
            "lots",
            "1",
            "Smallest orders taken",
            rows.iter().map(|row| row.lots as i64),
        )
        .whole(
            "units",
            "1",
            "Units",
            rows.iter().map(|row| row.units as i64),
        )
        .whole(
            "cost_minor",
            &minor_unit(scenario),
            "Price, duty and freight",
            costs,
        ))
}

/// Milliseconds of a twelfth of a year of 365 days.
const MILLISECONDS_PER_MONTH: i64 = 730 * 3_600_000;

/// A lead time in whole months, rounded up.
fn lead_months(lead_hours: f64) -> i32 {
    (lead_hours * 3.6e6 / MILLISECONDS_PER_MONTH as f64).ceil() as i32
}

/// First day of the month that lies the lead time before the year of use; lead times round up to whole months.
fn order_by(usable_year: i32, lead_hours: f64) -> String {
    let month = usable_year * 12 - lead_months(lead_hours);
    format!(
        "{}-{:02}-01",
        month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}

pub(super) fn assignments(scenario: &Scenario, study: &Study) -> Table {
    let rows = &study.solution.plan.assignments;
    let service = |row: &angara_fleet::Assignment| &scenario.services[row.service];
    Table::new("assignments")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.year)),
        )
        .text(
            "service",
            "",
            "Service",
            rows.iter().map(|row| service(row).id.clone()),
        )
        .text(
            "place",
            "",
            "Place",
            rows.iter().map(|row| scenario.places[row.place].id.clone()),
        )
        .text(
            "site",
            "",
            "Site that serves it",
            rows.iter().map(|row| scenario.sites[row.site].id.clone()),
        )
        .real(
            "share",
            "1",
            "Share of the demand for which the site holds capacity",
            rows.iter().map(|row| row.share),
        )
        .real(
            "round_trip_ms",
            "ms",
            "Round trip between place and site",
            rows.iter().map(|row| {
                study
                    .routes
                    .round_trip_ms(row.place, row.site)
                    .unwrap_or(f64::NAN)
            }),
        )
        .real(
            "latency_limit_ms",
            "ms",
            "Longest round trip of the service",
            rows.iter()
                .map(|row| service(row).latency_limit.milliseconds() as f64),
        )
        .real(
            "peak_cores",
            "1",
            "Reference cores busy at the peak hour",
            rows.iter()
                .map(|row| row.share * scenario.peak_cores(row.service, row.place, row.year)),
        )
        .real(
            "peak_accelerators",
            "1",
            "Accelerators busy at the peak hour",
            rows.iter().map(|row| {
                row.share * scenario.peak_accelerators(row.service, row.place, row.year)
            }),
        )
}

pub(super) fn leases(scenario: &Scenario, study: &Study) -> Result<Table, StudyError> {
    let rows = &study.solution.plan.leases;
    let costs = rows
        .iter()
        .map(|lease| lease_cost(scenario, lease).map(|cost| minor(cost.minor)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Table::new("leases")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.year)),
        )
        .text(
            "link",
            "",
            "Link",
            rows.iter().map(|row| scenario.links[row.link].id.clone()),
        )
        .real(
            "gbit_per_s",
            "Gbit/s",
            "Rate leased",
            rows.iter().map(|row| row.bits_per_second / 1e9),
        )
        .whole(
            "cost_minor",
            &minor_unit(scenario),
            "Price of the year",
            costs,
        ))
}

pub(super) fn deliverable(scenario: &Scenario, study: &Study) -> Table {
    let rows = &study.deliverable;
    let lost = rows.iter().map(|row| {
        row.lost_site()
            .map_or_else(String::new, |site| scenario.sites[site].id.clone())
    });
    Table::new("deliverable")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.year)),
        )
        .real(
            "demand_kw",
            "kW",
            "IT power that the peak demand takes",
            rows.iter().map(|row| row.demand_kw),
        )
        .real(
            "n_kw",
            "kW",
            "IT power with everything in use",
            rows.iter().map(|row| row.n_kw),
        )
        .real(
            "n_minus_unit_kw",
            "kW",
            "IT power after the loss of the unit that hurts most",
            rows.iter().map(|row| row.n_minus_unit_kw),
        )
        .real(
            "n_minus_site_kw",
            "kW",
            "IT power after the loss of the site that hurts most",
            rows.iter().map(|row| row.n_minus_site_kw),
        )
        .text(
            "lost_site",
            "",
            "Site whose loss hurts most; empty where none delivers",
            lost,
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_date_lies_the_lead_time_before_use() {
        assert_eq!(order_by(2030, 9.0 * 730.0), "2029-04-01");
        assert_eq!(order_by(2030, 12.0 * 730.0), "2029-01-01");
        assert_eq!(order_by(2030, 18.5 * 730.0), "2028-06-01");
        assert_eq!(order_by(2030, 0.0), "2030-01-01");
    }
}
