//! Tables: CSV with a header whose columns may carry a unit.
//!
//! Cells keep their place in the file, so that a finding can mark the very cell.

mod column;
mod header;
mod ids;
mod row;
mod split;

pub(crate) use column::{TableSpec, measured, money, plain, price};
pub(crate) use ids::{Ids, unresolved};
pub(crate) use row::Row;

use std::borrow::Cow;
use std::ops::Range;

use angara_diagnostics::Location;

use crate::reading::Reading;
use header::Column;
use split::Record;

/// A table as it stands in its file.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) spec: &'static TableSpec,
    pub(crate) file: String,
    text: String,
    columns: Vec<Column>,
    records: Vec<Record>,
    cells: Vec<Range<usize>>,
    incomplete: bool,
}

impl Table {
    /// A table whose file was refused or is missing, which was found already.
    pub(crate) fn refused(spec: &'static TableSpec) -> Self {
        Self {
            incomplete: true,
            ..Self::absent(spec)
        }
    }

    /// True where rows are missing because of a fault that was found already.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// A table that was left out.
    pub(crate) fn absent(spec: &'static TableSpec) -> Self {
        Self {
            spec,
            file: format!("{}.csv", spec.name),
            text: String::new(),
            columns: Vec::new(),
            records: Vec::new(),
            cells: Vec::new(),
            incomplete: false,
        }
    }

    /// Splits the text of a file and checks its header.
    pub(crate) fn new(
        spec: &'static TableSpec,
        file: String,
        text: String,
        reading: &Reading,
    ) -> Self {
        let split = split::split(&text);
        for fault in &split.faults {
            reading.push(fault.diagnostic(&file, &text));
        }
        let mut table = Self {
            spec,
            file,
            text,
            columns: Vec::new(),
            records: split.records,
            cells: split.cells,
            incomplete: !split.faults.is_empty(),
        };
        header::read(&mut table, reading);
        table
    }

    /// Rows below the header.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// A row.
    pub(crate) fn row<'a>(&'a self, index: usize, reading: &'a Reading) -> Row<'a> {
        Row::new(self, index, reading)
    }

    /// All rows in order.
    pub(crate) fn rows<'a>(&'a self, reading: &'a Reading) -> impl Iterator<Item = Row<'a>> {
        (0..self.len()).map(move |index| self.row(index, reading))
    }

    /// Position of a column in the file.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Names of the columns as they stand in the file.
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// Unit that the header gives a column.
    pub(crate) fn unit(&self, column: usize) -> Option<&str> {
        self.columns.get(column)?.unit.as_deref()
    }

    /// Content of a cell without its quotes; `None` beyond the end of a short row.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<Cow<'_, str>> {
        let range = self.cell_range(row, column)?;
        Some(split::unquoted(&self.text[range]))
    }

    fn cell_range(&self, row: usize, column: usize) -> Option<Range<usize>> {
        let cells = self.records.get(row)?.cells.clone();
        self.cells.get(cells)?.get(column).cloned()
    }

    /// True where the row has as many cells as the header.
    pub(crate) fn is_whole(&self, row: usize) -> bool {
        self.records
            .get(row)
            .is_some_and(|record| record.cells.len() == self.columns.len())
    }

    /// Where a cell is; the whole row where the column is not in the file.
    pub(crate) fn locate(&self, row: usize, name: &str) -> Location {
        let column = self.column(name);
        let location = match column.and_then(|column| self.cell_range(row, column)) {
            Some(range) => self
                .locate_range(row, range.clone())
                .value(&split::unquoted(&self.text[range])),
            None => self.locate_row(row),
        };
        if column.is_some() {
            location.row(row + 1).field(name)
        } else {
            location
        }
    }

    /// Where a row is.
    pub(crate) fn locate_row(&self, row: usize) -> Location {
        match self.records.get(row) {
            Some(record) => self.locate_range(row, record.text.clone()).row(row + 1),
            None => Location::file(&self.file),
        }
    }

    /// Where a row begins [line].
    pub(crate) fn line(&self, row: usize) -> Option<usize> {
        self.records.get(row).map(|record| record.line)
    }

    fn locate_range(&self, row: usize, range: Range<usize>) -> Location {
        let Some(record) = self.records.get(row) else {
            return Location::file(&self.file);
        };
        // A quoted cell may hold line ends, so the cell can stand below the first line of its row.
        let before = &self.text[record.text.start..range.start];
        let line_start = before
            .rfind('\n')
            .map_or(record.text.start, |at| record.text.start + at + 1);
        let line_end = self.text[range.start..]
            .find('\n')
            .map_or(self.text.len(), |at| range.start + at);
        Location::in_line(
            &self.file,
            record.line + before.matches('\n').count(),
            &self.text[line_start..line_end],
            range.start - line_start..range.end - line_start,
        )
    }
}
