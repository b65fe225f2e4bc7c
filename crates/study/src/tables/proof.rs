//! What the simulation found: services, sites by month and hour, hosts.

use angara_results::Table;
use angara_scenario::{LoadKind, Scenario};
use angara_simulation::ServiceOutcome;

use super::calendar_year;
use crate::promise::unserved_share;
use crate::proof::{SiteHour, SiteMonth, YearProof};
use crate::study::Study;

pub(super) fn services(scenario: &Scenario, study: &Study) -> Table {
    let rows: Vec<(&YearProof, usize)> = study
        .proofs
        .iter()
        .flat_map(|proof| (0..scenario.services.len()).map(move |service| (proof, service)))
        .filter(|(proof, service)| proof.services[*service].tasks > 0)
        .collect();
    let outcome = |row: &(&YearProof, usize)| row.0.services[row.1];
    let hours = |work: u128| ServiceOutcome::unit_hours(work);
    let longest = |row: &(&YearProof, usize)| {
        study
            .solution
            .plan
            .assignments
            .iter()
            .filter(|assignment| assignment.year == row.0.year && assignment.service == row.1)
            .filter_map(|assignment| {
                study
                    .routes
                    .round_trip_ms(assignment.place, assignment.site)
            })
            .fold(0.0, f64::max)
    };
    let kind = |row: &(&YearProof, usize)| match scenario.services[row.1].kind {
        LoadKind::Interactive => "interactive".to_owned(),
        LoadKind::Batch => "batch".to_owned(),
    };
    let unit = |row: &(&YearProof, usize)| {
        if scenario.services[row.1].uses_accelerators() {
            "accelerator"
        } else {
            "core"
        }
        .to_owned()
    };
    Table::new("services")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.0.year)),
        )
        .text(
            "service",
            "",
            "Service",
            rows.iter().map(|row| scenario.services[row.1].id.clone()),
        )
        .text(
            "name",
            "",
            "Name",
            rows.iter().map(|row| scenario.services[row.1].name.clone()),
        )
        .text("kind", "", "Interactive or batch", rows.iter().map(kind))
        .text(
            "resource",
            "",
            "What an hour counts: a reference core or an accelerator",
            rows.iter().map(unit),
        )
        .real(
            "demanded_core_hours",
            "h",
            "Work submitted",
            rows.iter().map(|row| hours(outcome(row).submitted)),
        )
        .real(
            "served_core_hours",
            "h",
            "Work done",
            rows.iter().map(|row| hours(outcome(row).done)),
        )
        .real(
            "lost_core_hours",
            "h",
            "Work lost",
            rows.iter().map(|row| hours(outcome(row).lost)),
        )
        .real(
            "queued_core_hours",
            "h",
            "Work waiting or running at the end of the year",
            rows.iter().map(|row| hours(outcome(row).queued())),
        )
        .real(
            "unserved_share",
            "1",
            "Work lost or still waiting, over work submitted",
            rows.iter().map(|row| unserved_share(&outcome(row))),
        )
        .real(
            "mean_wait_hours",
            "h",
            "Mean wait of jobs",
            rows.iter().map(|row| outcome(row).waits.mean_h),
        )
        .real(
            "wait_hours_95",
            "h",
            "Wait that 95 % of the jobs do not exceed",
            rows.iter().map(|row| outcome(row).waits.percentile_95_h),
        )
        .whole(
            "jobs",
            "1",
            "Tasks and jobs submitted",
            rows.iter().map(|row| outcome(row).tasks as i64),
        )
        .real(
            "round_trip_ms_max",
            "ms",
            "Longest round trip of any place served",
            rows.iter().map(longest),
        )
}

