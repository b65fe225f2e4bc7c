//! How many tasks are in a state, step by step.

use crate::Clock;

/// Mean number of intervals that are open during each step [1]; each interval is (from, to) in milliseconds.
///
/// Whole milliseconds are summed, so that the order of the intervals has no influence.
pub(crate) fn mean_counts(intervals: impl Iterator<Item = (i64, i64)>, clock: Clock) -> Vec<f64> {
    // Intervals that span whole steps change a running number; the broken steps at their ends add what they cover.
    let mut change = vec![0i64; clock.steps + 1];
    let mut broken_ms = vec![0i64; clock.steps];
    for (from_ms, to_ms) in intervals {
        let from_ms = from_ms.clamp(0, clock.end_ms());
        let to_ms = to_ms.clamp(0, clock.end_ms());
        if from_ms >= to_ms {
            continue;
        }
        let first = (from_ms / clock.step_ms) as usize;
        let last = ((to_ms - 1) / clock.step_ms) as usize;
        if first == last {
            broken_ms[first] += to_ms - from_ms;
        } else {
            broken_ms[first] += (first as i64 + 1) * clock.step_ms - from_ms;
            broken_ms[last] += to_ms - last as i64 * clock.step_ms;
            change[first + 1] += 1;
            change[last] -= 1;
        }
    }
    let mut open = 0i64;
    broken_ms
        .iter()
        .zip(&change)
        .map(|(covered_ms, change)| {
            open += change;
            (open * clock.step_ms + covered_ms) as f64 / clock.step_ms as f64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_means_over_each_step() {
        let clock = Clock {
            step_ms: 10,
            steps: 4,
        };
        let intervals = [(0, 40), (5, 25), (12, 14), (30, 90), (7, 7)];
        let counts = mean_counts(intervals.into_iter(), clock);
        assert_eq!(counts, [1.5, 2.2, 1.5, 2.0]);
    }
}
