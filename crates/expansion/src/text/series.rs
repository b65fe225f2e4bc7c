//! Series that follow a rule, in few characters.
//!
//! `~V` is V with the weight of each period: `V * carriage[t] / carriage[0]`, rounded down. `V^G` begins with V and grows
//! by G thousandths a period: `next = now + now * G / 1000`, rounded down. All else is one number per period.

use super::lines::{Reader, Stop, Values, numbers};

/// Largest growth that is looked for [thousandths a period].
const GROWTH_MAX: i64 = 100_000;

/// V with the weight of each period; `None` where it does not fit.
pub(crate) fn weighted(value: i64, carriage: &[i64]) -> Option<Vec<i64>> {
    let first = i128::from(*carriage.first()?).max(1);
    carriage
        .iter()
        .map(|&weight| i64::try_from(i128::from(value) * i128::from(weight) / first).ok())
        .collect()
}

/// V growing by `growth` thousandths a period; `None` where it does not fit.
pub(crate) fn growing(value: i64, growth: i64, periods: usize) -> Option<Vec<i64>> {
    let mut now = value;
    let mut series = Vec::with_capacity(periods);
    for _ in 0..periods {
        series.push(now);
        let more = i128::from(now) * i128::from(growth) / 1_000;
        now = i64::try_from(i128::from(now) + more).ok()?;
    }
    Some(series)
}

/// The series in its shortest form; powers grow, money is weighted.
pub(super) fn money(values: &[i64], carriage: &[i64]) -> String {
    let first = values.first().copied().unwrap_or(0);
    if values.len() > 1 && weighted(first, carriage).as_deref() == Some(values) {
        format!(" ~{first}")
    } else {
        numbers(values)
    }
}

/// The series in its shortest form.
pub(super) fn power(values: &[i64]) -> String {
    growth(values).map_or_else(
        || numbers(values),
        |growth| format!(" {}^{growth}", values[0]),
    )
}

/// The least growth that gives the series.
fn growth(values: &[i64]) -> Option<i64> {
    let (mut least, mut most) = (0, GROWTH_MAX);
    for pair in values.windows(2) {
        let (now, more) = (
            i128::from(pair[0]),
            i128::from(pair[1]) - i128::from(pair[0]),
        );
        if now <= 0 || more < 0 {
            return None;
        }
        let from = (more * 1_000 + now - 1) / now;
        let to = (more * 1_000 + 999) / now;
        least = least.max(i64::try_from(from).ok()?);
        most = most.min(i64::try_from(to).ok()?);
    }
    (values.len() > 1 && least <= most).then_some(())?;
    (growing(values[0], least, values.len()).as_deref() == Some(values)).then_some(least)
}

impl<'t> Reader<'t> {
    /// A line of money by period.
    pub(super) fn money(
        &mut self,
        keyword: &'static str,
        carriage: &[i64],
    ) -> Result<Vec<i64>, Stop> {
        let values = self.named(keyword)?;
        self.money_of(values, carriage)
    }

    /// The rest of a line as money by period.
    pub(super) fn money_of(
        &mut self,
        values: Values<'t>,
        carriage: &[i64],
    ) -> Result<Vec<i64>, Stop> {
        let Some(word) = values.rest.strip_prefix('~') else {
            return self.all(values, carriage.len());
        };
        let value = word.parse().ok();
        if let Some(series) = value.and_then(|value| weighted(value, carriage)) {
            return Ok(series);
        }
        let expected = "a whole number after `~`";
        self.note(values.line, values.field, values.rest, expected)?;
        Ok(vec![0; carriage.len()])
    }

    /// A line of powers by period.
    pub(super) fn power(
        &mut self,
        keyword: &'static str,
        periods: usize,
    ) -> Result<Vec<i64>, Stop> {
        let values = self.named(keyword)?;
        let Some((value, growth)) = values.rest.split_once('^') else {
            return self.all(values, periods);
        };
        let rule: Option<(i64, i64)> = value.parse().ok().zip(growth.parse().ok());
        let rule = rule.filter(|rule| rule.0 >= 0 && rule.1 >= 0);
        let series = rule.and_then(|(value, growth)| growing(value, growth, periods));
        if let Some(series) = series {
            return Ok(series);
        }
        let expected = "whole numbers from 0 before and after `^`, and no power beyond 64 bits";
        self.note(values.line, keyword, values.rest, expected)?;
        Ok(vec![0; periods])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_growing_series_is_recognised(value in 1_i64..1_000_000, growth in 0_i64..500, periods in 2_usize..12) {
            let series = growing(value, growth, periods).expect("fits");
            let text = power(&series);
            let found: i64 = text.split_once('^').expect("a rule").1.parse().expect("a number");
            prop_assert_eq!(growing(value, found, periods), Some(series));
        }

        #[test]
        fn any_series_is_written_as_it_is(values in proptest::collection::vec(0_i64..50, 1..5)) {
            let text = power(&values);
            let again = match text.trim().split_once('^') {
                Some((value, growth)) => {
                    let (value, growth) = (value.parse().expect("a number"), growth.parse().expect("a number"));
                    growing(value, growth, values.len()).expect("fits")
                }
                None => text.split_whitespace().map(|word| word.parse().expect("a number")).collect(),
            };
            prop_assert_eq!(again, values);
        }
    }

    #[test]
    fn money_with_the_weights_of_the_periods_is_one_number() {
        let carriage = [1_000, 926, 857];
        let series = weighted(1_234_567, &carriage).expect("fits");
        assert_eq!(money(&series, &carriage), " ~1234567");
        assert_eq!(money(&[5, 6, 7], &carriage), " 5 6 7");
    }
}
