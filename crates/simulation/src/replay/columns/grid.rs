//! Cells of time over which sums are kept.

use super::super::ReplayError;
use super::Series;
use super::schedule::Schedule;
use crate::intensity::{IntensitySeries, JOULES_PER_KWH};

/// Cells of one cluster: from zero to the makespan, cut at multiples of a step and where the intensity changes.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// End of each cell [ms].
    end_ms: Vec<i64>,
    /// Carbon intensity of each cell [g/kWh].
    intensity: Vec<f64>,
    step_ms: i64,
}

impl Grid {
    pub(super) fn new(
        makespan_ms: i64,
        step_ms: i64,
        carbon: Option<&IntensitySeries>,
        clock_ms: i64,
    ) -> Self {
        let mut grid = Self {
            end_ms: Vec::new(),
            intensity: Vec::new(),
            step_ms,
        };
        let mut now_ms = 0;
        while now_ms < makespan_ms {
            let step_end_ms = (now_ms / step_ms + 1).saturating_mul(step_ms);
            let change_ms = carbon
                .and_then(|carbon| carbon.next_change_after(clock_ms + now_ms))
                .map_or(i64::MAX, |change_ms| change_ms - clock_ms);
            let end_ms = step_end_ms.min(change_ms).min(makespan_ms);
            grid.end_ms.push(end_ms);
            grid.intensity
                .push(carbon.map_or(0.0, |carbon| carbon.at(clock_ms + now_ms)));
            now_ms = end_ms;
        }
        grid
    }

    /// End of the last cell [ms].
    pub(super) fn makespan_ms(&self) -> i64 {
        self.end_ms.last().copied().unwrap_or(0)
    }

    pub(super) fn len(&self) -> usize {
        self.end_ms.len()
    }

    /// End of a cell [ms]; the last has no end, so that nothing ever lies behind it.
    pub(super) fn end_ms(&self, cell: usize) -> i64 {
        if cell + 1 < self.end_ms.len() {
            self.end_ms[cell]
        } else {
            i64::MAX
        }
    }

    /// The cell that holds an instant.
    pub(super) fn cell_of(&self, instant_ms: i64) -> usize {
        let cell = self.end_ms.partition_point(|end_ms| *end_ms <= instant_ms);
        cell.min(self.end_ms.len().saturating_sub(1))
    }

    /// Emissions of all cells [g].
    pub(super) fn carbon_g(&self, cells: &Cells) -> f64 {
        let energies = cells.energy_j.iter().zip(&self.intensity);
        energies
            .map(|(energy_j, intensity)| intensity * energy_j / JOULES_PER_KWH)
            .sum()
    }

    /// The cells put together to intervals of the step.
    pub(super) fn series(&self, cells: &Cells, capacity_hz: u128, schedule: &Schedule) -> Series {
        let mut series = Series::default();
        let (mut energy_j, mut carbon_g, mut served) = (0.0, 0.0, 0_u128);
        let mut from_ms = 0;
        for (cell, end_ms) in self.end_ms.iter().enumerate() {
            energy_j += cells.energy_j[cell];
            carbon_g += self.intensity[cell] * cells.energy_j[cell] / JOULES_PER_KWH;
            served += cells.served[cell];
            if end_ms % self.step_ms != 0 && cell + 1 < self.end_ms.len() {
                continue;
            }
            let (running, pending) = schedule.counts_at(series.end_ms.len());
            let possible = capacity_hz as f64 * (end_ms - from_ms) as f64;
            series.end_ms.push(*end_ms);
            series.energy_j.push(std::mem::take(&mut energy_j));
            series.carbon_g.push(std::mem::take(&mut carbon_g));
            series
                .utilisation
                .push(std::mem::take(&mut served) as f64 / possible.max(1.0));
            series.running.push(running);
            series.pending.push(pending);
            from_ms = *end_ms;
        }
        series
    }
}

/// Sums by cell.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    /// Energy [J].
    pub(super) energy_j: Vec<f64>,
    /// Work given [Hz ms].
    pub(super) served: Vec<u128>,
}

impl Cells {
    pub(super) fn new(cells: usize) -> Self {
        Self {
            energy_j: vec![0.0; cells],
            served: vec![0; cells],
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (sum, value) in self.energy_j.iter_mut().zip(&other.energy_j) {
            *sum += value;
        }
        for (sum, value) in self.served.iter_mut().zip(&other.served) {
            *sum += value;
        }
    }

    pub(super) fn energy_j(&self) -> f64 {
        self.energy_j.iter().sum()
    }

    pub(super) fn served(&self) -> u128 {
        self.served.iter().sum()
    }
}

impl From<super::StoreError> for ReplayError {
    fn from(error: super::StoreError) -> Self {
        Self::Store(error)
    }
}
