//! What a trace holds, in one small value.

mod histogram;
mod profile;
mod timeline;

pub use histogram::DurationHistogram;
pub(super) use profile::Profile;
pub use timeline::Timeline;

use super::Format;
use super::model::{Clock, DemandUnit, Detail, FragmentBlock, FragmentSink, Measure, Trace};

/// What the timeline of a summary shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartQuantity {
    /// Mean demand of all tasks together [MHz].
    DemandMegahertz,
    /// Mean cores in use, or reserved where the trace has no demand over time [1].
    Cores,
    /// Mean accelerators in use [1].
    Accelerators,
    /// Tasks that arrive per hour [1/h].
    ArrivalsPerHour,
    /// Nothing: the trace has no tasks.
    Nothing,
}

/// Figures about a trace, for a reader who wants to know what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceSummary {
    /// Where it comes from.
    pub format: Format,
    /// What its times count from.
    pub clock: Clock,
    /// Tasks, jobs, pods, virtual machines or requests.
    pub tasks: u64,
    /// Machines, for a list of machines.
    pub machines: u64,
    /// Fragments or samples.
    pub fragments: u64,
    /// Dependences between tasks.
    pub dependences: u64,
    /// First submission and last end, each task counted from its submission [ms on the clock of the trace].
    pub range_ms: Option<(i64, i64)>,
    /// Cores of all tasks or machines together.
    pub cores: f64,
    /// Memory of all tasks or machines together [B].
    pub memory_bytes: u128,
    /// Accelerators of all tasks or machines together.
    pub accelerators: f64,
    /// Share of the capacity that was in use, by the rule of the format [1]; else demand over reserved capacity.
    pub utilisation: Option<f64>,
    /// What [`Self::timeline`] shows.
    pub quantity: ChartQuantity,
    /// A quantity over time.
    pub timeline: Timeline,
    /// How long the tasks run.
    pub durations: DurationHistogram,
    /// Further figures.
    pub measures: Vec<Measure>,
}

impl TraceSummary {
    /// The summary of a trace in memory.
    pub fn of(trace: &Trace) -> Self {
        let mut profile = Profile::new(trace.fragments.unit);
        let mut lengths_ms = Vec::new();
        for task in 0..trace.tasks.len() {
            let of_task = trace.fragments.of(task);
            if of_task.is_empty() {
                continue;
            }
            lengths_ms.clear();
            lengths_ms.extend(
                of_task
                    .clone()
                    .map(|fragment| trace.fragments.duration_ms(task, fragment)),
            );
            let block = FragmentBlock {
                task,
                duration_ms: &lengths_ms,
                demand: &trace.fragments.demand[of_task],
                gpu_demand: None,
            };
            profile.take(&trace.tasks, block);
        }
        Self::from_profile(trace, &profile)
    }

    /// The summary of a trace whose fragments went into a profile.
    pub(super) fn from_profile(trace: &Trace, profile: &Profile) -> Self {
        let tasks = &trace.tasks;
        let elapsed_ms = |task: usize| profile.elapsed_ms(task).or(tasks.known_duration_ms(task));
        let mut durations = DurationHistogram::default();
        let mut range_ms: Option<(i64, i64)> = None;
        for task in 0..tasks.len() {
            let start_ms = tasks.submission_ms[task];
            let duration_ms = elapsed_ms(task);
            durations.add(duration_ms);
            let end_ms = start_ms.saturating_add(duration_ms.unwrap_or(0));
            range_ms = Some(range_ms.map_or((start_ms, end_ms), |(first_ms, last_ms)| {
                (first_ms.min(start_ms), last_ms.max(end_ms))
            }));
        }
        let (quantity, timeline) = if profile.fragments() > 0 {
            let quantity = match trace.format.demand_unit() {
                DemandUnit::Megahertz => ChartQuantity::DemandMegahertz,
                DemandUnit::PercentOfReserved => ChartQuantity::Cores,
            };
            (quantity, profile.timeline().clone())
        } else {
            reserved_over_time(trace)
        };
        let machines = match &trace.detail {
            Detail::Machines(machines) => Some(machines),
            _ => None,
        };
        let milli = |column: &[u32]| column.iter().map(|milli| f64::from(*milli)).sum::<f64>();
        let total = |column: &[u64]| column.iter().map(|bytes| u128::from(*bytes)).sum();
        let gpu_milli: u64 = (0..tasks.len()).map(|task| tasks.gpu_milli(task)).sum();
        Self {
            format: trace.format,
            clock: trace.clock,
            tasks: tasks.len() as u64,
            machines: machines.map_or(0, |machines| machines.len() as u64),
            fragments: profile.fragments(),
            dependences: tasks.parents.len() as u64,
            range_ms,
            cores: milli(machines.map_or(&tasks.cpu_milli, |machines| &machines.cpu_milli))
                / 1_000.0,
            memory_bytes: total(
                machines.map_or(&tasks.memory_bytes, |machines| &machines.memory_bytes),
            ),
            accelerators: machines.map_or(gpu_milli as f64 / 1_000.0, |machines| {
                milli(&machines.gpu_count)
            }),
            utilisation: trace.utilisation.or_else(|| profile.utilisation()),
            quantity,
            timeline,
            durations,
            measures: trace.measures.clone(),
        }
    }
}

/// Without fragments: what the running tasks reserve, else how many arrive.
fn reserved_over_time(trace: &Trace) -> (ChartQuantity, Timeline) {
    let tasks = &trace.tasks;
    let mut timeline = Timeline::default();
    if tasks.is_empty() {
        return (ChartQuantity::Nothing, timeline);
    }
    let runs = (0..tasks.len()).filter_map(|task| Some((task, tasks.known_duration_ms(task)?)));
    let has_cores = tasks.cpu_milli.iter().any(|milli| *milli > 0);
    let has_accelerators = tasks.gpu_count.iter().any(|count| *count > 0);
    let known = tasks.duration_ms.iter().any(|duration_ms| *duration_ms > 0);
    let quantity = match (known, has_cores, has_accelerators) {
        (true, _, true) => ChartQuantity::Accelerators,
        (true, true, false) => ChartQuantity::Cores,
        _ => ChartQuantity::ArrivalsPerHour,
    };
    match quantity {
        ChartQuantity::ArrivalsPerHour => {
            for start_ms in &tasks.submission_ms {
                // One arrival is one unit per hour held for an hour, put at an instant.
                timeline.add_at(*start_ms, 3_600_000.0);
            }
        }
        _ => {
            for (task, duration_ms) in runs {
                let reserved_milli = match quantity {
                    ChartQuantity::Accelerators => tasks.gpu_milli(task) as f64,
                    _ => f64::from(tasks.cpu_milli[task]),
                };
                let start_ms = tasks.submission_ms[task];
                timeline.add(
                    start_ms,
                    start_ms.saturating_add(duration_ms),
                    reserved_milli / 1_000.0,
                );
            }
        }
    }
    (quantity, timeline)
}
