//! The table of fragments, streamed through row groups in chunks.

use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;

use super::Parquet;
use super::column::{Cells, Column};
use super::row_of::RowOf;
use super::schema::{Leaf, Schema};
use crate::trace::model::{FragmentBlock, FragmentSink, TraceTasks};
use crate::trace::{Findings, Limits};

/// Longest fragment that is believed [ms]: a century.
const DURATION_MS_MAX: i64 = 3_200_000_000_000;
/// Most fragments that room is made for in advance.
const EXPECTED_MAX: i64 = 1 << 24;

/// The columns of a file.
pub(super) struct Leaves {
    pub(super) id: Leaf,
    pub(super) duration: Leaf,
    pub(super) demand: Leaf,
    pub(super) gpu_demand: Option<Leaf>,
}

impl Leaves {
    /// Finds the columns; none where one is missing.
    pub(super) fn of(schema: &mut Schema, name: &str, findings: &mut Findings) -> Option<Self> {
        let id = schema.required(&["id"], name, findings);
        let duration = schema.required(&["duration"], name, findings);
        let demand = schema.required(&["cpu_usage", "cpuUsage"], name, findings);
        let gpu_demand = schema.optional(&["gpu_usage", "accel_usage"]);
        // Earlier schemas repeat these in every fragment.
        for known in [
            "timestamp",
            "time",
            "cpu_count",
            "cores",
            "gpu_count",
            "is_gpu",
        ] {
            schema.optional(&[known]);
        }
        schema.note_unused(name, findings);
        Some(Self {
            id: id?,
            duration: duration?,
            demand: demand?,
            gpu_demand,
        })
    }
}

pub(super) fn read(
    file: &Parquet,
    name: &str,
    limits: &Limits,
    tasks: &TraceTasks,
    sink: &mut dyn FragmentSink,
    findings: &mut Findings,
) -> Result<(), ParquetError> {
    let mut schema = Schema::of(file);
    let Some(leaves) = Leaves::of(&mut schema, name, findings) else {
        return Ok(());
    };
    let stated = file.metadata().file_metadata().num_rows();
    sink.expect(stated.clamp(0, EXPECTED_MAX) as usize);
    let mut runs = Runs::new(tasks, name, limits.fragments_max);
    for group in 0..file.metadata().num_row_groups() {
        if !runs.read_group(file, group, &leaves, sink, findings)? {
            break;
        }
    }
    runs.finish(findings);
    Ok(())
}

/// Cuts the rows into runs of one task.
struct Runs<'a> {
    tasks: &'a TraceTasks,
    name: &'a str,
    rows_max: u64,
    rows: u64,
    row_of: RowOf,
    current: Option<usize>,
    last_number: Option<i64>,
    last_text: Option<ByteArray>,
    met: Vec<bool>,
}

impl<'a> Runs<'a> {
    fn new(tasks: &'a TraceTasks, name: &'a str, rows_max: u64) -> Self {
        Self {
            tasks,
            name,
            rows_max,
            rows: 0,
            row_of: RowOf::new(&tasks.id),
            current: None,
            last_number: None,
            last_text: None,
            met: vec![false; tasks.len()],
        }
    }

    /// Reads a row group; false when the trace is longer than allowed.
    fn read_group(
        &mut self,
        file: &Parquet,
        group: usize,
        leaves: &Leaves,
        sink: &mut dyn FragmentSink,
        findings: &mut Findings,
    ) -> Result<bool, ParquetError> {
        let mut id = Column::open(file, group, &leaves.id)?;
        let mut duration = Column::open(file, group, &leaves.duration)?;
        let mut demand = Column::open(file, group, &leaves.demand)?;
        let mut gpu_demand = match &leaves.gpu_demand {
            Some(leaf) => Some(Column::open(file, group, leaf)?),
            None => None,
        };
        loop {
            let rows = id.next_chunk()?;
            let same = duration.next_chunk()? == rows && demand.next_chunk()? == rows;
            let same_gpu = match &mut gpu_demand {
                Some(column) => column.next_chunk()? == rows,
                None => true,
            };
            if !same || !same_gpu {
                return Err(ParquetError::General(
                    "the columns of a row group differ in length".to_owned(),
                ));
            }
            if rows == 0 {
                return Ok(true);
            }
            if self.rows + rows as u64 > self.rows_max {
                let expected = format!("at most {} fragments", self.rows_max);
                findings.error(self.name, None, "rows", "", expected);
                return Ok(false);
            }
            self.take_chunk(&id, &duration, &demand, gpu_demand.as_ref(), sink, findings)?;
            self.rows += rows as u64;
        }
    }

