//! The answer to a location problem.

use crate::certificate::Proof;

/// A plan with its bound.
#[derive(Debug, Clone)]
pub struct Siting {
    /// Cost of the plan, in units of the file.
    pub objective: f64,
    /// No plan costs less, in units of the file.
    pub bound: f64,
    /// Whether the plan is optimal within the gap asked for.
    pub proven: bool,
    /// Open sites, counted from 0, rising.
    pub open: Vec<usize>,
    /// Nodes of the search tree.
    pub nodes: usize,
    /// What an independent check needs.
    pub proof: Option<Proof>,
}
