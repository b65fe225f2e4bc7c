//! What the planner returns.

use angara_finance::Operation;
use angara_fleet::Plan;

use crate::certificate::Certificate;

/// A plan and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The plan.
    pub plan: Plan,
    /// Net present cost as planned, in major units of the currency of the totals.
    pub objective: f64,
    /// No plan that keeps the promises costs less than this, in the same unit.
    pub bound: f64,
    /// Objective above the bound, over the objective [1].
    pub gap: f64,
    /// True where the gap asked for was reached; false where the limit of nodes ended the search.
    pub proven: bool,
    /// Proof of a bound that needs no solver to be checked; at most the bound above.
    pub certificate: Certificate,
    /// What the plan is expected to draw.
    pub operation: Operation,
    /// Size of the model that was solved.
    pub size: ModelSize,
}

/// Size of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelSize {
    /// Decisions.
    pub columns: usize,
    /// Decisions that take whole values only.
    pub integers: usize,
    /// Constraints.
    pub rows: usize,
    /// Coefficients of the constraints.
    pub coefficients: usize,
}