    fn take_chunk(
        &mut self,
        id: &Column,
        duration: &Column,
        demand: &Column,
        gpu_demand: Option<&Column>,
        sink: &mut dyn FragmentSink,
        findings: &mut Findings,
    ) -> Result<(), ParquetError> {
        let Cells::Integers(durations) = &duration.cells else {
            return Err(wrong_type("duration"));
        };
        let Cells::Numbers(demands) = &demand.cells else {
            return Err(wrong_type("cpu_usage"));
        };
        let gpu_demands = match gpu_demand.map(|column| &column.cells) {
            None => None,
            Some(Cells::Numbers(numbers)) => Some(numbers.as_slice()),
            Some(_) => return Err(wrong_type("gpu_usage")),
        };
        let missing = [id, duration, demand]
            .iter()
            .any(|column| !column.missing.is_empty());
        let sound = durations
            .iter()
            .all(|length| (0..=DURATION_MS_MAX).contains(length))
            && demands.iter().all(|demand| is_demand(*demand))
            && gpu_demands.is_none_or(|demands| demands.iter().all(|demand| is_demand(*demand)));
        if missing || !sound {
            self.list_faults(
                [id, duration, demand],
                durations,
                demands,
                gpu_demands,
                findings,
            );
            return Ok(());
        }
        let mut from = 0;
        while from < durations.len() {
            let to = match &id.cells {
                Cells::Integers(numbers) => self.number_run(numbers, from, findings),
                Cells::Texts(texts) => self.text_run(texts, from, findings),
                _ => return Err(wrong_type("id")),
            };
            if let Some(task) = self.current {
                self.met[task] = true;
                let block = FragmentBlock {
                    task,
                    duration_ms: &durations[from..to],
                    demand: &demands[from..to],
                    gpu_demand: gpu_demands.map(|demands| &demands[from..to]),
                };
                sink.take(self.tasks, block);
            }
            from = to;
        }
        Ok(())
    }

    /// End of the run of equal numbers from `from` on; makes their task the current one.
    fn number_run(&mut self, numbers: &[i64], from: usize, findings: &mut Findings) -> usize {
        let number = numbers[from];
        if self.last_number != Some(number) {
            self.last_number = Some(number);
            self.current = self.row_of.number(number).map(|row| row as usize);
            self.check_known(from, &number.to_string(), findings);
        }
        let length = numbers[from..].iter().position(|other| *other != number);
        length.map_or(numbers.len(), |length| from + length)
    }

    /// As [`Self::number_run`] for texts.
    fn text_run(&mut self, texts: &[ByteArray], from: usize, findings: &mut Findings) -> usize {
        let text = &texts[from];
        if self.last_text.as_ref() != Some(text) {
            self.last_text = Some(text.clone());
            let id = String::from_utf8_lossy(text.data());
            self.current = self.row_of.text(&id).map(|row| row as usize);
            self.check_known(from, &id, findings);
        }
        let length = texts[from..].iter().position(|other| other != text);
        length.map_or(texts.len(), |length| from + length)
    }

    fn check_known(&self, place: usize, id: &str, findings: &mut Findings) {
        if self.current.is_none() {
            let row = self.rows + place as u64 + 1;
            findings.error(self.name, Some(row), "id", id, "the id of a task");
        }
    }

    /// Lists what is wrong with a chunk, row by row.
    fn list_faults(
        &self,
        columns: [&Column; 3],
        durations: &[i64],
        demands: &[f64],
        gpu_demands: Option<&[f64]>,
        findings: &mut Findings,
    ) {
        let mut fault = |place: usize, field: &str, value: &str, expected: &str| {
            let row = Some(self.rows + place as u64 + 1);
            findings.error(self.name, row, field, value, expected);
        };
        for place in 0..durations.len() {
            for (column, field) in columns
                .iter()
                .zip(["id", "duration [ms]", "cpu_usage [MHz]"])
            {
                if column.missing.get(place) == Some(&true) {
                    fault(place, field, "", "a value in every row");
                }
            }
            if !(0..=DURATION_MS_MAX).contains(&durations[place]) {
                let found = durations[place].to_string();
                fault(
                    place,
                    "duration [ms]",
                    &found,
                    "milliseconds, not negative, below a century",
                );
            }
            let gpu = gpu_demands.map_or(0.0, |demands| demands[place]);
            for (field, demand) in [
                ("cpu_usage [MHz]", demands[place]),
                ("gpu_usage [MHz]", gpu),
            ] {
                if !is_demand(demand) {
                    fault(
                        place,
                        field,
                        &demand.to_string(),
                        "a finite number, not negative",
                    );
                }
            }
        }
    }

    fn finish(&self, findings: &mut Findings) {
        let without = self.met.iter().filter(|met| !**met).count();
        if without > 0 {
            let expected = "tasks without fragments; they demand nothing";
            findings.note(self.name, None, "id", &without.to_string(), expected);
        }
    }
}

fn is_demand(demand: f64) -> bool {
    demand.is_finite() && demand >= 0.0
}

fn wrong_type(column: &str) -> ParquetError {
    ParquetError::General(format!(
        "column `{column}` has a type the format does not use"
    ))
}
