//! What a replay depends on.

use std::sync::Arc;

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
    /// How idle hosts save power; they do not, where it is not told.
    pub host_states: Option<HostStates>,
    /// How nearly empty hosts are emptied; they are not, where it is not told.
    pub consolidation: Option<Consolidation>,
    /// Time between samples [ms]; without one, nothing is sampled.
    pub sample_ms: Option<i64>,
    /// Price of energy at each cluster [money/MWh] on the clock of the trace; nothing is paid where there is none.
    pub prices: Vec<Option<Arc<IntensitySeries>>>,
    /// Seed of placement and failures.
    pub seed: u64,
    /// Seed of failures, where they have their own.
    pub failure_seed: Option<u64>,
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
            host_states: None,
            consolidation: None,
            sample_ms: None,
            prices: Vec::new(),
            seed: 0,
            failure_seed: None,
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
/// A task waits while the carbon intensity or price exceeds a quantile of those of the coming hours, which are taken as
/// known, and at most as long as it can still end by its deadline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deferral {
    /// What tasks wait to fall.
    pub signal: DeferralSignal,
    /// Quantile of the coming values at which a task starts [1].
    pub quantile: f64,
    /// Hours looked ahead.
    pub hours: u32,
}

impl Default for Deferral {
    fn default() -> Self {
        Self {
            signal: DeferralSignal::Carbon,
            quantile: 0.35,
            hours: 24,
        }
    }
}

/// What tasks that may wait look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeferralSignal {
    /// Carbon intensity.
    #[default]
    Carbon,
    /// Price of energy.
    Price,
}

/// How idle hosts save power.
///
/// A host on which nothing is set aside for a while goes to sleep, and from there off. A task that is placed on it
/// wakes it, and starts when it is awake. A host that fails comes up awake.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HostStates {
    /// How long a host is idle before it goes to sleep [ms].
    pub sleep_after_ms: i64,
    /// Power asleep [W].
    pub sleep_w: f64,
    /// How long a host is asleep before it goes off [ms]; it never does, where it is not told.
    pub off_after_ms: Option<i64>,
    /// Power off [W].
    pub off_w: f64,
    /// How long it takes to wake from sleep [ms].
    pub wake_from_sleep_ms: i64,
    /// How long it takes to wake from off [ms].
    pub wake_from_off_ms: i64,
    /// Power while waking [W].
    pub wake_w: f64,
    /// Whether tasks go to hosts asleep or off only where no other can take them; hosts that are waking count as
    /// awake.
    pub prefer_awake: bool,
}

/// How nearly empty hosts are emptied, so that they may sleep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Consolidation {
    /// Time between two looks at the hosts [ms].
    pub interval_ms: i64,
    /// Share of its cores set aside under which a host is emptied [1].
    pub empty_below: f64,
    /// Share of its cores set aside from which a host takes tasks in [1].
    pub fill_from: f64,
    /// What moving a task costs.
    pub migration: Migration,
}

/// What moving a running task costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Migration {
    /// Memory copied per second [MiB/s].
    pub bandwidth_mib_per_s: f64,
    /// Memory copied again because it was written meanwhile, against all of it [1].
    pub dirty_rounds: f64,
    /// How long the task stands still at the end [ms].
    pub downtime_ms: i64,
    /// Processor time that the copying takes on both hosts, against the cores of the task [1].
    pub cpu_share: f64,
}

impl Default for Migration {
    /// A link of 10 Gbit/s, a fifth of the memory copied twice, and a tenth of the task's processors.
    fn default() -> Self {
        Self {
            bandwidth_mib_per_s: 1_192.0,
            dirty_rounds: 0.2,
            downtime_ms: 60,
            cpu_share: 0.1,
        }
    }
}
