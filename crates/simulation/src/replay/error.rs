//! Why a replay cannot be made, or must not go on.

use crate::battery::BatteryError;
use crate::failure::FailureError;

/// An input that cannot be replayed, or books that do not close.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReplayError {
    /// No host.
    #[error("the topology has no host")]
    NoHosts,
    /// A host without processor.
    #[error("host kind {kind} has no processor speed: cores and core speed must be above zero")]
    NoCapacity {
        /// Row of the host kind.
        kind: usize,
    },
    /// Something refers to a row that is not there.
    #[error("{what} {row} is not there: the topology has {count}")]
    Missing {
        /// What is referred to.
        what: &'static str,
        /// The row.
        row: usize,
        /// Rows there are.
        count: usize,
    },
    /// Columns of different length.
    #[error("the columns of the tasks have different lengths")]
    Columns,
    /// An option outside its range.
    #[error("{option} is {value}, expected {expected}")]
    Option {
        /// Name of the option.
        option: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
    /// A battery that cannot be.
    #[error("battery of cluster {cluster}: {source}")]
    Battery {
        /// Name of the cluster.
        cluster: String,
        /// What is wrong.
        source: BatteryError,
    },
    /// A failure model that cannot be.
    #[error("failure model: {0}")]
    Failure(#[from] FailureError),
    /// Fragments that cannot be read.
    #[error(transparent)]
    Store(super::StoreError),
    /// Work that was submitted is neither done nor lost nor left: a defect of the engine.
    #[error("work is not conserved: {submitted} Hz ms submitted, {accounted} Hz ms accounted for")]
    Work {
        /// Work submitted [Hz ms].
        submitted: u128,
        /// Work accounted for [Hz ms].
        accounted: u128,
    },
    /// The energy of the hosts is not that of the sources: a defect of the engine.
    #[error("energy is not conserved: hosts {hosts_j} J, sources {sources_j} J")]
    Energy {
        /// Energy of all hosts [J].
        hosts_j: f64,
        /// Energy of all sources, less what batteries hold [J].
        sources_j: f64,
    },
}
