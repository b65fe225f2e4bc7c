//! The table `tasks`: when each task came, started and ended.

use std::path::Path;

use super::runs::Runs;
use super::waits::Waits;
use crate::ReportError;
use crate::format::clean;
use crate::run::Columns;

/// Tasks that are named on the page.
const NAMED: usize = 10;

/// A task of the first run.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) host: String,
    pub(crate) state: String,
    pub(crate) submission_ms: f64,
    pub(crate) wait_ms: f64,
    pub(crate) started: bool,
    pub(crate) failures: f64,
}

/// The tasks of all runs, reduced while reading.
#[derive(Debug)]
pub(crate) struct Tasks {
    /// By run.
    pub(crate) waits: Vec<Waits>,
    /// When the first task of a run came [ms].
    pub(crate) first_ms: Vec<Option<f64>>,
    /// Failures that tasks suffered, by run.
    pub(crate) failures: Vec<f64>,
    /// The tasks of the first run that waited longest.
    pub(crate) slowest: Vec<Task>,
}

impl Tasks {
    /// Reads the table. Errors: missing or of another shape.
    pub(crate) fn read(folder: &Path, runs: &Runs) -> Result<Self, ReportError> {
        let table = super::table(folder, "tasks")?;
        let table = Columns::of(&table);
        let run_of = runs.of_rows("tasks", table)?;
        let (names, hosts) = (table.cells("task")?, table.cells("host")?);
        let states = table.cells("state")?;
        let submission = table.optional_numbers("submission_ms")?;
        let start = table.optional_numbers("start_ms")?;
        let wait = table.optional_numbers("wait_ms")?;
        let failures = table.optional_numbers("failures")?;
        let count = runs.all.len();
        let mut waits: Vec<(Vec<f64>, usize)> = vec![(Vec::new(), 0); count];
        let mut found = Self {
            waits: Vec::new(),
            first_ms: vec![None; count],
            failures: vec![0.0; count],
            slowest: Vec::new(),
        };
        let mut slowest: Vec<usize> = Vec::new();
        let wait_of = |row: usize| wait[row].unwrap_or_default().max(0.0);
        for (row, run) in run_of.into_iter().enumerate() {
            if start[row].is_some() {
                waits[run].0.push(wait_of(row));
            } else {
                waits[run].1 += 1;
            }
            found.failures[run] += failures[row].unwrap_or_default();
            if let Some(came) = submission[row] {
                let first = &mut found.first_ms[run];
                *first = Some(first.map_or(came, |first: f64| first.min(came)));
            }
            let last = slowest.last().map(|last| wait_of(*last));
            if run == 0 && (slowest.len() < NAMED || last < Some(wait_of(row))) {
                let place = slowest.partition_point(|other| wait_of(*other) >= wait_of(row));
                slowest.insert(place, row);
                slowest.truncate(NAMED);
            }
        }
        let text =
            |cells: &[Option<String>], row: usize| clean(cells[row].as_deref().unwrap_or_default());
        found.slowest = slowest
            .into_iter()
            .map(|row| Task {
                name: text(names, row),
                host: text(hosts, row),
                state: text(states, row),
                submission_ms: submission[row].unwrap_or_default(),
                wait_ms: wait_of(row),
                started: start[row].is_some(),
                failures: failures[row].unwrap_or_default(),
            })
            .collect();
        found.waits = waits
            .into_iter()
            .map(|(waits, never)| Waits::new(waits, never))
            .collect();
        Ok(found)
    }
}
