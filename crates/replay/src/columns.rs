//! A workload of `OpenDC` that is replayed by columns, straight from its files.
//!
//! Three ways are tried, the cheapest first. Where the table of tasks tells how long each runs, and every host runs one
//! task at a time, fragments are played as they are read and never held; their lengths are checked on the way. Else
//! fragments are held in memory; or, where there are too many, looked up once for their lengths and then read for a
//! few hosts at a time.

use std::path::{Path, PathBuf};

use angara_simulation::intensity::IntensitySeries;
use angara_simulation::replay::{
    ColumnOutcome, FragmentStore, Fragments, ReplayError, ReplayInput, ReplayOptions,
    ReplayProgress, ReplayTasks, StoreError, Topology, replay_columns, suits_columns,
};
use angara_workload::trace::{
    self, FileKind, Findings, FragmentGroups, Limits, TaskIds, TraceTasks,
};

use crate::ReplayFault;
use crate::store::{ColumnSink, FileStore};
use crate::workload::{WorkloadOptions, tasks_of};

/// Fragments up to which they are held in memory.
const IN_MEMORY_MAX: u64 = 64 << 20;

/// A workload whose fragments are still in their file.
#[derive(Debug)]
pub struct ColumnWorkload {
    options: WorkloadOptions,
    rows: TraceTasks,
    groups: FragmentGroups,
    in_memory_max: u64,
}

/// What a replay by columns yields.
#[derive(Debug)]
pub struct ColumnReplay {
    /// Tasks that were replayed.
    pub tasks: ReplayTasks,
    /// Their names, where the trace does not number them.
    pub names: Option<Vec<String>>,
    /// What came of it.
    pub outcome: ColumnOutcome,
}

/// Where and how a workload is replayed.
#[derive(Clone, Copy)]
pub struct ColumnSetting<'a> {
    /// Where tasks run.
    pub topology: &'a Topology,
    /// Carbon series that the clusters name by row.
    pub carbon: &'a [IntensitySeries],
    /// How it is replayed.
    pub options: &'a ReplayOptions,
    /// Longest interval of the series [ms].
    pub step_ms: i64,
}

impl ColumnWorkload {
    /// Reads the table of tasks; none where tasks have accelerators, which columns do not know.
    ///
    /// # Errors
    /// All that makes the tables unusable.
    pub fn open(
        tasks: &Path,
        fragments: &Path,
        options: &WorkloadOptions,
    ) -> Result<Option<(Self, Findings)>, Findings> {
        let limits = Limits::default();
        let (rows, findings) = trace::read_tasks(tasks, &limits)?;
        let groups = FragmentGroups::open(fragments, &rows)?;
        let has_accelerators = rows.gpu_count.iter().any(|count| *count > 0);
        if has_accelerators || groups.has_accelerators() {
            return Ok(None);
        }
        let workload = Self {
            options: *options,
            rows,
            groups,
            in_memory_max: IN_MEMORY_MAX,
        };
        Ok(Some((workload, findings)))
    }

    /// Holds at most so many fragments in memory.
    #[must_use]
    pub fn holding_at_most(mut self, fragments: u64) -> Self {
        self.in_memory_max = fragments;
        self
    }

    /// Tasks of the file.
    pub fn tasks(&self) -> usize {
        self.rows.len()
    }

    /// The least time that a replay can take, as far as the table of tasks tells [ms].
    pub fn span_ms(&self) -> i64 {
        let first_ms = self.rows.submission_ms.iter().copied().min().unwrap_or(0);
        (0..self.rows.len())
            .map(|task| {
                let run_ms = self.rows.known_duration_ms(task).unwrap_or(0);
                let submission_ms = self.rows.submission_ms[task].saturating_sub(first_ms);
                submission_ms.saturating_add(run_ms)
            })
            .max()
            .unwrap_or(0)
    }

