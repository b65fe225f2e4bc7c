//! What is wrong with the inputs of a reliability model.

/// An input outside the valid range of a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReliabilityError {
    /// A time, rate or amount that is not finite and positive.
    #[error("{name} must be finite and positive, not {value}")]
    NotPositive {
        /// Name of the input.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A probability outside 0 to 1.
    #[error("{name} must lie between 0 and 1, not {value}")]
    NotProbability {
        /// Name of the input.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A number outside its range.
    #[error("{name} must lie between {least} and {most}, not {value}")]
    OutOfRange {
        /// Name of the input.
        name: &'static str,
        /// Its value.
        value: usize,
        /// Smallest valid value.
        least: usize,
        /// Largest valid value.
        most: usize,
    },
    /// A chain some of whose states are never left or never reached.
    #[error("the chain does not settle to one steady state")]
    NotErgodic,
}

pub(crate) fn positive(name: &'static str, value: f64) -> Result<f64, ReliabilityError> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(ReliabilityError::NotPositive { name, value })
    }
}

pub(crate) fn probability(name: &'static str, value: f64) -> Result<f64, ReliabilityError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(ReliabilityError::NotProbability { name, value })
    }
}

pub(crate) fn within(
    name: &'static str,
    value: usize,
    least: usize,
    most: usize,
) -> Result<usize, ReliabilityError> {
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(ReliabilityError::OutOfRange {
            name,
            value,
            least,
            most,
        })
    }
}

#[cfg(test)]
pub(crate) fn assert_close(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not {expected} within {tolerance}"
    );
}

#[cfg(test)]
pub(crate) fn assert_near(actual: f64, expected: f64, relative: f64) {
    assert_close(actual, expected, expected.abs() * relative);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(positive("rate", f64::NAN).is_err());
        assert!(positive("rate", f64::INFINITY).is_err());
        assert!(probability("share", f64::NAN).is_err());
        assert!(within("crews", 3, 0, 2).is_err());
    }
}
