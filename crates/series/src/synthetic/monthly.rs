//! From twelve monthly values to 365 daily ones.

use crate::calendar::{DAYS_PER_MONTH, DAYS_PER_YEAR, MONTH_STARTS, month_of_day};

/// Rounds of correction after which monthly means are met to far below a thousandth.
const CORRECTION_ROUNDS: usize = 60;

/// Daily values on straight lines between the middles of the months, around the year.
pub(super) fn interpolated(monthly: [f64; 12]) -> Vec<f64> {
    (0..DAYS_PER_YEAR)
        .map(|day| {
            let noon = f64::from(day) + 0.5;
            let month = usize::from(month_of_day(day)) - 1;
            let earlier = if noon < middle(month) {
                (month + 11) % 12
            } else {
                month
            };
            let later = (earlier + 1) % 12;
            let year = f64::from(DAYS_PER_YEAR);
            let span = (middle(later) - middle(earlier)).rem_euclid(year);
            let share = (noon - middle(earlier)).rem_euclid(year) / span;
            monthly[earlier] + (monthly[later] - monthly[earlier]) * share
        })
        .collect()
}

/// Daily values whose monthly means are the given ones.
///
/// Straight lines between monthly means flatten summer and winter; the corner values are therefore moved
/// until each month has its mean. The correction shrinks by more than half in each round.
pub(super) fn interpolated_keeping_means(monthly: [f64; 12]) -> Vec<f64> {
    let mut corners = monthly;
    for _ in 0..CORRECTION_ROUNDS {
        let found = means(&interpolated(corners));
        for month in 0..12 {
            corners[month] += monthly[month] - found[month];
        }
    }
    interpolated(corners)
}

/// Mean of each month of 365 daily values.
pub(super) fn means(daily: &[f64]) -> [f64; 12] {
    std::array::from_fn(|month| {
        let start = usize::from(MONTH_STARTS[month]);
        let days = usize::from(DAYS_PER_MONTH[month]);
        daily[start..start + days].iter().sum::<f64>() / days as f64
    })
}

/// Middle of a month [days since the start of the year].
fn middle(month: usize) -> f64 {
    f64::from(MONTH_STARTS[month]) + f64::from(DAYS_PER_MONTH[month]) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_constant_stays_constant() {
        for value in interpolated_keeping_means([7.0; 12]) {
            assert!((value - 7.0).abs() < 1e-12);
        }
    }

    #[test]
    fn values_stay_between_neighbouring_months_and_join_over_the_year_end() {
        let daily = interpolated([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]);
        assert!((daily[364] - daily[0]).abs() < 0.05);
        assert!((daily[15] - 0.0).abs() < 1e-12);
        assert!(daily.iter().all(|value| (0.0..=6.0).contains(value)));
    }

    proptest! {
        #[test]
        fn monthly_means_are_kept(monthly in prop::array::uniform12(-60.0..45.0f64)) {
            let found = means(&interpolated_keeping_means(monthly));
            for month in 0..12 {
                prop_assert!((found[month] - monthly[month]).abs() < 1e-6);
            }
        }
    }
}
