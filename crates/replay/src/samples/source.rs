//! Samples of sources of power.

use angara_results::{ResultsError, RunFolder, TableFile};
use angara_simulation::replay::SourceSample;

use super::{Instant, Subject};
use crate::rows::{Cell, ColumnSpec, Kind, start};

const COLUMNS: [ColumnSpec; 8] = [
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
    ("source_name", "", "Source of power", Kind::Text),
    ("cluster_name", "", "Cluster it supplies", Kind::Text),
    ("power_draw", "W", "Power drawn", Kind::Real),
    (
        "energy_usage",
        "J",
        "Energy since the last sample",
        Kind::Real,
    ),
    ("carbon_intensity", "g/kWh", "Carbon intensity", Kind::Real),
    (
        "carbon_emission",
        "g",
        "Emissions since the last sample",
        Kind::Real,
    ),
];

#[derive(Debug)]
pub(super) struct SourceTable<'a> {
    pub(super) rows: TableFile,
    subject: Subject<'a>,
}

impl<'a> SourceTable<'a> {
    pub(super) fn start(
        subject: Subject<'a>,
        folder: &RunFolder,
        path: &str,
    ) -> Result<Self, ResultsError> {
        let rows = start(folder, path, "powerSource", &COLUMNS)?;
        Ok(Self { rows, subject })
    }

    pub(super) fn take(&mut self, at: Instant, sample: &SourceSample) -> Result<(), ResultsError> {
        let cluster = &self.subject.topology.clusters[sample.cluster];
        self.rows.push(&[
            Cell::Whole(at.now_ms),
            Cell::Whole(at.absolute_ms),
            Cell::Text(&cluster.source),
            Cell::Text(&cluster.name),
            Cell::Real(sample.power_w),
            Cell::Real(sample.energy_j),
            Cell::Real(sample.intensity),
            Cell::Real(sample.carbon_g),
        ])
    }
}
