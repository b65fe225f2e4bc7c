//! Row groups of a table of fragments, read in any order and by several threads: for traces larger than memory.

use std::ops::Range;
use std::path::Path;

use parquet::errors::ParquetError;

use super::column::{Cells, Column};
use super::fragments::Leaves;
use super::row_of::RowOf;
use super::schema::Schema;
use super::{Pages, Parquet, guarded, guarded_with};
use crate::trace::Findings;
use crate::trace::input::Source;
use crate::trace::model::TraceTasks;

/// A table of fragments whose row groups are read one by one.
pub struct FragmentGroups {
    source: Source,
    leaves: Leaves,
    rows: Vec<u64>,
    row_of: RowOf,
}

impl std::fmt::Debug for FragmentGroups {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("FragmentGroups")
            .field("source", &self.source.name())
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

/// What a row group says about the length of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunPart {
    /// Row of the task.
    pub task: u32,
    /// Fragments of it in the group.
    pub fragments: u32,
    /// Length of these together [ms].
    pub run_ms: i64,
}

impl FragmentGroups {
    /// Opens a table of fragments of some tasks.
    ///
    /// # Errors
    /// A file that is no such table.
    pub fn open(path: &Path, tasks: &TraceTasks) -> Result<Self, Findings> {
        let source = Source::from_path(path);
        let mut findings = Findings::default();
        let opened = guarded(&source, &mut findings, |file, findings| {
            let mut schema = Schema::of(file);
            let leaves = Leaves::of(&mut schema, source.name(), findings);
            let groups = 0..file.metadata().num_row_groups();
            let rows: Vec<u64> = groups
                .map(|group| {
                    u64::try_from(file.metadata().row_group(group).num_rows()).unwrap_or(0)
                })
                .collect();
            Ok(leaves.map(|leaves| (leaves, rows)))
        });
        match opened.flatten() {
            Some((leaves, rows)) if !findings.has_errors() => Ok(Self {
                source,
                leaves,
                rows,
                row_of: RowOf::new(&tasks.id),
            }),
            _ => Err(findings),
        }
    }

    /// Number of row groups.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where the table has no row group.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the table has a column of demand on accelerators.
    pub fn has_accelerators(&self) -> bool {
        self.leaves.gpu_demand.is_some()
    }

    /// Rows of the whole table.
    pub fn rows(&self) -> u64 {
        self.rows.iter().sum()
    }

    /// Lengths of the tasks of a row group, in the order of its runs; a task that the group cuts stands several times.
    ///
    /// # Errors
    /// A row group that cannot be read, or has an id of no task or a negative length.
    pub fn runs(&self, group: usize) -> Result<Vec<RunPart>, Findings> {
        let mut parts: Vec<RunPart> = Vec::new();
        self.read(group, |file| {
            let mut id = Column::open(file, group, &self.leaves.id)?;
            let mut duration = Column::open(file, group, &self.leaves.duration)?;
            loop {
                let rows = id.next_chunk()?;
                if duration.next_chunk()? != rows {
                    return Err(general("the columns of a row group differ in length"));
                }
                if rows == 0 {
                    return Ok(());
                }
                let durations = lengths(&duration)?;
                self.for_runs(&id, rows, |task, range| {
                    let mut part = RunPart {
                        task,
                        fragments: range.len() as u32,
                        run_ms: 0,
                    };
                    part.run_ms = total(&durations[range]);
                    match parts.last_mut() {
                        Some(last) if last.task == task => {
                            last.fragments = last.fragments.saturating_add(part.fragments);
                            last.run_ms = last.run_ms.saturating_add(part.run_ms);
                        }
                        _ => parts.push(part),
                    }
                })?;
            }
        })?;
        Ok(parts)
    }

