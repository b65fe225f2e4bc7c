//! Tables of the page: every one scrolls in its own box, numbers to the right, in figures of equal width.

use askama::Template;

use crate::format::{full, number};

/// A heading of a column.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    text: String,
    unit: String,
    is_number: bool,
}

/// A column of text.
pub(crate) fn words(text: &str) -> Head {
    Head {
        text: text.to_owned(),
        unit: String::new(),
        is_number: false,
    }
}

/// A column of numbers with their unit.
pub(crate) fn numbers(text: &str, unit: &str) -> Head {
    Head {
        text: text.to_owned(),
        unit: unit.to_owned(),
        is_number: true,
    }
}

/// A cell: what it says, how it looks, and the number behind it where a program may ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    class: &'static str,
    metric: String,
    value: String,
}

impl Cell {
    /// A cell with text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A cell with a number of fixed decimals.
    pub(crate) fn number(value: f64, decimals: usize) -> Self {
        Self::text(number(value, decimals))
    }

    /// A cell with a number, or a dash where there is none.
    pub(crate) fn optional(value: Option<f64>, decimals: usize) -> Self {
        value.map_or_else(|| Self::text("–"), |value| Self::number(value, decimals))
    }

    /// The same cell with a class of the style sheet.
    pub(crate) fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The same cell with the full number and its name for programs.
    pub(crate) fn metric(self, metric: &str, value: f64) -> Self {
        Self {
            metric: metric.to_owned(),
            value: full(value),
            ..self
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// A row; `kind` is what a filter of the page asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    kind: &'static str,
    cells: Vec<Cell>,
}

/// A table of the page.
#[derive(Debug, Clone, Template)]
#[template(path = "grid.html")]
pub(crate) struct Grid {
    label: String,
    heads: Vec<Head>,
    rows: Vec<Row>,
    foot: Vec<Cell>,
    note: String,
    class: &'static str,
}

impl askama::filters::HtmlSafe for Grid {}

impl Grid {
    /// An empty table; the label says what it shows.
    pub(crate) fn new(label: &str, heads: Vec<Head>) -> Self {
        Self {
            label: label.to_owned(),
            heads,
            rows: Vec::new(),
            foot: Vec::new(),
            note: String::new(),
            class: "",
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.kind_of_row("", cells);
    }

    /// Adds a row that a filter can find.
    pub(crate) fn kind_of_row(&mut self, kind: &'static str, cells: Vec<Cell>) {
        self.rows.push(Row { kind, cells });
    }

    /// Sets the last row: totals.
    pub(crate) fn foot(&mut self, cells: Vec<Cell>) {
        self.foot = cells;
    }

    /// Sets a remark under the table.
    pub(crate) fn note(&mut self, note: String) {
        self.note = note;
    }

    /// The same table with a class of the style sheet.
    pub(crate) fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The first rows of it.
    pub(crate) fn first(&self, rows: usize) -> Self {
        let mut grid = self.clone();
        grid.rows.truncate(rows);
        grid
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates pass arguments by reference"
    )]
    fn is_number(&self, index: &usize) -> bool {
        self.heads.get(*index).is_some_and(|head| head.is_number)
    }
}
