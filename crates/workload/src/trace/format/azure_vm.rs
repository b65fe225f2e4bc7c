//! Azure Public Dataset: table of virtual machines and CPU readings.
//!
//! # Format
//! Neither file has a header. Table: id, subscription, deployment, created [s], deleted [s], highest, mean and 95th
//! percentile CPU [%], category, cores, memory [GiB]; the second edition writes buckets such as `>24`. Readings: time
//! [s], id, lowest, highest and mean CPU [%] of five minutes, ordered by time.
//!
//! A machine that is deleted at the last instant of the table was still running: its duration is recorded, but marked
//! as censored. A reading holds until the next one of the same machine, the last for five minutes. Readings without a
//! table give machines of one core that start with their first reading; readings of machines that the table does not
//! list are left out and counted.
//!
//! # References
//! Cortez et al., Resource Central, SOSP 2017.

use std::collections::HashMap;

use super::super::input::{Source, Table, finite};
use super::super::model::{
    Clock, Detail, FragmentBlock, FragmentSink, TaskIds, TaskRow, Trace, VirtualMachines,
};
use super::super::{Format, Limits};
use super::Reading;

/// Length of a reading [s].
const READING_S: i64 = 300;
/// Latest time that is believed [s]: a century.
const TIME_S_MAX: f64 = 3.2e9;
/// Most cores and gibibytes of a machine.
const SIZE_MAX: f64 = 4_000_000.0;
/// Highest utilisation that is believed [%].
const PERCENT_MAX: f64 = 1_000.0;
/// Bytes of a gibibyte.
const GIBIBYTE: f64 = 1_073_741_824.0;
/// Columns of the table and of the readings.
const TABLE_COLUMNS: usize = 11;
const READING_COLUMNS: usize = 5;

pub(super) fn read(
    table: Option<&Source>,
    readings: &[Source],
    reading: &mut Reading<'_>,
) -> Option<Trace> {
    let clock = Clock::Relative { start_ms: None };
    let mut trace = Trace::empty(Format::AzureVm, clock);
    let mut machines = VirtualMachines::default();
    if let Some(source) = table {
        read_table(source, &mut trace, &mut machines, reading)?;
    }
    if !readings.is_empty() {
        let mut held = Held::new(&trace, table.is_some());
        for source in readings {
            held.read(source, &mut trace, reading)?;
        }
        held.finish(&mut trace, reading);
    }
    trace.detail = Detail::VirtualMachines(Box::new(machines));
    Some(trace)
}

fn read_table(
    source: &Source,
    trace: &mut Trace,
    machines: &mut VirtualMachines,
    reading: &mut Reading<'_>,
) -> Option<()> {
    let limits: Limits = *reading.limits;
    let mut full = false;
    let mut table = Table::without_header(source, &limits, &mut reading.findings)?;
    while table.next_row() {
        if trace.tasks.len() as u64 >= limits.tasks_max {
            full = true;
            break;
        }
        if table.width() != TABLE_COLUMNS {
            let width = table.width().to_string();
            table.error("columns", &width, "eleven columns");
            continue;
        }
        let created_s = table.cell(3, "created [s]", "seconds, not negative", seconds);
        let deleted_s = table.cell(4, "deleted [s]", "seconds, not negative", seconds);
        let cpu_max = table.cell(5, "highest CPU [%]", "a percentage", percent);
        let cpu_mean = table.cell(6, "mean CPU [%]", "a percentage", percent);
        let cpu_p95 = table.cell(7, "95th percentile CPU [%]", "a percentage", percent);
        let cores = table.cell(9, "cores", "a number of cores or a bucket like >24", size);
        let memory = table.cell(10, "memory [GiB]", "gibibytes or a bucket like >64", size);
        let (Some(created_s), Some(deleted_s), Some(cores), Some(memory_gib)) =
            (created_s, deleted_s, cores, memory)
        else {
            continue;
        };
        let (Some(cpu_max), Some(cpu_mean), Some(cpu_p95)) = (cpu_max, cpu_mean, cpu_p95) else {
            continue;
        };
        if deleted_s < created_s {
            let found = deleted_s.to_string();
            table.error("deleted [s]", &found, "not before the creation");
            continue;
        }
        let row = TaskRow {
            submission_ms: created_s * 1_000,
            duration_ms: (deleted_s - created_s) * 1_000,
            cpu_milli: (cores * 1_000.0).round() as u32,
            memory_bytes: (memory_gib * GIBIBYTE).round() as u64,
            ..TaskRow::default()
        };
        trace.tasks.push_named(table.text(0), row);
        machines.subscription.push(table.text(1));
        machines.deployment.push(table.text(2));
        machines.category.push(table.text(8));
        machines.cpu_max_percent.push(cpu_max);
        machines.cpu_mean_percent.push(cpu_mean);
        machines.cpu_p95_percent.push(cpu_p95);
    }
    if full {
        reading.has_room(source.name(), trace.tasks.len());
    }
    mark_censored(trace, machines);
    Some(())
}

