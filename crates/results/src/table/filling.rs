//! A column that is filled cell by cell, in the form in which it is written.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Float64Builder, Int32Builder, Int64Builder, StringBuilder,
};

use super::Values;

/// One cell; a count or time that does not fit its column is held at the largest that does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A text.
    Text(&'a str),
    /// A number.
    Real(f64),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Truth(bool),
    /// Nothing, where the column lets it.
    Empty,
}

impl Cell<'_> {
    /// A time or count that may not be known.
    pub fn whole(value: Option<i64>) -> Self {
        value.map_or(Cell::Empty, Cell::Whole)
    }

    /// A count.
    pub fn count(value: u64) -> Self {
        Cell::Whole(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// A column that is being filled.
#[derive(Debug)]
pub(crate) struct Filling {
    nullable: bool,
    cells: Builder,
}

#[derive(Debug)]
enum Builder {
    Text(StringBuilder),
    Real(Float64Builder),
    Whole(Int64Builder),
    Small(Int32Builder),
    Truth(BooleanBuilder),
}

impl Filling {
    /// An empty column of the kind of some cells.
    pub(crate) fn of(values: &Values) -> Self {
        Self {
            nullable: values.nullable(),
            cells: match values {
                Values::Text { .. } => Builder::Text(StringBuilder::new()),
                Values::Real { .. } => Builder::Real(Float64Builder::new()),
                Values::Whole { .. } => Builder::Whole(Int64Builder::new()),
                Values::Small { .. } => Builder::Small(Int32Builder::new()),
                Values::Truth { .. } => Builder::Truth(BooleanBuilder::new()),
            },
        }
    }

    /// Appends a cell, or says in words why it cannot.
    pub(crate) fn push(&mut self, cell: Cell<'_>) -> Result<(), &'static str> {
        match (&mut self.cells, cell) {
            (Builder::Text(cells), Cell::Text(text)) => cells.append_value(text),
            (Builder::Real(_), Cell::Real(value)) if !value.is_finite() => {
                return Err("not a finite number");
            }
            (Builder::Real(cells), Cell::Real(value)) => cells.append_value(value),
            (Builder::Whole(cells), Cell::Whole(value)) => cells.append_value(value),
            (Builder::Small(cells), Cell::Whole(value)) => {
                cells.append_value(i32::try_from(value).unwrap_or(i32::MAX));
            }
            (Builder::Truth(cells), Cell::Truth(value)) => cells.append_value(value),
            (cells, Cell::Empty) if self.nullable => cells.append_null(),
            (_, Cell::Empty) => return Err("empty"),
            _ => return Err("a cell of another kind"),
        }
        Ok(())
    }

    /// The column so far, and an empty one in its place.
    pub(crate) fn take(&mut self) -> ArrayRef {
        match &mut self.cells {
            Builder::Text(cells) => Arc::new(cells.finish()),
            Builder::Real(cells) => Arc::new(cells.finish()),
            Builder::Whole(cells) => Arc::new(cells.finish()),
            Builder::Small(cells) => Arc::new(cells.finish()),
            Builder::Truth(cells) => Arc::new(cells.finish()),
        }
    }
}

impl Builder {
    fn append_null(&mut self) {
        match self {
            Self::Text(cells) => cells.append_null(),
            Self::Real(cells) => cells.append_null(),
            Self::Whole(cells) => cells.append_null(),
            Self::Small(cells) => cells.append_null(),
            Self::Truth(cells) => cells.append_null(),
        }
    }
}
