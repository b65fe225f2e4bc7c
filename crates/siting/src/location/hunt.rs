//! What a search looks for and what it has found.

/// A search for plans that cost at most the goal.
#[derive(Debug, Clone)]
pub(crate) struct Hunt {
    /// Largest cost still looked for; falls with each plan found.
    pub(crate) goal: f64,
    /// Cost of the best plan, infinite before the first.
    pub(crate) value: f64,
    /// Its open sites.
    pub(crate) plan: Vec<u32>,
    /// Lowest bound among the branches that were closed.
    pub(crate) lowest: f64,
    /// Relative gap that is enough.
    gap: f64,
}

/// Against rounding: a bound must be above what is needed by this much [whole units].
pub(crate) const MARGIN: f64 = 0.02;

impl Hunt {
    /// For plans that cost at most `goal`.
    pub(crate) fn new(goal: f64, gap: f64) -> Self {
        Self {
            goal,
            value: f64::INFINITY,
            plan: Vec::new(),
            lowest: f64::INFINITY,
            gap,
        }
    }

    /// Whether nothing looked for costs as little as this bound.
    pub(crate) fn beyond(&self, bound: f64) -> bool {
        bound > self.goal + MARGIN
    }

    /// Takes a plan over if it is cheaper than the best.
    pub(crate) fn offer(&mut self, value: f64, plan: impl FnOnce() -> Vec<u32>) -> bool {
        if value >= self.value {
            return false;
        }
        self.value = value;
        self.plan = plan();
        self.goal = self.goal.min(value - (value.abs() * self.gap).max(1.0));
        true
    }

    /// Notes that a branch is closed at this bound.
    pub(crate) fn close(&mut self, bound: f64) {
        self.lowest = self.lowest.min(bound);
    }
}
