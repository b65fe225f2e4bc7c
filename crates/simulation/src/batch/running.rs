//! Jobs that run, by when they end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Running jobs; the next to end is known at once.
#[derive(Debug, Default)]
pub(super) struct Running {
    ends: BinaryHeap<Reverse<(i64, usize)>>,
}

impl Running {
    pub(super) fn start(&mut self, job: usize, end_s: i64) {
        self.ends.push(Reverse((end_s, job)));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// When the next job ends [s].
    pub(super) fn next_end_s(&self) -> Option<i64> {
        self.ends.peek().map(|Reverse((end_s, _))| *end_s)
    }

    /// Takes out a job that has ended by now.
    pub(super) fn take_ended(&mut self, now_s: i64) -> Option<usize> {
        if self.next_end_s()? > now_s {
            return None;
        }
        self.ends.pop().map(|Reverse((_, job))| job)
    }
}
