//! Any readable trace in the current schema of `OpenDC`.
//!
//! # What it computes
//! Fragments go through as they are read: demand in MHz as recorded, demand in percent times the speed of all cores of
//! the task. A task without fragments gets one of what it reserves for as long as it ran; in an `OpenDC` trace that
//! has fragments it demands nothing, as its reader says. Tasks that have neither fragments nor a known duration are
//! left out and counted.
//!
//! # Assumptions
//! [`ConvertOptions`]: the speed of a core and of an accelerator, and when a trace with a clock of its own starts.
//! Parts of cores and accelerators are rounded up to whole ones in the counts and kept in the speeds; memory is
//! rounded up to kilobytes.
//!
//! # Valid range
//! Submissions within ten thousand years of 1970, at most 2^31 tasks. Memory is bounded by the tasks.

use std::path::{Path, PathBuf};

use parquet::data_type::ByteArray;

use super::ids::Ids;
use super::tasks::NO_DEADLINE;
use super::{
    ConvertOptions, FRAGMENTS_FILE, FragmentTable, GROUP_ROWS, NewFolder, TASKS_FILE, TaskRows,
    TaskTable, WriteError,
};
use crate::trace::model::{Clock, DemandUnit, FragmentBlock, FragmentSink, Trace, TraceTasks};
use crate::trace::open;
use crate::trace::{Findings, Format, Limits};

/// Latest submission and deadline that readers believe [ms]: ten thousand years.
const TIME_MS_MAX: i64 = 320_000_000_000_000;
/// Bytes of the format's KB.
const KILOBYTE: u64 = 1_000;

/// What a conversion did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// Where the trace comes from.
    pub format: Format,
    /// Tasks written.
    pub tasks: u64,
    /// Fragments written.
    pub fragments: u64,
    /// Tasks that got one fragment of what they reserve.
    pub reserved: u64,
    /// Tasks left out because the trace does not tell how long they ran.
    pub left_out: u64,
    /// Tasks whose cores were rounded up to whole ones.
    pub rounded: u64,
    /// Whether the tasks keep their numbers; else they are numbered and the column `name` tells their identity.
    pub ids_kept: bool,
    /// What times of a trace with its own clock count from now [ms since 1970].
    pub start_ms: Option<i64>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads a trace and writes it as `tasks.parquet` and `fragments.parquet` into a new folder.
///
/// # Errors
/// A trace that cannot be read or has nothing to play, options that do not fit, a folder that is not empty, a full disk.
pub fn convert<P: AsRef<Path>>(
    paths: &[P],
    out: &Path,
    options: &ConvertOptions,
    limits: &Limits,
) -> Result<Converted, WriteError> {
    if let Some(fault) = options.fault() {
        return Err(WriteError::Unsuited(fault));
    }
    let folder = NewFolder::create(out)?;
    let (files, findings) = open::files(paths, limits);
    let format = files.first().map(|(kind, _)| kind.format());
    let mut fragments = Fragments {
        path: folder.path(FRAGMENTS_FILE),
        unit: format.map(Format::demand_unit).unwrap_or_default(),
        // Only there all tasks are known before the first fragment.
        tasks_first: format == Some(Format::OpenDc),
        options: *options,
        ids: None,
        table: None,
        elapsed_ms: Vec::new(),
        fault: None,
    };
    let (trace, findings) =
        open::read_into(files, limits, &mut fragments, findings).map_err(WriteError::Unreadable)?;
    let converted = finish(&folder, fragments, &trace, findings)?;
    folder.commit()?;
    Ok(converted)
}

/// Writes fragments as they come.
struct Fragments {
    path: PathBuf,
    unit: DemandUnit,
    tasks_first: bool,
    options: ConvertOptions,
    ids: Option<Ids>,
    table: Option<FragmentTable>,
    /// End of the last fragment of each task so far [ms]; `None` before its first.
    elapsed_ms: Vec<Option<i64>>,
    fault: Option<WriteError>,
}

impl FragmentSink for Fragments {
    fn expect(&mut self, _fragments: usize) {}

    fn take(&mut self, tasks: &TraceTasks, block: FragmentBlock<'_>) {
        // The reader cannot be stopped; what follows a fault is dropped.
        if self.fault.is_none()
            && let Err(fault) = self.write(tasks, block)
        {
            self.fault = Some(fault);
        }
    }
}

