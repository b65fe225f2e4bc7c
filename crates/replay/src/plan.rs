//! Everything that will be replayed, read and checked: nothing that follows touches an input file.

use std::borrow::Cow;
use std::sync::Arc;

use angara_simulation::failure::{
    FailureGroup, FailureModel, FailurePrefab, FailureProcesses, FailureSequence, Law,
};
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::replay::{
    Checkpoints, Fragments, Play, ReplayOptions, ReplayTasks, Topology,
};

use crate::columns::ColumnWorkload;
use crate::opendc::Allocation;
use crate::settings::{FailureProcess, HostGroups, PlannedSettings, processes_of};

/// Runs and what they are made of.
#[derive(Debug, Default)]
pub struct ReplayPlan {
    /// Name of the experiment or trace.
    pub name: String,
    /// Seed of the first run.
    pub seed: u64,
    /// Where tasks run.
    pub topologies: Vec<PlannedTopology>,
    /// Who runs.
    pub workloads: Vec<PlannedWorkload>,
    /// Which host tasks go to.
    pub allocations: Vec<Allocation>,
    /// What is sampled.
    pub exports: Vec<PlannedExport>,
    /// What fails.
    pub failures: Vec<PlannedFailure>,
    /// What tasks save.
    pub checkpoints: Vec<Option<Checkpoints>>,
    /// Failures after which a task is given up.
    pub failures_max: Vec<u32>,
    /// What holds for all runs.
    pub settings: PlannedSettings,
    /// The runs, in the order of their results.
    pub runs: Vec<PlannedRun>,
    /// Small files that describe the runs: name and content.
    pub inputs: Vec<(String, Vec<u8>)>,
}

/// A topology, and the carbon intensities and prices of its clusters.
#[derive(Debug, Default)]
pub struct PlannedTopology {
    /// Name.
    pub name: String,
    /// Hosts and clusters.
    pub topology: Topology,
    /// Carbon series that the clusters name by row.
    pub carbon: Vec<IntensitySeries>,
    /// Price of energy at each cluster [money/MWh]; empty where none is told.
    pub prices: Vec<Option<Arc<IntensitySeries>>>,
    /// Feeds and halls of its hosts.
    pub groups: HostGroups,
}

/// A workload in memory.
#[derive(Debug, Default)]
pub struct PlannedWorkload {
    /// Name.
    pub name: String,
    /// Tasks.
    pub tasks: ReplayTasks,
    /// Their demand.
    pub fragments: Fragments,
    /// Names of the tasks, where they are no numbers.
    pub names: Option<Vec<String>>,
    /// What becomes of demand that is not supplied.
    pub play: Play,
    /// Share of the tasks that is replayed [1].
    pub sample_fraction: f64,
    /// The workload in its files, where it is replayed straight from them; tasks and fragments above are then empty.
    pub columns: Option<ColumnWorkload>,
}

impl PlannedWorkload {
    /// Identity of a task as the trace writes it.
    pub fn task_name(&self, task: usize) -> Cow<'_, str> {
        match &self.names {
            Some(names) => names[task].as_str().into(),
            None => self.tasks.id[task].to_string().into(),
        }
    }

    /// The least time that a run can take: the last end if nothing waits [ms since the first submission].
    pub fn span_ms(&self) -> i64 {
        if let Some(columns) = &self.columns {
            return columns.span_ms();
        }
        let first_ms = self.tasks.first_ms();
        (0..self.tasks.len())
            .map(|task| {
                let submission_ms = self.tasks.submission_ms[task].saturating_sub(first_ms);
                submission_ms.saturating_add(self.fragments.run_ms(task))
            })
            .max()
            .unwrap_or(0)
    }

    /// Tasks that a run replays.
    pub fn sampled_len(&self) -> usize {
        if let Some(columns) = &self.columns {
            return columns.tasks();
        }
        let wanted = (self.sample_fraction * self.tasks.len() as f64).round() as usize;
        wanted.min(self.tasks.len())
    }
}

