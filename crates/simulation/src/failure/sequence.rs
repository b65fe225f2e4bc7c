//! Outages as recorded, one after the other.
//!
//! # What it computes
//! For each row: a wait, then an outage of a share of all hosts. The next row's wait begins when the outage ends, so
//! at most one outage is in progress. After the last row the sequence ends or begins anew.
//!
//! # Assumptions
//! A recording tells how many hosts were hit, not which: they are picked at random.
//!
//! # Valid range
//! Waits from 0 ms; an outage of 0 ms is taken for one of 1 ms.
//!
//! # References
//! The trace-based failure model of the `OpenDC` data-centre simulator, from a description of it; there the victims
//! do not follow from the seed.

use rand_chacha::ChaCha8Rng;

use super::random::stream;
use super::victims::Victims;
use super::{FailureError, HORIZON_MS, Outage};

/// One recorded outage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FailureRow {
    /// Wait since the end of the outage before [ms].
    pub interval_ms: i64,
    /// Length of the outage [ms].
    pub duration_ms: i64,
    /// Share of the hosts that is hit [1].
    pub intensity: f64,
}

/// A recorded sequence of outages.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureSequence {
    /// Outages, in the order of time.
    pub rows: Vec<FailureRow>,
    /// Whether the first row follows the last, for ever.
    pub repeat: bool,
    /// Row to begin with, counted around; the rows before it come at the end.
    pub start_row: usize,
}

impl FailureSequence {
    fn check(&self) -> Result<(), FailureError> {
        let mut takes_time = false;
        for (row, failure) in self.rows.iter().enumerate() {
            if failure.interval_ms < 0 || failure.duration_ms < 0 {
                return Err(FailureError::NegativeTime { row });
            }
            if !(0.0..=1.0).contains(&failure.intensity) {
                let share = failure.intensity;
                return Err(FailureError::InvalidShare { row, share });
            }
            takes_time |= failure.interval_ms > 0 || failure.duration_ms > 0;
        }
        if self.repeat && !takes_time {
            return Err(FailureError::RepeatsWithoutTime);
        }
        Ok(())
    }
}

/// The outages of a sequence.
#[derive(Debug, Clone)]
pub(super) struct SequenceOutages {
    rows: Vec<FailureRow>,
    next_row: usize,
    repeat: bool,
    /// End of the outage before [ms].
    now_ms: i64,
    victims: Victims,
    random: ChaCha8Rng,
}

impl SequenceOutages {
    pub(super) fn new(
        sequence: &FailureSequence,
        hosts: u32,
        seed: u64,
    ) -> Result<Self, FailureError> {
        sequence.check()?;
        let mut rows = sequence.rows.clone();
        if !rows.is_empty() {
            let start_row = sequence.start_row % rows.len();
            rows.rotate_left(start_row);
        }
        Ok(Self {
            rows,
            next_row: 0,
            repeat: sequence.repeat,
            now_ms: 0,
            victims: Victims::new((0..hosts).collect()),
            random: stream(seed, 0),
        })
    }

    pub(super) fn next(&mut self) -> Option<Outage> {
        if self.repeat && self.next_row == self.rows.len() {
            self.next_row = 0;
        }
        let row = self.rows.get(self.next_row)?;
        let from_ms = self.now_ms.saturating_add(row.interval_ms);
        if from_ms > HORIZON_MS {
            return None;
        }
        self.now_ms = from_ms + row.duration_ms.clamp(1, HORIZON_MS);
        self.next_row += 1;
        Some(Outage {
            from_ms,
            to_ms: self.now_ms,
            hosts: self.victims.pick(row.intensity, &mut self.random),
        })
    }
}
