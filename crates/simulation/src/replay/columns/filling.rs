//! Sums over the cells of a host, with the cell that is being filled.

use super::super::hertz;
use super::grid::{Cells, Grid};
use super::host::HostPlay;

/// Intervals of a block.
pub(super) const BLOCK: usize = 8;

/// Fills cells in the order of time.
pub(super) struct Filling<'a, P> {
    grid: &'a Grid,
    cells: &'a mut Cells,
    cell: usize,
    cell_end_ms: i64,
    pub(super) capacity_hz: u64,
    per_hz: f64,
    power: P,
    pub(super) sums: HostPlay,
    /// Sums of the cell so far.
    energy: f64,
    served: u128,
}

impl<'a, P: Fn(f64) -> f64> Filling<'a, P> {
    /// Begins at an instant.
    pub(super) fn begin(
        grid: &'a Grid,
        cells: &'a mut Cells,
        capacity_hz: u64,
        power: P,
        at_ms: i64,
    ) -> Self {
        let cell = grid.cell_of(at_ms);
        Self {
            grid,
            cells,
            cell,
            cell_end_ms: grid.end_ms(cell),
            capacity_hz,
            per_hz: 1.0 / capacity_hz as f64,
            power,
            sums: HostPlay::default(),
            energy: 0.0,
            served: 0,
        }
    }

    /// Work given so far [Hz ms].
    pub(super) fn served(&self) -> u128 {
        self.sums.served + self.served
    }

    /// Leaves time out up to an instant.
    pub(super) fn skip_to(&mut self, at_ms: i64) {
        if at_ms >= self.cell_end_ms {
            self.close_cell();
            self.cell = self.grid.cell_of(at_ms);
            self.cell_end_ms = self.grid.end_ms(self.cell);
        }
    }

    /// Closes the last cell.
    pub(super) fn finish(mut self) -> HostPlay {
        if self.grid.len() > 0 {
            self.close_cell();
        }
        self.sums
    }

    /// Adds an interval of constant supply.
    #[inline]
    pub(super) fn add(&mut self, from_ms: i64, to_ms: i64, supply_hz: u64) {
        let power_w = self.power_w(supply_hz);
        if to_ms <= self.cell_end_ms {
            let interval_ms = to_ms - from_ms;
            self.energy += power_w * interval_ms as f64;
            self.served += u128::from(supply_hz) * interval_ms as u128;
        } else {
            self.add_over_cells(from_ms, to_ms, supply_hz, power_w);
        }
    }

    /// Power at a supply [W].
    #[inline]
    fn power_w(&self, supply_hz: u64) -> f64 {
        // Through a signed number, from which the conversion is one instruction.
        (self.power)(supply_hz as i64 as f64 * self.per_hz)
    }

    /// Adds a block of intervals that follow one another, where all lie in one cell and none is short; false where one
    /// does not. Powers are worked out side by side, and summed in the order of a tree.
    #[inline]
    pub(super) fn add_block(
        &mut self,
        from_ms: i64,
        durations_ms: &[i64; BLOCK],
        demands_mhz: &[f64; BLOCK],
    ) -> Option<i64> {
        let mut span_ms = 0_i64;
        let mut signs = 0;
        for duration_ms in durations_ms {
            span_ms = span_ms.wrapping_add(*duration_ms);
            // Negative where it is, or is too long to be sure of sums.
            signs |= *duration_ms | ((1 << 40) - *duration_ms);
        }
        let mut supplies_hz = [0_u64; BLOCK];
        let mut most_hz = 0;
        for (supply_hz, megahertz) in supplies_hz.iter_mut().zip(demands_mhz) {
            *supply_hz = hertz(*megahertz);
            most_hz = most_hz.max(*supply_hz);
        }
        let to_ms = from_ms.wrapping_add(span_ms);
        let is_plain = signs >= 0
            && to_ms <= self.cell_end_ms
            && most_hz <= self.capacity_hz
            && most_hz.checked_mul(span_ms as u64).is_some();
        if !is_plain {
            return None;
        }
        let mut energies = [0.0; BLOCK];
        let mut served = 0;
        for place in 0..BLOCK {
            energies[place] = self.power_w(supplies_hz[place]) * durations_ms[place] as f64;
            served += supplies_hz[place] * durations_ms[place] as u64;
        }
        let mut width = BLOCK / 2;
        while width > 0 {
            for place in 0..width {
                energies[place] += energies[place + width];
            }
            width /= 2;
        }
        self.energy += energies[0];
        self.served += u128::from(served);
        Some(to_ms)
    }

    #[cold]
    #[inline(never)]
    fn add_over_cells(&mut self, from_ms: i64, to_ms: i64, supply_hz: u64, power_w: f64) {
        let mut now_ms = from_ms;
        while now_ms < to_ms {
            if now_ms >= self.cell_end_ms {
                self.close_cell();
            }
            let interval_ms = to_ms.min(self.cell_end_ms) - now_ms;
            self.energy += power_w * interval_ms as f64;
            self.served += u128::from(supply_hz) * interval_ms as u128;
            now_ms += interval_ms;
        }
    }

    fn close_cell(&mut self) {
        let energy_j = self.energy * 1e-3;
        self.cells.energy_j[self.cell] += energy_j;
        self.cells.served[self.cell] += self.served;
        self.sums.energy_j += energy_j;
        self.sums.served += self.served;
        self.energy = 0.0;
        self.served = 0;
        self.cell += 1;
        self.cell_end_ms = self.grid.end_ms(self.cell);
    }
}
