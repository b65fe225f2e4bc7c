//! What broke, or was planned with too little, as constraints for the planner.

use angara_finance::Operation;
use angara_planning::Repair;
use angara_scenario::{LoadKind, Scenario};

use crate::promise::{Kept, PromiseKind, unserved_share};
use crate::proof::YearProof;
use crate::study::Study;

/// Capacity added for an interactive service per share of it that was lost on busy hosts, with its least and most [1].
const CONTENTION_STEP: (f64, f64, f64) = (10.0, 0.05, 0.30);
/// Capacity added for a batch service per share of it that was late, with its least and most [1].
const BATCH_STEP: (f64, f64, f64) = (5.0, 0.20, 0.50);
/// Capacity added at a site where tasks found no room [1].
const ROOM_STEP: f64 = 0.10;
/// Energy of a year above the planned, beyond which the year is planned again [1].
const ENERGY_TOLERANCE: f64 = 0.10;
/// Grid power withheld beyond the excess, so that the next round does not miss by a hair [1].
const GRID_MARGIN: f64 = 0.005;

/// Repairs for every promise that broke and that planning can mend; empty where there is none.
///
/// Latency, residency and cooling follow from the plan itself: no amount of anything repairs them here.
pub(crate) fn repairs(scenario: &Scenario, study: &Study) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for broken in study.kept.iter().filter(|kept| !kept.holds()) {
        match (broken.kind, broken.year) {
            (PromiseKind::Unserved | PromiseKind::BatchWait, Some(year)) => {
                if let Some(proof) = study.proofs.iter().find(|proof| proof.year == year) {
                    capacity(scenario, proof, broken, &mut repairs);
                }
            }
            (PromiseKind::Grid, Some(year)) => repairs.push(Repair::LessGrid {
                site: broken.index,
                year,
                by_w: (-broken.margin() + GRID_MARGIN * broken.limit) * 1e3,
            }),
            (PromiseKind::Water, Some(year)) => {
                let drawn = study
                    .proofs
                    .iter()
                    .find(|proof| proof.year == year)
                    .map(|proof| &proof.sites[broken.index]);
                if let Some(site) = drawn {
                    repairs.push(Repair::Water {
                        site: broken.index,
                        year,
                        value: broken.value / site.sum(|month| month.it_kwh).max(1.0),
                    });
                }
            }
            (PromiseKind::Carbon | PromiseKind::NetPresentCost, _) => energy(study, &mut repairs),
            _ => {}
        }
    }
    underestimated(study, &mut repairs);
    repairs
}

/// Plan and proof must tell the same energy: a year that drew clearly more than planned is planned with the PUE that
/// was found, promise or no promise.
fn underestimated(study: &Study, repairs: &mut Vec<Repair>) {
    let operation = &study.accounts.operation;
    for proof in &study.proofs {
        let year = proof.year;
        let sites = 0..proof.sites.len();
        let total = |of: &Operation| -> f64 {
            sites
                .clone()
                .map(|site| of.site_year(site, year).facility_kwh)
                .sum()
        };
        if total(operation) <= total(&study.solution.operation) * (1.0 + ENERGY_TOLERANCE) {
            continue;
        }
        for site in sites.clone() {
            let drawn = operation.site_year(site, year);
            if drawn.it_kwh > 0.0 {
                let value = drawn.facility_kwh / drawn.it_kwh;
                repairs.push(Repair::MeanPue { site, year, value });
            }
        }
    }
}

/// More capacity for what was lost or late.
///
/// Contention follows from a service's profile and comes back wherever the service goes, so it is repaired in every
/// year; jobs that wait and tasks that find no room are matters of one year.
fn capacity(scenario: &Scenario, proof: &YearProof, broken: &Kept, repairs: &mut Vec<Repair>) {
    let service = broken.index;
    let outcome = &proof.services[service];
    let share = unserved_share(outcome);
    let step = |(slope, least, most): (f64, f64, f64)| (share * slope).clamp(least, most);
    if scenario.services[service].kind == LoadKind::Batch {
        let factor = 1.0 + step(BATCH_STEP);
        repairs.push(Repair::MoreForService {
            service,
            year: proof.year,
            factor,
        });
        return;
    }
    if outcome.lost_unplaced * 2 < outcome.lost {
        let known = |repair: &Repair| matches!(repair, Repair::MoreForService { service: s, .. } if *s == service);
        if !repairs.iter().any(known) {
            let factor = 1.0 + step(CONTENTION_STEP);
            repairs.extend(
                (scenario.horizon.service_from..scenario.horizon.years).map(|year| {
                    Repair::MoreForService {
                        service,
                        year,
                        factor,
                    }
                }),
            );
        }
        return;
    }
    for (site, outcome) in proof.sites.iter().enumerate() {
        let lost = outcome
            .services
            .get(service)
            .is_some_and(|here| here.lost_unplaced > 0);
        let known = |repair: &Repair| matches!(repair, Repair::MoreHeadroom { site: s, year: y, .. } if *s == site && *y == proof.year);
        if lost && !repairs.iter().any(known) {
            let factor = 1.0 + ROOM_STEP;
            repairs.push(Repair::MoreHeadroom {
                site,
                year: proof.year,
                factor,
            });
        }
    }
}

/// Where planning counted too little energy, count what was simulated.
fn energy(study: &Study, repairs: &mut Vec<Repair>) {
    if repairs
        .iter()
        .any(|repair| matches!(repair, Repair::MoreEnergy { .. }))
    {
        return;
    }
    for proof in &study.proofs {
        for (site, simulated) in proof.sites.iter().enumerate() {
            let planned = study
                .solution
                .operation
                .site_year(site, proof.year)
                .facility_kwh;
            let drawn = simulated.sum(|month| month.facility_kwh);
            if planned > 0.0 && drawn > planned {
                repairs.push(Repair::MoreEnergy {
                    site,
                    year: proof.year,
                    factor: drawn / planned,
                });
            }
        }
    }
}
