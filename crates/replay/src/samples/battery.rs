//! Samples of batteries.

use angara_results::{ResultsError, RunFolder, TableFile};
use angara_simulation::battery::BatteryState;
use angara_simulation::replay::BatterySample;

use super::{Instant, Subject};
use crate::rows::{Cell, ColumnSpec, Kind, start};

const COLUMNS: [ColumnSpec; 10] = [
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
    ("battery_name", "", "Battery", Kind::Text),
    ("cluster_name", "", "Cluster it stands in", Kind::Text),
    ("power_draw", "W", "Power drawn for charging", Kind::Real),
    (
        "energy_usage",
        "J",
        "Charge less that at the last sample",
        Kind::Real,
    ),
    (
        "embodied_carbon_emission",
        "g",
        "Share of its making since the last sample",
        Kind::Real,
    ),
    ("charge", "J", "Charge", Kind::Real),
    ("capacity", "J", "Capacity", Kind::Real),
    ("battery_state", "", "What it does", Kind::Text),
];

#[derive(Debug)]
pub(super) struct BatteryTable<'a> {
    pub(super) rows: TableFile,
    subject: Subject<'a>,
    charge_j: Vec<f64>,
}

impl<'a> BatteryTable<'a> {
    pub(super) fn start(
        subject: Subject<'a>,
        folder: &RunFolder,
        path: &str,
    ) -> Result<Self, ResultsError> {
        let charge_j = subject.topology.clusters.iter().map(|cluster| {
            let battery = cluster.battery.as_ref();
            battery.map_or(0.0, |(_, spec)| spec.initial_charge_j)
        });
        Ok(Self {
            rows: start(folder, path, "battery", &COLUMNS)?,
            subject,
            charge_j: charge_j.collect(),
        })
    }

    pub(super) fn take(&mut self, at: Instant, sample: &BatterySample) -> Result<(), ResultsError> {
        let cluster = &self.subject.topology.clusters[sample.cluster];
        let name = cluster.battery.as_ref().map_or("", |(name, _)| name);
        let before_j = std::mem::replace(&mut self.charge_j[sample.cluster], sample.charge_j);
        self.rows.push(&[
            Cell::Whole(at.now_ms),
            Cell::Whole(at.absolute_ms),
            Cell::Text(name),
            Cell::Text(&cluster.name),
            Cell::Real(sample.charging_w),
            Cell::Real(sample.charge_j - before_j),
            Cell::Real(sample.embodied_g),
            Cell::Real(sample.charge_j),
            Cell::Real(sample.capacity_j),
            Cell::Text(match sample.state {
                BatteryState::Idle => "IDLE",
                BatteryState::Charging => "CHARGING",
                BatteryState::Discharging => "DISCHARGING",
            }),
        ])
    }
}
