//! Energies, carbon and axis names as the pages of replays say them.

use crate::format::{SPACE, number, significant};

/// Energy of a kilowatt hour [J].
pub(crate) const J_PER_KWH: f64 = 3.6e6;

/// An energy [J] with its unit, in the size that reads best.
pub(crate) fn energy(joule: f64) -> (String, &'static str) {
    let kwh = joule / J_PER_KWH;
    match kwh.abs() {
        size if size >= 1e8 => (significant(kwh / 1e6, 4), "GWh"),
        size if size >= 1e5 => (significant(kwh / 1e3, 4), "MWh"),
        size if size >= 1e-2 || size == 0.0 => (significant(kwh, 4), "kWh"),
        _ => (significant(joule, 3), "J"),
    }
}

/// A mass of carbon [g] with its unit.
pub(crate) fn carbon(grams: f64) -> (String, &'static str) {
    match grams.abs() {
        size if size >= 1e7 => (significant(grams / 1e6, 4), "t"),
        size if size >= 1e3 => (significant(grams / 1e3, 4), "kg"),
        _ => (significant(grams, 3), "g"),
    }
}

/// A power [W] with its unit.
pub(crate) fn power(watt: f64) -> (String, &'static str) {
    match watt.abs() {
        size if size >= 1e7 => (significant(watt / 1e6, 3), "MW"),
        _ => (significant(watt / 1e3, 3), "kW"),
    }
}

/// A count of things with their name.
pub(crate) fn count(many: f64, one: &str, more: &str) -> String {
    let word = if many == 1.0 { one } else { more };
    format!("{}{SPACE}{word}", number(many, 0))
}

/// Text that is not longer than so many letters, its middle left out.
pub(crate) fn shortened(text: &str, letters: usize) -> String {
    let count = text.chars().count();
    if count <= letters {
        return text.to_owned();
    }
    let (head, tail) = (letters / 2, letters - letters / 2 - 1);
    let first = text.chars().take(head);
    let last = text.chars().skip(count - tail);
    first.chain(['…']).chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_choose_their_units() {
        assert_eq!(energy(3.6e6 * 12.5), ("12.50".into(), "kWh"));
        assert_eq!(energy(3.6e6 * 1.5e6), ("1\u{202f}500".into(), "MWh"));
        assert_eq!(carbon(1234.0), ("1.234".into(), "kg"));
        assert_eq!(count(1.0, "task", "tasks"), "1\u{a0}task");
        assert_eq!(shortened("abcdefghij", 7), "abc…hij");
    }
}
