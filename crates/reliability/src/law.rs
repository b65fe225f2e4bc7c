//! Laws of the time to an event.
//!
//! What it computes: mean, distribution, quantile and draws of each law.
//!
//! Assumptions: draws are the quantile of a uniform number, so that a larger number is a longer time under every law.
//!
//! Valid range: positive parameters; distributions to about 1e-12, quantiles to about 1e-9 of the time.
//!
//! References: NIST/SEMATECH e-Handbook of Statistical Methods, 8.1.6; DLMF 8.7 and 8.9 (incomplete gamma function);
//! Acklam 2003 (normal quantile).

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use crate::error::{ReliabilityError, positive, within};

/// A law of positive times, in any one unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Constant rate, by its mean.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Wear or infancy.
    Weibull {
        /// Time by which 63 % have happened.
        scale: f64,
        /// Exponent [1].
        shape: f64,
    },
    /// The logarithm is normal.
    Lognormal {
        /// Median.
        median: f64,
        /// Standard deviation of the logarithm [1].
        sigma: f64,
    },
    /// Sum of stages.
    Gamma {
        /// Mean of a stage.
        scale: f64,
        /// Number of stages [1].
        shape: f64,
    },
    /// Observed times, equally likely, ascending.
    Empirical(Vec<f64>),
}

impl Law {
    /// The law, if its parameters are valid; observed times are sorted.
    ///
    /// # Errors
    /// Parameters that are not finite and positive; no observation.
    pub fn checked(self) -> Result<Self, ReliabilityError> {
        match &self {
            Self::Exponential { mean } => {
                positive("mean", *mean)?;
            }
            Self::Weibull { scale, shape } | Self::Gamma { scale, shape } => {
                positive("scale", *scale)?;
                positive("shape", *shape)?;
            }
            Self::Lognormal { median, sigma } => {
                positive("median", *median)?;
                positive("sigma", *sigma)?;
            }
            Self::Empirical(times) => {
                within("observations", times.len(), 1, usize::MAX)?;
                for time in times {
                    positive("observed time", *time)?;
                }
            }
        }
        Ok(match self {
            Self::Empirical(mut times) => {
                times.sort_by(f64::total_cmp);
                Self::Empirical(times)
            }
            other => other,
        })
    }

    /// Mean time.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Exponential { mean } => *mean,
            Self::Weibull { scale, shape } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Self::Lognormal { median, sigma } => median * libm::exp(sigma * sigma / 2.0),
            Self::Gamma { scale, shape } => scale * shape,
            Self::Empirical(times) => times.iter().sum::<f64>() / times.len() as f64,
        }
    }

    /// Probability that it has happened by `time` [1].
    pub fn distribution(&self, time: f64) -> f64 {
        if time <= 0.0 {
            return 0.0;
        }
        match self {
            Self::Exponential { mean } => -libm::expm1(-time / mean),
            Self::Weibull { scale, shape } => -libm::expm1(-libm::pow(time / scale, *shape)),
            Self::Lognormal { median, sigma } => {
                normal_distribution(libm::log(time / median) / sigma)
            }
            Self::Gamma { scale, shape } => gamma_distribution(*shape, time / scale),
            Self::Empirical(times) => {
                times.partition_point(|observed| *observed <= time) as f64 / times.len() as f64
            }
        }
    }

    /// Time by which it has happened with a probability of `share`, clamped to what lies inside 0 to 1.
    pub fn quantile(&self, share: f64) -> f64 {
        let share = share.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
        match self {
            Self::Exponential { mean } => -mean * libm::log1p(-share),
            Self::Weibull { scale, shape } => scale * libm::pow(-libm::log1p(-share), 1.0 / shape),
            Self::Lognormal { median, sigma } => median * libm::exp(sigma * normal_quantile(share)),
            Self::Gamma { scale, shape } => {
                let logarithm = |value: f64| gamma_distribution(*shape, libm::exp(value));
                let top = libm::log(shape + 40.0 + 12.0 * shape.sqrt());
                scale * libm::exp(inverted(logarithm, share, -700.0, top))
            }
            Self::Empirical(times) => {
                let index = (share * times.len() as f64).floor() as usize;
                let last = times.len().saturating_sub(1);
                // Without any observation it never happens.
                times.get(index.min(last)).copied().unwrap_or(f64::INFINITY)
            }
        }
    }

    /// The next draw of a stream.
    pub fn draw(&self, stream: &mut ChaCha8Rng) -> f64 {
        self.quantile(uniform(stream))
    }
}

