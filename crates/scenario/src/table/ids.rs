//! Identifiers of a table's rows, and references to them.

use std::collections::BTreeMap;

use angara_diagnostics::{Diagnostic, nearest, quoted};

use super::Table;
use crate::Index;
use crate::reading::Reading;

/// Index that no row has: stands for a reference that was found wrong, until the reading ends in an error.
pub(crate) const fn unresolved() -> Index {
    Index::MAX
}

/// Identifiers of a table in the order of its rows.
#[derive(Debug)]
pub(crate) struct Ids {
    file: String,
    row: &'static str,
    names: Vec<String>,
    index: BTreeMap<String, Index>,
    incomplete: bool,
    refused: Vec<String>,
}

impl Ids {
    /// Reads the column of identifiers; doubles are found here.
    pub(crate) fn read(table: &Table, column: &'static str, reading: &Reading) -> Self {
        let mut ids = Self::empty(&table.file, table.spec.row);
        ids.doubt_if(table.is_incomplete());
        for row in table.rows(reading) {
            let id = row.field(column).id();
            ids.names.push(id.clone());
            if id.is_empty() {
                ids.refused.push(row.free(column));
                continue;
            }
            if let Some(first) = ids.index.get(&id) {
                let line = table.line(*first).unwrap_or_default();
                reading.push(
                    Diagnostic::error(
                        "duplicate-id",
                        format!("the {} {} is there twice", ids.row, quoted(&id)),
                    )
                    .at(table.locate(row.index(), column))
                    .expected(format!("an id that no other {} has", ids.row))
                    .hint(format!("the first one is in line {line}")),
                );
                continue;
            }
            ids.index.insert(id, row.index());
        }
        ids
    }

    /// No identifiers yet.
    pub(crate) fn empty(file: &str, row: &'static str) -> Self {
        Self {
            file: file.to_owned(),
            row,
            names: Vec::new(),
            index: BTreeMap::new(),
            incomplete: false,
            refused: Vec::new(),
        }
    }

    /// Says that rows may be missing because of a fault that was found already.
    pub(crate) fn doubt_if(&mut self, incomplete: bool) {
        self.incomplete |= incomplete;
    }

    /// True where an unknown name may well be the trace of a fault that was found already.
    pub(crate) fn excuses(&self, id: &str, reading: &Reading) -> bool {
        if self.incomplete || self.refused.is_empty() {
            return self.incomplete;
        }
        !reading.in_detail() || nearest(id, self.refused.iter().map(String::as_str)).is_some()
    }

    /// Adds an identifier that stands for the next index; a known one is left as it is.
    pub(crate) fn add(&mut self, id: &str) -> Index {
        if let Some(found) = self.index.get(id) {
            return *found;
        }
        self.index.insert(id.to_owned(), self.names.len());
        self.names.push(id.to_owned());
        self.names.len() - 1
    }

    /// Index of an identifier.
    pub(crate) fn get(&self, id: &str) -> Option<Index> {
        self.index.get(id).copied()
    }

    /// All identifiers, sorted.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// Identifiers in the order of the rows; empty where a row has none.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// File that lists them.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// What a row is.
    pub(crate) fn row(&self) -> &'static str {
        self.row
    }
}
