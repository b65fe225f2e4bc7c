//! What the planner asks of a solver.

use super::program::{ColumnId, Program, Row};

/// When to stop. There is no limit of time: a result must not depend on the machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Relative gap at which a solution counts as optimal [1].
    pub(crate) gap: f64,
    /// Branch-and-bound nodes.
    pub(crate) nodes: u64,
    /// Drop integrality.
    pub(crate) relaxed: bool,
    /// Look for better solutions beside closing the gap from below.
    pub(crate) improve: bool,
}

/// A solution.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    /// By column; whole where the column is.
    pub(crate) columns: Vec<f64>,
    /// Cost, fixed cost included.
    pub(crate) objective: f64,
    /// No solution costs less than this, fixed cost included.
    pub(crate) bound: f64,
    /// True where the gap was reached within the limit of nodes.
    pub(crate) proven: bool,
    /// By row: change of the cost per unit of the row's limit; empty where integrality holds.
    pub(crate) row_prices: Vec<f64>,
}

/// How a solve ended.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// With a solution.
    Solved(Values),
    /// With a proof that there is none.
    Infeasible,
    /// At the limit of nodes, or in numerical trouble, without a solution.
    Undecided,
}

/// A relaxation kept between solves: what was found last is where the next search begins.
pub(crate) trait Relaxation {
    /// Narrows or widens a column.
    fn bound(&mut self, column: ColumnId, lower: f64, upper: f64);

    /// Adds a row.
    fn add(&mut self, row: &Row);

    /// Minimises; the objective is the bound, prices are by row in the order in which the rows were added.
    fn solve(&mut self) -> Outcome;
}

/// Solves programs.
pub(crate) trait Solver {
    /// A program without integrality that is solved over and over with other bounds.
    type Relaxation: Relaxation;

    /// Lays out the relaxation of a program; `None` where the solver refuses it.
    fn relaxation(&self, program: &Program) -> Option<Self::Relaxation>;

    /// Minimises; `start` is a feasible solution by column where one is known.
    fn solve(&self, program: &Program, limits: Limits, start: Option<&[f64]>) -> Outcome;
}