/// A number strictly between 0 and 1 in steps of 2⁻⁵³.
pub(crate) fn uniform(stream: &mut ChaCha8Rng) -> f64 {
    ((stream.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

fn normal_distribution(value: f64) -> f64 {
    0.5 * libm::erfc(-value * std::f64::consts::FRAC_1_SQRT_2)
}

/// Acklam's rational approximation, refined once by Halley's step.
fn normal_quantile(share: f64) -> f64 {
    if share > 0.5 {
        return -normal_quantile(1.0 - share);
    }
    let ratio = |above: &[f64], below: &[f64], x: f64| {
        let horner = |terms: &[f64]| terms.iter().fold(0.0, |sum, term| sum * x + term);
        horner(above) / (horner(below) * x + 1.0)
    };
    let start = if share < 0.02425 {
        let tail = (-2.0 * libm::log(share)).sqrt();
        ratio(&TAIL_ABOVE, &TAIL_BELOW, tail)
    } else {
        let distance = share - 0.5;
        distance * ratio(&CENTRE_ABOVE, &CENTRE_BELOW, distance * distance)
    };
    let error = normal_distribution(start) - share;
    let step = error * (2.0 * std::f64::consts::PI).sqrt() * libm::exp(start * start / 2.0);
    start - step / (1.0 + start * step / 2.0)
}

const CENTRE_ABOVE: [f64; 6] = [
    -3.969683028665376e1,
    2.209460984245205e2,
    -2.759285104469687e2,
    1.38357751867269e2,
    -3.066479806614716e1,
    2.506628277459239,
];
const CENTRE_BELOW: [f64; 5] = [
    -5.447609879822406e1,
    1.615858368580409e2,
    -1.556989798598866e2,
    6.680131188771972e1,
    -1.328068155288572e1,
];
const TAIL_ABOVE: [f64; 6] = [
    -7.784894002430293e-3,
    -3.223964580411365e-1,
    -2.400758277161838,
    -2.549732539343734,
    4.374664141464968,
    2.938163982698783,
];
const TAIL_BELOW: [f64; 4] = [
    7.784695709041462e-3,
    3.224671290700398e-1,
    2.445134137142996,
    3.754408661907416,
];

/// Where a rising function reaches a value, by halving.
fn inverted(rising: impl Fn(f64) -> f64, value: f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if rising(middle) < value {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Regularised lower incomplete gamma function.
fn gamma_distribution(shape: f64, time: f64) -> f64 {
    let factor = libm::exp(shape * libm::log(time) - time - libm::lgamma(shape));
    if time < shape + 1.0 {
        let (mut term, mut sum, mut count) = (1.0 / shape, 1.0 / shape, shape);
        while term > sum * 1e-16 {
            count += 1.0;
            term *= time / count;
            sum += term;
        }
        return factor * sum;
    }
    // Lentz's continued fraction of the upper part.
    let mut below = time + 1.0 - shape;
    let mut above = 1.0 / f64::MIN_POSITIVE;
    let mut inverse = 1.0 / below;
    let mut fraction = inverse;
    for count in 1..10_000 {
        let count = f64::from(count);
        let step = -count * (count - shape);
        below += 2.0;
        inverse = 1.0 / (step * inverse + below);
        above = below + step / above;
        let change = above * inverse;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 - factor * fraction
}

#[cfg(test)]
mod tests {
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::error::{assert_close, assert_near};

    fn laws() -> Vec<Law> {
        [
            Law::Exponential { mean: 3.0 },
            Law::Weibull {
                scale: 1000.0,
                shape: 0.5,
            },
            Law::Weibull {
                scale: 2.0,
                shape: 2.5,
            },
            Law::Lognormal {
                median: 10.0,
                sigma: 1.5,
            },
            Law::Gamma {
                scale: 2.0,
                shape: 0.3,
            },
            Law::Gamma {
                scale: 2.0,
                shape: 7.0,
            },
        ]
        .into_iter()
        .map(|law| law.checked().unwrap())
        .collect()
    }

    #[test]
    fn quantile_and_distribution_are_inverse() {
        for law in laws() {
            for share in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999] {
                assert_near(law.distribution(law.quantile(share)), share, 1e-9);
            }
        }
    }

    #[test]
    fn means_are_areas_over_the_distribution() {
        for law in laws() {
            let count = 200_000;
            let sum: f64 = (0..count)
                .map(|index| law.quantile((f64::from(index) + 0.5) / f64::from(count)))
                .sum();
            assert_near(sum / f64::from(count), law.mean(), 0.01);
        }
    }

    #[test]
    fn whole_stages_meet_the_sum_of_poisson_terms() {
        let law = Law::Gamma {
            scale: 1.0,
            shape: 3.0,
        };
        for time in [0.5, 2.0, 6.0] {
            let none = libm::exp(-time) * (1.0 + time + time * time / 2.0);
            assert_close(law.distribution(time), 1.0 - none, 1e-12);
        }
    }

    #[test]
    fn observed_times_are_drawn_as_often_as_seen() {
        let law = Law::Empirical(vec![8.0, 2.0, 2.0, 4.0]).checked().unwrap();
        assert_eq!(law.mean(), 4.0);
        assert_eq!(law.distribution(2.0), 0.5);
        assert_eq!(law.quantile(0.4), 2.0);
        assert_eq!(law.quantile(0.99), 8.0);
    }

    #[test]
    fn streams_repeat_and_differ() {
        let law = Law::Exponential { mean: 1.0 };
        let draw = |entity| {
            let mut stream = ChaCha8Rng::seed_from_u64(1);
            stream.set_stream(entity);
            law.draw(&mut stream)
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        assert!(Law::Empirical(Vec::new()).checked().is_err());
        assert!(Law::Exponential { mean: -1.0 }.checked().is_err());
    }
}
