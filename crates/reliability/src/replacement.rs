//! When to replace a part that wears out.
//!
//! What it computes: the age of planned replacement with the least cost per time, and that cost.
//!
//! Assumptions: Weibull life; a replacement at failure costs more than a planned one; both renew the part.
//!
//! Valid range: shape above one; cost of failure above the planned cost.
//!
//! References: Barlow and Hunter 1960.

use crate::error::{ReliabilityError, positive};

const INTERVALS: u32 = 2_000;

/// The best age of planned replacement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replacement {
    /// Age [unit of time of the scale].
    pub age: f64,
    /// Cost per unit of time.
    pub cost_rate: f64,
}

/// The best age, from the cost of a planned and of an unplanned replacement and the scale and shape of the life.
///
/// # Errors
/// A shape of one or less or a failure that costs no more than the plan: waiting for the failure is best.
pub fn best_replacement(
    planned: f64,
    unplanned: f64,
    scale: f64,
    shape: f64,
) -> Result<Replacement, ReliabilityError> {
    let planned = positive("planned cost", planned)?;
    let extra = positive("cost of a failure beyond the plan", unplanned - planned)?;
    let scale = positive("scale", scale)?;
    positive("shape beyond one", shape - 1.0)?;
    // At the best age the hazard times the mean time in service, less the probability of failure, is what the plan
    // costs over what a failure adds; it grows with the age.
    let survival = |age: f64| libm::exp(-libm::pow(age, shape));
    let gain = |age: f64| {
        let hazard = shape * libm::pow(age, shape - 1.0);
        hazard * in_service(&survival, age) - (1.0 - survival(age)) - planned / extra
    };
    let (mut low, mut high) = (0.0, 1.0);
    while gain(high) < 0.0 {
        low = high;
        high = positive("age of replacement", high * 2.0)?;
    }
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if gain(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let age = f64::midpoint(low, high);
    let cost = planned * survival(age) + unplanned * (1.0 - survival(age));
    Ok(Replacement {
        age: age * scale,
        cost_rate: cost / (in_service(&survival, age) * scale),
    })
}

/// Mean time in service up to an age, by Simpson's rule.
fn in_service(survival: &impl Fn(f64) -> f64, age: f64) -> f64 {
    let width = age / f64::from(INTERVALS);
    let inner: f64 = (1..INTERVALS)
        .map(|index| {
            let weight = if index % 2 == 1 { 4.0 } else { 2.0 };
            weight * survival(f64::from(index) * width)
        })
        .sum();
    (1.0 + inner + survival(age)) * width / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_near;

    #[test]
    fn r50_best_age_of_a_part_that_wears_out() {
        let best = best_replacement(1.0, 5.0, 1000.0, 2.5).unwrap();
        assert_near(best.age, 493.0469618, 1e-6);
        assert_near(best.cost_rate, 0.003462042739, 1e-6);
    }

    #[test]
    fn a_part_that_does_not_wear_is_not_replaced() {
        assert!(best_replacement(1.0, 5.0, 1000.0, 1.0).is_err());
        assert!(best_replacement(5.0, 5.0, 1000.0, 2.5).is_err());
    }
}
