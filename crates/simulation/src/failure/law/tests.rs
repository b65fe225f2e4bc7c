use super::*;
use crate::failure::random::stream;

const DRAWS: usize = 200_000;

/// Means of `x` and of `x²` over many draws lie within 4.5 standard errors of the law's, which follow from its first
/// four moments about zero. Both together fix mean and variance.
fn check_moments(law: &Law, moments: [f64; 4], seed: u64) {
    let mut random = stream(seed, 3);
    let (mut sum, mut square_sum) = (0.0, 0.0);
    for _ in 0..DRAWS {
        let drawn = law.draw(&mut random);
        assert!(drawn >= 0.0);
        sum += drawn;
        square_sum += drawn * drawn;
    }
    let [first, second, _, fourth] = moments;
    for (mean, expected, expected_square) in [(sum, first, second), (square_sum, second, fourth)] {
        let mean = mean / DRAWS as f64;
        let error = ((expected_square - expected * expected) / DRAWS as f64).sqrt();
        assert!(
            (mean - expected).abs() < 4.5 * error,
            "{law:?}: {mean} instead of {expected} ± {error}"
        );
    }
    assert!((law.mean() - first).abs() < 1e-9 * first, "{law:?}");
}

#[test]
fn exponential_draws_have_the_moments_of_the_law() {
    let moments = [1.0, 2.0, 6.0, 24.0];
    let mean = 7.41_f64;
    let scaled = [1, 2, 3, 4].map(|order| moments[order - 1] * libm::pow(mean, order as f64));
    check_moments(&Law::exponential(mean).unwrap(), scaled, 1);
}

#[test]
fn weibull_draws_have_the_moments_of_the_law() {
    for (shape, scale) in [(0.85, 2.04), (1.0, 3.0), (2.5, 40.0)] {
        let moments = [1.0, 2.0, 3.0, 4.0]
            .map(|order| libm::pow(scale, order) * libm::tgamma(1.0 + order / shape));
        check_moments(&Law::weibull(shape, scale).unwrap(), moments, 2);
    }
}

#[test]
fn lognormal_draws_have_the_moments_of_the_law() {
    for (log_mean, log_deviation) in [(1.6, 0.5), (-1.0, 0.2)] {
        let moments = [1.0, 2.0, 3.0, 4.0].map(|order| {
            libm::exp(order * log_mean + 0.5 * order * order * log_deviation * log_deviation)
        });
        check_moments(
            &Law::lognormal(log_mean, log_deviation).unwrap(),
            moments,
            3,
        );
    }
}

#[test]
fn gamma_draws_have_the_moments_of_the_law_below_and_above_shape_one() {
    for (shape, scale) in [
        (0.19, 39.92),
        (0.9, 2.0),
        (1.0, 1.0),
        (4.5, 0.7),
        (300.0, 0.1),
    ] {
        let mut moment = 1.0;
        let moments = [0.0, 1.0, 2.0, 3.0].map(|order| {
            moment *= scale * (shape + order);
            moment
        });
        check_moments(&Law::gamma(shape, scale).unwrap(), moments, 4);
    }
}

#[test]
fn uniform_draws_have_the_moments_of_the_law() {
    let (least, most) = (2.0_f64, 5.0_f64);
    let moments = [1.0, 2.0, 3.0, 4.0].map(|order| {
        let next = order + 1.0;
        (libm::pow(most, next) - libm::pow(least, next)) / (next * (most - least))
    });
    check_moments(&Law::uniform(least, most).unwrap(), moments, 5);
}

#[test]
fn empirical_draws_have_the_moments_of_the_list() {
    let values = vec![0.0, 1.0, 1.0, 10.0, 3.5];
    let moments = [1.0, 2.0, 3.0, 4.0].map(|order| {
        values
            .iter()
            .map(|value| libm::pow(*value, order))
            .sum::<f64>()
            / values.len() as f64
    });
    check_moments(&Law::empirical(values).unwrap(), moments, 6);
    let constant = Law::empirical(vec![4.0]).unwrap();
    assert_eq!(constant.draw(&mut stream(9, 9)), 4.0);
}

#[test]
fn extreme_parameters_still_give_quantities() {
    let laws = [
        Law::weibull(1e-3, 1.0),
        Law::gamma(1e-6, 1.0),
        Law::gamma(1e12, 1e12),
        Law::lognormal(0.0, 1e3),
        Law::exponential(f64::MAX),
    ];
    let mut random = stream(7, 7);
    for law in laws {
        let law = law.unwrap();
        for _ in 0..1000 {
            assert!(law.draw(&mut random) >= 0.0, "{law:?}");
        }
    }
}

#[test]
fn parameters_that_are_not_positive_are_refused() {
    for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused = [
            Law::exponential(value),
            Law::weibull(value, 1.0),
            Law::weibull(1.0, value),
            Law::gamma(value, 1.0),
            Law::gamma(1.0, value),
            Law::lognormal(0.0, value),
        ];
        for law in refused {
            assert!(matches!(law, Err(FailureError::InvalidParameter { .. })));
        }
    }
    assert!(Law::lognormal(f64::NAN, 1.0).is_err());
    assert!(Law::lognormal(-2.0, 1.0).is_ok());
    assert!(Law::uniform(2.0, 1.0).is_err());
    assert!(Law::uniform(-1.0, 1.0).is_err());
    assert!(Law::empirical(vec![1.0, -1.0]).is_err());
    assert_eq!(Law::empirical(Vec::new()), Err(FailureError::NoValues));
}
