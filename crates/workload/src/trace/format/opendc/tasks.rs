//! The table of tasks.

use std::collections::BTreeSet;

use parquet::errors::ParquetError;

use super::Parquet;
use super::column::{Cells, Column};
use super::row_of::RowOf;
use super::schema::{Leaf, Schema};
use crate::trace::model::{TaskRow, TraceTasks, UNKNOWN_MS};
use crate::trace::{Findings, Limits};

/// Largest instant and duration that is believed [ms]: ten thousand years.
const TIME_MS_MAX: i64 = 320_000_000_000_000;
/// Bytes of the format's KB.
const KILOBYTE: i64 = 1_000;
/// Most cores, so that milli-cores fit.
const CORES_MAX: i64 = 4_000_000;
/// Most memory [KB], so that bytes fit.
const MEMORY_KB_MAX: i64 = 1 << 50;

/// The columns of a file.
struct Leaves {
    id: Leaf,
    submission: Leaf,
    duration: Option<Leaf>,
    end: Option<Leaf>,
    cores: Leaf,
    capacity: Option<Leaf>,
    memory: Leaf,
    gpu_count: Option<Leaf>,
    gpu_capacity: Option<Leaf>,
    deferrable: Option<Leaf>,
    nature: Option<Leaf>,
    deadline: Option<Leaf>,
    parents: Option<Leaf>,
    children: Option<Leaf>,
}

pub(super) fn read(
    file: &Parquet,
    name: &str,
    limits: &Limits,
    tasks: &mut TraceTasks,
    findings: &mut Findings,
) -> Result<(), ParquetError> {
    let Some(leaves) = leaves(file, name, findings) else {
        return Ok(());
    };
    let mut edges = Edges::default();
    for group in 0..file.metadata().num_row_groups() {
        let mut table = Group::open(file, group, &leaves)?;
        loop {
            let rows = table.next_chunk()?;
            if rows == 0 {
                break;
            }
            if (tasks.len() + rows) as u64 > limits.tasks_max {
                let expected = format!("at most {} tasks", limits.tasks_max);
                findings.error(name, None, "rows", "", expected);
                return Ok(());
            }
            for row in 0..rows {
                let number = tasks.len() as u64 + 1;
                table.take_row(row, number, name, tasks, &mut edges, findings);
            }
        }
    }
    edges.link(name, tasks, findings);
    Ok(())
}

fn leaves(file: &Parquet, name: &str, findings: &mut Findings) -> Option<Leaves> {
    let mut schema = Schema::of(file);
    let id = schema.required(&["id"], name, findings);
    let submission = [
        "submission_time",
        "submissionTime",
        "start_time",
        "startTime",
    ];
    let submission = schema.required(&submission, name, findings);
    let cores = schema.required(&["cpu_count", "maxCores"], name, findings);
    let memory = schema.required(&["mem_capacity", "requiredMemory"], name, findings);
    schema.optional(&["name"]);
    let found = Leaves {
        id: id?,
        submission: submission?,
        duration: schema.optional(&["duration"]),
        end: schema.optional(&["stop_time", "stopTime", "end_time", "endTime"]),
        cores: cores?,
        capacity: schema.optional(&["cpu_capacity"]),
        memory: memory?,
        gpu_count: schema.optional(&["gpu_count"]),
        gpu_capacity: schema.optional(&["gpu_capacity"]),
        deferrable: schema.optional(&["deferrable"]),
        nature: schema.optional(&["nature"]),
        deadline: schema.optional(&["deadline"]),
        parents: schema.optional(&["parents"]),
        children: schema.optional(&["children"]),
    };
    schema.note_unused(name, findings);
    Some(found)
}

/// The columns of a row group while they are read.
struct Group {
    required: [Column; 4],
    optional: [Option<Column>; 10],
}

impl Group {
    fn open(file: &Parquet, group: usize, leaves: &Leaves) -> Result<Self, ParquetError> {
        let open = |leaf: &Leaf| Column::open(file, group, leaf);
        let maybe = |leaf: &Option<Leaf>| leaf.as_ref().map(open).transpose();
        Ok(Self {
            required: [
                open(&leaves.id)?,
                open(&leaves.submission)?,
                open(&leaves.cores)?,
                open(&leaves.memory)?,
            ],
            optional: [
                maybe(&leaves.duration)?,
                maybe(&leaves.end)?,
                maybe(&leaves.capacity)?,
                maybe(&leaves.gpu_count)?,
                maybe(&leaves.gpu_capacity)?,
                maybe(&leaves.deferrable)?,
                maybe(&leaves.nature)?,
                maybe(&leaves.deadline)?,
                maybe(&leaves.parents)?,
                maybe(&leaves.children)?,
            ],
        })
    }

