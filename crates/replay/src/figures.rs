//! What a run is judged by.

use angara_quantity::{Currency, Money};
use angara_simulation::replay::{ReplayOutcome, SourceTotals, TaskState};

/// Hertz times milliseconds in a megahertz times a millisecond.
pub(crate) const HZ_PER_MHZ: f64 = 1e6;

/// Figures of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunFigures {
    /// Name.
    pub run: String,
    /// Number of the combination.
    pub scenario: usize,
    /// Seed.
    pub seed: u64,
    /// Name of the topology.
    pub topology: String,
    /// Name of the workload.
    pub workload: String,
    /// Name of the allocation policy.
    pub policy: String,
    /// Hosts.
    pub hosts: usize,
    /// Tasks.
    pub tasks: usize,
    /// Tasks completed.
    pub completed: usize,
    /// Tasks given up.
    pub terminated: usize,
    /// End of the last task [ms since the first submission].
    pub makespan_ms: i64,
    /// Energy drawn from all sources [J].
    pub energy_j: f64,
    /// Emissions of that energy [g].
    pub carbon_g: f64,
    /// Price of that energy, where prices are told.
    pub cost: Option<Money>,
    /// Tasks moved while they ran.
    pub migrations: u64,
    /// Work given over what the hosts could give [1].
    pub mean_utilisation: f64,
    /// Mean time that tasks waited for a host [ms].
    pub mean_wait_ms: f64,
    /// Longest time that a task waited for a host [ms].
    pub longest_wait_ms: i64,
    /// Work demanded of processors [MHz ms].
    pub cpu_demanded_mhz_ms: f64,
    /// Work given by processors [MHz ms].
    pub cpu_done_mhz_ms: f64,
    /// Work demanded and not given [MHz ms].
    pub cpu_lost_mhz_ms: f64,
}

impl RunFigures {
    /// Takes the figures of an outcome; names are left as they are.
    pub(crate) fn measure(&mut self, outcome: &ReplayOutcome, currency: Option<Currency>) {
        self.cost = currency.map(|currency| {
            let costs = outcome.sources.iter();
            // What each source costs is a bill of its own.
            let minor = costs.map(|source| cost_of(source, currency).minor).sum();
            Money::from_minor(minor, currency)
        });
        self.migrations = outcome.migrations.completed;
        let waits = &outcome.tasks.wait_ms;
        let waited_ms: i128 = waits.iter().map(|wait_ms| i128::from(*wait_ms)).sum();
        let served: u128 = outcome.hosts.iter().map(|host| host.served).sum();
        let idle: u128 = outcome.hosts.iter().map(|host| host.idle).sum();
        self.hosts = outcome.hosts.len();
        self.tasks = waits.len();
        self.completed = outcome.tasks.count(TaskState::Completed);
        self.terminated = outcome.tasks.count(TaskState::Terminated);
        self.makespan_ms = outcome.makespan_ms;
        self.energy_j = outcome.sources.iter().map(|source| source.energy_j).sum();
        self.carbon_g = outcome.sources.iter().map(|source| source.carbon_g).sum();
        self.mean_utilisation = share(served, served + idle);
        self.mean_wait_ms = if waits.is_empty() {
            0.0
        } else {
            waited_ms as f64 / waits.len() as f64
        };
        self.longest_wait_ms = waits.iter().copied().max().unwrap_or(0);
        self.cpu_demanded_mhz_ms = outcome.cpu_work.demanded as f64 / HZ_PER_MHZ;
        self.cpu_done_mhz_ms = outcome.cpu_work.done as f64 / HZ_PER_MHZ;
        self.cpu_lost_mhz_ms = outcome.cpu_work.lost as f64 / HZ_PER_MHZ;
    }
}

/// What the energy of a source costs.
pub(crate) fn cost_of(source: &SourceTotals, currency: Currency) -> Money {
    Money::from_major(source.cost, currency)
}

/// A part of a whole [1]; nothing of nothing is nothing.
pub(crate) fn share(part: u128, whole: u128) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Relative difference between the energy of the hosts and that of the sources less what batteries hold [1].
pub(crate) fn energy_residual(outcome: &ReplayOutcome) -> f64 {
    let hosts_j: f64 = outcome.hosts.iter().map(|host| host.energy_j).sum();
    let sources = outcome.sources.iter();
    let sources_j: f64 = sources
        .map(|source| source.energy_j - source.battery_change_j)
        .sum();
    let larger_j = hosts_j.abs().max(sources_j.abs());
    if larger_j > 0.0 {
        (hosts_j - sources_j).abs() / larger_j
    } else {
        0.0
    }
}

/// Work of the tasks less work of the hosts [Hz ms].
pub(crate) fn work_residual(outcome: &ReplayOutcome) -> f64 {
    let hosts: u128 = outcome.hosts.iter().map(|host| host.served).sum();
    hosts.abs_diff(outcome.cpu_work.done) as f64
}
