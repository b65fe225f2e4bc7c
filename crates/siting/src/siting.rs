//! The answer to a location problem.

use crate::certificate::Proof;
use crate::location::Outcome;

/// A plan with its bound.
#[derive(Debug, Clone)]
pub struct Siting {
    /// Cost of the plan, in units of the file; infinite where there is none.
    pub objective: f64,
    /// No plan costs less, in units of the file.
    pub bound: f64,
    /// Whether the plan is optimal within the gap asked for.
    pub proven: bool,
    /// Open sites, counted from 0, rising.
    pub open: Vec<usize>,
    /// Site, client and amount, where demand is split; else every client goes to its nearest open site.
    pub assignment: Option<Vec<(usize, usize, i64)>>,
    /// Nodes of the search tree.
    pub nodes: usize,
    /// What an independent check needs.
    pub proof: Option<Proof>,
}

impl Siting {
    /// No plan at all: capacities do not suffice.
    pub fn none() -> Self {
        Self {
            objective: f64::INFINITY,
            bound: f64::INFINITY,
            proven: false,
            open: Vec::new(),
            assignment: None,
            nodes: 0,
            proof: None,
        }
    }

    /// From a search in whole units.
    pub(crate) fn of(outcome: Outcome, scale: f64) -> Self {
        Self {
            objective: outcome.cost / scale,
            bound: outcome.bound / scale,
            proven: outcome.proven,
            open: outcome.plan.iter().map(|&site| site as usize).collect(),
            assignment: None,
            nodes: outcome.nodes,
            proof: outcome.proof,
        }
    }
}