pub(super) fn site_months(scenario: &Scenario, study: &Study) -> Table {
    let rows: Vec<(u32, usize, usize, SiteMonth)> = study
        .proofs
        .iter()
        .flat_map(|proof| {
            proof
                .sites
                .iter()
                .enumerate()
                .flat_map(move |(site, year)| {
                    year.months
                        .iter()
                        .enumerate()
                        .filter(|_| year.servers > 0)
                        .map(move |(month, figures)| (proof.year, month, site, *figures))
                })
        })
        .collect();
    let figure =
        |pick: fn(&SiteMonth) -> f64| -> Vec<f64> { rows.iter().map(|row| pick(&row.3)).collect() };
    let pue = rows
        .iter()
        .map(|row| (row.3.it_kwh > 0.0).then(|| row.3.facility_kwh / row.3.it_kwh));
    Table::new("site_months")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.0)),
        )
        .small(
            "month",
            "month",
            "Month, 1 to 12",
            rows.iter().map(|row| row.1 as i32 + 1),
        )
        .text(
            "site",
            "",
            "Site",
            rows.iter().map(|row| scenario.sites[row.2].id.clone()),
        )
        .real(
            "it_kwh",
            "kWh",
            "Energy of the servers",
            figure(|month| month.it_kwh),
        )
        .real(
            "facility_kwh",
            "kWh",
            "Energy drawn from the grid",
            figure(|month| month.facility_kwh),
        )
        .real(
            "cooling_kwh",
            "kWh",
            "Fans, pumps, compressors, towers",
            figure(|month| month.cooling_kwh),
        )
        .real(
            "losses_kwh",
            "kWh",
            "Losses of the power chain, and lighting",
            figure(|month| month.losses_kwh),
        )
        .real(
            "humidifier_kwh",
            "kWh",
            "Humidifiers",
            figure(|month| month.humidifier_kwh),
        )
        .optional_real(
            "pue",
            "1",
            "Facility energy over IT energy (ISO/IEC 30134-2); empty without IT energy",
            pue,
        )
        .real(
            "water_m3",
            "m³",
            "Water drawn",
            figure(|month| month.water_m3),
        )
        .real(
            "carbon_t",
            "t",
            "Carbon of the energy drawn, average life-cycle intensity",
            figure(|month| month.carbon_tonnes),
        )
        .real(
            "peak_facility_kw",
            "kW",
            "Highest draw of a step",
            figure(|month| month.peak_facility_kw),
        )
        .real(
            "unmet_cooling_kwh",
            "kWh",
            "Heat that the plant could not carry",
            figure(|month| month.unmet_cooling_kwh),
        )
        .real(
            "mean_dry_bulb_c",
            "°C",
            "Mean dry bulb",
            figure(|month| month.mean_dry_bulb_c),
        )
        .real(
            "utilisation",
            "1",
            "Mean share of the cores that were busy",
            figure(|month| month.utilisation),
        )
}

