//! The manifest and the tables of a run folder, as the sections ask for them.

use std::collections::BTreeMap;
use std::path::Path;

use angara_results::{Manifest, Table, Values, read_table};

use crate::ReportError;
use crate::format::{Currency, clean};

/// Every table that the page shows.
const TABLES: [&str; 17] = [
    "verdict",
    "promises",
    "places",
    "sites",
    "plan_sites",
    "plan_orders",
    "assignments",
    "links",
    "deliverable",
    "services",
    "site_months",
    "money",
    "parties",
    "unit_costs",
    "energy_compare",
    "futures",
    "defaults",
];

/// A run folder in memory.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) manifest: Manifest,
    tables: BTreeMap<&'static str, Table>,
}

impl Run {
    /// Reads what the page needs. Errors: a missing or broken table or manifest.
    pub(crate) fn read(folder: &Path) -> Result<Self, ReportError> {
        let manifest = Manifest::read(folder)?;
        let mut tables = BTreeMap::new();
        for name in TABLES.into_iter().chain(["sources"]) {
            let path = folder.join("tables").join(format!("{name}.parquet"));
            tables.insert(name, read_table(&path)?);
        }
        Ok(Self { manifest, tables })
    }

    /// A table by name. Errors: not one that the page reads.
    pub(crate) fn table(&self, name: &str) -> Result<Columns<'_>, ReportError> {
        self.tables
            .get(name)
            .map(Columns)
            .ok_or_else(|| content(name, "is not read by the page"))
    }

    /// Names by id of a table with the columns `id_column` and `name`.
    pub(crate) fn names(
        &self,
        table: &str,
        id_column: &str,
    ) -> Result<BTreeMap<String, String>, ReportError> {
        let table = self.table(table)?;
        Ok(table
            .texts(id_column)?
            .into_iter()
            .zip(table.texts("name")?)
            .collect())
    }
}

/// The columns of one table, converted to what the page computes with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns<'a>(&'a Table);

impl<'a> Columns<'a> {
    /// The columns of a table.
    pub(crate) fn of(table: &'a Table) -> Self {
        Self(table)
    }

    /// Text cells as they are in the table.
    pub(crate) fn cells(self, column: &str) -> Result<&'a [Option<String>], ReportError> {
        Ok(self.0.optional_texts(column)?)
    }
    pub(crate) fn rows(self) -> usize {
        self.0.rows()
    }

    /// Text without characters that would disturb its neighbours; empty cells are empty text.
    pub(crate) fn texts(self, column: &str) -> Result<Vec<String>, ReportError> {
        let cells = self.0.optional_texts(column)?;
        Ok(cells
            .iter()
            .map(|cell| clean(cell.as_deref().unwrap_or_default()))
            .collect())
    }

    pub(crate) fn truths(self, column: &str) -> Result<Vec<bool>, ReportError> {
        Ok(self.0.truths(column)?)
    }

    /// Numbers of any kind, with empty cells.
    pub(crate) fn optional_numbers(self, column: &str) -> Result<Vec<Option<f64>>, ReportError> {
        Ok(match &self.0.get(column)?.values {
            Values::Real { cells, .. } => cells.clone(),
            Values::Whole { cells, .. } => cells
                .iter()
                .map(|cell| cell.map(|value| value as f64))
                .collect(),
            Values::Small { cells, .. } => cells.iter().map(|cell| cell.map(f64::from)).collect(),
            _ => {
                return Err(content(
                    self.0.name(),
                    &format!("column {column} holds no numbers"),
                ));
            }
        })
    }

    /// Numbers of any kind. Errors: an empty cell.
    pub(crate) fn numbers(self, column: &str) -> Result<Vec<f64>, ReportError> {
        self.optional_numbers(column)?
            .into_iter()
            .map(|cell| {
                cell.ok_or_else(|| {
                    content(self.0.name(), &format!("column {column} has an empty cell"))
                })
            })
            .collect()
    }

    /// Calendar years or other small whole numbers, with empty cells.
    pub(crate) fn optional_years(self, column: &str) -> Result<Vec<Option<i32>>, ReportError> {
        let numbers = self.optional_numbers(column)?;
        Ok(numbers
            .into_iter()
            .map(|cell| cell.map(|value| value as i32))
            .collect())
    }

    /// Calendar years or other small whole numbers. Errors: an empty cell.
    pub(crate) fn years(self, column: &str) -> Result<Vec<i32>, ReportError> {
        Ok(self
            .numbers(column)?
            .into_iter()
            .map(|value| value as i32)
            .collect())
    }

    /// The unit of a column.
    pub(crate) fn unit(self, column: &str) -> Result<String, ReportError> {
        Ok(clean(&self.0.get(column)?.unit))
    }

    /// The currency of a money column.
    pub(crate) fn currency(self, column: &str) -> Result<Currency, ReportError> {
        Ok(Currency::of_unit(&self.unit(column)?))
    }
}

pub(crate) fn content(table: &str, problem: &str) -> ReportError {
    ReportError::Content {
        table: table.to_owned(),
        problem: problem.to_owned(),
    }
}
