//! Why a replay was not made.

use std::path::{Path, PathBuf};

use angara_results::ResultsError;
use angara_simulation::batch::BatchError;
use angara_simulation::packing::PackingError;
use angara_simulation::replay::ReplayError;
use angara_workload::trace::Findings;

/// Input that cannot be replayed, or results that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReplayFault {
    /// A file that is not what it should be.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A trace that cannot be read.
    #[error("{0}")]
    Trace(Box<Findings>),
    /// A replay that cannot be made.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// A log that cannot be scheduled.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// Pods that cannot be packed.
    #[error(transparent)]
    Packing(#[from] PackingError),
    /// A page that cannot be made.
    #[error("the page cannot be made: {0}")]
    Page(String),
    /// Results that cannot be written.
    #[error(transparent)]
    Results(#[from] ResultsError),
}

impl From<Findings> for ReplayFault {
    fn from(findings: Findings) -> Self {
        Self::Trace(Box::new(findings))
    }
}

impl ReplayFault {
    /// Whether the input is to blame: neither a defect of the engine nor the place of the results.
    pub fn is_input(&self) -> bool {
        match self {
            Self::File { .. } | Self::Trace(_) | Self::Batch(_) => true,
            Self::Replay(error) => {
                !matches!(error, ReplayError::Work { .. } | ReplayError::Energy { .. })
            }
            Self::Packing(error) => !matches!(
                error,
                PackingError::NodeOverfull { .. }
                    | PackingError::NotConserved { .. }
                    | PackingError::AllocationNotConserved { .. }
            ),
            Self::Page(_) | Self::Results(_) => false,
        }
    }

    pub(crate) fn file(path: &Path, problem: impl Into<String>) -> Self {
        Self::File {
            path: path.to_owned(),
            problem: problem.into(),
        }
    }
}
