//! The latest intensities of the grid.

use std::collections::VecDeque;

/// The latest intensities, at most so many.
#[derive(Debug, Clone)]
pub(super) struct Window {
    latest: VecDeque<f64>,
    length: usize,
}

impl Window {
    /// A window that holds one value so far.
    pub(super) fn new(first: f64, length: usize) -> Self {
        Self {
            latest: VecDeque::from([first]),
            length,
        }
    }

    pub(super) fn push(&mut self, intensity: f64) {
        if self.latest.len() >= self.length {
            self.latest.pop_front();
        }
        self.latest.push_back(intensity);
    }

    pub(super) fn is_full(&self) -> bool {
        self.latest.len() >= self.length
    }

    /// Mean; summed anew each time, so that rounding does not add up over a run.
    pub(super) fn mean(&self) -> f64 {
        self.latest.iter().sum::<f64>() / self.latest.len() as f64
    }

    /// Quantile [1], between order statistics by a straight line (type 7 of Hyndman and Fan, 1996).
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let mut sorted: Vec<f64> = self.latest.iter().copied().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let position = share * (sorted.len() - 1) as f64;
        let left = position as usize;
        let right = (left + 1).min(sorted.len() - 1);
        sorted[left] + (sorted[right] - sorted[left]) * (position - left as f64)
    }
}
