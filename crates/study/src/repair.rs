//! What broke, as constraints for the planner.

use angara_planning::Repair;
use angara_scenario::{LoadKind, Scenario};

use crate::promise::{Kept, PromiseKind, unserved_share};
use crate::proof::YearProof;
use crate::study::Study;

/// Capacity added for a service whose jobs wait or whose work is lost, at least [1].
const LEAST_STEP: f64 = 0.03;
/// Capacity added in one round, at most [1].
const LARGEST_STEP: f64 = 0.30;
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
    repairs
}

/// More capacity where work was lost; for jobs, wherever the service runs.
fn capacity(scenario: &Scenario, proof: &YearProof, broken: &Kept, repairs: &mut Vec<Repair>) {
    let service = broken.index;
    let year = proof.year;
    if scenario.services[service].kind == LoadKind::Batch {
        let step = (unserved_share(&proof.services[service]) * 2.0).clamp(0.10, LARGEST_STEP);
        repairs.push(Repair::MoreForService {
            service,
            year,
            factor: 1.0 + step,
        });
        return;
    }
    for (site, outcome) in proof.sites.iter().enumerate() {
        let Some(here) = outcome.services.get(service) else {
            continue;
        };
        let share = unserved_share(here);
        let known = repairs.iter().any(|repair| {
            matches!(repair, Repair::MoreHeadroom { site: s, year: y, .. } if *s == site && *y == year)
        });
        if share > scenario.promises.unserved_share && !known {
            let step = (share * 2.0).clamp(LEAST_STEP, LARGEST_STEP);
            repairs.push(Repair::MoreHeadroom {
                site,
                year,
                factor: 1.0 + step,
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
