//! Tables with a unit and a description on every column, and their Parquet form.

mod column;
mod filling;
mod reader;
mod writer;

pub use column::{Column, Values};
pub use filling::Cell;
pub(crate) use filling::Filling;
pub use reader::{ReadLimits, read_table, read_table_with};
pub use writer::{TABLE_FORMAT, to_parquet};
pub(crate) use writer::{properties, schema_of};

use crate::ResultsError;

/// A named table: columns of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    name: String,
    columns: Vec<Column>,
}

impl Table {
    /// An empty table; the name becomes the file name `tables/<name>.parquet`.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            columns: Vec::new(),
        }
    }

    /// Name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The columns in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Number of rows: the length of the first column.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// Adds any column.
    #[must_use]
    pub fn column(mut self, name: &str, unit: &str, description: &str, values: Values) -> Self {
        self.columns.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            description: description.to_owned(),
            values,
        });
        self
    }

    /// Checks what the builder cannot: equal lengths, distinct names, finite numbers.
    pub fn check(&self) -> Result<(), ResultsError> {
        let rows = self.rows();
        for (index, column) in self.columns.iter().enumerate() {
            if column.values.len() != rows {
                return Err(ResultsError::table(
                    &self.name,
                    format!(
                        "column {} has {} rows, the first column {rows}",
                        column.name,
                        column.values.len()
                    ),
                ));
            }
            if self.columns[..index]
                .iter()
                .any(|earlier| earlier.name == column.name)
            {
                return Err(ResultsError::table(
                    &self.name,
                    format!("column {} appears twice", column.name),
                ));
            }
            if let Some(row) = column.values.first_not_finite() {
                return Err(ResultsError::table(
                    &self.name,
                    format!("column {}, row {row}: not a finite number", column.name),
                ));
            }
        }
        Ok(())
    }

    /// A column by name. Errors: there is none.
    pub fn get(&self, name: &str) -> Result<&Column, ResultsError> {
        self.columns
            .iter()
            .find(|column| column.name == name)
            .ok_or_else(|| ResultsError::table(&self.name, format!("has no column {name}")))
    }
}

/// For one kind of values: builder with and without empty cells, access with and without them.
macro_rules! kind_of_column {
    ($variant:ident, $value:ty, $what:literal, $build:ident, $build_optional:ident, $get:ident, $get_optional:ident) => {
        impl Table {
            #[doc = concat!("Adds a column of ", $what, ".")]
            #[must_use]
            pub fn $build(
                self,
                name: &str,
                unit: &str,
                description: &str,
                values: impl IntoIterator<Item = $value>,
            ) -> Self {
                let values = Values::$variant {
                    nullable: false,
                    cells: values.into_iter().map(Some).collect(),
                };
                self.column(name, unit, description, values)
            }

            #[doc = concat!("Adds a column of ", $what, " in which cells may be empty.")]
            #[must_use]
            pub fn $build_optional(
                self,
                name: &str,
                unit: &str,
                description: &str,
                values: impl IntoIterator<Item = Option<$value>>,
            ) -> Self {
                let values = Values::$variant {
                    nullable: true,
                    cells: values.into_iter().collect(),
                };
                self.column(name, unit, description, values)
            }

            #[doc = concat!("A column of ", $what, ". Errors: no such column, another kind, or an empty cell.")]
            pub fn $get(&self, name: &str) -> Result<Vec<$value>, ResultsError> {
                self.$get_optional(name)?
                    .iter()
                    .enumerate()
                    .map(|(row, cell)| {
                        cell.clone().ok_or_else(|| {
                            ResultsError::table(
                                &self.name,
                                format!("column {name}, row {row}: empty"),
                            )
                        })
                    })
                    .collect()
            }

            #[doc = concat!("A column of ", $what, " with its empty cells. Errors: no such column, or another kind.")]
            pub fn $get_optional(&self, name: &str) -> Result<&[Option<$value>], ResultsError> {
                match &self.get(name)?.values {
                    Values::$variant { cells, .. } => Ok(cells),
                    other => Err(ResultsError::table(
                        &self.name,
                        format!("column {name} holds {}, not {}", other.kind(), $what),
                    )),
                }
            }
        }
    };
}

kind_of_column!(
    Text,
    String,
    "text",
    text,
    optional_text,
    texts,
    optional_texts
);
kind_of_column!(
    Real,
    f64,
    "real numbers",
    real,
    optional_real,
    reals,
    optional_reals
);
kind_of_column!(
    Whole,
    i64,
    "whole numbers (64 bits)",
    whole,
    optional_whole,
    wholes,
    optional_wholes
);
kind_of_column!(
    Small,
    i32,
    "whole numbers (32 bits)",
    small,
    optional_small,
    smalls,
    optional_smalls
);
kind_of_column!(
    Truth,
    bool,
    "truth values",
    truth,
    optional_truth,
    truths,
    optional_truths
);

#[cfg(test)]
mod tests;