pub(super) fn site_hours(scenario: &Scenario, study: &Study) -> Table {
    let rows: Vec<(u32, usize, usize, SiteHour)> = study
        .proofs
        .iter()
        .flat_map(|proof| {
            proof
                .sites
                .iter()
                .enumerate()
                .flat_map(move |(site, year)| {
                    year.hours
                        .iter()
                        .enumerate()
                        .filter(|_| year.servers > 0)
                        .map(move |(hour, figures)| (proof.year, hour, site, *figures))
                })
        })
        .collect();
    let air = |row: &(u32, usize, usize, SiteHour)| {
        study.climates[scenario.sites[row.2].climate].hours[row.1]
    };
    let figure =
        |pick: fn(&SiteHour) -> f64| -> Vec<f64> { rows.iter().map(|row| pick(&row.3)).collect() };
    let pue = rows
        .iter()
        .map(|row| (row.3.it_kw > 0.0).then(|| row.3.facility_kw / row.3.it_kw));
    Table::new("site_hours")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.0)),
        )
        .whole(
            "hour",
            "h",
            "Hour of the year from 1 January 00:00 UTC",
            rows.iter().map(|row| row.1 as i64),
        )
        .text(
            "site",
            "",
            "Site",
            rows.iter().map(|row| scenario.sites[row.2].id.clone()),
        )
        .real(
            "dry_bulb_c",
            "°C",
            "Dry bulb",
            rows.iter().map(|row| air(row).dry_bulb_c),
        )
        .real(
            "wet_bulb_c",
            "°C",
            "Wet bulb",
            rows.iter().map(|row| air(row).wet_bulb_c),
        )
        .real(
            "it_kw",
            "kW",
            "Power of the servers",
            figure(|hour| hour.it_kw),
        )
        .real(
            "facility_kw",
            "kW",
            "Power drawn from the grid",
            figure(|hour| hour.facility_kw),
        )
        .optional_real(
            "pue",
            "1",
            "Facility power over IT power; empty without IT power",
            pue,
        )
        .real(
            "water_m3",
            "m³",
            "Water drawn",
            figure(|hour| hour.water_m3),
        )
        .real(
            "carbon_kg",
            "kg",
            "Carbon of the energy drawn",
            figure(|hour| hour.carbon_kg),
        )
        .real(
            "utilisation",
            "1",
            "Share of the cores that were busy",
            figure(|hour| hour.utilisation),
        )
        .real(
            "lost_cores",
            "1",
            "Cores and accelerators demanded but not served",
            figure(|hour| hour.lost_units),
        )
        .real(
            "queued_tasks",
            "1",
            "Waiting jobs",
            figure(|hour| hour.queued_tasks),
        )
}

pub(super) fn hosts(scenario: &Scenario, study: &Study) -> Table {
    let last = study
        .proofs
        .iter()
        .rev()
        .find_map(|proof| proof.detail.as_ref());
    let hosts = last.map_or(0, |detail| detail.fleet.hosts.len());
    let column = |pick: &dyn Fn(&crate::proof::YearDetail, usize) -> i64| -> Vec<i64> {
        last.map(|detail| (0..hosts).map(|host| pick(detail, host)).collect())
            .unwrap_or_default()
    };
    let text = |pick: &dyn Fn(&crate::proof::YearDetail, usize) -> String| -> Vec<String> {
        last.map(|detail| (0..hosts).map(|host| pick(detail, host)).collect())
            .unwrap_or_default()
    };
    let real = |pick: &dyn Fn(&crate::proof::YearDetail, usize) -> f64| -> Vec<f64> {
        last.map(|detail| (0..hosts).map(|host| pick(detail, host)).collect())
            .unwrap_or_default()
    };
    let year = last.map_or(0, |detail| calendar_year(scenario, detail.fleet.year));
    Table::new("hosts")
        .small("year", "year", "Calendar year", vec![year; hosts])
        .text(
            "site",
            "",
            "Site",
            text(&|detail, host| {
                scenario.sites[detail.fleet.hosts.site[host] as usize]
                    .id
                    .clone()
            }),
        )
        .whole(
            "hall",
            "1",
            "Hall of the fleet",
            column(&|detail, host| i64::from(detail.fleet.hosts.hall[host])),
        )
        .whole(
            "rack",
            "1",
            "Rack of the fleet",
            column(&|detail, host| i64::from(detail.fleet.hosts.rack[host])),
        )
        .whole(
            "host",
            "1",
            "Host of the fleet",
            column(&|_, host| host as i64),
        )
        .text(
            "equipment",
            "",
            "Equipment",
            text(&|detail, host| detail.fleet.model_of(host).id.clone()),
        )
        .whole(
            "tasks",
            "1",
            "Tasks that ran on it",
            column(&|detail, host| i64::from(detail.hosts.tasks[host])),
        )
        .real(
            "mean_utilisation",
            "1",
            "Mean share of its capacity that was busy",
            real(&|detail, host| detail.hosts.mean_utilisation[host]),
        )
        .real(
            "energy_kwh",
            "kWh",
            "Energy over the year",
            real(&|detail, host| detail.hosts.energy_j[host] / 3.6e6),
        )
}
