//! A table of a run folder that is written piece by piece, so that it may be larger than memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use parquet::arrow::ArrowWriter;

use crate::table::{batch_of, properties, schema_of};
use crate::{FileRecord, ResultsError, Table};

/// A table in the making. It belongs to the run folder once that has taken it ([`crate::RunFolder::take`]).
///
/// The same pieces give the same bytes; where one ends and the next begins may show in them.
pub struct TableFile {
    path: String,
    writer: ArrowWriter<Hashed>,
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
        let writer = ArrowWriter::try_new(sink, schema_of(like), Some(properties(like.name())))
            .map_err(|error| ResultsError::table(path, error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            writer,
        })
    }

    /// Appends the rows of a table. Errors: other columns than those it was started with, rows that contradict
    /// themselves, a full disk.
    pub fn append(&mut self, rows: &Table) -> Result<(), ResultsError> {
        rows.check()?;
        let refuse = |error: String| ResultsError::table(&self.path, error);
        let batch = batch_of(rows)?;
        self.writer
            .write(&batch)
            .map_err(|error| refuse(error.to_string()))
    }

    /// Ends the file. Errors: a full disk.
    pub fn finish(self) -> Result<FileRecord, ResultsError> {
        let Self { path, writer } = self;
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
