//! Fluctuation of a task's demand around its profile.
//!
//! # What it computes
//! Factors with mean one and a given standard deviation, one for each of 4096 equally likely classes of a
//! log-normal distribution: a 16-bit random number picks the class.
//!
//! # Assumptions
//! Factors of different hours and tasks are independent. Classes beyond 3.7 standard deviations do not occur; the
//! spread of the rest is widened so that the standard deviation is kept.
//!
//! # Valid range
//! Standard deviation 0 to 1. Factors are at least zero, and their mean is exactly one in the arithmetic used.

/// Classes of the distribution.
const CLASSES: usize = 4096;
/// One, in the fixed-point arithmetic of the factors.
const ONE: u32 = 1 << 16;

/// Factors of demand, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noise {
    factors: Option<Factors>,
}

/// Factors of demand by class, in units of 2^-16, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Factors(Box<[u32; CLASSES]>);

impl Noise {
    /// Noise of a standard deviation [1]; one that is not above zero means none, and it is held at 1.
    pub(crate) fn new(standard_deviation: f64) -> Self {
        // Written so that a deviation that is not a number means none.
        let present = standard_deviation > 0.0;
        if !present {
            return Self { factors: None };
        }
        let deviation = standard_deviation.min(1.0);
        let log_deviation = libm::log1p(deviation * deviation).sqrt();
        let raw: Vec<f64> = (0..CLASSES)
            .map(|class| (class as f64 + 0.5) / CLASSES as f64)
            .map(|probability| libm::exp(log_deviation * normal_quantile(probability)))
            .collect();
        let mean = raw.iter().sum::<f64>() / CLASSES as f64;
        let variance = raw
            .iter()
            .map(|value| (value / mean - 1.0) * (value / mean - 1.0))
            .sum::<f64>()
            / CLASSES as f64;
        let widening = deviation / variance.sqrt();
        let mut factors = Box::new([0u32; CLASSES]);
        for (factor, value) in factors.iter_mut().zip(&raw) {
            let widened = (1.0 + (value / mean - 1.0) * widening).max(0.0);
            *factor = libm::round(widened * f64::from(ONE)) as u32;
        }
        // The rounding of all classes is settled in the middle one, so that the mean is exactly one.
        let excess = factors.iter().map(|factor| i64::from(*factor)).sum::<i64>()
            - CLASSES as i64 * i64::from(ONE);
        let middle = i64::from(factors[CLASSES / 2]) - excess;
        factors[CLASSES / 2] = middle.clamp(0, i64::from(u32::MAX)) as u32;
        Self {
            factors: Some(Factors(factors)),
        }
    }

    /// The factors; `None` where all of them are one.
    pub(crate) fn factors(&self) -> Option<&Factors> {
        self.factors.as_ref()
    }
}

impl Factors {
    /// An expected demand times the factor of a random class, rounded to the nearest whole.
    #[inline]
    pub(crate) fn apply(&self, expected_milli: u32, random: u16) -> u32 {
        let factor = self.0[usize::from(random >> 4)];
        ((u64::from(expected_milli) * u64::from(factor) + u64::from(ONE / 2)) >> 16) as u32
    }
}

/// Value below which a standard normal variable lies with a probability, by bisection on the distribution.
fn normal_quantile(probability: f64) -> f64 {
    let (mut low, mut high) = (-10.0_f64, 10.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let below = 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2);
        if below < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_matches_printed_tables() {
        assert!((normal_quantile(0.975) - 1.959_963_985).abs() < 1e-9);
        assert!((normal_quantile(0.5)).abs() < 1e-12);
        assert!((normal_quantile(0.001) + 3.090_232_306).abs() < 1e-9);
    }

    #[test]
    fn the_mean_is_exactly_one_and_the_deviation_is_kept() {
        for deviation in [0.01, 0.08, 0.3, 0.6, 1.0] {
            let noise = Noise::new(deviation);
            let Factors(factors) = noise.factors().unwrap();
            let sum: u64 = factors.iter().map(|factor| u64::from(*factor)).sum();
            assert_eq!(sum, (CLASSES as u64) << 16);
            let variance = factors
                .iter()
                .map(|factor| f64::from(*factor) / f64::from(ONE) - 1.0)
                .map(|difference| difference * difference)
                .sum::<f64>()
                / CLASSES as f64;
            assert!(
                (variance.sqrt() / deviation - 1.0).abs() < 0.02,
                "{deviation}"
            );
        }
    }

    #[test]
    fn demand_over_all_classes_keeps_its_mean() {
        let noise = Noise::new(0.25);
        let factors = noise.factors().unwrap();
        let expected = 3217u32;
        let sum: u64 = (0..=u16::MAX)
            .map(|random| u64::from(factors.apply(expected, random)))
            .sum();
        let mean = sum as f64 / 65536.0;
        assert!((mean - f64::from(expected)).abs() < 0.05, "{mean}");
    }

    #[test]
    fn no_noise_is_no_noise() {
        assert!(Noise::new(0.0).factors().is_none());
        assert!(Noise::new(f64::NAN).factors().is_none());
        assert!(Noise::new(0.1).factors().is_some());
    }
}
