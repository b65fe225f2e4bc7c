//! Sums over the cells of a host, with the cell that is being filled.

use super::grid::{Cells, Grid};
use super::host::HostPlay;

/// Intervals that are worked out side by side.
pub(super) const BLOCK: usize = 64;
/// Fastest speed of which a block can be summed as floats without loss [Hz].
const SPEED_MAX_HZ: f64 = (1_u64 << 46) as f64;
/// From here on floats have no fraction.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// Speeds and powers of a block.
pub(super) struct Scratch {
    speeds_hz: [f64; BLOCK],
    powers_w: [f64; BLOCK],
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            speeds_hz: [0.0; BLOCK],
            powers_w: [0.0; BLOCK],
        }
    }
}

/// As [`hertz`](super::super::hertz) up to [`SPEED_MAX_HZ`], without leaving floats, so that several are worked out in
/// one instruction.
#[inline]
fn whole_hertz(megahertz: f64) -> f64 {
    let half_up = megahertz * 1e6 + 0.5;
    // A comparison with what is no number is false, so it counts as 0.
    let half_up = if half_up > 0.0 { half_up } else { 0.0 };
    let nearest = (half_up + WHOLE) - WHOLE;
    if nearest > half_up {
        nearest - 1.0
    } else {
        nearest
    }
}

/// Sum in four lanes.
#[inline]
fn sum(values: &[f64]) -> f64 {
    let (fours, rest) = values.as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for four in fours {
        for (lane, value) in lanes.iter_mut().zip(four) {
            *lane += value;
        }
    }
    let rest: f64 = rest.iter().sum();
    (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]) + rest
}

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

    /// Adds intervals of one length that follow one another, where none is short, and returns their end; none where that
    /// cannot be told. Speeds and powers are worked out side by side, and summed cell by cell in four lanes.
    #[inline]
    pub(super) fn add_even(
        &mut self,
        from_ms: i64,
        each_ms: i64,
        demands_mhz: &[f64],
        scratch: &mut Scratch,
    ) -> Option<i64> {
        let speeds_hz = scratch.speeds_hz.get_mut(..demands_mhz.len())?;
        let powers_w = scratch.powers_w.get_mut(..demands_mhz.len())?;
        let span_ms = each_ms.checked_mul(demands_mhz.len() as i64)?;
        let to_ms = from_ms.checked_add(span_ms)?;
        for (speed_hz, megahertz) in speeds_hz.iter_mut().zip(demands_mhz) {
            *speed_hz = whole_hertz(*megahertz);
        }
        // Counted, not looked for, so that several are compared in one instruction.
        let limit_hz = SPEED_MAX_HZ.min(self.capacity_hz as f64);
        let beyond: u64 = speeds_hz.iter().map(|hz| u64::from(*hz > limit_hz)).sum();
        if beyond > 0 {
            return None;
        }
        for (power_w, speed_hz) in powers_w.iter_mut().zip(&*speeds_hz) {
            *power_w = (self.power)(*speed_hz * self.per_hz);
        }
        let mut now_ms = from_ms;
        let mut place = 0;
        while place < speeds_hz.len() {
            let room = (self.cell_end_ms - now_ms).max(0) / each_ms;
            let many = (speeds_hz.len() - place).min(usize::try_from(room).unwrap_or(usize::MAX));
            if many == 0 {
                let next_ms = now_ms + each_ms;
                self.add_over_cells(now_ms, next_ms, speeds_hz[place] as u64, powers_w[place]);
                now_ms = next_ms;
                place += 1;
                continue;
            }
            let (cells, end) = (place..place + many, now_ms + each_ms * many as i64);
            self.energy += sum(&powers_w[cells.clone()]) * each_ms as f64;
            self.served += u128::from(sum(&speeds_hz[cells]) as u64) * each_ms as u128;
            now_ms = end;
            place += many;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::hertz;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn speeds_are_rounded_alike_as_floats_and_as_whole_numbers(megahertz in -10.0_f64..7e7, steps in 0_i64..1 << 40) {
            let halves = steps as f64 * 0.5e-6;
            for megahertz in [megahertz, halves, halves.next_down(), halves.next_up(), f64::NAN] {
                prop_assert_eq!(whole_hertz(megahertz) as u64, hertz(megahertz));
            }
        }
    }
}
