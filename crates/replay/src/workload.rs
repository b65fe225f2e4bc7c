//! A trace as tasks and fragments of a replay.

use angara_simulation::replay::{FragmentBuilder, Fragments, ReplayTask, ReplayTasks, hertz};
use angara_workload::trace::{DemandUnit, Trace};

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

/// Tasks and fragments of a trace; tasks that run for no time are left out, and so are they as parents.
pub fn workload_of(trace: &Trace, options: &WorkloadOptions) -> (ReplayTasks, Fragments) {
    let rows = &trace.tasks;
    let runs: Vec<bool> = (0..rows.len())
        .map(|task| trace.run_ms(task).is_some_and(|run_ms| run_ms > 0))
        .collect();
    let mut row_of = vec![u32::MAX; rows.len()];
    let mut next = 0;
    for (row, runs) in row_of.iter_mut().zip(&runs) {
        if *runs {
            *row = next;
            next += 1;
        }
    }
    let first_ms = (0..rows.len())
        .filter(|task| runs[*task])
        .map(|task| rows.submission_ms[task])
        .min()
        .unwrap_or(0);
    let shift_ms = options
        .submission_ms
        .map_or(0, |submission_ms| submission_ms.saturating_sub(first_ms));
    let mut tasks = ReplayTasks::default();
    let mut fragments = FragmentBuilder::default();
    fragments.reserve(trace.fragments.len());
    for task in (0..rows.len()).filter(|task| runs[*task]) {
        let row = rows.row(task);
        let capacity_mhz = if row.cpu_capacity_mhz > 0.0 {
            row.cpu_capacity_mhz
        } else {
            f64::from(row.cpu_milli) / 1e3 * options.core_mhz
        };
        tasks.push(ReplayTask {
            id: rows.id.text(task).parse().unwrap_or(task as i64),
            submission_ms: row.submission_ms.saturating_add(shift_ms),
            cores: row.cpu_milli.div_ceil(1_000),
            capacity_hz: hertz(capacity_mhz),
            // A thousand kilobytes are taken for a mebibyte, as the format's own tool does.
            memory_mib: row.memory_bytes / 1_000_000,
            gpu_cores: row.gpu_count,
            parents: rows
                .parents
                .of(task)
                .iter()
                .map(|parent| row_of[*parent as usize])
                .filter(|parent| *parent != u32::MAX)
                .collect(),
            deferrable: row.deferrable || options.defer_all,
            deadline_ms: row
                .deadline_ms
                .map(|deadline_ms| deadline_ms.saturating_add(shift_ms)),
            ..ReplayTask::default()
        });
        let of_task = trace.fragments.of(task);
        if of_task.is_empty() {
            let gpu_hz = if row.gpu_count > 0 {
                hertz(row.gpu_capacity_mhz)
            } else {
                0
            };
            fragments.push(row.duration_ms, hertz(capacity_mhz), gpu_hz);
        }
        for fragment in of_task {
            let demand = trace.fragments.demand[fragment];
            let megahertz = match trace.fragments.unit {
                DemandUnit::Megahertz => demand,
                DemandUnit::PercentOfReserved => demand / 100.0 * capacity_mhz,
            };
            let gpu_mhz = trace.fragments.gpu_demand.get(fragment).copied();
            fragments.push(
                trace.fragments.duration_ms(task, fragment),
                hertz(megahertz),
                gpu_mhz.map_or(0, hertz),
            );
        }
        fragments.end_task();
    }
    (tasks, fragments.finish())
}
