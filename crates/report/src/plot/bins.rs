//! A recorded course of values reduced to as many bins as a screen has pixels for.

use super::Range;

/// Bins of a course over time: two pixels each on a wide screen, with room for names beside it.
const BINS: usize = 420;

#[derive(Debug, Clone, Copy, Default)]
struct Bin {
    low: f64,
    high: f64,
    sum: f64,
    count: f64,
    weighted: f64,
    weight: f64,
}

/// Lowest, mean and highest values over equal parts of a span of time.
#[derive(Debug, Clone)]
pub(crate) struct Bins {
    start: f64,
    width: f64,
    parts: Vec<Bin>,
}

impl Bins {
    /// Empty bins from `start` to `end`, at least a millisecond.
    pub(crate) fn new(start: f64, end: f64) -> Self {
        let width = (end - start).max(1.0) / BINS as f64;
        Self {
            start,
            width,
            parts: vec![Bin::default(); BINS],
        }
    }

    /// Adds a value that held from one time to another; it counts by its share in each bin it touches.
    pub(crate) fn add(&mut self, from: f64, to: f64, value: f64) {
        let end = self.start + self.width * BINS as f64;
        let (from, to) = (from.clamp(self.start, end), to.clamp(self.start, end));
        let first = (((from - self.start) / self.width).floor() as usize).min(BINS - 1);
        let past = ((to - self.start) / self.width).ceil() as usize;
        let past = past.clamp(first + 1, BINS);
        for (index, bin) in (first..past).zip(&mut self.parts[first..past]) {
            let low = self.start + self.width * index as f64;
            let overlap = (to.min(low + self.width) - from.max(low)).max(0.0);
            if bin.count == 0.0 {
                (bin.low, bin.high) = (value, value);
            }
            bin.low = bin.low.min(value);
            bin.high = bin.high.max(value);
            bin.sum += value;
            bin.count += 1.0;
            bin.weighted += value * overlap;
            bin.weight += overlap;
        }
    }

    /// The middle of each bin, in units of `unit_ms` after `origin`.
    pub(crate) fn places(&self, origin: f64, unit_ms: f64) -> Vec<f64> {
        (0..BINS)
            .map(|index| (self.start + self.width * (index as f64 + 0.5) - origin) / unit_ms)
            .collect()
    }

    /// What each bin saw, times a factor.
    pub(crate) fn ranges(&self, factor: f64) -> Vec<Option<Range>> {
        self.parts
            .iter()
            .map(|bin| {
                (bin.count > 0.0).then(|| {
                    let mean = if bin.weight > 0.0 {
                        bin.weighted / bin.weight
                    } else {
                        bin.sum / bin.count
                    };
                    Range {
                        low: bin.low * factor,
                        mean: mean.clamp(bin.low, bin.high) * factor,
                        high: bin.high * factor,
                    }
                })
            })
            .collect()
    }

    /// Value times time up to the end of each bin, times a factor.
    pub(crate) fn amounts(&self, factor: f64) -> Vec<f64> {
        let mut total = 0.0;
        self.parts
            .iter()
            .map(|bin| {
                total += bin.weighted * factor;
                total
            })
            .collect()
    }

    /// Highest value of all bins; nothing where nothing was added.
    pub(crate) fn highest(&self) -> Option<f64> {
        self.parts
            .iter()
            .filter(|bin| bin.count > 0.0)
            .map(|bin| bin.high)
            .reduce(f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_kept_and_peaks_survive() {
        let mut bins = Bins::new(0.0, 1e6);
        for step in 0..10_000 {
            let value = if step == 7_777 { 900.0 } else { 2.0 };
            bins.add(f64::from(step) * 100.0, f64::from(step + 1) * 100.0, value);
        }
        assert_eq!(bins.highest(), Some(900.0));
        let total = *bins.amounts(1.0).last().unwrap();
        assert!(
            (total - (2.0 * 1e6 + 898.0 * 100.0)).abs() < 1e-3,
            "{total}"
        );
        let peaks = bins.ranges(1.0).into_iter().flatten();
        assert_eq!(peaks.filter(|range| range.high == 900.0).count(), 1);
    }

    #[test]
    fn a_value_that_holds_long_fills_every_bin_it_touches() {
        let mut bins = Bins::new(0.0, 4.2e6);
        bins.add(0.0, 4.2e6, 3.0);
        assert!(
            bins.ranges(2.0)
                .iter()
                .all(|range| *range == Some(Range::exact(6.0)))
        );
    }

    #[test]
    fn a_span_of_nothing_still_holds_its_sample() {
        let mut bins = Bins::new(5.0, 5.0);
        bins.add(5.0, 5.0, 7.0);
        assert_eq!(bins.ranges(1.0)[0], Some(Range::exact(7.0)));
    }
}
