//! `OpenDC`'s carbon and failure traces: small Parquet tables.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use angara_guard::check_page_sizes;
use angara_simulation::failure::FailureRow;
use angara_simulation::intensity::IntensitySeries;
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type, TimeUnit};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};

use crate::ReplayFault;

/// Most rows of such a table.
const ROWS_MAX: usize = 20_000_000;

/// Reads a carbon trace: `timestamp` and `carbon_intensity` [g/kWh].
///
/// # Errors
/// A file that is no such trace.
pub fn carbon_series(path: &Path) -> Result<IntensitySeries, ReplayFault> {
    IntensitySeries::carbon(points(path, "carbon_intensity")?)
        .map_err(|error| ReplayFault::file(path, error.to_string()))
}

/// Reads a series: `timestamp` and a column of values; by instant.
///
/// # Errors
/// A file that is no such series.
pub(crate) fn points(path: &Path, column_name: &str) -> Result<Vec<(i64, f64)>, ReplayFault> {
    let mut points: Vec<(i64, f64)> = Vec::new();
    let milliseconds = DataType::Timestamp(TimeUnit::Millisecond, None);
    for batch in batches(path)? {
        let instants = column(path, &batch, "timestamp", &milliseconds)?;
        let instants = column_as(path, "timestamp", &instants, &DataType::Int64)?;
        let values = column(path, &batch, column_name, &DataType::Float64)?;
        let instants = instants
            .as_primitive::<Int64Type>()
            .values()
            .iter()
            .copied();
        let values = values
            .as_primitive::<Float64Type>()
            .values()
            .iter()
            .copied();
        points.extend(instants.zip(values));
    }
    points.sort_by_key(|(instant_ms, _)| *instant_ms);
    Ok(points)
}

/// Reads a failure trace: `failure_interval` [ms], `failure_duration` [ms], `failure_intensity` [1].
///
/// # Errors
/// A file that is no such trace.
pub fn failure_rows(path: &Path) -> Result<Vec<FailureRow>, ReplayFault> {
    let mut rows = Vec::new();
    for batch in batches(path)? {
        let intervals = column(path, &batch, "failure_interval", &DataType::Int64)?;
        let durations = column(path, &batch, "failure_duration", &DataType::Int64)?;
        let shares = column(path, &batch, "failure_intensity", &DataType::Float64)?;
        let intervals = intervals.as_primitive::<Int64Type>();
        let durations = durations.as_primitive::<Int64Type>();
        let shares = shares.as_primitive::<Float64Type>();
        rows.extend((0..batch.num_rows()).map(|row| FailureRow {
            interval_ms: intervals.value(row),
            duration_ms: durations.value(row),
            intensity: shares.value(row),
        }));
    }
    Ok(rows)
}

pub(crate) fn batches(path: &Path) -> Result<Vec<RecordBatch>, ReplayFault> {
    let fault = |error: String| ReplayFault::file(path, error);
    let file = fs_err::File::open(path).map_err(|error| fault(error.to_string()))?;
    let file = file.into_file();
    // The decoder is known to panic on damaged files; the closure owns all it touches.
    catch_unwind(AssertUnwindSafe(|| decoded(file)))
        .unwrap_or_else(|_| Err("damaged: the decoder gave up".to_owned()))
        .map_err(fault)
}

fn decoded(file: std::fs::File) -> Result<Vec<RecordBatch>, String> {
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
        .map_err(|error| format!("no Parquet file: {error}"))?;
    let rows = metadata.metadata().file_metadata().num_rows();
    if rows > ROWS_MAX as i64 {
        return Err(format!("{rows} rows, at most {ROWS_MAX} are read"));
    }
    check_page_sizes(&file, metadata.metadata()).map_err(|error| error.to_string())?;
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).build();
    let batches = reader.map_err(|error| error.to_string())?;
    let batches: Result<Vec<_>, _> = batches.collect();
    batches.map_err(|error| error.to_string())
}

fn column(
    path: &Path,
    batch: &RecordBatch,
    name: &str,
    kind: &DataType,
) -> Result<ArrayRef, ReplayFault> {
    let Some(found) = batch.column_by_name(name) else {
        let schema = batch.schema();
        let names: Vec<&str> = schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect();
        return Err(ReplayFault::file(
            path,
            format!(
                "the column {name} is missing; there are {}",
                names.join(", ")
            ),
        ));
    };
    if let DataType::Timestamp(_, Some(_)) = found.data_type() {
        let utc = DataType::Timestamp(TimeUnit::Millisecond, Some(Arc::from("UTC")));
        let found = column_as(path, name, found, &utc)?;
        let instants = column_as(path, name, &found, &DataType::Int64)?;
        return column_as(path, name, &instants, kind);
    }
    column_as(path, name, found, kind)
}

fn column_as(
    path: &Path,
    name: &str,
    found: &ArrayRef,
    kind: &DataType,
) -> Result<ArrayRef, ReplayFault> {
    let cast = cast(found, kind).map_err(|_| {
        let found = found.data_type();
        ReplayFault::file(
            path,
            format!("the column {name} holds {found}, expected {kind}"),
        )
    })?;
    if cast.null_count() > 0 {
        return Err(ReplayFault::file(
            path,
            format!("the column {name} has {} empty cells", cast.null_count()),
        ));
    }
    Ok(cast)
}
