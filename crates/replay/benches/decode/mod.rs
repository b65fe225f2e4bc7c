//! Decoding alone: every column of a Parquet file, summed.

use std::path::Path;

use parquet::column::reader::ColumnReader;
use parquet::errors::Result;
use parquet::file::reader::{FileReader, SerializedFileReader};

/// Rows that are read at once.
const ROWS: usize = 1 << 16;

/// The sum of all whole numbers and reals of a file, as the cheapest thing that needs each of them.
pub(crate) fn sum_of(path: &Path) -> Result<f64> {
    let reader = SerializedFileReader::new(fs_err::File::open(path)?.into_file())?;
    let mut longs: Vec<i64> = Vec::new();
    let mut shorts: Vec<i32> = Vec::new();
    let mut reals: Vec<f64> = Vec::new();
    let (mut whole, mut real) = (0_i64, 0.0);
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        for column in 0..group.num_columns() {
            let mut column = group.get_column_reader(column)?;
            loop {
                longs.clear();
                shorts.clear();
                reals.clear();
                let read = match &mut column {
                    ColumnReader::Int64ColumnReader(column) => {
                        column.read_records(ROWS, None, None, &mut longs)?.0
                    }
                    ColumnReader::Int32ColumnReader(column) => {
                        column.read_records(ROWS, None, None, &mut shorts)?.0
                    }
                    ColumnReader::DoubleColumnReader(column) => {
                        column.read_records(ROWS, None, None, &mut reals)?.0
                    }
                    _ => 0,
                };
                if read == 0 {
                    break;
                }
                let long_sum: i64 = longs.iter().fold(0, |sum, cell| sum.wrapping_add(*cell));
                let short_sum: i64 = shorts.iter().map(|cell| i64::from(*cell)).sum();
                whole = whole.wrapping_add(long_sum).wrapping_add(short_sum);
                real += reals.iter().sum::<f64>();
            }
        }
    }
    Ok(whole as f64 + real)
}
