//! All findings of one reading.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};

/// Findings of one kind in one column that are kept; the others are counted.
const KEPT_PER_COLUMN: usize = 8;
/// Findings that are kept in all.
const KEPT: usize = 2_000;

/// Kind, file and column of alike findings.
type Likeness = (&'static str, String, String);

/// Findings in the order of file and position, whatever the order in which they were found.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    alike: BTreeMap<Likeness, (usize, usize)>,
    errors: usize,
    warnings: usize,
}

/// Findings that were counted and not kept, because too many were alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// Kind of finding.
    pub code: &'static str,
    /// File in which they are.
    pub file: String,
    /// Column or key in which they are; empty where they have none.
    pub field: String,
    /// How many more there are.
    pub count: usize,
}

impl Diagnostics {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        let (file, field) = diagnostic
            .location
            .as_ref()
            .map(|at| (at.file.clone(), at.field.clone().unwrap_or_default()))
            .unwrap_or_default();
        let count = self
            .alike
            .entry((diagnostic.code, file, field))
            .or_insert((0, 0));
        if count.0 < KEPT_PER_COLUMN && self.kept.len() < KEPT {
            count.0 += 1;
            self.kept.push(diagnostic);
        } else {
            count.1 += 1;
        }
    }

    /// Puts the findings in order: by file, line, column, severity, kind and message.
    pub fn sort(&mut self) {
        self.kept.sort_by(|a, b| order(a).cmp(&order(b)));
    }

    /// The findings that were kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// Findings that were only counted, in order of kind, file and column.
    pub fn repeated(&self) -> impl Iterator<Item = Repeated> {
        self.alike
            .iter()
            .filter(|(_, (_, counted))| *counted > 0)
            .map(|((code, file, field), (_, counted))| Repeated {
                code,
                file: file.clone(),
                field: field.clone(),
                count: *counted,
            })
    }

    /// Number of errors, those only counted included.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Number of warnings, those only counted included.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// True where something must be mended before anything can run.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// True where nothing was found.
    pub fn is_empty(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

/// File, line, column, severity, kind and message.
type Order<'a> = (
    &'a str,
    Option<usize>,
    Option<usize>,
    Severity,
    &'a str,
    &'a str,
);

fn order(diagnostic: &Diagnostic) -> Order<'_> {
    let at = diagnostic.location.as_ref();
    (
        at.map_or("", |at| at.file.as_str()),
        at.and_then(|at| at.line),
        at.and_then(|at| at.column),
        diagnostic.severity,
        diagnostic.code,
        &diagnostic.message,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::Location;

    fn finding(line: usize) -> Diagnostic {
        let text = "x\n".repeat(100_000);
        Diagnostic::error("unit", format!("finding {line}")).at(Location::span(
            "a.csv",
            &text,
            2 * (line - 1)..2 * line - 1,
        )
        .field("power"))
    }

    #[test]
    fn the_order_does_not_depend_on_the_order_of_finding() {
        let collect = |lines: [usize; 3]| {
            let mut all = Diagnostics::new();
            lines.map(finding).into_iter().for_each(|one| all.push(one));
            all.sort();
            all.iter()
                .map(|one| one.message.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(collect([3, 1, 2]), collect([2, 3, 1]));
    }

    #[test]
    fn a_bad_column_of_a_large_table_is_told_once_and_counted() {
        let mut all = Diagnostics::new();
        (1..=50).map(finding).for_each(|one| all.push(one));
        assert_eq!(all.errors(), 50);
        assert_eq!(all.iter().count(), KEPT_PER_COLUMN);
        let repeated: Vec<Repeated> = all.repeated().collect();
        assert_eq!(repeated[0].count, 50 - KEPT_PER_COLUMN);
    }
}
