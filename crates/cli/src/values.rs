//! Values of options with their units.

use angara_quantity::{Duration, Quantity};

/// A share: `0.01` or `1%`.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    let (digits, unit) = match text.trim().strip_suffix('%') {
        Some(digits) => (digits.trim_end(), 100.0),
        None => (text.trim(), 1.0),
    };
    let number: f64 = digits.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..1.0).contains(&(number / unit)) {
        Ok(number / unit)
    } else {
        Err("must be at least 0 and below 1 (100 %)".to_owned())
    }
}

/// A span of time in seconds: `90`, `90 s` or `5min`.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    let span = Duration::parse_with_default(text, Some("s")).map_err(|error| error.to_string())?;
    if span.seconds() > 0.0 && span.seconds() <= 1e9 {
        Ok(span.seconds())
    } else {
        Err("must be above 0 and at most 1e9 s".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_spans_are_read_with_their_units() {
        assert_eq!(share("1%"), Ok(0.01));
        assert_eq!(share("0.5 %"), Ok(0.005));
        assert_eq!(share("1e-9"), Ok(1e-9));
        assert!(share("100%").is_err() && share("-1").is_err() && share("NaN").is_err());
        assert_eq!(seconds("5min"), Ok(300.0));
        assert_eq!(seconds("0.5"), Ok(0.5));
        assert!(seconds("0").is_err() && seconds("5 furlongs").is_err());
    }
}
