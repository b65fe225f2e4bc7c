//! What can go wrong with tables and run folders.

use std::path::PathBuf;

/// A failure while writing or reading results. None leaves a half-written run folder behind.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// The operating system refused; the message names the path.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A table contradicts itself: columns of different length, a name twice, a number that is not finite.
    #[error("table {table}: {problem}")]
    Table {
        /// Name of the table.
        table: String,
        /// What is wrong, in words.
        problem: String,
    },
    /// A file is not what a run folder holds there.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, in words.
        problem: String,
    },
    /// The place for the run folder is taken by something that is not a run folder.
    #[error("{} {problem}", path.display())]
    Occupied {
        /// The place.
        path: PathBuf,
        /// What is there, in words.
        problem: String,
    },
    /// A name that would leave the run folder or cannot exist on every system.
    #[error("{name:?} cannot be a file of a run folder: {problem}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong, in words.
        problem: &'static str,
    },
}

impl ResultsError {
    pub(crate) fn table(table: &str, problem: impl Into<String>) -> Self {
        Self::Table {
            table: table.to_owned(),
            problem: problem.into(),
        }
    }

    pub(crate) fn file(path: &std::path::Path, problem: impl Into<String>) -> Self {
        Self::File {
            path: path.to_owned(),
            problem: problem.into(),
        }
    }
}