    /// Replays the workload.
    ///
    /// # Errors
    /// Fragments that cannot be read, and input that cannot be replayed by columns.
    pub fn replay(
        &self,
        setting: &ColumnSetting<'_>,
        progress: &dyn ReplayProgress,
    ) -> Result<ColumnReplay, ReplayFault> {
        let all: Vec<usize> = (0..self.rows.len()).collect();
        if let Some(mut store) = FileStore::trusting(&self.groups, &self.rows) {
            store.keep();
            let tasks = tasks_of(&self.rows, &all, &self.options);
            match play(&tasks, &store, setting, progress) {
                Ok(outcome) => {
                    let names = self.names(&all);
                    return Ok(ColumnReplay {
                        tasks,
                        names,
                        outcome,
                    });
                }
                Err(ReplayError::Store(StoreError::Lengths)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if self.groups.rows() <= self.in_memory_max {
            let fragments = self.held()?;
            let kept: Vec<usize> = all
                .into_iter()
                .filter(|task| !fragments.of(*task).is_empty())
                .collect();
            let fragments = fragments.select(&kept);
            let tasks = tasks_of(&self.rows, &kept, &self.options);
            let outcome = play(&tasks, &fragments, setting, progress)?;
            let names = self.names(&kept);
            return Ok(ColumnReplay {
                tasks,
                names,
                outcome,
            });
        }
        let mut store = FileStore::looking_up(&self.groups, &self.rows)?;
        let kept = store.keep();
        let tasks = tasks_of(&self.rows, &kept, &self.options);
        let outcome = play(&tasks, &store, setting, progress)?;
        let names = self.names(&kept);
        Ok(ColumnReplay {
            tasks,
            names,
            outcome,
        })
    }

    /// Names of some tasks by their rows, where the trace does not number them.
    fn names(&self, kept: &[usize]) -> Option<Vec<String>> {
        let TaskIds::Texts(texts) = &self.rows.id else {
            return None;
        };
        Some(kept.iter().map(|row| texts.get(*row).to_owned()).collect())
    }

    /// All fragments in memory.
    ///
    /// # Errors
    /// All that makes the table unusable.
    pub fn held(&self) -> Result<Fragments, Findings> {
        let mut sink = ColumnSink::with_room_for(self.groups.rows());
        for group in 0..self.groups.len() {
            self.groups
                .fragments(group, |task, durations_ms, demands_mhz| {
                    sink.add(task, durations_ms, demands_mhz);
                })?;
        }
        Ok(sink.finish(self.rows.len()))
    }
}

/// The tables of tasks and fragments of an `OpenDC` trace, where the paths name just these.
pub fn tables_of(paths: &[PathBuf]) -> Option<(PathBuf, PathBuf)> {
    let pair = match paths {
        [folder] if folder.is_dir() => (
            folder.join("tasks.parquet"),
            folder.join("fragments.parquet"),
        ),
        [tasks, fragments] => (tasks.clone(), fragments.clone()),
        _ => return None,
    };
    let is = |path: &Path, kind| {
        path.is_file() && trace::recognise(path).is_ok_and(|found| found == kind)
    };
    let (tasks, fragments) = &pair;
    if is(tasks, FileKind::OpenDcTasks) && is(fragments, FileKind::OpenDcFragments) {
        return Some(pair);
    }
    (is(fragments, FileKind::OpenDcTasks) && is(tasks, FileKind::OpenDcFragments))
        .then(|| (fragments.clone(), tasks.clone()))
}

/// Whether a replay of such a setting may go by columns.
pub fn suits(setting: &ColumnSetting<'_>) -> bool {
    let (tasks, fragments) = (ReplayTasks::default(), Fragments::default());
    suits_columns(&input(&tasks, &fragments, setting))
}

fn input<'a>(
    tasks: &'a ReplayTasks,
    fragments: &'a Fragments,
    setting: &ColumnSetting<'a>,
) -> ReplayInput<'a> {
    ReplayInput {
        topology: setting.topology,
        tasks,
        fragments,
        carbon: setting.carbon,
        options: setting.options,
    }
}

fn play(
    tasks: &ReplayTasks,
    store: &dyn FragmentStore,
    setting: &ColumnSetting<'_>,
    progress: &dyn ReplayProgress,
) -> Result<ColumnOutcome, ReplayError> {
    let none = Fragments::default();
    replay_columns(
        &input(tasks, &none, setting),
        store,
        setting.step_ms,
        progress,
    )
}