impl Fragments {
    fn write(&mut self, tasks: &TraceTasks, block: FragmentBlock<'_>) -> Result<(), WriteError> {
        if self.elapsed_ms.len() < tasks.len() {
            self.elapsed_ms.resize(tasks.len(), None);
        }
        let tasks_first = self.tasks_first;
        let ids = *self.ids.get_or_insert_with(|| {
            if tasks_first {
                Ids::of(tasks)
            } else {
                Ids::Rows
            }
        });
        if self.table.is_none() {
            self.table = Some(FragmentTable::create(
                &self.path,
                block.gpu_demand.is_some(),
            )?);
        }
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        let scale = match self.unit {
            DemandUnit::Megahertz => 1.0,
            DemandUnit::PercentOfReserved => self.options.cpu_mhz(tasks, block.task) / 100.0,
        };
        let id = ids.number(tasks, block.task);
        let elapsed_ms = self.elapsed_ms[block.task].get_or_insert(0);
        for (place, (duration_ms, demand)) in block.duration_ms.iter().zip(block.demand).enumerate()
        {
            let gpu_mhz = block.gpu_demand.map_or(0.0, |demand| demand[place]);
            *elapsed_ms = elapsed_ms.saturating_add(*duration_ms);
            table.push(id, *duration_ms, demand * scale, gpu_mhz)?;
        }
        Ok(())
    }

    fn elapsed_ms(&self, task: usize) -> Option<i64> {
        self.elapsed_ms.get(task).copied().flatten()
    }
}

impl ConvertOptions {
    /// Speed of all cores of a task together [MHz].
    fn cpu_mhz(&self, tasks: &TraceTasks, task: usize) -> f64 {
        let told_mhz = tasks.cpu_capacity_mhz[task];
        if told_mhz > 0.0 {
            told_mhz
        } else {
            f64::from(tasks.cpu_milli[task]) / 1_000.0 * self.core_mhz
        }
    }

    /// Speed of all accelerators of a task together [MHz].
    fn gpu_mhz(&self, tasks: &TraceTasks, task: usize) -> f64 {
        let told_mhz = tasks.gpu_capacity_mhz[task];
        if told_mhz > 0.0 {
            told_mhz
        } else {
            tasks.gpu_milli(task) as f64 / 1_000.0 * self.gpu_mhz
        }
    }
}

/// Writes the fragments of tasks that have none, and the tasks.
fn finish(
    folder: &NewFolder,
    mut fragments: Fragments,
    trace: &Trace,
    findings: Findings,
) -> Result<Converted, WriteError> {
    if let Some(fault) = fragments.fault.take() {
        return Err(fault);
    }
    let tasks = &trace.tasks;
    let options = fragments.options;
    let start_ms = match (trace.clock, options.start_ms) {
        (Clock::Epoch, None) => None,
        (Clock::Epoch, Some(_)) => {
            return Err(WriteError::Unsuited(
                "the trace has dates of its own; a start is for traces whose times count from their own start"
                    .to_owned(),
            ));
        }
        (Clock::Relative { start_ms }, asked_ms) => Some(asked_ms.or(start_ms).unwrap_or(0)),
    };
    let ids = *fragments.ids.get_or_insert_with(|| Ids::of(tasks));
    let has_fragments = fragments.table.is_some();
    let has_gpu = tasks.gpu_count.iter().any(|count| *count > 0);
    let mut table = match fragments.table.take() {
        Some(table) => table,
        None => FragmentTable::create(&fragments.path, has_gpu)?,
    };
    let is_idle = has_fragments && trace.format == Format::OpenDc;
    let mut kept: Vec<Option<i64>> = Vec::with_capacity(tasks.len());
    let mut reserved = 0;
    for task in 0..tasks.len() {
        let elapsed_ms = fragments.elapsed_ms(task);
        let known_ms = tasks.known_duration_ms(task);
        if let (None, Some(duration_ms)) = (elapsed_ms, known_ms) {
            let (cpu_mhz, gpu_mhz) = if is_idle {
                (0.0, 0.0)
            } else {
                reserved += 1;
                (options.cpu_mhz(tasks, task), options.gpu_mhz(tasks, task))
            };
            table.push(ids.number(tasks, task), duration_ms, cpu_mhz, gpu_mhz)?;
        }
        kept.push(known_ms.or(elapsed_ms));
    }
    let written = kept.iter().flatten().count();
    if written == 0 {
        return Err(WriteError::Unsuited(match tasks.len() {
            0 => "the trace has no tasks".to_owned(),
            count => format!("the trace does not tell how long any of its {count} tasks ran"),
        }));
    }
    write_tasks(folder, trace, &kept, ids, start_ms.unwrap_or(0), &options)?;
    let is_rounded =
        |task: &usize| kept[*task].is_some() && !tasks.cpu_milli[*task].is_multiple_of(1_000);
    Ok(Converted {
        format: trace.format,
        tasks: written as u64,
        fragments: table.finish()?,
        reserved,
        left_out: (tasks.len() - written) as u64,
        rounded: (0..tasks.len()).filter(is_rounded).count() as u64,
        ids_kept: ids == Ids::Own,
        start_ms,
        findings,
    })
}

