//! What a caller sees while it waits, and how long it is willing to.

/// When to stop. All but `seconds` give the same bytes on every machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Good enough: distance from bound to cost as a share of the cost \[1\].
    pub gap: f64,
    /// Most iterations of the bound.
    pub iterations: usize,
    /// Most exchanges tried on the plan.
    pub exchanges: usize,
    /// Most nodes of branching, 0 for none.
    pub nodes: usize,
    /// Longest time by the caller's clock [s].
    pub seconds: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            gap: 0.0,
            iterations: 1_000,
            exchanges: 2_000,
            nodes: 2_000,
            seconds: f64::INFINITY,
        }
    }
}

/// What the solver is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Raising the bound.
    Bound,
    /// Improving single sites of the plan.
    Descent,
    /// Exchanging between sites of the plan.
    Exchange,
    /// Splitting the question.
    Branch,
}

/// How far the solver is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Steps of that kind so far.
    pub step: usize,
    /// Proven bound [minor unit].
    pub bound: f64,
    /// Cost of the best plan [minor unit]; `None` before the first that keeps every constraint.
    pub cost: Option<f64>,
    /// Time since the start by the caller's clock [s].
    pub seconds: f64,
}

impl Progress {
    /// Distance from bound to cost as a share of the cost \[1\]; `None` before the first plan.
    pub fn gap(&self) -> Option<f64> {
        self.cost
            .map(|cost| crate::certificate::gap(self.bound, cost))
    }
}

/// Who is told of progress.
pub trait Observer {
    /// Called often; answers whether to go on. After `false` the best plan so far is returned.
    fn proceed(&mut self, progress: &Progress) -> bool;
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn proceed(&mut self, _progress: &Progress) -> bool {
        true
    }
}
