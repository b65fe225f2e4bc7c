//! Numbers as people read them.

/// A whole number with its digits in groups of three.
pub(super) fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 && digits != "0" {
        text.insert(0, '-');
    }
    text
}

/// A number with about four digits that matter.
pub(super) fn short(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if !value.is_finite() => value.to_string(),
        _ if value == 0.0 => "0".to_owned(),
        _ if size >= 1e15 => format!("{value:.3e}"),
        _ if size >= 1_000.0 || (value.fract() == 0.0 && size < 1_000.0) => grouped(value),
        _ if size >= 100.0 => format!("{value:.1}"),
        _ if size >= 1.0 => format!("{value:.2}"),
        _ if size >= 0.001 => format!("{value:.4}"),
        _ => format!("{value:.2e}"),
    }
}

/// The step of a unit by which a value of this size reads best, and its name.
pub(super) fn step(size: f64, steps: &[(f64, &'static str)]) -> (f64, &'static str) {
    let mut chosen = steps.first().copied().unwrap_or((1.0, ""));
    for next in steps {
        if size >= next.0 {
            chosen = *next;
        }
    }
    chosen
}

/// Steps of a speed [MHz].
pub(super) const SPEED: [(f64, &str); 3] = [(1.0, "MHz"), (1e3, "GHz"), (1e6, "THz")];
/// Steps of a memory [B].
pub(super) const MEMORY: [(f64, &str); 5] = [
    (1e3, "kB"),
    (1e6, "MB"),
    (1e9, "GB"),
    (1e12, "TB"),
    (1e15, "PB"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (value, text) in [
            (0.0, "0"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (2_323_475.0, "2,323,475"),
            (-12_345.0, "-12,345"),
            (-0.2, "0"),
        ] {
            assert_eq!(grouped(value), text);
        }
    }

    #[test]
    fn short_numbers_keep_the_digits_that_matter() {
        for (value, text) in [
            (0.0, "0"),
            (7.0, "7"),
            (7.125, "7.12"),
            (0.081_25, "0.0813"),
            (123.456, "123.5"),
            (1_234.5, "1,234"),
            (0.000_012_3, "1.23e-5"),
        ] {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn a_unit_fits_the_size_of_its_value() {
        assert_eq!(step(950.0, &SPEED).1, "MHz");
        assert_eq!(step(5_000.0, &SPEED).1, "GHz");
        assert_eq!(step(0.0, &SPEED).1, "MHz");
        assert_eq!(step(2e12, &MEMORY).1, "TB");
    }
}
