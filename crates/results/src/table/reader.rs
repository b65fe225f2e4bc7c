//! A table from a Parquet file, with limits checked before anything is decoded.
//!
//! The `parquet` library is known to panic on hostile files; such a panic becomes a named error here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use angara_guard::check_page_sizes;
use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::datatypes::{DataType, Field, Float64Type, Int32Type, Int64Type, Schema};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};

use super::{TABLE_FORMAT, Table, Values};
use crate::ResultsError;

/// What a table may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Size of the file, and of its decoded columns [byte].
    pub bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
}

impl Default for ReadLimits {
    /// 1 GiB, 20 million rows, 256 columns.
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            rows: 20_000_000,
            columns: 256,
        }
    }
}

/// Reads a table within the default limits. Errors: no such file, not a table of ours, too large.
pub fn read_table(path: &Path) -> Result<Table, ResultsError> {
    read_table_with(path, ReadLimits::default())
}

/// Reads a table within limits. Errors: no such file, not a table of ours, larger than the limits.
pub fn read_table_with(path: &Path, limits: ReadLimits) -> Result<Table, ResultsError> {
    let bytes = fs_err::metadata(path)?.len();
    if bytes > limits.bytes {
        return Err(ResultsError::file(
            path,
            format!(
                "holds {bytes} bytes, more than the limit of {}",
                limits.bytes
            ),
        ));
    }
    let file = fs_err::File::open(path)?.into_parts().0;
    let name = path
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    // The closure owns all it touches; nothing half-changed is seen after a panic.
    let table = catch_unwind(AssertUnwindSafe(|| decode(file, &name, limits)))
        .unwrap_or_else(
            |_| Err("broken in a way that the Parquet library cannot handle".to_owned()),
        )
        .map_err(|problem| ResultsError::file(path, problem))?;
    table.check()?;
    Ok(table)
}

fn decode(file: std::fs::File, name: &str, limits: ReadLimits) -> Result<Table, String> {
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
        .map_err(|error| format!("not a Parquet file: {error}"))?;
    check_limits(&metadata, limits)?;
    check_format(&metadata)?;
    check_page_sizes(&file, metadata.metadata()).map_err(|error| error.to_string())?;
    let fields = metadata.schema().fields().clone();
    // Text is read as views: one long value referred to by every row is then not copied per row.
    let views: Vec<Field> = fields
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 => field.as_ref().clone().with_data_type(DataType::Utf8View),
            _ => field.as_ref().clone(),
        })
        .collect();
    let schema = Schema::new_with_metadata(views, metadata.schema().metadata().clone());
    let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
    let metadata = ArrowReaderMetadata::try_new(metadata.metadata().clone(), options)
        .map_err(|error| error.to_string())?;
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
        .build()
        .map_err(|error| error.to_string())?;

    let mut columns: Vec<Values> = Vec::with_capacity(fields.len());
    for field in &fields {
        columns.push(empty(field).ok_or_else(|| {
            format!(
                "column {} holds {}, which no table here does",
                field.name(),
                field.data_type()
            )
        })?);
    }
    let mut decoded = 0;
    for batch in reader {
        let batch = batch.map_err(|error| error.to_string())?;
        for (index, values) in columns.iter_mut().enumerate() {
            decoded += append(values, &batch, index)?;
        }
        if decoded > limits.bytes {
            return Err(format!("decodes to more than {} bytes", limits.bytes));
        }
    }
    let text = |field: &Field, key: &str| field.metadata().get(key).cloned().unwrap_or_default();
    let mut table = Table::new(name);
    for (field, values) in fields.iter().zip(columns) {
        let (unit, description) = (text(field, "unit"), text(field, "description"));
        table = table.column(field.name(), &unit, &description, values);
    }
    Ok(table)
}

fn check_limits(metadata: &ArrowReaderMetadata, limits: ReadLimits) -> Result<(), String> {
    let columns = metadata.schema().fields().len();
    if columns > limits.columns {
        return Err(format!(
            "has {columns} columns, more than {}",
            limits.columns
        ));
    }
    let (mut rows, mut bytes) = (0_u64, 0_u64);
    for group in metadata.metadata().row_groups() {
        rows = rows.saturating_add(u64::try_from(group.num_rows()).unwrap_or(u64::MAX));
        for column in group.columns() {
            let size = u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX);
            bytes = bytes.saturating_add(size);
        }
    }
    if rows > limits.rows {
        return Err(format!("has {rows} rows, more than {}", limits.rows));
    }
    // A cell takes at least its place in memory, however well the file packs it.
    let bytes = bytes.max(rows.saturating_mul(columns as u64));
    if bytes > limits.bytes {
        return Err(format!(
            "decodes to {bytes} bytes, more than {}",
            limits.bytes
        ));
    }
    Ok(())
}

/// Files of other writers carry no version and are read as they are.
fn check_format(metadata: &ArrowReaderMetadata) -> Result<(), String> {
    let pairs = metadata.metadata().file_metadata().key_value_metadata();
    let format = pairs
        .and_then(|pairs| pairs.iter().find(|pair| pair.key == "angara.format"))
        .and_then(|pair| pair.value.as_deref());
    match format.map(str::parse::<u32>) {
        None => Ok(()),
        Some(Ok(format)) if (1..=TABLE_FORMAT).contains(&format) => Ok(()),
        Some(_) => Err(format!(
            "table format {:?} is not known here (newest known: {TABLE_FORMAT})",
            format.unwrap_or_default()
        )),
    }
}

fn empty(field: &Field) -> Option<Values> {
    let nullable = field.is_nullable();
    match field.data_type() {
        DataType::Utf8 => Some(Values::Text {
            nullable,
            cells: Vec::new(),
        }),
        DataType::Float64 => Some(Values::Real {
            nullable,
            cells: Vec::new(),
        }),
        DataType::Int64 => Some(Values::Whole {
            nullable,
            cells: Vec::new(),
        }),
        DataType::Int32 => Some(Values::Small {
            nullable,
            cells: Vec::new(),
        }),
        DataType::Boolean => Some(Values::Truth {
            nullable,
            cells: Vec::new(),
        }),
        _ => None,
    }
}

/// Appends a batch's column; returns the memory it takes [byte].
fn append(values: &mut Values, batch: &RecordBatch, index: usize) -> Result<u64, String> {
    let array = batch.column(index);
    let other = || format!("column {index} changes its kind");
    let rows = array.len() as u64;
    match values {
        Values::Text { cells, .. } => {
            let array = array.as_string_view_opt().ok_or_else(other)?;
            cells.extend(array.iter().map(|cell| cell.map(str::to_owned)));
            let text: usize = array.iter().flatten().map(str::len).sum();
            Ok(rows * 24 + text as u64)
        }
        Values::Real { cells, .. } => {
            cells.extend(array.as_primitive_opt::<Float64Type>().ok_or_else(other)?);
            Ok(rows * 16)
        }
        Values::Whole { cells, .. } => {
            cells.extend(array.as_primitive_opt::<Int64Type>().ok_or_else(other)?);
            Ok(rows * 16)
        }
        Values::Small { cells, .. } => {
            cells.extend(array.as_primitive_opt::<Int32Type>().ok_or_else(other)?);
            Ok(rows * 8)
        }
        Values::Truth { cells, .. } => {
            cells.extend(array.as_boolean_opt().ok_or_else(other)?);
            Ok(rows)
        }
    }
}
