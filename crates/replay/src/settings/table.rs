//! Columns of a table, as texts: CSV or Parquet.

use std::io::Read;
use std::path::Path;

use arrow::array::{Array, AsArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;

use crate::ReplayFault;
use crate::opendc::batches;

/// Largest CSV file that is read [B].
const CSV_BYTES_MAX: u64 = 256 << 20;

/// Whether a file is read as Parquet: by its first letters, not by its name.
pub(super) fn is_parquet(path: &Path) -> bool {
    let mut first = [0; 4];
    let file = fs_err::File::open(path);
    file.and_then(|mut file| file.read_exact(&mut first))
        .is_ok()
        && &first == b"PAR1"
}

/// Cells of some columns by row; a cell is none where it is empty.
///
/// # Errors
/// A file that is neither CSV nor Parquet, and columns that are not there.
pub(super) fn read(path: &Path, names: &[&str]) -> Result<Vec<Vec<Option<String>>>, ReplayFault> {
    if is_parquet(path) {
        parquet(path, names)
    } else {
        csv(path, names)
    }
}

fn missing<'a>(path: &Path, name: &str, there: impl Iterator<Item = &'a str>) -> ReplayFault {
    let there: Vec<&str> = there.collect();
    let problem = format!(
        "the column {name} is missing; there are {}",
        there.join(", ")
    );
    ReplayFault::file(path, problem)
}

fn csv(path: &Path, names: &[&str]) -> Result<Vec<Vec<Option<String>>>, ReplayFault> {
    let fault = |problem: String| ReplayFault::file(path, problem);
    let bytes = fs_err::metadata(path)
        .map_err(|error| fault(error.to_string()))?
        .len();
    if bytes > CSV_BYTES_MAX {
        return Err(fault(format!(
            "it has {bytes} bytes, at most {CSV_BYTES_MAX} are read"
        )));
    }
    let file = fs_err::File::open(path).map_err(|error| fault(error.to_string()))?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(file);
    let header = reader
        .headers()
        .map_err(|error| fault(error.to_string()))?
        .clone();
    let places = names
        .iter()
        .map(|name| {
            let place = header.iter().position(|other| other == *name);
            place.ok_or_else(|| missing(path, name, header.iter()))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(error.to_string()))?;
        let cell = |place: &usize| record.get(*place).filter(|cell| !cell.is_empty());
        rows.push(
            places
                .iter()
                .map(|place| cell(place).map(str::to_owned))
                .collect(),
        );
    }
    Ok(rows)
}

fn parquet(path: &Path, names: &[&str]) -> Result<Vec<Vec<Option<String>>>, ReplayFault> {
    let mut rows = Vec::new();
    for batch in batches(path)? {
        let mut columns = Vec::with_capacity(names.len());
        for name in names {
            let Some(found) = batch.column_by_name(name) else {
                let schema = batch.schema();
                let there = schema.fields().iter().map(|field| field.name().as_str());
                return Err(missing(path, name, there));
            };
            let texts = cast(found, &DataType::Utf8).map_err(|_| {
                let problem = format!("the column {name} holds {}", found.data_type());
                ReplayFault::file(path, problem)
            })?;
            columns.push(texts);
        }
        for row in 0..batch.num_rows() {
            let cell = |column: &arrow::array::ArrayRef| {
                let texts = column.as_string::<i32>();
                let text = texts.is_valid(row).then(|| texts.value(row));
                text.filter(|text| !text.is_empty()).map(str::to_owned)
            };
            rows.push(columns.iter().map(cell).collect());
        }
    }
    Ok(rows)
}
