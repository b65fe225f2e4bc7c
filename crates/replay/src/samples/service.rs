//! Samples of all tasks and hosts.

use angara_results::{ResultsError, RunFolder, TableFile};
use angara_simulation::replay::ServiceSample;

use super::Instant;
use crate::rows::{Cell, ColumnSpec, Kind, start};

const COLUMNS: [ColumnSpec; 9] = [
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
    ("hosts_up", "1", "Hosts that are up", Kind::Small),
    ("hosts_down", "1", "Hosts that are down", Kind::Small),
    ("tasks_total", "1", "Tasks submitted so far", Kind::Small),
    (
        "tasks_pending",
        "1",
        "Tasks that wait for a host",
        Kind::Small,
    ),
    ("tasks_active", "1", "Tasks that run", Kind::Small),
    ("tasks_completed", "1", "Tasks completed", Kind::Small),
    ("tasks_terminated", "1", "Tasks given up", Kind::Small),
];

#[derive(Debug)]
pub(super) struct ServiceTable {
    pub(super) rows: TableFile,
}

impl ServiceTable {
    pub(super) fn start(folder: &RunFolder, path: &str) -> Result<Self, ResultsError> {
        let rows = start(folder, path, "service", &COLUMNS)?;
        Ok(Self { rows })
    }

    pub(super) fn take(&mut self, at: Instant, sample: &ServiceSample) -> Result<(), ResultsError> {
        self.rows.push(&[
            Cell::Whole(at.now_ms),
            Cell::Whole(at.absolute_ms),
            Cell::count(sample.hosts_up),
            Cell::count(sample.hosts_down),
            Cell::count(sample.submitted),
            Cell::count(sample.pending),
            Cell::count(sample.running),
            Cell::count(sample.completed),
            Cell::count(sample.terminated),
        ])
    }
}
