//! Why there is no plan.

use angara_finance::RateError;
use thiserror::Error;

use crate::conflict::Conflict;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PlanningError {
    /// The promises conflict; fatal until one of those named gives.
    #[error("{0}")]
    Infeasible(Box<Conflict>),
    /// Neither a plan nor a proof that there is none was found within the limit of nodes; a higher limit may help.
    #[error("no plan was found within {node_limit} branch-and-bound nodes, and none was ruled out")]
    Undecided {
        /// The limit.
        node_limit: u64,
    },
    /// The solver's answer breaks the constraints that it was given; its numbers cannot be trusted.
    #[error("the solver's answer breaks: {}", rows.join("; "))]
    Inaccurate {
        /// What it breaks, by name.
        rows: Vec<String>,
    },
    /// The factors do not fit the scenario.
    #[error("factors are given for {found} sites, the scenario has {expected}")]
    Factors {
        /// Sites of the scenario.
        expected: usize,
        /// Factors given.
        found: usize,
    },
    /// A certificate proves nothing.
    #[error("the certificate proves nothing: {0}")]
    Certificate(String),
    /// A price has no rate into the currency of the totals.
    #[error(transparent)]
    Rate(#[from] RateError),
}
