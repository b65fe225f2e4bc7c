//! A linear program, mixed-integer where columns say so.

use crate::promise::Promise;

/// Handle of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ColumnId(pub(crate) usize);

/// One decision.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// What it decides, for messages.
    pub(crate) name: String,
    /// Lowest value.
    pub(crate) lower: f64,
    /// Highest value.
    pub(crate) upper: f64,
    /// Cost of one unit.
    pub(crate) cost: f64,
    /// Whole values only.
    pub(crate) integer: bool,
    /// Promises each of which rules the column out.
    pub(crate) barred_by: Vec<Promise>,
}

/// One constraint: lower ≤ Σ coefficient · column ≤ upper.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What it says, for messages.
    pub(crate) name: String,
    /// Lowest value of the sum.
    pub(crate) lower: f64,
    /// Highest value of the sum.
    pub(crate) upper: f64,
    /// The sum.
    pub(crate) terms: Vec<(ColumnId, f64)>,
    /// The promise that the row is part of; `None` for rows that only define.
    pub(crate) promise: Option<Promise>,
}

/// Minimise the cost of the columns within the rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    /// Cost that no decision changes.
    pub(crate) fixed_cost: f64,
}

impl Program {
    /// Adds a continuous column without cost.
    pub(crate) fn continuous(&mut self, name: String, lower: f64, upper: f64) -> ColumnId {
        self.column(Column {
            name,
            lower,
            upper,
            cost: 0.0,
            integer: false,
            barred_by: Vec::new(),
        })
    }

    /// Adds a column of whole values from zero without cost.
    pub(crate) fn integer(&mut self, name: String, upper: f64) -> ColumnId {
        self.column(Column {
            name,
            lower: 0.0,
            upper,
            cost: 0.0,
            integer: true,
            barred_by: Vec::new(),
        })
    }

    /// Adds a column.
    pub(crate) fn column(&mut self, column: Column) -> ColumnId {
        self.columns.push(column);
        ColumnId(self.columns.len() - 1)
    }

    /// Adds a row that defines.
    pub(crate) fn define(
        &mut self,
        name: String,
        lower: f64,
        upper: f64,
        terms: Vec<(ColumnId, f64)>,
    ) {
        self.push(Row {
            name,
            lower,
            upper,
            terms,
            promise: None,
        });
    }

    /// Adds a row that is part of a promise; the name follows from the promise.
    pub(crate) fn promise(
        &mut self,
        promise: Promise,
        name: String,
        lower: f64,
        upper: f64,
        terms: Vec<(ColumnId, f64)>,
    ) {
        self.push(Row {
            name,
            lower,
            upper,
            terms,
            promise: Some(promise),
        });
    }

    fn push(&mut self, mut row: Row) {
        row.terms.retain(|(_, coefficient)| *coefficient != 0.0);
        // An empty row that holds says nothing; one that does not must stay, to be found broken.
        if !row.terms.is_empty() || row.lower > 0.0 || row.upper < 0.0 {
            self.rows.push(row);
        }
    }

    /// Rows and bounds that values break by more than `tolerance` of the size of their terms, by name.
    pub(crate) fn broken(&self, values: &[f64], tolerance: f64) -> Vec<String> {
        let bounds = self
            .columns
            .iter()
            .zip(values)
            .filter_map(|(column, value)| {
                let slack = tolerance * (1.0 + column.lower.abs());
                (*value < column.lower - slack || *value > column.upper + slack)
                    .then(|| column.name.clone())
            });
        let rows = self.rows.iter().filter_map(|row| {
            let mut sum = 0.0;
            let mut size: f64 = 0.0;
            for (column, coefficient) in &row.terms {
                let term = coefficient * values[column.0];
                sum += term;
                size = size.max(coefficient.abs()).max(term.abs());
            }
            let slack = tolerance * size;
            (sum < row.lower - slack || sum > row.upper + slack).then(|| row.name.clone())
        });
        bounds.chain(rows).collect()
    }
}