/// Marks the machines that the last instant of the table cuts off, and adds the figures of the table.
fn mark_censored(trace: &mut Trace, machines: &mut VirtualMachines) {
    let tasks = &trace.tasks;
    let ends_ms: Vec<i64> = tasks
        .submission_ms
        .iter()
        .zip(&tasks.duration_ms)
        .map(|(start_ms, duration_ms)| start_ms + duration_ms)
        .collect();
    let last_ms = ends_ms.iter().copied().max();
    machines.censored = ends_ms
        .iter()
        .map(|end_ms| Some(*end_ms) == last_ms)
        .collect();
    let hours = |task: usize| tasks.duration_ms[task] as f64 / 3.6e6;
    let machine_hours: f64 = (0..tasks.len()).map(hours).sum();
    let core_hours: f64 = (0..tasks.len())
        .map(|task| hours(task) * f64::from(tasks.cpu_milli[task]) / 1_000.0)
        .sum();
    let used_hours: f64 = (0..tasks.len())
        .map(|task| {
            hours(task) * f64::from(tasks.cpu_milli[task]) / 1_000.0
                * machines.cpu_mean_percent[task]
                / 100.0
        })
        .sum();
    let censored = machines
        .censored
        .iter()
        .filter(|censored| **censored)
        .count();
    trace.utilisation = (core_hours > 0.0).then_some(used_hours / core_hours);
    trace.add_measure("machine-hours", "h", machine_hours);
    trace.add_measure("core-hours", "h", core_hours);
    trace.add_measure("censored lifetimes", "1", censored as f64);
}

/// The last reading of each machine, which holds until its next one is known.
struct Held {
    row_of: HashMap<String, u32>,
    /// Time [s] and mean CPU [%].
    last: Vec<Option<(i64, f64)>>,
    has_table: bool,
    strangers: u64,
    readings: u64,
    late: u64,
}

impl Held {
    fn new(trace: &Trace, has_table: bool) -> Self {
        let mut row_of = HashMap::new();
        if let TaskIds::Texts(ids) = &trace.tasks.id {
            for (row, id) in ids.iter().enumerate() {
                row_of.entry(id.to_owned()).or_insert(row as u32);
            }
        }
        Self {
            row_of,
            last: vec![None; trace.tasks.len()],
            has_table,
            strangers: 0,
            readings: 0,
            late: 0,
        }
    }

    fn read(
        &mut self,
        source: &Source,
        trace: &mut Trace,
        reading: &mut Reading<'_>,
    ) -> Option<()> {
        let limits: Limits = *reading.limits;
        let sink = &mut *reading.sink;
        let mut table = Table::without_header(source, &limits, &mut reading.findings)?;
        while table.next_row() {
            if table.width() != READING_COLUMNS {
                let width = table.width().to_string();
                table.error("columns", &width, "five columns");
                continue;
            }
            let at_s = table.cell(0, "time [s]", "seconds, not negative", seconds);
            let low = table.cell(2, "lowest CPU [%]", "a percentage", percent);
            let high = table.cell(3, "highest CPU [%]", "a percentage", percent);
            let mean = table.cell(4, "mean CPU [%]", "a percentage", percent);
            let (Some(at_s), Some(_), Some(_), Some(mean)) = (at_s, low, high, mean) else {
                continue;
            };
            self.readings += 1;
            if self.readings > limits.fragments_max || self.last.len() as u64 > limits.tasks_max {
                table.error("rows", "", "a trace within the limits");
                return None;
            }
            let Some(task) = self.task(table.text(1), at_s, trace) else {
                self.strangers += 1;
                continue;
            };
            match self.last[task] {
                Some((since_s, _)) if at_s <= since_s => self.late += 1,
                last => {
                    self.last[task] = Some((at_s, mean));
                    if let Some((since_s, demand)) = last {
                        emit(trace, sink, task, at_s - since_s, demand);
                    }
                }
            }
        }
        Some(())
    }

    /// Row of a machine; without a table a new machine gets a new row.
    fn task(&mut self, id: &str, at_s: i64, trace: &mut Trace) -> Option<usize> {
        if let Some(row) = self.row_of.get(id) {
            return Some(*row as usize);
        }
        if self.has_table {
            return None;
        }
        let row = TaskRow {
            submission_ms: at_s * 1_000,
            cpu_milli: 1_000,
            ..TaskRow::default()
        };
        let task = trace.tasks.len();
        trace.tasks.push_named(id, row);
        self.row_of.insert(id.to_owned(), u32::try_from(task).ok()?);
        self.last.push(None);
        Some(task)
    }

    /// Lets the last readings hold for their five minutes, and reports what was left out.
    fn finish(self, trace: &mut Trace, reading: &mut Reading<'_>) {
        for (task, last) in self.last.iter().enumerate() {
            if let Some((at_s, demand)) = *last {
                emit(trace, reading.sink, task, READING_S, demand);
                if !self.has_table {
                    let until_ms = (at_s + READING_S) * 1_000;
                    trace.tasks.duration_ms[task] = until_ms - trace.tasks.submission_ms[task];
                }
            }
        }
        trace.add_measure("readings", "1", self.readings as f64);
        let notes = [
            (
                self.strangers,
                "readings of machines the table does not list; left out",
            ),
            (
                self.late,
                "readings not later than the one before of the same machine; left out",
            ),
        ];
        for (count, what) in notes {
            if count > 0 {
                reading
                    .findings
                    .note("readings", None, "rows", &count.to_string(), what);
            }
        }
    }
}

fn emit(trace: &Trace, sink: &mut dyn FragmentSink, task: usize, length_s: i64, demand: f64) {
    let block = FragmentBlock {
        task,
        duration_ms: &[length_s * 1_000],
        demand: &[demand],
        gpu_demand: None,
    };
    sink.take(&trace.tasks, block);
}

fn seconds(text: &str) -> Option<i64> {
    let seconds = finite(text).filter(|seconds| (0.0..=TIME_S_MAX).contains(seconds))?;
    (seconds.fract() == 0.0).then_some(seconds as i64)
}

fn percent(text: &str) -> Option<f64> {
    finite(text).filter(|percent| (0.0..=PERCENT_MAX).contains(percent))
}

/// A size, or the lower end of a bucket.
fn size(text: &str) -> Option<f64> {
    finite(text.trim_start_matches('>')).filter(|size| (0.0..=SIZE_MAX).contains(size))
}
