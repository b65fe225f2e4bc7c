//! Fragments as columns: per task one contiguous slice of (end, demand).

use std::ops::Range;

use super::TraceTasks;

/// Tasks that a file cuts are copied to the end as long as they are no larger a part of it than one in so many.
const CUT_SHARE_MAX: usize = 8;
/// Room for copies of tasks that a file cuts, as a part of the file.
const COPY_SHARE: usize = 64;

/// What the demand of a fragment is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DemandUnit {
    /// Clock cycles per second over all cores of the task [MHz].
    Megahertz,
    /// Share of the cores the task reserves [%].
    #[default]
    PercentOfReserved,
}

/// Consecutive fragments of one task.
#[derive(Debug, Clone, Copy)]
pub struct FragmentBlock<'a> {
    /// Row of the task.
    pub task: usize,
    /// Length of each fragment [ms], never negative.
    pub duration_ms: &'a [i64],
    /// Demand during each, in the unit of the trace, never negative.
    pub demand: &'a [f64],
    /// Demand on accelerators during each [MHz], for traces that record it.
    pub gpu_demand: Option<&'a [f64]>,
}

/// Takes the fragments of a trace as the reader meets them. All fragments of a task arrive in the order they are
/// played; those of other tasks may come between.
pub trait FragmentSink {
    /// How many fragments the file says are coming; a hint for making room.
    fn expect(&mut self, fragments: usize);

    /// Takes over one block. `tasks` holds all tasks read so far, that of the block included.
    fn take(&mut self, tasks: &TraceTasks, block: FragmentBlock<'_>);
}

/// Demand over time of all tasks. Rows are reached through [`Self::of`]: the columns may hold rows that belong to no
/// task.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceFragments {
    /// Unit of [`Self::demand`].
    pub unit: DemandUnit,
    /// End of each fragment [ms since the start of its task]; it begins where the one before it ends.
    pub end_ms: Vec<i64>,
    /// Demand during each, as recorded.
    pub demand: Vec<f64>,
    /// Demand on accelerators during each [MHz]; empty for traces that do not record it.
    pub gpu_demand: Vec<f64>,
    ranges: Vec<(usize, usize)>,
    /// Rows that belong to a task; the columns may hold others.
    count: usize,
}

impl TraceFragments {
    pub(crate) fn empty(unit: DemandUnit) -> Self {
        Self {
            unit,
            end_ms: Vec::new(),
            demand: Vec::new(),
            gpu_demand: Vec::new(),
            ranges: Vec::new(),
            count: 0,
        }
    }

    /// Puts copies of the runs of some tasks at the end and lets these tasks lie there.
    fn append_copies(&mut self, copies: &Self, runs: &[(usize, Range<usize>)]) {
        let from = self.end_ms.len();
        self.end_ms.extend_from_slice(&copies.end_ms);
        self.demand.extend_from_slice(&copies.demand);
        self.gpu_demand.extend_from_slice(&copies.gpu_demand);
        for (task, _) in runs {
            let (first, last) = copies.ranges[*task];
            self.ranges[*task] = (from + first, from + last);
        }
    }

    /// Number of fragments.
    pub fn len(&self) -> usize {
        self.count
    }

    /// True where the trace has no fragments.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Rows of the fragments of a task, in the order they are played.
    pub fn of(&self, task: usize) -> Range<usize> {
        let (from, to) = self.ranges.get(task).copied().unwrap_or_default();
        from..to
    }

    /// End of the last fragment of a task [ms since its start].
    pub fn end_ms(&self, task: usize) -> Option<i64> {
        self.of(task).last().map(|fragment| self.end_ms[fragment])
    }

    /// Length of a fragment of a task [ms].
    pub fn duration_ms(&self, task: usize, fragment: usize) -> i64 {
        if fragment == self.of(task).start {
            self.end_ms[fragment]
        } else {
            self.end_ms[fragment] - self.end_ms[fragment - 1]
        }
    }