/// Writes the tasks whose duration [ms] is kept.
fn write_tasks(
    folder: &NewFolder,
    trace: &Trace,
    kept: &[Option<i64>],
    ids: Ids,
    shift_ms: i64,
    options: &ConvertOptions,
) -> Result<(), WriteError> {
    let tasks = &trace.tasks;
    let children = Children::new(tasks);
    let has_gpu = tasks.gpu_count.iter().any(|count| *count > 0);
    let has_parents = !tasks.parents.is_empty();
    let has_deferrable = tasks.deferrable.contains(&true);
    let has_deadline = tasks.deadline_ms.iter().any(Option::is_some);
    let number = |row: usize| ids.number(tasks, row);
    let mut table = None;
    let mut next = 0;
    while next < tasks.len() {
        let mut rows = TaskRows::default();
        while next < tasks.len() && rows.id.len() < GROUP_ROWS {
            let task = next;
            next += 1;
            let Some(duration_ms) = kept[task] else {
                continue;
            };
            let instant = |at_ms: i64| on_the_clock(at_ms, shift_ms, tasks, task);
            rows.id.push(number(task));
            rows.submission_ms.push(instant(tasks.submission_ms[task])?);
            rows.duration_ms.push(duration_ms);
            rows.cpu_count
                .push(tasks.cpu_milli[task].div_ceil(1_000) as i32);
            rows.cpu_capacity_mhz.push(options.cpu_mhz(tasks, task));
            rows.memory_kb
                .push(tasks.memory_bytes[task].div_ceil(KILOBYTE) as i64);
            if ids == Ids::Rows {
                rows.name.push(ByteArray::from(&*tasks.id.text(task)));
            }
            if has_gpu {
                let count = i32::try_from(tasks.gpu_count[task]).unwrap_or(i32::MAX);
                rows.gpu_count.push(count);
                rows.gpu_capacity_mhz.push(options.gpu_mhz(tasks, task));
            }
            if has_parents {
                let parents = tasks.parents.of(task).iter().map(|row| *row as usize);
                let is_kept = |row: &usize| kept[*row].is_some();
                rows.parents.0.extend(parents.filter(is_kept).map(number));
                rows.parents.1.push(rows.parents.0.len());
                let waiting = children.of(task).iter().copied();
                rows.children.0.extend(waiting.filter(is_kept).map(number));
                rows.children.1.push(rows.children.0.len());
            }
            if has_deferrable {
                rows.deferrable.push(tasks.deferrable[task]);
            }
            if has_deadline {
                rows.deadline_ms.push(match tasks.deadline_ms[task] {
                    Some(deadline_ms) => instant(deadline_ms)?,
                    None => NO_DEADLINE,
                });
            }
        }
        let open = match table.take() {
            Some(open) => open,
            None => TaskTable::create(&folder.path(TASKS_FILE), &rows)?,
        };
        table.insert(open).write(&rows)?;
    }
    table.map_or(Ok(()), TaskTable::finish)
}

/// An instant of the trace as milliseconds since 1970.
fn on_the_clock(
    at_ms: i64,
    shift_ms: i64,
    tasks: &TraceTasks,
    task: usize,
) -> Result<i64, WriteError> {
    at_ms
        .checked_add(shift_ms)
        .filter(|epoch_ms| (-TIME_MS_MAX..=TIME_MS_MAX).contains(epoch_ms))
        .ok_or_else(|| {
            WriteError::Unsuited(format!(
                "task {} has a time of {at_ms} ms, beyond ten thousand years",
                tasks.id.text(task)
            ))
        })
}

/// Which tasks wait for each task.
struct Children {
    ends: Vec<usize>,
    rows: Vec<usize>,
}

impl Children {
    fn new(tasks: &TraceTasks) -> Self {
        let mut ends = vec![0; tasks.len()];
        if tasks.parents.is_empty() {
            return Self {
                ends,
                rows: Vec::new(),
            };
        }
        let edges = |child: usize| tasks.parents.of(child).iter().map(|row| *row as usize);
        for parent in (0..tasks.len()).flat_map(edges) {
            ends[parent] += 1;
        }
        let mut next = vec![0; tasks.len()];
        let mut total = 0;
        for (end, first) in ends.iter_mut().zip(&mut next) {
            *first = total;
            total += *end;
            *end = total;
        }
        let mut rows = vec![0; total];
        for child in 0..tasks.len() {
            for parent in edges(child) {
                rows[next[parent]] = child;
                next[parent] += 1;
            }
        }
        Self { ends, rows }
    }

    fn of(&self, task: usize) -> &[usize] {
        let from = if task == 0 { 0 } else { self.ends[task - 1] };
        &self.rows[from..self.ends[task]]
    }
}