    fn next_chunk(&mut self) -> Result<usize, ParquetError> {
        let mut rows = None;
        let columns = self
            .required
            .iter_mut()
            .chain(self.optional.iter_mut().flatten());
        for column in columns {
            let read = column.next_chunk()?;
            if *rows.get_or_insert(read) != read {
                return Err(ParquetError::General(
                    "the columns of a row group differ in length".to_owned(),
                ));
            }
        }
        Ok(rows.unwrap_or(0))
    }

    /// Appends one task; a wrong value becomes an error and leaves the task out.
    fn take_row(
        &self,
        row: usize,
        number: u64,
        file: &str,
        tasks: &mut TraceTasks,
        edges: &mut Edges,
        findings: &mut Findings,
    ) {
        let mut errors = false;
        let mut fault = |field: &str, value: &str, expected: &str| {
            errors = true;
            findings.error(file, Some(number), field, value, expected);
        };
        let [id, submission, cores, memory] = &self.required;
        let [
            duration,
            end,
            capacity,
            gpu_count,
            gpu_capacity,
            deferrable,
            nature,
            deadline,
            parents,
            children,
        ] = &self.optional;
        let mut whole = |column: &Column, field: &str, least: i64, most: i64| {
            let found = integer(column, row);
            if found.is_none_or(|found| !(least..=most).contains(&found)) {
                let value = found.map_or(String::new(), |found| found.to_string());
                fault(
                    field,
                    &value,
                    &format!("a whole number from {least} to {most}"),
                );
            }
            // What is out of range is an error, but must not overflow on the way there.
            found.unwrap_or(0).clamp(least, most)
        };
        let submission_ms = whole(
            submission,
            "submission_time [ms]",
            -TIME_MS_MAX,
            TIME_MS_MAX,
        );
        let core_count = whole(cores, "cpu_count", 0, CORES_MAX);
        let memory_kb = whole(memory, "mem_capacity [KB]", 0, MEMORY_KB_MAX);
        let duration_ms = match (duration, end) {
            (Some(column), _) => whole(column, "duration [ms]", 0, TIME_MS_MAX),
            (None, Some(column)) => {
                whole(column, "end time [ms]", submission_ms, TIME_MS_MAX) - submission_ms
            }
            (None, None) => UNKNOWN_MS,
        };
        let gpu_count = match gpu_count {
            Some(column) if integer(column, row).is_some() => {
                whole(column, "gpu_count", 0, CORES_MAX)
            }
            _ => 0,
        };
        let deadline_ms = deadline
            .as_ref()
            .and_then(|column| integer(column, row))
            .filter(|deadline_ms| *deadline_ms >= 0);
        let mut speed = |column: &Option<Column>, field: &str| {
            let found = column
                .as_ref()
                .and_then(|column| float(column, row))
                .unwrap_or(0.0);
            if !found.is_finite() || found < 0.0 {
                fault(field, &found.to_string(), "a finite number, not negative");
            }
            found
        };
        let cpu_capacity_mhz = speed(capacity, "cpu_capacity [MHz]");
        let gpu_capacity_mhz = speed(gpu_capacity, "gpu_capacity [MHz]");
        let flagged = deferrable.as_ref().is_some_and(|column| flag(column, row));
        // Schema 3 and 4 say it in a word.
        let worded = nature.as_ref().is_some_and(|column| {
            text(column, row).is_some_and(|word| word.eq_ignore_ascii_case("deferrable"))
        });
        let task = TaskRow {
            submission_ms,
            duration_ms,
            cpu_milli: (core_count * 1_000) as u32,
            cpu_capacity_mhz,
            memory_bytes: (memory_kb * KILOBYTE) as u64,
            gpu_count: gpu_count as u32,
            gpu_share_milli: 1_000,
            gpu_capacity_mhz,
            deferrable: flagged || worded,
            deadline_ms,
        };
        let (number, name) = (integer(id, row), text(id, row));
        if number.is_none() && name.is_none() {
            fault("id", "", "a number or a text");
        }
        if errors {
            return;
        }
        let last = tasks.len() as u32;
        match number {
            Some(number) => tasks.push_numbered(number, task),
            None => tasks.push_named(&name.unwrap_or_default(), task),
        }
        edges.take(last, [parents.as_ref(), children.as_ref()], row);
    }
}

