//! One row of a table, and its fields by name.

use angara_diagnostics::{Diagnostic, Location, quoted};

use super::Table;
use crate::defaults;
use crate::reading::Reading;
use crate::written::{At, Field};

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    index: usize,
    reading: &'a Reading,
}

impl<'a> Row<'a> {
    pub(super) fn new(table: &'a Table, index: usize, reading: &'a Reading) -> Self {
        Self {
            table,
            index,
            reading,
        }
    }

    /// Position among the rows, from 0.
    pub(crate) fn index(self) -> usize {
        self.index
    }

    /// Where a cell of the row is.
    pub(crate) fn locate(self, name: &str) -> Location {
        self.table.locate(self.index, name)
    }

    /// A field; an empty cell takes the default, or is found missing where there is none.
    pub(crate) fn field(self, name: &'static str) -> Field<'a> {
        if let Some(field) = self.given(name) {
            return field;
        }
        if let Some(default) = defaults::of(self.table.spec.name, name) {
            return self.reading.default_field(name, default);
        }
        let in_header = self.table.column(name).is_some();
        if in_header && self.table.is_whole(self.index) {
            self.reading.push(
                Diagnostic::error("empty-cell", format!("{} is empty", quoted(name)))
                    .at(self.locate(name))
                    .expected(format!("a value: every {} has one", self.table.spec.row)),
            );
        }
        Field::absent(self.reading, name)
    }

    /// A field where the cell is not empty.
    pub(crate) fn given(self, name: &'static str) -> Option<Field<'a>> {
        let column = self.table.column(name)?;
        let text = self.table.cell(self.index, column)?;
        if text.trim().is_empty() {
            return None;
        }
        Some(Field::new(
            self.reading,
            name,
            text,
            self.table.unit(column),
            At::Cell {
                table: self.table,
                row: self.index,
            },
        ))
    }

    /// Text of a free column such as `source`; empty where it was left out.
    pub(crate) fn free(self, name: &'static str) -> String {
        self.given(name)
            .map(|field| field.text())
            .unwrap_or_default()
    }
}
