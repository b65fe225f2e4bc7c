//! Samples of tasks.

use angara_results::{ResultsError, RunFolder, TableFile};
use angara_simulation::replay::{TaskSample, TaskState};

use super::{Instant, Subject, megahertz, whole_ms};
use crate::rows::{Cell, ColumnSpec, Kind, start};

const COLUMNS: [ColumnSpec; 33] = [
    (
        "timestamp",
        "ms",
        "Time since the first submission",
        Kind::Whole,
    ),
    (
        "timestamp_absolute",
        "ms",
        "Time since 1970, or of the trace's own clock",
        Kind::Whole,
    ),
    ("task_id", "", "Task, as the trace numbers it", Kind::Text),
    ("task_name", "", "Task, as the trace names it", Kind::Text),
    (
        "host_name",
        "",
        "Host it runs on, or ran on last",
        Kind::OptionalText,
    ),
    ("mem_capacity", "MiB", "Memory it reserves", Kind::Whole),
    ("cpu_count", "1", "Cores it reserves", Kind::Small),
    (
        "cpu_limit",
        "MHz",
        "Speed of its host, or of its own cores while it has none",
        Kind::Real,
    ),
    ("cpu_usage", "MHz", "Speed it is given", Kind::Real),
    ("cpu_demand", "MHz", "Speed it demands", Kind::Real),
    (
        "cpu_time_active",
        "ms",
        "Work given since the last sample, in time at the limit",
        Kind::Whole,
    ),
    (
        "cpu_time_idle",
        "ms",
        "Time run since the last sample less the active time",
        Kind::Whole,
    ),
    (
        "cpu_time_steal",
        "ms",
        "Work demanded and not given, in time at the limit",
        Kind::Whole,
    ),
    (
        "cpu_time_lost",
        "ms",
        "Always 0: no interference is modelled",
        Kind::Whole,
    ),
    (
        "gpu_count",
        "1",
        "Accelerator cores it reserves",
        Kind::Small,
    ),
    (
        "gpu_limit",
        "MHz",
        "Speed of the accelerators of its host",
        Kind::Real,
    ),
    (
        "gpu_usage",
        "MHz",
        "Speed of accelerators it is given",
        Kind::Real,
    ),
    (
        "gpu_demand",
        "MHz",
        "Speed of accelerators it demands",
        Kind::Real,
    ),
    ("gpu_time_active", "ms", "Not counted", Kind::OptionalWhole),
    ("gpu_time_idle", "ms", "Not counted", Kind::OptionalWhole),
    ("gpu_time_steal", "ms", "Not counted", Kind::OptionalWhole),
    ("gpu_time_lost", "ms", "Not counted", Kind::OptionalWhole),
    (
        "uptime",
        "ms",
        "Time run since the last sample, as far as since its latest start",
        Kind::Whole,
    ),
    (
        "downtime",
        "ms",
        "Time not run since the last sample, where a failure has stopped it",
        Kind::Whole,
    ),
    (
        "num_failures",
        "1",
        "Times a failure stopped it",
        Kind::Whole,
    ),
    (
        "num_pauses",
        "1",
        "Always 0: tasks are not paused",
        Kind::Whole,
    ),
    (
        "schedule_time",
        "ms",
        "Latest start, since the first submission",
        Kind::OptionalWhole,
    ),
    (
        "submission_time",
        "ms",
        "Submission, since the first",
        Kind::Whole,
    ),
    (
        "finish_time",
        "ms",
        "End, since the first submission",
        Kind::OptionalWhole,
    ),
    ("task_state", "", "State", Kind::Text),
    (
        "scheduling_delay",
        "ms",
        "Time it has waited for a host",
        Kind::Whole,
    ),
    ("failure_delay", "ms", "Not counted", Kind::OptionalWhole),
    (
        "checkpoint_delay",
        "ms",
        "Time spent on checkpoints",
        Kind::Whole,
    ),
];

#[derive(Debug)]
pub(super) struct TaskTable<'a> {
    pub(super) rows: TableFile,
    subject: Subject<'a>,
    first_ms: i64,
}

impl<'a> TaskTable<'a> {
    pub(super) fn start(
        subject: Subject<'a>,
        folder: &RunFolder,
        path: &str,
    ) -> Result<Self, ResultsError> {
        Ok(Self {
            rows: start(folder, path, "task", &COLUMNS)?,
            subject,
            first_ms: subject.workload.tasks.first_ms(),
        })
    }

    pub(super) fn take(&mut self, at: Instant, sample: &TaskSample) -> Result<(), ResultsError> {
        let (topology, workload) = (self.subject.topology, self.subject.workload);
        let (tasks, task) = (&workload.tasks, sample.task);
        let host = sample.host.map(|host| &topology.hosts[host as usize]);
        let kind = host.map(|host| &topology.kinds[host.kind as usize]);
        let limit_hz = kind.map_or(
            tasks.capacity_hz[task],
            angara_simulation::replay::HostKind::capacity_hz,
        );
        let gpu_limit_hz: u64 =
            kind.map_or(0, |kind| kind.gpus.iter().map(|gpu| gpu.capacity_hz).sum());
        let time_ms = |work: u128| {
            if limit_hz == 0 {
                0
            } else {
                whole_ms(work as f64 / limit_hz as f64)
            }
        };
        let up_ms = up_ms(at, sample);
        let active_ms = time_ms(sample.done);
        let down_ms = if sample.failures > 0 {
            at.interval_ms - up_ms
        } else {
            0
        };
        let id = tasks.id[task].to_string();
        let name = workload.task_name(task);
        self.rows.push(&[
            Cell::Whole(at.now_ms),
            Cell::Whole(at.absolute_ms),
            Cell::Text(&id),
            Cell::Text(&name),
            host.map_or(Cell::Empty, |host| Cell::Text(&host.name)),
            Cell::count(tasks.memory_mib[task]),
            Cell::Whole(tasks.cores[task].into()),
            Cell::Real(megahertz(limit_hz)),
            Cell::Real(megahertz(sample.cpu_supply_hz)),
            Cell::Real(megahertz(sample.cpu_demand_hz)),
            Cell::Whole(active_ms),
            Cell::Whole((up_ms - active_ms).max(0)),
            Cell::Whole(time_ms(sample.lost)),
            Cell::Whole(0),
            Cell::Whole(tasks.gpu_cores[task].into()),
            Cell::Real(megahertz(gpu_limit_hz)),
            Cell::Real(megahertz(sample.gpu_supply_hz)),
            Cell::Real(megahertz(sample.gpu_demand_hz)),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Whole(up_ms),
            Cell::Whole(down_ms),
            Cell::Whole(sample.failures.into()),
            Cell::Whole(0),
            Cell::whole(sample.start_ms),
            Cell::Whole(tasks.submission_ms[task].saturating_sub(self.first_ms)),
            Cell::whole(sample.end_ms),
            Cell::Text(sample.state.name()),
            Cell::Whole(sample.wait_ms),
            Cell::Empty,
            Cell::Whole(sample.checkpoint_ms),
        ])
    }
}

/// Time a task ran since the last sample, as far as since its latest start [ms].
fn up_ms(at: Instant, sample: &TaskSample) -> i64 {
    let Some(start_ms) = sample.start_ms else {
        return 0;
    };
    let to_ms = match sample.state {
        TaskState::Running => at.now_ms,
        _ => sample.end_ms.unwrap_or(start_ms),
    };
    let from_ms = start_ms.max(at.now_ms - at.interval_ms);
    (to_ms - from_ms).max(0)
}