    /// Demand of a fragment [milli-cores], rounded to the nearest.
    ///
    /// A demand in MHz is divided by the speed of one core of the task; where the trace does not tell it, by
    /// `core_mhz`. Demand beyond the reserved cores is kept.
    pub fn milli_cores(
        &self,
        tasks: &TraceTasks,
        task: usize,
        fragment: usize,
        core_mhz: f64,
    ) -> u32 {
        let reserved_milli = f64::from(tasks.cpu_milli[task]);
        let demand = self.demand[fragment];
        let milli = match self.unit {
            DemandUnit::PercentOfReserved => demand / 100.0 * reserved_milli,
            DemandUnit::Megahertz => {
                let capacity_mhz = tasks.cpu_capacity_mhz[task];
                if capacity_mhz > 0.0 && reserved_milli > 0.0 {
                    demand / capacity_mhz * reserved_milli
                } else {
                    demand / core_mhz * 1_000.0
                }
            }
        };
        // A float that does not fit saturates; not-a-number becomes zero.
        milli.round() as u32
    }
}

/// Keeps all fragments of a trace.
pub(crate) struct Collector {
    kept: TraceFragments,
    /// Task and end of each run of fragments that lie together.
    runs: Vec<(usize, usize)>,
    /// End of the last fragment of each task so far [ms].
    elapsed_ms: Vec<i64>,
}

impl Collector {
    pub(crate) fn new() -> Self {
        Self {
            kept: TraceFragments::empty(DemandUnit::Megahertz),
            runs: Vec::new(),
            elapsed_ms: Vec::new(),
        }
    }

    /// The fragments, those of each task together.
    ///
    /// Most files keep a task together. Of the few that they cut, copies are put at the end, so that neither time
    /// nor memory is spent on the rest; where the file mixes its tasks, everything is put in order.
    pub(crate) fn finish(self, unit: DemandUnit) -> TraceFragments {
        let mut fragments = self.kept;
        fragments.unit = unit;
        fragments.count = fragments.end_ms.len();
        let tasks = self.elapsed_ms.len();
        let runs = ranges_of_runs(&self.runs);
        let mut runs_of = vec![0_u32; tasks];
        for (task, _) in &runs {
            runs_of[*task] = runs_of[*task].saturating_add(1);
        }
        let is_cut = |task: usize| runs_of[task] > 1;
        let cut: Vec<_> = runs
            .iter()
            .filter(|(task, _)| is_cut(*task))
            .cloned()
            .collect();
        let cut_rows: usize = cut.iter().map(|(_, rows)| rows.len()).sum();
        if cut_rows > fragments.count / CUT_SHARE_MAX {
            return gathered(&fragments, &runs, tasks);
        }
        fragments.ranges = vec![(0, 0); tasks];
        for (task, rows) in runs.iter().filter(|(task, _)| !is_cut(*task)) {
            fragments.ranges[*task] = (rows.start, rows.end);
        }
        if !cut.is_empty() {
            fragments.append_copies(&gathered(&fragments, &cut, tasks), &cut);
        }
        fragments
    }
}

/// Task and rows of each run.
fn ranges_of_runs(runs: &[(usize, usize)]) -> Vec<(usize, Range<usize>)> {
    let mut from = 0;
    runs.iter()
        .map(|(task, to)| {
            let rows = from..*to;
            from = *to;
            (*task, rows)
        })
        .collect()
}

/// A copy of some runs in which those of each task lie together, in their order.
fn gathered(
    scattered: &TraceFragments,
    runs: &[(usize, Range<usize>)],
    tasks: usize,
) -> TraceFragments {
    let mut ranges = vec![(0, 0); tasks];
    for (task, rows) in runs {
        ranges[*task].1 += rows.len();
    }
    let mut place = 0;
    for range in &mut ranges {
        let length = range.1;
        *range = (place, place);
        place += length;
    }
    let has_gpu = !scattered.gpu_demand.is_empty();
    let mut gathered = TraceFragments {
        end_ms: vec![0; place],
        demand: vec![0.0; place],
        gpu_demand: vec![0.0; if has_gpu { place } else { 0 }],
        count: place,
        ..TraceFragments::empty(scattered.unit)
    };
    for (task, rows) in runs {
        let target = ranges[*task].1..ranges[*task].1 + rows.len();
        ranges[*task].1 = target.end;
        gathered.end_ms[target.clone()].copy_from_slice(&scattered.end_ms[rows.clone()]);
        gathered.demand[target.clone()].copy_from_slice(&scattered.demand[rows.clone()]);
        if has_gpu {
            gathered.gpu_demand[target].copy_from_slice(&scattered.gpu_demand[rows.clone()]);
        }
    }
    gathered.ranges = ranges;
    gathered
}

