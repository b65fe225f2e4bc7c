//! A quantity over time in at most 128 bins, whose range need not be known in advance: when a value lies outside, the
//! bins merge by pairs until it fits.

/// Most bins.
const BINS_MAX: i64 = 128;
/// Width of a bin in the beginning [ms].
const WIDTH_MS: i64 = 1_000;

/// Sums of a quantity over equal bins, whose borders are multiples of their width.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    width_ms: i64,
    first: i64,
    /// Quantity times milliseconds in each bin.
    sums: Vec<f64>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            width_ms: WIDTH_MS,
            first: 0,
            sums: Vec::new(),
        }
    }
}

impl Timeline {
    /// Adds a quantity that holds from one instant to another [ms].
    pub(super) fn add(&mut self, from_ms: i64, to_ms: i64, quantity: f64) {
        if to_ms <= from_ms {
            return;
        }
        // Nearly always the whole stretch lies in one bin.
        let last_ms = to_ms - 1;
        self.cover(from_ms);
        self.cover(last_ms);
        let (first, last) = (
            from_ms.div_euclid(self.width_ms),
            last_ms.div_euclid(self.width_ms),
        );
        for bin in first..=last {
            let begin_ms = from_ms.max(bin * self.width_ms);
            let end_ms = to_ms.min(bin.saturating_add(1).saturating_mul(self.width_ms));
            self.sums[(bin - self.first) as usize] += quantity * (end_ms - begin_ms) as f64;
        }
    }

    /// Adds an amount [quantity × ms] at an instant.
    pub(super) fn add_at(&mut self, at_ms: i64, amount: f64) {
        self.cover(at_ms);
        let bin = at_ms.div_euclid(self.width_ms);
        self.sums[(bin - self.first) as usize] += amount;
    }

    /// Makes the bins reach an instant.
    fn cover(&mut self, at_ms: i64) {
        loop {
            let bin = at_ms.div_euclid(self.width_ms);
            if self.sums.is_empty() {
                self.first = bin;
                self.sums.push(0.0);
                return;
            }
            let last = self.first + self.sums.len() as i64 - 1;
            let (low, high) = (self.first.min(bin), last.max(bin));
            if high - low < BINS_MAX {
                if low < self.first {
                    let before = vec![0.0; (self.first - low) as usize];
                    self.sums.splice(0..0, before);
                    self.first = low;
                }
                self.sums.resize((high - low + 1) as usize, 0.0);
                return;
            }
            self.merge();
        }
    }

    /// Doubles the width of the bins.
    fn merge(&mut self) {
        let first = self.first.div_euclid(2);
        let last = (self.first + self.sums.len() as i64 - 1).div_euclid(2);
        let mut merged = vec![0.0; (last - first + 1) as usize];
        for (place, sum) in self.sums.iter().enumerate() {
            let bin = (self.first + place as i64).div_euclid(2);
            merged[(bin - first) as usize] += sum;
        }
        self.first = first;
        self.sums = merged;
        self.width_ms = self.width_ms.saturating_mul(2);
    }

    /// Width of a bin [ms].
    pub fn width_ms(&self) -> i64 {
        self.width_ms
    }

    /// Start of each bin [ms on the clock of the trace] and mean quantity in it.
    pub fn points(&self) -> impl Iterator<Item = (i64, f64)> + '_ {
        self.sums.iter().enumerate().map(|(place, sum)| {
            let start_ms = (self.first + place as i64) * self.width_ms;
            (start_ms, sum / self.width_ms as f64)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_merge_until_everything_fits_and_no_amount_is_lost() {
        let mut timeline = Timeline::default();
        timeline.add(0, 500, 2.0);
        timeline.add(1_000_000_000, 1_000_003_000, 1.0);
        timeline.add(-5_000_000, -4_999_000, 4.0);
        timeline.add_at(7, 9.0);
        assert!(timeline.points().count() <= BINS_MAX as usize);
        let total: f64 = timeline.sums.iter().sum();
        assert_eq!(total, 500.0 * 2.0 + 3_000.0 + 4_000.0 + 9.0);
        let (first_ms, _) = timeline.points().next().unwrap();
        assert!(first_ms <= -5_000_000 && first_ms + timeline.width_ms() > -5_000_000);
    }

    #[test]
    fn a_stretch_is_spread_over_its_bins() {
        let mut timeline = Timeline::default();
        timeline.add(500, 2_500, 3.0);
        let points: Vec<_> = timeline.points().collect();
        assert_eq!(points, [(0, 1.5), (1_000, 3.0), (2_000, 1.5)]);
    }

    #[test]
    fn the_widest_range_there_is_ends() {
        let mut timeline = Timeline::default();
        timeline.add_at(i64::MIN / 4, 1.0);
        timeline.add_at(i64::MAX / 4, 1.0);
        assert!(timeline.points().count() <= BINS_MAX as usize);
    }
}
