//! How long tasks run, in classes that double.

/// Tasks by duration. Class 0 is below a second, class `n` from 2^(n-1) to 2^n seconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DurationHistogram {
    counts: Vec<u64>,
    unknown: u64,
}

impl DurationHistogram {
    /// Adds a duration [ms], or one that is not known.
    pub(super) fn add(&mut self, duration_ms: Option<i64>) {
        let Some(duration_ms) = duration_ms else {
            self.unknown += 1;
            return;
        };
        let seconds = (duration_ms.max(0) / 1_000) as u64;
        let class = (u64::BITS - seconds.leading_zeros()) as usize;
        if self.counts.len() <= class {
            self.counts.resize(class + 1, 0);
        }
        self.counts[class] += 1;
    }

    /// Tasks in each class.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Tasks whose duration is not known.
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    /// Shortest duration of a class [s].
    pub fn from_s(class: usize) -> u64 {
        match class {
            0 => 0,
            _ => 1 << (class - 1).min(63),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_double_and_hold_their_lower_bound() {
        let mut histogram = DurationHistogram::default();
        for seconds in [0, 1, 2, 3, 4, 7, 8] {
            histogram.add(Some(seconds * 1_000));
        }
        histogram.add(None);
        histogram.add(Some(i64::MAX));
        assert_eq!(histogram.counts()[..5], [1, 1, 2, 2, 1]);
        assert_eq!(histogram.unknown(), 1);
        for (class, from_s) in [(0, 0), (1, 1), (2, 2), (3, 4), (4, 8)] {
            assert_eq!(DurationHistogram::from_s(class), from_s);
        }
    }
}
