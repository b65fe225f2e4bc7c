//! What the readers noticed, with the file it stands in; bounded, however bad the input is.

use std::fmt;
use std::io;

use angara_series::{Finding, Severity};

/// Most findings of one severity that are listed; the rest is counted.
const LISTED_MAX: usize = 100;

/// One observation about a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceFinding {
    /// File, or member of an archive, it stands in.
    pub file: String,
    /// Row, field, value and expectation.
    pub finding: Finding,
}

impl fmt::Display for TraceFinding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.file, self.finding)
    }
}

/// All observations about a trace, in the order of the input: the first hundred of each severity and the counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    errors: Vec<TraceFinding>,
    notes: Vec<TraceFinding>,
    error_count: u64,
    note_count: u64,
}

impl Findings {
    /// Something that makes the trace unusable.
    pub(crate) fn error(
        &mut self,
        file: &str,
        row: Option<u64>,
        field: &str,
        value: &str,
        expected: impl Into<String>,
    ) {
        self.error_count += 1;
        if self.errors.len() < LISTED_MAX {
            self.errors.push(TraceFinding {
                file: file.to_owned(),
                finding: Finding::error(row_number(row), field, value, expected),
            });
        }
    }

    /// Something that was repaired, or that the user should know.
    pub(crate) fn note(
        &mut self,
        file: &str,
        row: Option<u64>,
        field: &str,
        value: &str,
        expected: impl Into<String>,
    ) {
        self.note_count += 1;
        if self.notes.len() < LISTED_MAX {
            self.notes.push(TraceFinding {
                file: file.to_owned(),
                finding: Finding::note(row_number(row), field, value, expected),
            });
        }
    }

    /// A file that cannot be read, or not further.
    pub(crate) fn unreadable(&mut self, file: &str, fault: &io::Error) {
        self.error(
            file,
            None,
            "file",
            &fault.to_string(),
            "a file that can be read to its end within the limits",
        );
    }

    /// Appends what another reader noticed.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.error_count += other.error_count;
        self.note_count += other.note_count;
        let room = LISTED_MAX.saturating_sub(self.errors.len());
        self.errors.extend(other.errors.into_iter().take(room));
        let room = LISTED_MAX.saturating_sub(self.notes.len());
        self.notes.extend(other.notes.into_iter().take(room));
    }

    /// Findings of one severity that are listed.
    pub fn listed(&self, severity: Severity) -> &[TraceFinding] {
        match severity {
            Severity::Error => &self.errors,
            Severity::Note => &self.notes,
        }
    }

    /// Findings of one severity there are, listed or not.
    pub fn count(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.error_count,
            Severity::Note => self.note_count,
        }
    }

    /// Whether the trace cannot be used.
    pub fn has_errors(&self) -> bool {
        self.error_count > 0
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (severity, word) in [(Severity::Error, "error"), (Severity::Note, "note")] {
            for finding in self.listed(severity) {
                writeln!(formatter, "{word}: {finding}")?;
            }
            let unlisted = self.count(severity) - self.listed(severity).len() as u64;
            if unlisted > 0 {
                writeln!(formatter, "{word}: {unlisted} more of the same severity")?;
            }
        }
        Ok(())
    }
}

fn row_number(row: Option<u64>) -> Option<u32> {
    row.map(|row| u32::try_from(row).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hundred_errors_are_listed_and_all_are_counted() {
        let mut findings = Findings::default();
        for row in 0..250 {
            findings.error("a.csv", Some(row), "x", "y", "a number");
        }
        let mut more = Findings::default();
        more.error("b.csv", None, "x", "y", "a number");
        more.note("b.csv", None, "x", "y", "a number");
        findings.absorb(more);
        assert_eq!(findings.listed(Severity::Error).len(), LISTED_MAX);
        assert_eq!(findings.count(Severity::Error), 251);
        assert_eq!(findings.listed(Severity::Note)[0].file, "b.csv");
        assert!(findings.to_string().contains("error: 151 more"));
    }
}
