//! One Parquet table, written row group by row group; row groups may be encoded on several threads.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};
use rayon::prelude::*;

use super::WriteError;

/// One column of a row group.
#[derive(Debug)]
pub(super) enum Cells<'a> {
    /// 32-bit whole numbers.
    Int32(&'a [i32]),
    /// 64-bit whole numbers.
    Int64(&'a [i64]),
    /// Numbers.
    Double(&'a [f64]),
    /// Truth values.
    Flags(&'a [bool]),
    /// Texts.
    Texts(&'a [ByteArray]),
    /// Lists of 32-bit whole numbers: all values, and for each row where its list ends among them.
    Lists(&'a [i32], &'a [usize]),
}

/// Level of an empty list, and of a value in a list.
const EMPTY_LIST: i16 = 1;
const LIST_VALUE: i16 = 3;

/// How the columns of a table are encoded.
#[derive(Clone)]
pub(super) struct Encoder {
    columns: Arc<[ColumnDescPtr]>,
    properties: Arc<WriterProperties>,
}

/// A row group in its final bytes.
pub(in crate::trace) struct EncodedGroup(Vec<(Bytes, ColumnCloseResult)>);

impl Encoder {
    /// Encodes the columns of a row group, in the order of the schema.
    pub(super) fn encode(&self, columns: &[Cells<'_>]) -> Result<EncodedGroup, WriteError> {
        let encoded: Result<Vec<_>, ParquetError> = self
            .columns
            .par_iter()
            .zip(columns)
            .map(|(column, cells)| self.column(column, cells))
            .collect();
        Ok(EncodedGroup(encoded?))
    }

    fn column(
        &self,
        column: &ColumnDescPtr,
        cells: &Cells<'_>,
    ) -> Result<(Bytes, ColumnCloseResult), ParquetError> {
        let mut sink = TrackedWrite::new(Vec::new());
        let pages = Box::new(SerializedPageWriter::new(&mut sink));
        let mut writer = get_column_writer(Arc::clone(column), Arc::clone(&self.properties), pages);
        match (&mut writer, cells) {
            (ColumnWriter::Int32ColumnWriter(writer), Cells::Int32(cells)) => {
                writer.write_batch(cells, None, None)?;
            }
            (ColumnWriter::Int32ColumnWriter(writer), Cells::Lists(values, ends)) => {
                let (defined, repeated) = levels(ends);
                writer.write_batch(values, Some(&defined), Some(&repeated))?;
            }
            (ColumnWriter::Int64ColumnWriter(writer), Cells::Int64(cells)) => {
                writer.write_batch(cells, None, None)?;
            }
            (ColumnWriter::DoubleColumnWriter(writer), Cells::Double(cells)) => {
                writer.write_batch(cells, None, None)?;
            }
            (ColumnWriter::BoolColumnWriter(writer), Cells::Flags(cells)) => {
                writer.write_batch(cells, None, None)?;
            }
            (ColumnWriter::ByteArrayColumnWriter(writer), Cells::Texts(cells)) => {
                writer.write_batch(cells, None, None)?;
            }
            _ => {
                return Err(ParquetError::General(
                    "a column has another type than its schema".to_owned(),
                ));
            }
        }
        let closed = writer.close()?;
        Ok((Bytes::from(sink.into_inner()?), closed))
    }
}

/// Definition and repetition levels of lists that end at these places.
fn levels(ends: &[usize]) -> (Vec<i16>, Vec<i16>) {
    let (mut defined, mut repeated) = (Vec::new(), Vec::new());
    let mut from = 0;
    for to in ends {
        repeated.push(0);
        if from == *to {
            defined.push(EMPTY_LIST);
        } else {
            let length = to - from;
            defined.resize(defined.len() + length, LIST_VALUE);
            repeated.resize(repeated.len() + length - 1, 1);
        }
        from = *to;
    }
    (defined, repeated)
}

/// A table while it is written.
pub(super) struct Table {
    file: SerializedFileWriter<std::fs::File>,
    encoder: Encoder,
}

impl Table {
    /// A new file with the columns of a Parquet message type.
    pub(super) fn create(path: &Path, schema: &str) -> Result<Self, WriteError> {
        let schema = Arc::new(parse_message_type(schema)?);
        let properties = Arc::new(
            WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_statistics_enabled(EnabledStatistics::Chunk)
                .set_created_by("angara".to_owned())
                .build(),
        );
        let columns = SchemaDescriptor::new(Arc::clone(&schema)).columns().into();
        let file = fs_err::File::create(path)?.into_parts().0;
        Ok(Self {
            file: SerializedFileWriter::new(file, schema, Arc::clone(&properties))?,
            encoder: Encoder {
                columns,
                properties,
            },
        })
    }

    /// What encodes the row groups of this table.
    pub(super) fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// Appends a row group.
    pub(super) fn append(&mut self, group: EncodedGroup) -> Result<(), WriteError> {
        let mut writer = self.file.next_row_group()?;
        for (bytes, closed) in group.0 {
            writer.append_column(&bytes, closed)?;
        }
        writer.close()?;
        Ok(())
    }

    /// Encodes and appends a row group.
    pub(super) fn write(&mut self, columns: &[Cells<'_>]) -> Result<(), WriteError> {
        let group = self.encoder.encode(columns)?;
        self.append(group)
    }

    /// Writes the end of the file.
    pub(super) fn finish(self) -> Result<(), WriteError> {
        self.file.close()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_is_a_row_without_a_value() {
        let (defined, repeated) = levels(&[0, 2, 2, 3]);
        assert_eq!(defined, [1, 3, 3, 1, 3]);
        assert_eq!(repeated, [0, 0, 1, 0, 0]);
    }
}
