//! Parquet files with one row group, written column by column.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Values of one column; levels for optional and list columns.
pub(crate) enum Values<'a> {
    Int32(&'a [i32]),
    Int64(&'a [i64]),
    Double(&'a [f64]),
    Text(&'a [&'a str]),
    OptionalDouble(&'a [f64], &'a [i16]),
    List(&'a [i32], &'a [i16], &'a [i16]),
}

/// A Parquet file with one row group.
pub(crate) fn parquet(schema: &str, columns: &[Values<'_>]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(&format!("message schema {{ {schema} }}")).unwrap());
    let properties = Arc::new(WriterProperties::builder().build());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for values in columns {
        let mut column = group.next_column().unwrap().unwrap();
        match values {
            Values::Int32(values) => {
                column
                    .typed::<Int32Type>()
                    .write_batch(values, None, None)
                    .unwrap();
            }
            Values::Int64(values) => {
                column
                    .typed::<Int64Type>()
                    .write_batch(values, None, None)
                    .unwrap();
            }
            Values::Double(values) => {
                column
                    .typed::<DoubleType>()
                    .write_batch(values, None, None)
                    .unwrap();
            }
            Values::Text(values) => {
                let values: Vec<ByteArray> =
                    values.iter().map(|text| ByteArray::from(*text)).collect();
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&values, None, None)
                    .unwrap();
            }
            Values::OptionalDouble(values, defined) => {
                column
                    .typed::<DoubleType>()
                    .write_batch(values, Some(defined), None)
                    .unwrap();
            }
            Values::List(values, defined, repeated) => {
                column
                    .typed::<Int32Type>()
                    .write_batch(values, Some(defined), Some(repeated))
                    .unwrap();
            }
        }
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}
