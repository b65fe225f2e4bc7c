//! Which column is which, in all editions of the schema.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::schema::types::ColumnDescriptor;

use super::Parquet;
use crate::trace::Findings;

/// A leaf column of a file.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Place among the leaves.
    pub(super) place: usize,
    /// Name of the top-level field.
    pub(super) name: String,
    /// Physical type.
    pub(super) physical: Type,
    /// Level of a value that is there.
    pub(super) defined: i16,
    /// Whether it lies in a list.
    pub(super) repeated: bool,
    /// Units of a time stamp in a millisecond; 1 for what is no time stamp.
    pub(super) per_millisecond: i64,
}

/// Leaves of a file by the name of their field.
pub(super) struct Schema {
    leaves: Vec<Leaf>,
    used: Vec<bool>,
}

impl Schema {
    pub(super) fn of(file: &Parquet) -> Self {
        let columns = file.metadata().file_metadata().schema_descr().columns();
        let leaves: Vec<Leaf> = columns
            .iter()
            .enumerate()
            .map(|(place, column)| Leaf {
                place,
                name: column.path().parts().first().cloned().unwrap_or_default(),
                physical: column.physical_type(),
                defined: column.max_def_level(),
                repeated: column.max_rep_level() > 0,
                per_millisecond: per_millisecond(column),
            })
            .collect();
        let used = vec![false; leaves.len()];
        Self { leaves, used }
    }

    /// The first column that has one of the names.
    pub(super) fn optional(&mut self, names: &[&str]) -> Option<Leaf> {
        let place = names
            .iter()
            .find_map(|name| self.leaves.iter().position(|leaf| leaf.name == *name))?;
        self.used[place] = true;
        Some(self.leaves[place].clone())
    }

    /// As [`Self::optional`]; that there is none is an error.
    pub(super) fn required(
        &mut self,
        names: &[&str],
        file: &str,
        findings: &mut Findings,
    ) -> Option<Leaf> {
        let found = self.optional(names);
        if found.is_none() {
            let expected = format!("a column `{}`", names.join("` or `"));
            findings.error(file, None, "columns", &self.names(), expected);
        }
        found
    }

    /// Notes the columns nobody asked for.
    pub(super) fn note_unused(&self, file: &str, findings: &mut Findings) {
        for (leaf, used) in self.leaves.iter().zip(&self.used) {
            if !used {
                let expected = "a column of the workload schema; left out";
                findings.note(file, None, "columns", &leaf.name, expected);
            }
        }
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.leaves.iter().map(|leaf| leaf.name.as_str()).collect();
        names.join(", ")
    }
}

/// Units of a time stamp in a millisecond; 1 for what is no time stamp.
fn per_millisecond(column: &ColumnDescriptor) -> i64 {
    match column.logical_type_ref() {
        Some(LogicalType::Timestamp(stamp)) => match stamp.unit {
            TimeUnit::MILLIS => 1,
            TimeUnit::MICROS => 1_000,
            TimeUnit::NANOS => 1_000_000,
        },
        _ if column.converted_type() == ConvertedType::TIMESTAMP_MICROS => 1_000,
        _ => 1,
    }
}
