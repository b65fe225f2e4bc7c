//! By how much a promise would have to give.

use std::collections::BTreeSet;

use angara_quantity::{DataRate, Money, Power};
use angara_scenario::{Index, Scenario};

use super::BrokenPromise;
use super::elastic::{give_way, restricted};
use crate::columns::Draft;
use crate::facts::{BITS_PER_GIGABIT, WATTS_PER_KILOWATT, latency_limit_ms};
use crate::model::{Limits, Outcome, Solver};
use crate::promise::Promise;

/// Amounts below this are rounding, relative to the unit of the row [1].
const AMOUNT_ROUNDING: f64 = 1e-6;

/// Promises of a conflict up to which the amount of every demand is sought.
const AMOUNTS_MAX: usize = 12;

/// A promise of a conflict, and what it would take for the others to hold.
pub(super) fn broken_promise<S: Solver>(
    draft: &Draft<'_, '_>,
    solver: &S,
    limits: Limits,
    conflict: &[Promise],
    promise: Promise,
) -> BrokenPromise {
    let scenario = draft.facts.scenario;
    let give = match promise {
        Promise::Latency { service, place } => {
            lowest_latency_ms(draft, solver, limits, conflict, (service, place))
        }
        Promise::Residency { .. } | Promise::Apart { .. } => None,
        // One of many demands: to leave part of it unserved is no way out worth a solve.
        Promise::Serve { .. } if conflict.len() > AMOUNTS_MAX => None,
        _ => least_amount(draft, solver, limits, conflict, promise),
    };
    let (unit, text) = words(scenario, promise, give);
    BrokenPromise {
        promise,
        name: format!(
            "{}{}",
            promise.text(scenario),
            limit_in_words(draft, promise)
        ),
        give,
        unit,
        text,
    }
}

fn least_amount<S: Solver>(
    draft: &Draft<'_, '_>,
    solver: &S,
    limits: Limits,
    conflict: &[Promise],
    promise: Promise,
) -> Option<f64> {
    let active: BTreeSet<Promise> = conflict.iter().copied().collect();
    let mut program = restricted(&draft.program, &active);
    let (slack, unit) = give_way(&mut program, promise);
    match solver.solve(&program, limits, None) {
        Outcome::Solved(values) => {
            let amount = values.columns[slack.0] * unit;
            Some(match promise {
                // Halls and machines come whole.
                Promise::Halls { .. } | Promise::Supply { .. } => {
                    (amount - AMOUNT_ROUNDING * unit).ceil().max(1.0)
                }
                _ => amount,
            })
        }
        Outcome::Infeasible | Outcome::Undecided => None,
    }
}

/// The lowest limit of a service at a place with which the other promises hold, above the limit it has [ms].
fn lowest_latency_ms<S: Solver>(
    draft: &Draft<'_, '_>,
    solver: &S,
    limits: Limits,
    conflict: &[Promise],
    (service, place): (Index, Index),
) -> Option<f64> {
    let facts = draft.facts;
    let limit_ms = latency_limit_ms(&facts.scenario.services[service]);
    let mut round_trips: Vec<f64> = (0..facts.scenario.sites.len())
        .filter_map(|site| facts.routes.round_trip_ms(place, site))
        .filter(|round_trip| *round_trip > limit_ms)
        .collect();
    round_trips.sort_by(f64::total_cmp);
    let own = Promise::Latency { service, place };
    let others: BTreeSet<Promise> = conflict
        .iter()
        .copied()
        .filter(|promise| *promise != own)
        .collect();
    round_trips
        .into_iter()
        .find(|candidate| {
            let mut program = restricted(&draft.program, &others);
            for share in &draft.columns.shares {
                let demand = &facts.demands[share.demand];
                let too_far = facts
                    .routes
                    .round_trip_ms(place, share.site)
                    .is_none_or(|round_trip| round_trip > *candidate);
                if demand.service == service && demand.place == place && too_far {
                    program.columns[share.column.0].upper = 0.0;
                }
            }
            matches!(solver.solve(&program, limits, None), Outcome::Solved(_))
        })
        .map(|needed| needed - limit_ms)
}

