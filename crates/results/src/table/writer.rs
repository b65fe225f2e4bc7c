//! A table as Parquet bytes: the same table gives the same bytes on every machine.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::schema::types::ColumnPath;

use super::{Table, Values};
use crate::ResultsError;

/// Version of the tables, in the metadata of every file.
pub const TABLE_FORMAT: u32 = 1;

/// Rows between two row groups; fixed, because the bytes depend on it.
const ROWS_PER_GROUP: usize = 1 << 17;

/// The Parquet file of a table. Errors: the table contradicts itself (see [`Table::check`]).
pub fn to_parquet(table: &Table) -> Result<Vec<u8>, ResultsError> {
    table.check()?;
    let refuse = |error: String| ResultsError::table(table.name(), error);
    let batch = batch_of(table)?;
    let mut bytes = Vec::new();
    let settings = Some(properties(table));
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), settings)
        .map_err(|error| refuse(error.to_string()))?;
    writer
        .write(&batch)
        .map_err(|error| refuse(error.to_string()))?;
    writer.close().map_err(|error| refuse(error.to_string()))?;
    Ok(bytes)
}

/// The rows of a table in the form that is written.
fn batch_of(table: &Table) -> Result<RecordBatch, ResultsError> {
    let arrays = table.columns().iter().map(|column| array(&column.values));
    RecordBatch::try_new(schema_of(table), arrays.collect())
        .map_err(|error| ResultsError::table(table.name(), error.to_string()))
}

/// Settings on which the bytes depend, all of them fixed here rather than by the library's defaults.
pub(crate) fn properties(table: &Table) -> WriterProperties {
    let mut builder = WriterProperties::builder()
        .set_created_by("angara version 1 (build 1)".to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(true)
        .set_dictionary_page_size_limit(1 << 20)
        .set_data_page_size_limit(1 << 20)
        .set_data_page_row_count_limit(20_000)
        .set_write_batch_size(1024)
        .set_max_row_group_row_count(Some(ROWS_PER_GROUP))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(vec![
            KeyValue::new("angara.table".to_owned(), table.name().to_owned()),
            KeyValue::new("angara.format".to_owned(), TABLE_FORMAT.to_string()),
        ]));
    for column in table.columns() {
        // Measured numbers seldom repeat: looking each up in a dictionary costs more than it saves.
        if matches!(column.values, Values::Real { .. }) {
            let path = ColumnPath::from(column.name.as_str());
            builder = builder.set_column_dictionary_enabled(path, false);
        }
    }
    builder.build()
}

/// Columns of a table with their units.
pub(crate) fn schema_of(table: &Table) -> Arc<Schema> {
    let fields: Vec<Field> = table
        .columns()
        .iter()
        .map(|column| {
            let kind = match column.values {
                Values::Text { .. } => DataType::Utf8,
                Values::Real { .. } => DataType::Float64,
                Values::Whole { .. } => DataType::Int64,
                Values::Small { .. } => DataType::Int32,
                Values::Truth { .. } => DataType::Boolean,
            };
            Field::new(&column.name, kind, column.values.nullable()).with_metadata(HashMap::from([
                ("unit".to_owned(), column.unit.clone()),
                ("description".to_owned(), column.description.clone()),
            ]))
        })
        .collect();
    Arc::new(Schema::new(fields))
}

fn array(values: &Values) -> ArrayRef {
    match values {
        Values::Text { cells, .. } => Arc::new(cells.iter().collect::<StringArray>()),
        Values::Real { cells, .. } => Arc::new(cells.iter().copied().collect::<Float64Array>()),
        Values::Whole { cells, .. } => Arc::new(cells.iter().copied().collect::<Int64Array>()),
        Values::Small { cells, .. } => Arc::new(cells.iter().copied().collect::<Int32Array>()),
        Values::Truth { cells, .. } => Arc::new(cells.iter().copied().collect::<BooleanArray>()),
    }
}