/// What is written of each sample.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlannedExport {
    /// Time between samples [ms]; without one, no sample is written.
    pub interval_ms: Option<i64>,
    /// Tables that are written; all where it is empty.
    pub tables: Vec<String>,
}

impl PlannedExport {
    /// Whether a table of samples is written.
    pub fn writes(&self, table: &str) -> bool {
        self.interval_ms.is_some()
            && (self.tables.is_empty() || self.tables.iter().any(|other| other == table))
    }
}

/// What fails, whatever the hosts are.
#[derive(Debug, Clone, PartialEq)]
pub enum PlannedFailure {
    /// Nothing.
    None,
    /// As recorded.
    Sequence(FailureSequence),
    /// A ready-made model.
    Prefab(FailurePrefab),
    /// Laws of the time between outages [h], of their length [h], and of the share of hosts hit [1].
    Laws(Box<[Law; 3]>),
    /// Processes of hosts, racks and larger parts, which overlap.
    Groups(Vec<FailureProcess>),
}

impl PlannedFailure {
    /// The model for the hosts of a topology.
    pub fn model(&self, site: &PlannedTopology) -> FailureModel {
        let hosts = u32::try_from(site.topology.hosts.len()).unwrap_or(u32::MAX);
        match self {
            Self::None => FailureModel::None,
            Self::Sequence(sequence) => FailureModel::Sequence(sequence.clone()),
            Self::Groups(processes) => FailureModel::Processes(processes_of(processes, site)),
            Self::Prefab(prefab) => FailureModel::Processes(prefab.process(hosts)),
            Self::Laws(laws) => {
                let [time_to_failure, time_to_repair, share] = (**laws).clone();
                FailureModel::Processes(FailureProcesses {
                    groups: vec![FailureGroup {
                        name: "all hosts".to_owned(),
                        hosts: (0..hosts).collect(),
                        time_to_failure,
                        time_to_repair,
                        share: Some(share),
                    }],
                })
            }
        }
    }
}

/// One run: rows of what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlannedRun {
    /// Number of the combination.
    pub scenario: usize,
    /// Seed.
    pub seed: u64,
    /// Row of the topology.
    pub topology: usize,
    /// Row of the workload.
    pub workload: usize,
    /// Row of the allocation policy.
    pub allocation: usize,
    /// Row of the export.
    pub export: usize,
    /// Row of the failure model.
    pub failure: usize,
    /// Row of the checkpoints.
    pub checkpoint: usize,
    /// Row of the failure limit.
    pub failures_max: usize,
}

impl PlannedRun {
    /// Name of the run, which is also its folder under `raw-output`.
    pub fn name(&self) -> String {
        format!("{}/seed={}", self.scenario, self.seed)
    }
}

impl ReplayPlan {
    /// Options of a run; sampling is not among them.
    pub fn options(&self, run: &PlannedRun) -> ReplayOptions {
        self.options_playing(run, self.workloads[run.workload].play)
    }

    /// Options of a run whose workload is not known yet, but for what becomes of its demand.
    pub(crate) fn options_playing(&self, run: &PlannedRun, play: Play) -> ReplayOptions {
        let allocation = &self.allocations[run.allocation];
        let site = &self.topologies[run.topology];
        let defaults = ReplayOptions::default();
        let settings = &self.settings;
        ReplayOptions {
            play,
            placement: allocation.placement.clone(),
            quantum_ms: settings.interval_ms.unwrap_or(defaults.quantum_ms),
            deferral: allocation.deferral,
            failures_max: self.failures_max[run.failures_max],
            checkpoints: self.checkpoints[run.checkpoint],
            failures: self.failures[run.failure].model(site),
            host_states: settings.host_states,
            consolidation: settings.consolidation,
            prices: site.prices.clone(),
            seed: run.seed,
            failure_seed: settings.failure_seed,
            sample_ms: None,
        }
    }

    /// Tasks of all runs together.
    pub fn tasks(&self) -> u64 {
        self.runs
            .iter()
            .map(|run| self.workloads[run.workload].sampled_len() as u64)
            .sum()
    }
}