impl FragmentSink for Collector {
    fn expect(&mut self, fragments: usize) {
        // Room is a convenience: where there is none, the columns grow as the rows come.
        let room = fragments + fragments / COPY_SHARE;
        let _ = self.kept.end_ms.try_reserve_exact(room);
        let _ = self.kept.demand.try_reserve_exact(room);
    }

    fn take(&mut self, tasks: &TraceTasks, block: FragmentBlock<'_>) {
        if self.elapsed_ms.len() < tasks.len() {
            self.elapsed_ms.resize(tasks.len(), 0);
        }
        let elapsed_ms = &mut self.elapsed_ms[block.task];
        self.kept
            .end_ms
            .extend(block.duration_ms.iter().map(|duration_ms| {
                *elapsed_ms = elapsed_ms.saturating_add(*duration_ms);
                *elapsed_ms
            }));
        self.kept.demand.extend_from_slice(block.demand);
        if let Some(gpu_demand) = block.gpu_demand {
            self.kept.gpu_demand.extend_from_slice(gpu_demand);
        }
        let end = self.kept.end_ms.len();
        match self.runs.last_mut() {
            Some((task, to)) if *task == block.task => *to = end,
            _ => self.runs.push((block.task, end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TaskRow;
    use super::*;

    fn collected(blocks: &[(usize, &[i64], &[f64])]) -> TraceFragments {
        let mut tasks = TraceTasks::default();
        for id in 0..3 {
            tasks.push_numbered(id, TaskRow::default());
        }
        let mut collector = Collector::new();
        for (task, duration_ms, demand) in blocks {
            collector.take(
                &tasks,
                FragmentBlock {
                    task: *task,
                    duration_ms,
                    demand,
                    gpu_demand: None,
                },
            );
        }
        collector.finish(DemandUnit::Megahertz)
    }

    /// Length and demand of the fragments of each task.
    fn played(fragments: &TraceFragments) -> Vec<Vec<(i64, f64)>> {
        (0..3)
            .map(|task| {
                fragments
                    .of(task)
                    .map(|row| (fragments.duration_ms(task, row), fragments.demand[row]))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn interleaved_tasks_are_gathered_and_give_the_same_as_tasks_one_after_the_other() {
        let together = collected(&[(2, &[5, 7], &[1.0, 2.0]), (0, &[3], &[4.0])]);
        assert_eq!(together.of(2), 0..2);
        assert_eq!(together.of(1), 0..0);
        assert_eq!(together.end_ms(2), Some(12));
        assert_eq!(together.end_ms(1), None);
        let mixed = collected(&[(2, &[5], &[1.0]), (0, &[3], &[4.0]), (2, &[7], &[2.0])]);
        assert_eq!(played(&together), played(&mixed));
        assert_eq!(mixed.end_ms.len(), 3);
    }

    #[test]
    fn a_task_cut_in_a_long_file_is_played_whole_and_counted_once() {
        let long = vec![1; 100];
        let demand = vec![9.0; 100];
        let cut = collected(&[(2, &[5], &[1.0]), (0, &long, &demand), (2, &[7], &[2.0])]);
        let whole = collected(&[(2, &[5, 7], &[1.0, 2.0]), (0, &long, &demand)]);
        assert_eq!(played(&cut), played(&whole));
        assert_eq!((cut.len(), whole.len()), (102, 102));
    }

    #[test]
    fn milli_cores_follow_the_speed_of_the_tasks_own_cores() {
        let mut tasks = TraceTasks::default();
        for cpu_capacity_mhz in [8_000.0, 0.0] {
            tasks.push_numbered(
                0,
                TaskRow {
                    cpu_milli: 4_000,
                    cpu_capacity_mhz,
                    ..TaskRow::default()
                },
            );
        }
        let mut fragments = collected(&[(0, &[1], &[1_000.0])]);
        assert_eq!(fragments.milli_cores(&tasks, 0, 0, 2_500.0), 500);
        assert_eq!(fragments.milli_cores(&tasks, 1, 0, 2_500.0), 400);
        assert_eq!(fragments.milli_cores(&tasks, 1, 0, 0.0), u32::MAX);
        fragments.unit = DemandUnit::PercentOfReserved;
        fragments.demand[0] = 25.0;
        assert_eq!(fragments.milli_cores(&tasks, 1, 0, 2_500.0), 1_000);
    }
}
