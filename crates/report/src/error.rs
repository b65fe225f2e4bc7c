//! Why a page cannot be made.

use std::path::PathBuf;

use angara_results::ResultsError;

/// A run folder that the report cannot turn into a page.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A table or the manifest is missing, broken or of another shape.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A table holds something that the page cannot show.
    #[error("table {table}: {problem}")]
    Content {
        /// The table.
        table: String,
        /// What is wrong, in words.
        problem: String,
    },
    /// The folder holds none of the results that replays write.
    #[error(
        "{} is no replay: it has neither tables/runs.parquet with tables/tasks.parquet, nor jobs.parquet, \
         nor tables/packing.parquet",
        folder.display()
    )]
    NoReplay {
        /// The folder.
        folder: PathBuf,
    },
    /// The template failed, which only running out of memory can cause.
    #[error("the page could not be written: {0}")]
    Template(#[from] askama::Error),
}
