//! The bill of the plan, as planned and as simulated, by the one accounting function.

use angara_finance::{
    Ledger, Operation, PartyAccount, Served, SiteYear as Drawn, UnitCost, account, split,
    unit_costs,
};
use angara_fleet::Plan;
use angara_scenario::Scenario;
use angara_simulation::ServiceOutcome;

use crate::error::StudyError;
use crate::proof::YearProof;

/// Every amount of the study.
#[derive(Debug, Clone, PartialEq)]
pub struct Accounts {
    /// What the simulated years drew.
    pub operation: Operation,
    /// Bill of the plan with what the simulation drew.
    pub ledger: Ledger,
    /// Bill of the plan with what the planner expected.
    pub planned: Ledger,
    /// Each party's part of the former.
    pub parties: Vec<PartyAccount>,
    /// Work served, by year.
    pub served: Served,
    /// Levelised costs.
    pub unit_costs: Vec<UnitCost>,
}

/// Books the plan.
pub(crate) fn accounts(
    scenario: &Scenario,
    plan: &Plan,
    planned: &Operation,
    proofs: &[YearProof],
) -> Result<Accounts, StudyError> {
    let operation = simulated(proofs);
    let served = served(scenario, proofs);
    let ledger = account(scenario, plan, &operation)?;
    Ok(Accounts {
        parties: split(scenario, &ledger)?,
        unit_costs: unit_costs(scenario, plan, &operation, &served, &ledger)?,
        planned: account(scenario, plan, planned)?,
        operation,
        ledger,
        served,
    })
}

fn simulated(proofs: &[YearProof]) -> Operation {
    let mut operation = Operation::default();
    for proof in proofs {
        for (site, year) in proof.sites.iter().enumerate() {
            operation.site_years.insert(
                (site, proof.year),
                Drawn {
                    it_kwh: year.sum(|month| month.it_kwh),
                    facility_kwh: year.sum(|month| month.facility_kwh),
                    peak_kw: year.months.map(|month| month.peak_facility_kw),
                    water_m3: year.sum(|month| month.water_m3),
                    carbon_tonnes: year.sum(|month| month.carbon_tonnes),
                },
            );
        }
    }
    operation
}

fn served(scenario: &Scenario, proofs: &[YearProof]) -> Served {
    let years = scenario.horizon.years as usize;
    let mut served = Served {
        core_hours: vec![0.0; years],
        accelerator_hours: vec![0.0; years],
    };
    for proof in proofs {
        for (service, outcome) in scenario.services.iter().zip(&proof.services) {
            let hours = ServiceOutcome::unit_hours(outcome.done);
            let by_year = if service.uses_accelerators() {
                &mut served.accelerator_hours
            } else {
                &mut served.core_hours
            };
            by_year[proof.year as usize] += hours;
        }
    }
    served
}
