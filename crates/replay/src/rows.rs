//! Tables that are filled row by row and written piece by piece.

use angara_results::{Column, FileRecord, ResultsError, RunFolder, Table, TableFile, Values};

/// Rows that are kept before they are written; fixed, because the bytes of the file depend on it.
const ROWS_KEPT: usize = 8_192;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    OptionalText,
    Real,
    Whole,
    OptionalWhole,
    Small,
}

impl Kind {
    fn values(self) -> Values {
        match self {
            Self::Text | Self::OptionalText => Values::Text {
                nullable: self == Self::OptionalText,
                cells: Vec::new(),
            },
            Self::Real => Values::Real {
                nullable: false,
                cells: Vec::new(),
            },
            Self::Whole | Self::OptionalWhole => Values::Whole {
                nullable: self == Self::OptionalWhole,
                cells: Vec::new(),
            },
            Self::Small => Values::Small {
                nullable: false,
                cells: Vec::new(),
            },
        }
    }
}

/// Name, unit, description and kind of a column.
pub(crate) type ColumnSpec = (&'static str, &'static str, &'static str, Kind);

/// One cell; a count or time that does not fit its column is held at the largest that does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    Text(&'a str),
    Real(f64),
    Whole(i64),
    Empty,
}

impl Cell<'_> {
    /// A time or count that may not be known.
    pub(crate) fn whole(value: Option<i64>) -> Self {
        value.map_or(Cell::Empty, Cell::Whole)
    }

    /// A count.
    pub(crate) fn count(value: u64) -> Self {
        Cell::Whole(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// A table that is being filled.
#[derive(Debug)]
pub(crate) struct Rows {
    name: &'static str,
    file: TableFile,
    columns: Vec<Column>,
    filled: usize,
}

impl Rows {
    /// Starts a table at a path of the run folder.
    pub(crate) fn start(
        folder: &RunFolder,
        path: &str,
        name: &'static str,
        columns: &[ColumnSpec],
    ) -> Result<Self, ResultsError> {
        let owned: Vec<_> = columns
            .iter()
            .map(|(name, unit, description, kind)| {
                ((*name).to_owned(), *unit, (*description).to_owned(), *kind)
            })
            .collect();
        Self::start_with(folder, path, name, &owned)
    }

    /// As [`Self::start`], where names depend on what is in the table.
    pub(crate) fn start_with(
        folder: &RunFolder,
        path: &str,
        name: &'static str,
        columns: &[(String, &'static str, String, Kind)],
    ) -> Result<Self, ResultsError> {
        let columns: Vec<Column> = columns
            .iter()
            .map(|(name, unit, description, kind)| Column {
                name: name.clone(),
                unit: (*unit).to_owned(),
                description: description.clone(),
                values: kind.values(),
            })
            .collect();
        let file = folder.start_table(path, &table_of(name, columns.clone()))?;
        Ok(Self {
            name,
            file,
            columns,
            filled: 0,
        })
    }

    /// Appends a row; its cells are those of the columns, in their order.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), ResultsError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            match (&mut column.values, *cell) {
                (Values::Text { cells, .. }, Cell::Text(text)) => cells.push(Some(text.to_owned())),
                (Values::Text { cells, .. }, _) => cells.push(None),
                (Values::Real { cells, .. }, Cell::Real(value)) => cells.push(Some(value)),
                (Values::Real { cells, .. }, _) => cells.push(None),
                (Values::Whole { cells, .. }, Cell::Whole(value)) => cells.push(Some(value)),
                (Values::Whole { cells, .. }, _) => cells.push(None),
                (Values::Small { cells, .. }, Cell::Whole(value)) => {
                    cells.push(Some(i32::try_from(value).unwrap_or(i32::MAX)));
                }
                (Values::Small { cells, .. }, _) => cells.push(None),
                (Values::Truth { cells, .. }, _) => cells.push(None),
            }
        }
        self.filled += 1;
        if self.filled == ROWS_KEPT {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ResultsError> {
        if self.filled == 0 {
            return Ok(());
        }
        self.filled = 0;
        let empty: Vec<Column> = self.columns.iter().map(emptied).collect();
        let full = std::mem::replace(&mut self.columns, empty);
        self.file.append(&table_of(self.name, full))
    }

    /// Writes what is left and ends the file.
    pub(crate) fn finish(mut self) -> Result<FileRecord, ResultsError> {
        self.flush()?;
        self.file.finish()
    }
}

fn table_of(name: &str, columns: Vec<Column>) -> Table {
    columns.into_iter().fold(Table::new(name), |table, column| {
        table.column(
            &column.name,
            &column.unit,
            &column.description,
            column.values,
        )
    })
}

/// A column of the same kind with room for as many cells.
fn emptied(column: &Column) -> Column {
    let nullable = column.values.nullable();
    let values = match &column.values {
        Values::Text { .. } => Values::Text {
            nullable,
            cells: Vec::with_capacity(ROWS_KEPT),
        },
        Values::Real { .. } => Values::Real {
            nullable,
            cells: Vec::with_capacity(ROWS_KEPT),
        },
        Values::Whole { .. } => Values::Whole {
            nullable,
            cells: Vec::with_capacity(ROWS_KEPT),
        },
        Values::Small { .. } => Values::Small {
            nullable,
            cells: Vec::with_capacity(ROWS_KEPT),
        },
        Values::Truth { .. } => Values::Truth {
            nullable,
            cells: Vec::with_capacity(ROWS_KEPT),
        },
    };
    Column {
        name: column.name.clone(),
        unit: column.unit.clone(),
        description: column.description.clone(),
        values,
    }
}
