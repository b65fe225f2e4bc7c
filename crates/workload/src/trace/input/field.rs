//! Numbers in text.

/// A number that is neither infinite nor not-a-number.
pub(crate) fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Powers of ten that a double holds exactly, as far as they are needed here.
const POWERS_OF_TEN: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// The decimal number without sign and exponent that a text begins with, and its length; `None` where it has more
/// than fifteen digits or none. Up to there the quotient of two exact doubles is the nearest double, so that the
/// value is the same bit for bit as that of the full parser, in a fraction of its time.
pub(crate) fn leading_decimal(text: &[u8]) -> Option<(f64, usize)> {
    let (mut mantissa, mut digits, mut decimals) = (0_u64, 0, 0);
    let mut length = 0;
    let mut behind_point = false;
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                if digits == 15 {
                    return None;
                }
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                digits += 1;
                decimals += usize::from(behind_point);
            }
            b'.' if !behind_point => behind_point = true,
            _ => break,
        }
        length += 1;
    }
    (digits > 0).then(|| (mantissa as f64 / POWERS_OF_TEN[decimals], length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_gives_the_same_bits_as_the_full_parser(text in "[0-9]{0,9}\\.?[0-9]{0,9}(;|e3|)") {
            if let Some((value, length)) = leading_decimal(text.as_bytes()) {
                let full: f64 = text[..length].parse().unwrap();
                prop_assert_eq!(value.to_bits(), full.to_bits());
            }
        }
    }

    #[test]
    fn what_is_no_short_decimal_is_left_to_the_full_parser() {
        assert_eq!(leading_decimal(b"12.50;x"), Some((12.5, 5)));
        for text in ["", "-1", ".", "x", "0.1333333333333333"] {
            assert_eq!(leading_decimal(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn infinity_and_not_a_number_are_no_numbers() {
        assert_eq!(finite("1.6703488E7"), Some(16_703_488.0));
        for text in ["inf", "NaN", "-infinity", "1e999", "", "1,5"] {
            assert_eq!(finite(text), None, "{text}");
        }
    }
}