fn present(column: &Column, row: usize) -> bool {
    column.missing.get(row) != Some(&true)
}

fn integer(column: &Column, row: usize) -> Option<i64> {
    match &column.cells {
        Cells::Integers(cells) if present(column, row) => cells.get(row).copied(),
        _ => None,
    }
}

fn float(column: &Column, row: usize) -> Option<f64> {
    match &column.cells {
        Cells::Numbers(cells) if present(column, row) => cells.get(row).copied(),
        _ => integer(column, row).map(|whole| whole as f64),
    }
}

fn flag(column: &Column, row: usize) -> bool {
    match &column.cells {
        Cells::Flags(cells) => present(column, row) && cells.get(row) == Some(&true),
        _ => integer(column, row).is_some_and(|whole| whole != 0),
    }
}

fn text(column: &Column, row: usize) -> Option<String> {
    match &column.cells {
        Cells::Texts(cells) if present(column, row) => cells
            .get(row)
            .map(|bytes| String::from_utf8_lossy(bytes.data()).into_owned()),
        _ => None,
    }
}

/// Dependences by id, until all tasks are known.
#[derive(Default)]
struct Edges {
    /// Rows of tasks, and the ids of their parents.
    parents: Vec<(u32, String)>,
    /// Rows of tasks, and the ids of their children.
    children: Vec<(u32, String)>,
}

impl Edges {
    /// Takes the dependences of the task that has become the last.
    fn take(&mut self, last: u32, columns: [Option<&Column>; 2], row: usize) {
        let [parents, children] = columns;
        for (column, edges) in [(parents, &mut self.parents), (children, &mut self.children)] {
            if let Some(column) = column {
                edges.extend(list(column, row).into_iter().map(|name| (last, name)));
            }
        }
    }

    /// Turns ids into rows. An id that occurs twice, names no task or waits for itself is an error.
    fn link(self, file: &str, tasks: &mut TraceTasks, findings: &mut Findings) {
        let row_of = RowOf::new(&tasks.id);
        let number = |row: u32| Some(u64::from(row) + 1);
        for row in row_of.repeated(&tasks.id) {
            let id = tasks.id.text(row as usize);
            let expected = "an id that no other task has";
            findings.error(file, number(row), "id", &id, expected);
        }
        if self.parents.is_empty() && self.children.is_empty() {
            return;
        }
        let mut parents = vec![BTreeSet::new(); tasks.len()];
        for (row, name) in &self.parents {
            match row_of.text(name) {
                Some(parent) => {
                    parents[*row as usize].insert(parent);
                }
                None => findings.error(file, number(*row), "parents", name, "the id of a task"),
            }
        }
        for (row, name) in &self.children {
            match row_of.text(name) {
                Some(child) => {
                    parents[child as usize].insert(*row);
                }
                None => findings.error(file, number(*row), "children", name, "the id of a task"),
            }
        }
        for of_task in parents {
            let of_task: Vec<u32> = of_task.into_iter().collect();
            tasks.parents.push(&of_task);
        }
        if let Some(row) = tasks.parents.circle() {
            let expected = "no task that waits for itself";
            let id = tasks.id.text(row);
            findings.error(file, Some(row as u64 + 1), "parents", &id, expected);
        }
    }
}

/// The ids in the list of a row.
fn list(column: &Column, row: usize) -> Vec<String> {
    let Some(to) = column.list_ends.get(row) else {
        return Vec::new();
    };
    let from = if row == 0 {
        0
    } else {
        column.list_ends[row - 1]
    };
    match &column.cells {
        Cells::Integers(cells) => cells[from..*to].iter().map(ToString::to_string).collect(),
        Cells::Texts(cells) => cells[from..*to]
            .iter()
            .map(|bytes| String::from_utf8_lossy(bytes.data()).into_owned())
            .collect(),
        _ => Vec::new(),
    }
}
