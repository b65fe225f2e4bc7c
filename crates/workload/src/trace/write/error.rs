//! What can stand between a trace and its files.

use std::io;
use std::path::PathBuf;

use parquet::errors::ParquetError;
use thiserror::Error;

use crate::trace::Findings;

/// A trace that cannot be written; nothing is left at the target.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The trace to be converted or drawn from cannot be read.
    #[error("the trace cannot be read:\n{0}")]
    Unreadable(Findings),
    /// The request does not fit the trace or the format.
    #[error("{0}")]
    Unsuited(String),
    /// Something else stands where the folder should be.
    #[error("{} {problem}", path.display())]
    Occupied {
        /// Where the folder should be.
        path: PathBuf,
        /// What stands there.
        problem: &'static str,
    },
    /// A file cannot be written.
    #[error(transparent)]
    File(#[from] io::Error),
    /// A table cannot be encoded.
    #[error("a table cannot be written: {0}")]
    Table(String),
}

impl From<ParquetError> for WriteError {
    fn from(fault: ParquetError) -> Self {
        Self::Table(fault.to_string())
    }
}
