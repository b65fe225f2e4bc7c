//! What a replay yields.

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskState {
    /// It waits: for its submission, its parents or a host.
    #[default]
    Pending,
    /// It runs.
    Running,
    /// It has done all its fragments.
    Completed,
    /// It was given up: no host can hold it, it failed too often, a parent was given up, or nothing supplies it.
    Terminated,
}

impl TaskState {
    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Running => "RUNNING",
            Self::Completed => "COMPLETED",
            Self::Terminated => "TERMINATED",
        }
    }

    /// True for the states from which nothing changes.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Terminated)
    }
}

/// Everything a replay yields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReplayOutcome {
    /// End of the last task [ms since the first submission].
    pub makespan_ms: i64,
    /// By task.
    pub tasks: TaskResults,
    /// By host.
    pub hosts: Vec<HostTotals>,
    /// By cluster.
    pub sources: Vec<SourceTotals>,
    /// Work of all tasks on processors.
    pub cpu_work: WorkTotals,
    /// Work of all tasks on accelerators.
    pub gpu_work: WorkTotals,
    /// Tasks that were moved while they ran.
    pub migrations: MigrationTotals,
    /// Fragments played.
    pub fragments: u64,
    /// Most tasks that waited, and ran, at one instant.
    pub pending_max: u64,
    /// Most tasks that ran at one instant.
    pub running_max: u64,
}

/// Results of the tasks as columns, in the order of the trace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskResults {
    /// How each ended.
    pub state: Vec<TaskState>,
    /// Host each ran on last.
    pub host: Vec<Option<u32>>,
    /// When each started last [ms since the first submission].
    pub start_ms: Vec<Option<i64>>,
    /// When each ended [ms since the first submission].
    pub end_ms: Vec<Option<i64>>,
    /// Times each was stopped by a failure.
    pub failures: Vec<u32>,
    /// Time each spent on checkpoints [ms].
    pub checkpoint_ms: Vec<i64>,
    /// Work each was given on processors [Hz ms].
    pub cpu_done: Vec<u128>,
    /// Work each demanded on processors and was not given [Hz ms].
    pub cpu_lost: Vec<u128>,
    /// How long each waited for a host, over all its starts [ms].
    pub wait_ms: Vec<i64>,
    /// Times each was moved.
    pub migrations: Vec<u32>,
    /// How long each stood still while it was moved [ms].
    pub downtime_ms: Vec<i64>,
}

impl TaskResults {
    pub(crate) fn new(tasks: usize) -> Self {
        Self {
            state: vec![TaskState::Pending; tasks],
            host: vec![None; tasks],
            start_ms: vec![None; tasks],
            end_ms: vec![None; tasks],
            failures: vec![0; tasks],
            checkpoint_ms: vec![0; tasks],
            cpu_done: vec![0; tasks],
            cpu_lost: vec![0; tasks],
            wait_ms: vec![0; tasks],
            migrations: vec![0; tasks],
            downtime_ms: vec![0; tasks],
        }
    }

    /// Number of tasks in a state.
    pub fn count(&self, state: TaskState) -> usize {
        self.state.iter().filter(|other| **other == state).count()
    }
}

/// One host over the run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HostTotals {
    /// Tasks that started on it.
    pub tasks: u64,
    /// Work it gave [Hz ms].
    pub served: u128,
    /// Work that was demanded of it and that it did not give [Hz ms].
    pub unserved: u128,
    /// Processor time that moving tasks took [Hz ms].
    pub overhead: u128,
    /// Capacity over the run less work given and overhead [Hz ms].
    pub idle: u128,
    /// Energy [J].
    pub energy_j: f64,
    /// Time up [ms].
    pub up_ms: i64,
    /// Time down [ms].
    pub down_ms: i64,
    /// Number of outages.
    pub outages: u64,
    /// What it did while it was up.
    pub times: StateTimes,
}

/// How long a host was in each state; together as long as it was up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StateTimes {
    /// With tasks [ms].
    pub busy_ms: i64,
    /// Awake without tasks [ms].
    pub idle_ms: i64,
    /// Asleep [ms].
    pub asleep_ms: i64,
    /// Off [ms].
    pub off_ms: i64,
    /// Waking [ms].
    pub waking_ms: i64,
}

/// Tasks that were moved while they ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MigrationTotals {
    /// Moves that came to their end.
    pub completed: u64,
    /// Moves that ended with their task or by a failure.
    pub cancelled: u64,
    /// How long tasks stood still [ms].
    pub downtime_ms: i64,
}

/// One source of power over the run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SourceTotals {
    /// Energy drawn [J].
    pub energy_j: f64,
    /// Emissions of that energy [g].
    pub carbon_g: f64,
    /// Price of that energy [money].
    pub cost: f64,
    /// Energy in the battery at the end less that at the beginning [J].
    pub battery_change_j: f64,
}

/// Work of all tasks: `submitted = done + lost + repeated_from + left` does not hold across failures, so that
/// repeated work is counted where it is done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkTotals {
    /// Demanded by everything that was played [Hz ms].
    pub demanded: u128,
    /// Given by the hosts [Hz ms].
    pub done: u128,
    /// Demanded and not given [Hz ms].
    pub lost: u128,
}
