//! What can end a run.

use thiserror::Error;

/// A run that cannot begin, or whose books do not close; each is fatal.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SimulationError {
    /// The workload is not given for each site of the fleet.
    #[error("the fleet has {fleet} sites, the workload {workload}")]
    SiteCount {
        /// Sites of the fleet.
        fleet: usize,
        /// Sites of the workload.
        workload: usize,
    },
    /// A step or a run without length.
    #[error("a run of {steps} steps of {step_ms} ms has no length or is too long")]
    InvalidClock {
        /// Length of a step [ms].
        step_ms: i64,
        /// Steps.
        steps: usize,
    },
    /// Demand given in steps of another length than those of the run.
    #[error(
        "site {site} gives its demand in steps of {demand_ms} ms, the run has steps of {run_ms} ms"
    )]
    StepMismatch {
        /// Row of the site.
        site: usize,
        /// Length of a step of the demand [ms].
        demand_ms: i64,
        /// Length of a step of the run [ms].
        run_ms: i64,
    },
    /// A task that cannot be played.
    #[error("task {task} of site {site} cannot be played: {reason}")]
    InvalidTask {
        /// Row of the site.
        site: usize,
        /// Row of the task.
        task: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Work went missing or came from nowhere: a defect of the engine or of the demand it was given.
    #[error(
        "service {service}: {submitted} milli-core·ms were submitted, {accounted} are done, lost or queued"
    )]
    WorkNotConserved {
        /// Row of the service.
        service: usize,
        /// Work submitted [milli-core·ms].
        submitted: u128,
        /// Work done, lost and queued [milli-core·ms].
        accounted: u128,
    },
    /// The hosts' energy and that of the sites' steps differ: a defect of the engine.
    #[error("hosts used {hosts_j} J, the steps of the sites sum to {steps_j} J")]
    EnergyNotConserved {
        /// Energy of all hosts [J].
        hosts_j: f64,
        /// Energy of all steps of all sites [J].
        steps_j: f64,
    },
}
