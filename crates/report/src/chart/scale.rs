//! Round numbers along an axis.

use crate::format::number;

/// Evenly spaced round values that cover a range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ticks {
    /// Lowest tick.
    pub(crate) low: f64,
    /// Highest tick.
    pub(crate) high: f64,
    step: f64,
    count: usize,
    decimals: usize,
}

impl Ticks {
    /// Ticks from `low` to at least `high`, in at most about `most` steps of 1, 2, 2.5 or 5 times a power of ten.
    pub(crate) fn new(low: f64, high: f64, most: usize) -> Self {
        let span = if high > low { high - low } else { 1.0 };
        let rough = span / most.max(1) as f64;
        let (mut power, mut decimals) = (1.0_f64, 0_usize);
        while power * 10.0 <= rough && power < 1e300 {
            power *= 10.0;
        }
        while power > rough && decimals < 12 {
            power /= 10.0;
            decimals += 1;
        }
        let factor = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .find(|factor| factor * power >= rough * 0.999_999)
            .unwrap_or(10.0);
        if factor == 2.5 {
            decimals += usize::from(power < 10.0);
        } else if factor == 10.0 {
            decimals = decimals.saturating_sub(1);
        }
        let step = factor * power;
        let count = ((span / step) - 1e-9).ceil().max(1.0) as usize;
        Self {
            low,
            high: low + step * count as f64,
            step,
            count,
            decimals,
        }
    }

    /// The ticks from low to high.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        (0..=self.count).map(|index| self.low + self.step * index as f64)
    }

    /// The ticks as text.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.values()
            .map(|value| number(value, self.decimals))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Ticks;

    #[test]
    fn ticks_are_round_and_cover_the_range() {
        assert_eq!(
            Ticks::new(0.0, 87.0, 5).texts(),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(
            Ticks::new(1.0, 1.37, 4).texts(),
            ["1.0", "1.1", "1.2", "1.3", "1.4"]
        );
        assert_eq!(
            Ticks::new(0.0, 0.9, 4).texts(),
            ["0.00", "0.25", "0.50", "0.75", "1.00"]
        );
        assert_eq!(
            Ticks::new(0.0, 9.9, 4).texts(),
            ["0.0", "2.5", "5.0", "7.5", "10.0"]
        );
    }

    #[test]
    fn any_range_gives_few_ticks_above_it() {
        for high in [0.0, 1e-7, 0.033, 1.0, 7.3, 99.0, 12_345.0, 9.9e12] {
            let ticks = Ticks::new(0.0, high, 5);
            assert!(ticks.high >= high * 0.999_999, "{high}");
            assert!((2..=7).contains(&ticks.values().count()), "{high}");
        }
    }
}