    /// Hands on the runs of a row group in their order: the row of the task, lengths [ms] and demands [MHz].
    ///
    /// # Errors
    /// A row group that cannot be read, or holds what is no fragment; `take` has then seen a part.
    pub fn fragments(
        &self,
        group: usize,
        mut take: impl FnMut(u32, &[i64], &[f64]),
    ) -> Result<(), Findings> {
        self.read(group, |file| {
            let mut id = Column::open(file, group, &self.leaves.id)?;
            let mut duration = Column::open(file, group, &self.leaves.duration)?;
            let mut demand = Column::open(file, group, &self.leaves.demand)?;
            loop {
                let rows = id.next_chunk()?;
                if duration.next_chunk()? != rows || demand.next_chunk()? != rows {
                    return Err(general("the columns of a row group differ in length"));
                }
                if rows == 0 {
                    return Ok(());
                }
                let durations = lengths(&duration)?;
                let Cells::Numbers(demands) = &demand.cells else {
                    return Err(general("column `cpu_usage` holds no numbers"));
                };
                if !demand.missing.is_empty() || !are_demands(demands) {
                    return Err(general("column `cpu_usage` holds what is no demand"));
                }
                self.for_runs(&id, rows, |task, range| {
                    take(task, &durations[range.clone()], &demands[range]);
                })?;
            }
        })
    }

    fn read(
        &self,
        group: usize,
        read: impl FnOnce(&Parquet) -> Result<(), ParquetError>,
    ) -> Result<(), Findings> {
        let mut findings = Findings::default();
        let done = guarded_with(&self.source, &mut findings, Pages::Checked, |file, _| {
            if group >= file.metadata().num_row_groups() {
                return Err(general("the file has changed"));
            }
            read(file)
        });
        match done {
            Some(()) => Ok(()),
            None => Err(findings),
        }
    }

    fn for_runs(
        &self,
        id: &Column,
        rows: usize,
        mut run: impl FnMut(u32, Range<usize>),
    ) -> Result<(), ParquetError> {
        if !id.missing.is_empty() {
            return Err(general("column `id` has rows without a value"));
        }
        let mut from = 0;
        while from < rows {
            let (task, length) = match &id.cells {
                Cells::Integers(numbers) => {
                    let number = numbers[from];
                    let length = run_of(&numbers[from..]);
                    (self.row_of.number(number), length)
                }
                Cells::Texts(texts) => {
                    let rest = &texts[from..];
                    let length = rest.iter().position(|other| *other != rest[0]);
                    let text = String::from_utf8_lossy(rest[0].data()).into_owned();
                    (self.row_of.text(&text), length.unwrap_or(rest.len()))
                }
                _ => return Err(general("column `id` has a type the format does not use")),
            };
            let Some(task) = task else {
                return Err(general("column `id` holds an id of no task"));
            };
            run(task, from..from + length);
            from += length;
        }
        Ok(())
    }
}

fn lengths(duration: &Column) -> Result<&[i64], ParquetError> {
    let Cells::Integers(durations) = &duration.cells else {
        return Err(general("column `duration` holds no whole numbers"));
    };
    // Without a branch for each, so that many are looked at in one instruction.
    let signs = durations
        .iter()
        .fold(0, |signs, length_ms| signs | length_ms);
    if !duration.missing.is_empty() || signs < 0 {
        return Err(general("column `duration` holds what is no length"));
    }
    Ok(durations)
}

/// True where all are finite and not negative; counted rather than tested one by one, so that many are looked at in one
/// instruction.
fn are_demands(demands: &[f64]) -> bool {
    let sound = demands
        .iter()
        .map(|mhz| usize::from((0.0..=f64::MAX).contains(mhz)))
        .sum::<usize>();
    sound == demands.len()
}

/// Sum of lengths that are not negative [ms]; one too large to count is cut.
fn total(lengths_ms: &[i64]) -> i64 {
    let bits = lengths_ms
        .iter()
        .fold(0, |bits, length_ms| bits | length_ms);
    if bits < 1 << 40 && lengths_ms.len() < 1 << 20 {
        lengths_ms.iter().sum()
    } else {
        lengths_ms
            .iter()
            .fold(0, |sum: i64, length_ms| sum.saturating_add(*length_ms))
    }
}

/// How many numbers at the beginning are equal.
fn run_of(numbers: &[i64]) -> usize {
    const BLOCK: usize = 64;
    let number = numbers[0];
    let mut length = 0;
    for block in numbers.chunks(BLOCK) {
        let differs = block.iter().fold(0, |bits, other| bits | (other ^ number));
        if differs != 0 {
            let inside = block.iter().position(|other| *other != number);
            return length + inside.unwrap_or(block.len());
        }
        length += block.len();
    }
    length
}

fn general(problem: &str) -> ParquetError {
    ParquetError::General(problem.to_owned())
}
