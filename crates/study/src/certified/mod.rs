//! The cost and the bound of a run's plan, recomputed from the scenario and the run's tables without a solver.

mod read;

pub(crate) use read::lessons as read_lessons;

use angara_planning::{bound_by, check, planned_operation};
use angara_results::Table;
use angara_scenario::Scenario;

use crate::error::StudyError;
use crate::planned::Planned;

/// Tables of a run from which its plan is judged.
#[derive(Debug, Clone, Copy)]
pub struct CertifiedTables<'a> {
    /// `plan_sites`.
    pub sites: &'a Table,
    /// `plan_orders`.
    pub orders: &'a Table,
    /// `assignments`.
    pub assignments: &'a Table,
    /// `leases`.
    pub leases: &'a Table,
    /// `lessons`.
    pub lessons: &'a Table,
    /// `certificate`.
    pub certificate: &'a Table,
}

/// What is proven of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Certified {
    /// Net present cost of the plan as planned, in major units of the currency of the totals.
    pub cost: f64,
    /// No plan that keeps the promises costs less, in the same unit.
    pub bound: f64,
    /// Cases of the proof.
    pub cases: usize,
    /// Constraints that the plan breaks, in words.
    pub broken: Vec<String>,
}

/// Judges the plan of a run: its constraints in plain loops, its cost by the accounting, its bound by the multipliers.
///
/// # Errors
/// A table that does not fit the scenario, or a certificate that proves nothing.
pub fn certified(
    scenario: &Scenario,
    tables: CertifiedTables<'_>,
) -> Result<Certified, StudyError> {
    let planned = Planned::new(scenario, tables.lessons)?;
    let input = planned.input();
    let plan = read::plan(scenario, tables)?;
    let certificate = read::certificate(tables.certificate)?;
    let broken: Vec<String> = check(&input, &plan)
        .into_iter()
        .map(|violation| violation.text)
        .collect();
    let operation = planned_operation(&input, &plan);
    let cost = angara_finance::account(scenario, &plan, &operation)?.net_present_cost();
    Ok(Certified {
        cost,
        bound: bound_by(&input, &certificate)?,
        cases: certificate.cases.len(),
        broken,
    })
}
