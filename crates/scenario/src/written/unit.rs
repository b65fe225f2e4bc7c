//! Findings about units and amounts that cannot be read.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::ParseQuantityError;

use super::number::number_hint;
use super::{At, Field};

/// The finding for a text that is not the quantity asked for.
pub(crate) fn unit_finding(error: &ParseQuantityError, text: &str) -> Diagnostic {
    let text = quoted(text);
    match error {
        ParseQuantityError::NotANumber { kind, units, .. } => {
            Diagnostic::error("unit", format!("{text} is not {}", a(kind)))
                .expected(format!("a number and a unit: {units}"))
        }
        ParseQuantityError::NotFinite { kind, .. } => {
            Diagnostic::error("not-finite", format!("{text} is not a finite {kind}"))
                .expected("a number such as 12 or 0.5, with its unit")
        }
        ParseQuantityError::MissingUnit { kind, units, .. } => {
            Diagnostic::error("unit", format!("{text} has no unit"))
                .expected(format!("{} with its unit: {units}", a(kind)))
        }
        ParseQuantityError::UnknownUnit { kind, unit, units } => {
            Diagnostic::error("unit", format!("{} is not a unit of {kind}", quoted(unit)))
                .expected(units.clone())
        }
        ParseQuantityError::Currency { text } => Diagnostic::error(
            "unknown-currency",
            format!("{} is not a currency code", quoted(text)),
        )
        .expected("three capital letters such as EUR"),
        ParseQuantityError::TooFine {
            currency, digits, ..
        } => Diagnostic::error(
            "too-fine",
            format!("{text} is finer than the smallest coin of {currency}"),
        )
        .expected(format!("at most {digits} decimals")),
        ParseQuantityError::TooLarge { .. } => {
            Diagnostic::error("out-of-range", format!("{text} is too large an amount"))
                .expected("an amount that can be meant")
        }
    }
}

fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

impl Field<'_> {
    /// Tells that the value is not the quantity asked for; a column without units is told once.
    pub(super) fn unreadable(&self, text: &str, error: &ParseQuantityError) {
        let in_table = match self.value.as_ref().map(|value| &value.at) {
            Some(At::Cell { table, .. }) => Some(*table),
            _ => None,
        };
        let mut finding = unit_finding(error, text).maybe_hint(number_hint(text));
        let bare = text.replace('_', "").parse::<f64>().is_ok();
        if let (true, Some(table)) = (bare, in_table) {
            if !self.reading.tell_once(table.spec.name, self.name) {
                return;
            }
            if matches!(error, ParseQuantityError::MissingUnit { .. }) {
                finding = finding.hint(format!(
                    "write the unit after every number, or once in the header: {}",
                    quoted(&format!("{} [unit]", self.name))
                ));
            }
        }
        self.push(finding);
    }
}
