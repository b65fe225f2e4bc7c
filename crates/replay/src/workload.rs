//! A trace as tasks and fragments of a replay.

use angara_simulation::replay::{FragmentBuilder, Fragments, ReplayTask, ReplayTasks, hertz};
use angara_workload::trace::{DemandUnit, TaskIds, Trace, TraceTasks};

/// How a trace is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkloadOptions {
    /// Speed of a core where the trace does not tell [MHz].
    pub core_mhz: f64,
    /// When the first task is submitted; as in the trace where not told [ms].
    pub submission_ms: Option<i64>,
    /// Whether all tasks may wait for clean power.
    pub defer_all: bool,
}

impl Default for WorkloadOptions {
    fn default() -> Self {
        Self {
            core_mhz: 2_000.0,
            submission_ms: None,
            defer_all: false,
        }
    }
}

/// Names of the tasks that [`workload_of`] keeps; nothing where the trace numbers them.
pub fn names_of(trace: &Trace) -> Option<Vec<String>> {
    let TaskIds::Texts(texts) = &trace.tasks.id else {
        return None;
    };
    let kept = (0..texts.len()).filter(|task| runs(trace, *task));
    Some(kept.map(|task| texts.get(task).to_owned()).collect())
}

/// Whether a task runs for some time: its fragments, in a trace that has any, else itself.
fn runs(trace: &Trace, task: usize) -> bool {
    let run_ms = if trace.fragments.is_empty() {
        trace.tasks.known_duration_ms(task)
    } else {
        trace.fragments.end_ms(task)
    };
    run_ms.is_some_and(|run_ms| run_ms > 0)
}

/// Tasks and fragments of a trace; tasks that run for no time are left out, and so are they as parents. Where a trace
/// has fragments, a task without any runs for no time.
pub fn workload_of(trace: &Trace, options: &WorkloadOptions) -> (ReplayTasks, Fragments) {
    let rows = &trace.tasks;
    let kept: Vec<usize> = (0..rows.len()).filter(|task| runs(trace, *task)).collect();
    let tasks = tasks_of(rows, &kept, options);
    let mut fragments = FragmentBuilder::default();
    fragments.reserve(trace.fragments.len());
    for (place, task) in kept.iter().enumerate() {
        let of_task = trace.fragments.of(*task);
        let capacity_hz = tasks.capacity_hz[place];
        if of_task.is_empty() {
            let gpu_mhz = rows.gpu_capacity_mhz[*task];
            let gpu_hz = if rows.gpu_count[*task] > 0 {
                hertz(gpu_mhz)
            } else {
                0
            };
            fragments.push(rows.duration_ms[*task], capacity_hz, gpu_hz);
        }
        for fragment in of_task {
            let demand = trace.fragments.demand[fragment];
            let megahertz = match trace.fragments.unit {
                DemandUnit::Megahertz => demand,
                DemandUnit::PercentOfReserved => demand / 100.0 * (capacity_hz as f64 / 1e6),
            };
            let gpu_mhz = trace.fragments.gpu_demand.get(fragment).copied();
            fragments.push(
                trace.fragments.duration_ms(*task, fragment),
                hertz(megahertz),
                gpu_mhz.map_or(0, hertz),
            );
        }
        fragments.end_task();
    }
    (tasks, fragments.finish())
}

/// Some tasks of a trace, by their rows in ascending order; parents that are not among them are left out.
pub(crate) fn tasks_of(
    rows: &TraceTasks,
    kept: &[usize],
    options: &WorkloadOptions,
) -> ReplayTasks {
    let first_ms = kept
        .iter()
        .map(|task| rows.submission_ms[*task])
        .min()
        .unwrap_or(0);
    let shift_ms = options
        .submission_ms
        .map_or(0, |submission_ms| submission_ms.saturating_sub(first_ms));
    let place_of = |parent: u32| kept.binary_search(&(parent as usize)).ok();
    let mut tasks = ReplayTasks::default();
    for task in kept {
        let row = rows.row(*task);
        let capacity_mhz = if row.cpu_capacity_mhz > 0.0 {
            row.cpu_capacity_mhz
        } else {
            f64::from(row.cpu_milli) / 1e3 * options.core_mhz
        };
        tasks.push(ReplayTask {
            id: rows.id.number(*task).unwrap_or(*task as i64),
            submission_ms: row.submission_ms.saturating_add(shift_ms),
            cores: row.cpu_milli.div_ceil(1_000),
            capacity_hz: hertz(capacity_mhz),
            // A thousand kilobytes are taken for a mebibyte, as the format's own tool does.
            memory_mib: row.memory_bytes / 1_000_000,
            gpu_cores: row.gpu_count,
            parents: rows
                .parents
                .of(*task)
                .iter()
                .filter_map(|parent| place_of(*parent))
                .map(|place| place as u32)
                .collect(),
            deferrable: row.deferrable || options.defer_all,
            deadline_ms: row
                .deadline_ms
                .map(|deadline_ms| deadline_ms.saturating_add(shift_ms)),
            ..ReplayTask::default()
        });
    }
    tasks
}