/// Unit in which a promise gives way.
pub(crate) fn unit_of(scenario: &Scenario, promise: Promise) -> &str {
    match promise {
        Promise::Serve { .. } | Promise::Residency { .. } | Promise::Apart { .. } => "1",
        Promise::Latency { .. } => "ms",
        Promise::Grid { .. } => "kW",
        Promise::Supply { .. } => "units",
        Promise::Halls { .. } => "halls",
        Promise::Hiring { .. } => "technicians",
        Promise::Water { .. } => "m³",
        Promise::LinkCapacity { .. } => "Gbit/s",
        Promise::Carbon { .. } => "t",
        Promise::Budget { .. } | Promise::NetPresentCost => scenario.currency.code(),
    }
}

fn words(scenario: &Scenario, promise: Promise, give: Option<f64>) -> (String, String) {
    let unit = unit_of(scenario, promise).to_owned();
    let Some(amount) = give else {
        let text = match promise {
            Promise::Serve { .. } => "one of many demands",
            Promise::Residency { .. } => "processing outside the zone would have to be allowed",
            Promise::Apart { .. } => "copies would have to be allowed nearer to each other",
            _ => "no amount of this alone is enough",
        };
        return (unit, text.to_owned());
    };
    let text = match promise {
        Promise::Serve { service, .. } => {
            let copies = f64::from(scenario.services[service].replicas);
            format!("{:.1} % of it left unserved", amount / copies * 100.0)
        }
        Promise::Latency { service, .. } => format!(
            "a limit of {:.1} ms",
            latency_limit_ms(&scenario.services[service]) + amount
        ),
        Promise::Grid { .. } => format!("{} more", Power::new(amount * WATTS_PER_KILOWATT)),
        Promise::LinkCapacity { .. } => {
            format!("{} more", DataRate::new(amount * BITS_PER_GIGABIT))
        }
        Promise::Budget { .. } | Promise::NetPresentCost => {
            format!("{} more", Money::from_major(amount, scenario.currency))
        }
        Promise::Supply { .. } | Promise::Halls { .. } => format!("{amount:.0} more"),
        Promise::Water { .. } => format!("{amount:.0} m³ more per year"),
        Promise::Carbon { .. } => format!("{amount:.1} t more"),
        Promise::Hiring { .. } => format!("{amount:.1} more per year"),
        Promise::Residency { .. } | Promise::Apart { .. } => String::new(),
    };
    (unit, text)
}

fn limit_in_words(draft: &Draft<'_, '_>, promise: Promise) -> String {
    let scenario = draft.facts.scenario;
    match promise {
        Promise::Serve { .. } => format!(
            " from {}",
            scenario
                .horizon
                .calendar_year(scenario.horizon.service_from)
        ),
        Promise::Latency { service, .. } => {
            format!(", {}", scenario.services[service].latency_limit)
        }
        Promise::Grid { site, year } => format!(
            ", {}",
            Power::new(draft.facts.site_year(site, year).grid_kw * WATTS_PER_KILOWATT)
        ),
        Promise::Supply { origin, kind, year } => scenario
            .supply_limit(origin, kind, year)
            .map_or_else(String::new, |units| format!(", {units} units")),
        Promise::Halls { site } => format!(", {}", scenario.sites[site].halls_max),
        Promise::Water { site } => scenario.sites[site]
            .water_limit_m3
            .map_or_else(String::new, |limit| format!(", {limit:.0} m³ per year")),
        Promise::LinkCapacity { link } => format!(
            ", {}",
            DataRate::new(scenario.links[link].capacity_bits_per_second)
        ),
        Promise::Carbon { .. } => scenario
            .promises
            .carbon_tonnes_per_year
            .map_or_else(String::new, |limit| format!(", {limit:.1} t")),
        Promise::NetPresentCost => scenario
            .promises
            .net_present_cost
            .map_or_else(String::new, |limit| format!(", {limit}")),
        Promise::Budget { party, year } => {
            let calendar_year = scenario.horizon.calendar_year(year);
            scenario
                .budgets
                .iter()
                .find(|row| row.party == party && row.year == calendar_year)
                .map_or_else(String::new, |row| format!(", {}", row.amount))
        }
        Promise::Apart { service } => {
            let entry = &scenario.services[service];
            let distance = (entry.replica_distance_m > 0.0)
                .then(|| format!(", {:.0} km", entry.replica_distance_m / 1e3));
            let groups = entry.replicas_apart.then_some(", not in one risk group");
            distance.unwrap_or_default() + groups.unwrap_or_default()
        }
        Promise::Hiring { site } => scenario.sites[site]
            .hires_per_year
            .map_or_else(String::new, |hires| format!(", {hires}")),
        Promise::Residency { .. } => String::new(),
    }
}
