//! Stretches of demand that are not tied to the grid of steps.

use crate::Clock;

/// Constant demand of one task on a host over an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) from_ms: i64,
    pub(crate) to_ms: i64,
    /// Place of the task among those of its host.
    pub(crate) slot: u32,
    pub(crate) service: u32,
    pub(crate) demand_milli: u32,
}

/// Pieces of a block of steps, and which steps they cover whole.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) list: Vec<Piece>,
    /// Change of the demand of the pieces that cover whole steps, at each step.
    change: Vec<i64>,
    /// Steps in which a piece begins or ends.
    broken: Vec<bool>,
}

impl Pieces {
    pub(crate) fn clear(&mut self, steps: usize) {
        self.list.clear();
        self.change.clear();
        self.change.resize(steps + 1, 0);
        self.broken.clear();
        self.broken.resize(steps, false);
    }

    /// Adds a piece that lies within the block of steps that begins at `block_ms`.
    pub(crate) fn add(&mut self, piece: Piece, block_ms: i64, clock: Clock) {
        let step_of = |instant_ms: i64| ((instant_ms - block_ms) / clock.step_ms) as usize;
        let on_grid = |instant_ms: i64| (instant_ms - block_ms) % clock.step_ms == 0;
        let (mut first, last) = (step_of(piece.from_ms), step_of(piece.to_ms));
        if !on_grid(piece.from_ms) {
            self.broken[first] = true;
            first += 1;
        }
        if !on_grid(piece.to_ms) {
            self.broken[last] = true;
        }
        if first < last {
            self.change[first] += i64::from(piece.demand_milli);
            self.change[last] -= i64::from(piece.demand_milli);
        }
        self.list.push(piece);
    }

    pub(crate) fn sort(&mut self) {
        self.list
            .sort_unstable_by_key(|piece| (piece.from_ms, piece.slot));
    }

    /// Change of the whole-step demand at a step [milli-units].
    pub(crate) fn change(&self, step: usize) -> i64 {
        self.change[step]
    }

    /// True where a piece begins or ends within a step.
    pub(crate) fn is_broken(&self, step: usize) -> bool {
        self.broken[step]
    }
}
