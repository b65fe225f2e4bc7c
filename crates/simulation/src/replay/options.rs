//! What a replay depends on.

use super::{Fragments, PlacementSpec, ReplayTasks, Topology};
use crate::failure::FailureModel;
use crate::intensity::IntensitySeries;

/// Everything a replay depends on.
#[derive(Clone, Copy)]
pub struct ReplayInput<'a> {
    /// Where tasks run.
    pub topology: &'a Topology,
    /// Who runs.
    pub tasks: &'a ReplayTasks,
    /// What each demands.
    pub fragments: &'a Fragments,
    /// Carbon intensity of the grids [g/kWh] on the clock of the trace; clusters name one by its row.
    pub carbon: &'a [IntensitySeries],
    /// How it is replayed.
    pub options: &'a ReplayOptions,
}

/// How a workload is replayed.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayOptions {
    /// What becomes of demand that is not supplied.
    pub play: Play,
    /// Which host a task goes to.
    pub placement: PlacementSpec,
    /// Tasks are placed at multiples of this interval only [ms].
    pub quantum_ms: i64,
    /// How tasks that may wait are put off until power is clean; they are not, where it is not told.
    pub deferral: Option<Deferral>,
    /// Failures of one task after which it is given up.
    pub failures_max: u32,
    /// State that tasks save to start from after a failure.
    pub checkpoints: Option<Checkpoints>,
    /// What fails.
    pub failures: FailureModel,
    /// Time between samples [ms]; without one, nothing is sampled.
    pub sample_ms: Option<i64>,
    /// Seed of placement and failures.
    pub seed: u64,
}

impl Default for ReplayOptions {
    fn default() -> Self {
        Self {
            play: Play::Drop,
            placement: PlacementSpec::default(),
            quantum_ms: 1_000,
            deferral: None,
            failures_max: 10,
            checkpoints: None,
            failures: FailureModel::None,
            sample_ms: None,
            seed: 0,
        }
    }
}

/// What becomes of demand that is not supplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Play {
    /// It is lost, and the task ends on time: work that has its moment, as serving requests.
    #[default]
    Drop,
    /// It is made up for later: each fragment lasts until its work is done.
    Stretch,
}

/// State that tasks save.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Checkpoints {
    /// Time from the start of a task to its first checkpoint [ms].
    pub interval_ms: i64,
    /// How long the task spends on one, at its highest demand [ms].
    pub duration_ms: i64,
    /// Each interval is the one before it times this [1].
    pub interval_scaling: f64,
}

/// How tasks that may wait are put off.
///
/// A task waits while the carbon intensity exceeds a quantile of those of the coming hours, which are taken as
/// known, and at most as long as it can still end by its deadline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deferral {
    /// Quantile of the coming intensities at which a task starts [1].
    pub quantile: f64,
    /// Hours looked ahead.
    pub hours: u32,
}

impl Default for Deferral {
    fn default() -> Self {
        Self {
            quantile: 0.35,
            hours: 24,
        }
    }
}
