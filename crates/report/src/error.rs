//! Why a page cannot be made.

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
    /// The template failed, which only running out of memory can cause.
    #[error("the page could not be written: {0}")]
    Template(#[from] askama::Error),
}
