//! Why a study ended without a result.

use angara_facility::{AnnualError, EnergyImbalance};
use angara_finance::{AccountingError, PartyError, RateError};
use angara_fleet::FleetError;
use angara_planning::PlanningError;
use angara_reliability::DeliverableError;
use angara_results::ResultsError;
use angara_simulation::SimulationError;
use angara_workload::WorkloadError;
use thiserror::Error;

/// Why a study ended without a result. None of them leaves a run folder behind.
#[derive(Debug, Error)]
pub enum StudyError {
    /// A climate gives no weather.
    #[error("climate `{climate}` gives no weather: {reason}")]
    Climate {
        /// Identifier of the climate.
        climate: String,
        /// Why.
        reason: String,
    },
    /// There is no plan; [`PlanningError::Infeasible`] names the promises that conflict.
    #[error(transparent)]
    Planning(#[from] PlanningError),
    /// The plan breaks a constraint of its own scenario: a fault of the planner, fatal.
    #[error("the plan breaks its own constraints: {}", .0.join("; "))]
    PlanBroken(Vec<String>),
    /// The plan cannot be built.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// The workload cannot be generated.
    #[error(transparent)]
    Workload(#[from] WorkloadError),
    /// The workload cannot be played, or work or energy was not conserved.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
    /// The plant cannot be summed over a year.
    #[error(transparent)]
    Annual(#[from] AnnualError),
    /// Energy of the plant was not conserved.
    #[error(transparent)]
    Imbalance(#[from] EnergyImbalance),
    /// The plan cannot be accounted for.
    #[error(transparent)]
    Accounting(#[from] AccountingError),
    /// The money of the parties does not sum to the project's.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// A price has no rate.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// What the fleet delivers after a loss cannot be told.
    #[error(transparent)]
    Deliverable(#[from] DeliverableError),
    /// A table of a run does not say what it should.
    #[error("table {table}, row {row}: {problem}")]
    Row {
        /// Name of the table.
        table: String,
        /// Row, from zero.
        row: usize,
        /// What is wrong.
        problem: String,
    },
    /// The run folder cannot be written.
    #[error(transparent)]
    Results(#[from] ResultsError),
}
