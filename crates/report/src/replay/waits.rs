//! How long work waited: shares within a time, and the plot of them.

use crate::plot::{Across, Curve, Plot, Range};

/// Points of the plot.
const POINTS: usize = 160;

/// The waits of one run or queue.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waits {
    /// Waits of what started, rising [ms].
    sorted_ms: Vec<f64>,
    /// How many never started.
    pub(crate) never: usize,
}

impl Waits {
    /// Waits of what started, in any order [ms], and how many never started.
    pub(crate) fn new(mut waits_ms: Vec<f64>, never: usize) -> Self {
        waits_ms.sort_by(f64::total_cmp);
        Self {
            sorted_ms: waits_ms,
            never,
        }
    }

    /// Longest wait [ms].
    pub(crate) fn longest_ms(&self) -> f64 {
        self.sorted_ms.last().copied().unwrap_or(0.0)
    }

    /// Mean wait [ms].
    pub(crate) fn mean_ms(&self) -> f64 {
        self.sorted_ms.iter().sum::<f64>() / self.sorted_ms.len().max(1) as f64
    }

    /// How many waited at all.
    pub(crate) fn waiting(&self) -> usize {
        self.sorted_ms.len() - self.sorted_ms.partition_point(|wait| *wait <= 0.0)
    }

    /// Wait that this share of what started does not exceed [ms].
    pub(crate) fn quantile_ms(&self, share: f64) -> f64 {
        let count = self.sorted_ms.len();
        let rank = (share * count as f64).ceil().max(1.0) as usize;
        self.sorted_ms
            .get(rank.min(count).saturating_sub(1))
            .copied()
            .unwrap_or(0.0)
    }

    /// Share that started within a wait, of all [1].
    fn within(&self, wait_ms: f64) -> f64 {
        let count = self.sorted_ms.partition_point(|wait| *wait <= wait_ms);
        count as f64 / (self.sorted_ms.len() + self.never).max(1) as f64
    }
}

/// Share that started within a wait, a curve per run: name, colour, waits.
pub(crate) fn plot(what: &'static str, runs: &[(String, usize, &Waits)]) -> Plot {
    let longest = runs.iter().map(|(_, _, waits)| waits.longest_ms());
    let across = Across::waits("Wait", longest.fold(0.0, f64::max));
    let places = across.places(POINTS);
    let curves = runs
        .iter()
        .map(|(name, colour, waits)| Curve {
            name: name.clone(),
            colour: *colour,
            values: places
                .iter()
                // A hair further, so that the longest wait itself is within the last place.
                .map(|place| Some(Range::exact(waits.within(place * 1.000_001) * 100.0)))
                .collect(),
        })
        .collect();
    Plot {
        label: format!("Share of {what} that started within a wait"),
        quantity: "Started within the wait",
        unit: "%",
        across,
        stacked: false,
        reach: 100.0,
        places,
        curves,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_shares_follow_from_the_waits() {
        let waits = Waits::new((0..100).rev().map(f64::from).collect(), 100);
        assert_eq!(waits.quantile_ms(0.5), 49.0);
        assert_eq!(waits.quantile_ms(0.95), 94.0);
        assert_eq!(waits.longest_ms(), 99.0);
        assert_eq!(waits.waiting(), 99);
        assert_eq!(waits.within(49.0), 0.25);
        assert_eq!(waits.within(1e9), 0.5);
        assert_eq!(Waits::default().quantile_ms(0.5), 0.0);
    }
}
