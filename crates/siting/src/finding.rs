//! What a reader has to say about a file.

use std::fmt;

/// One thing that is wrong in a file: where, what stands there, what should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Line, counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The field in the format's own words.
    pub field: String,
    /// What stands there, shortened.
    pub value: String,
    /// What should stand there.
    pub expected: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(formatter, "line {}: ", self.line)?;
        }
        write!(
            formatter,
            "{} is `{}`, expected {}",
            self.field, self.value, self.expected
        )
    }
}

/// Most findings that one reading reports.
const FINDINGS_MAX: usize = 50;
/// Longest value that a finding repeats [characters].
const VALUE_MAX: usize = 40;

/// Findings of one reading, limited in number.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// What a reading yields, where nothing is found, and what is found.
    pub(crate) fn of<T>(read: impl FnOnce(&mut Self) -> Option<T>) -> (Option<T>, Vec<Finding>) {
        let mut findings = Self::default();
        let read = read(&mut findings);
        (read.filter(|_| findings.is_empty()), findings.into_list())
    }

    /// Notes one finding; beyond the limit it is dropped.
    pub fn add(&mut self, line: usize, field: &str, value: &str, expected: impl Into<String>) {
        if self.list.len() < FINDINGS_MAX {
            self.list.push(Finding {
                line,
                field: field.to_owned(),
                value: value.chars().take(VALUE_MAX).collect(),
                expected: expected.into(),
            });
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether no more would be noted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= FINDINGS_MAX
    }

    /// The findings, in the order of the file.
    pub fn into_list(self) -> Vec<Finding> {
        self.list
    }
}
