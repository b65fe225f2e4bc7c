//! A table of a run folder that is filled row by row and written piece by piece, so that it may be larger than memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::Schema;
use parquet::arrow::ArrowWriter;

use crate::table::{Cell, Filling, properties, schema_of};
use crate::{FileRecord, ResultsError, Table};

/// Rows that are kept before they are written; fixed, because the bytes of the file depend on it.
const ROWS_KEPT: usize = 8_192;

/// A table in the making. It belongs to the run folder once that has taken it ([`crate::RunFolder::take`]).
pub struct TableFile {
    path: String,
    writer: ArrowWriter<Hashed>,
    schema: Arc<Schema>,
    columns: Vec<Filling>,
    filled: usize,
    written: usize,
}

impl std::fmt::Debug for TableFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TableFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl TableFile {
    /// Starts a file below a folder with the columns of a table, whose rows are not written.
    pub(crate) fn create(folder: &Path, path: &str, like: &Table) -> Result<Self, ResultsError> {
        like.check()?;
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs_err::create_dir_all(parent)?;
        }
        let sink = Hashed {
            file: BufWriter::new(fs_err::File::create(&file)?.into_parts().0),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        };
        let schema = schema_of(like);
        let writer = ArrowWriter::try_new(sink, schema.clone(), Some(properties(like)))
            .map_err(|error| ResultsError::table(path, error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            writer,
            schema,
            columns: like
                .columns()
                .iter()
                .map(|column| Filling::of(&column.values))
                .collect(),
            filled: 0,
            written: 0,
        })
    }

    /// Appends a row; its cells are those of the columns, in their order. Errors: a cell that its column cannot hold,
    /// fewer or more cells than columns, a full disk.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), ResultsError> {
        if cells.len() != self.columns.len() {
            let problem = format!("{} cells for {} columns", cells.len(), self.columns.len());
            return Err(self.refuse(problem));
        }
        for (place, cell) in cells.iter().enumerate() {
            if let Err(problem) = self.columns[place].push(*cell) {
                let row = self.written + self.filled;
                let name = self.schema.field(place).name();
                return Err(self.refuse(format!("column {name}, row {row}: {problem}")));
            }
        }
        self.filled += 1;
        if self.filled == ROWS_KEPT {
            self.flush()?;
        }
        Ok(())
    }

    fn refuse(&self, problem: String) -> ResultsError {
        ResultsError::table(&self.path, problem)
    }

    fn flush(&mut self) -> Result<(), ResultsError> {
        if self.filled == 0 {
            return Ok(());
        }
        self.written += std::mem::take(&mut self.filled);
        let arrays = self.columns.iter_mut().map(Filling::take).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), arrays)
            .map_err(|error| self.refuse(error.to_string()))?;
        let done = self.writer.write(&batch);
        done.map_err(|error| self.refuse(error.to_string()))
    }

    /// Writes what is left and ends the file. Errors: a full disk.
    pub fn finish(mut self) -> Result<FileRecord, ResultsError> {
        self.flush()?;
        let Self { path, writer, .. } = self;
        let refuse = |error: String| ResultsError::table(&path, error);
        let mut sink = writer
            .into_inner()
            .map_err(|error| refuse(error.to_string()))?;
        sink.flush()?;
        Ok(FileRecord {
            bytes: sink.bytes,
            blake3: sink.hasher.finalize().to_hex().to_string(),
            path,
        })
    }
}

/// A file that is hashed as it is written.
struct Hashed {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
