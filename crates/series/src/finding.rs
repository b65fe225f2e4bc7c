//! What a reader noticed in its input: one value, where it stands and what was expected there.

use std::fmt;

/// Longest excerpt of an offending value that a finding keeps [characters].
const VALUE_LENGTH_MAX: usize = 60;
/// Most errors that are listed one by one; the rest is counted.
pub(crate) const ERRORS_LISTED_MAX: usize = 100;

/// Whether the input can be used in spite of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The reader repaired or replaced something and went on; the result is usable.
    Note,
    /// The input cannot be used as it stands.
    Error,
}

/// One observation about an input, for the author of that input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether the input can be used in spite of it.
    pub severity: Severity,
    /// Line in the file, counted from 1; `None` when the finding concerns the whole file.
    pub row: Option<u32>,
    /// Field in the format's own words, for example `dry bulb temperature [°C]`.
    pub field: String,
    /// The value as found, shortened when it is long.
    pub value: String,
    /// What was expected, or what was done about it.
    pub expected: String,
}

impl Finding {
    /// A finding that makes the input unusable.
    pub fn error(
        row: Option<u32>,
        field: impl Into<String>,
        value: &str,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            row,
            field: field.into(),
            value: shortened(value),
            expected: expected.into(),
        }
    }

    /// A finding about something that was repaired.
    pub fn note(
        row: Option<u32>,
        field: impl Into<String>,
        value: &str,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(row, field, value, expected)
        }
    }

    /// Whether the input cannot be used because of this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(formatter, "row {row}, ")?;
        }
        write!(
            formatter,
            "{}: found {:?}; {}",
            self.field, self.value, self.expected
        )
    }
}

/// The value, cut to a length that fits into a message, without what could drive a terminal.
fn shortened(value: &str) -> String {
    let mut characters = value.chars().map(|character| {
        if character.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            character
        }
    });
    let mut kept: String = characters.by_ref().take(VALUE_LENGTH_MAX).collect();
    if characters.next().is_some() {
        kept.push('…');
    }
    kept
}

/// Findings so far; a hopeless file does not get a hopeless list.
#[derive(Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    pub(crate) errors: usize,
}

impl Findings {
    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Finding) {
        if finding.is_error() {
            self.errors += 1;
            if self.errors > ERRORS_LISTED_MAX {
                return;
            }
        }
        self.list.push(finding);
    }

    /// What was read, unless there is an error, and the findings.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> (Option<T>, Vec<Finding>) {
        let unlisted = self.errors.saturating_sub(ERRORS_LISTED_MAX);
        if unlisted > 0 {
            self.list.push(Finding::error(
                None,
                "file",
                &format!("{unlisted} more errors"),
                "a file without errors",
            ));
        }
        (value.filter(|_| self.errors == 0), self.list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_row_field_value_and_expectation() {
        let finding = Finding::error(Some(12), "pressure [Pa]", "abc", "a number");
        assert_eq!(
            finding.to_string(),
            "row 12, pressure [Pa]: found \"abc\"; a number"
        );
    }

    #[test]
    fn a_long_value_is_cut_at_a_character_not_inside_one() {
        let finding = Finding::note(None, "city", &"ж".repeat(1000), "a name");
        assert_eq!(finding.value.chars().count(), VALUE_LENGTH_MAX + 1);
        assert!(!finding.is_error());
        let escape = Finding::note(None, "city", "\u{1b}[31m", "a name");
        assert_eq!(escape.value, "\u{fffd}[31m");
    }
}
