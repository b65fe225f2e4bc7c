//! One of several words, lists of words, and references to rows of another table.

use angara_diagnostics::{Diagnostic, did_you_mean, listed, quoted};

use super::Field;
use crate::Index;
use crate::table::{Ids, unresolved};

impl Field<'_> {
    /// One of several words; `None` where it is another.
    pub(crate) fn choice<T: Copy>(&self, choices: &[(T, &str)]) -> Option<T> {
        let (text, _) = self.value()?;
        let found = choices.iter().find(|(_, name)| *name == text);
        if found.is_none() {
            let names = || choices.iter().map(|(_, name)| *name);
            self.push(
                Diagnostic::error(
                    "unknown-choice",
                    format!("{} is not a choice for {}", quoted(text), quoted(self.name)),
                )
                .expected(listed(names()))
                .maybe_hint(did_you_mean(text, names())),
            );
        }
        found.map(|(value, _)| *value)
    }

    /// Items between semicolons.
    pub(crate) fn list(&self) -> Vec<Self> {
        let Some((text, _)) = self.value() else {
            return Vec::new();
        };
        text.split(';')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| self.part(item))
            .collect()
    }

    /// Index of the row that the value names; no row's index where there is none of that name.
    pub(crate) fn reference(&self, ids: &Ids) -> Index {
        let Some((text, _)) = self.value() else {
            return unresolved();
        };
        ids.get(text).unwrap_or_else(|| {
            if ids.excuses(text, self.reading) {
                return unresolved();
            }
            let finding = Diagnostic::error(
                "unknown-reference",
                format!("there is no {} {}", ids.row(), quoted(text)),
            );
            self.push(if self.reading.in_detail() {
                finding
                    .expected(format!("one of {}: {}", ids.file(), listed(ids.sorted())))
                    .maybe_hint(did_you_mean(text, ids.sorted()))
            } else {
                finding.expected(format!("one of {}", ids.file()))
            });
            unresolved()
        })
    }
}
