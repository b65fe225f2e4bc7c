//! A plan with its proof: what to build and who serves whom, and the multipliers that show how much better any plan
//! could be. Everything is whole numbers, so that [`crate::check`] can recompute it exactly.

/// Most cuts of a proof.
pub const CUTS_MAX: usize = 500;

/// A plan, its cost, a lower bound on every plan's cost, and the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// No plan costs less [minor unit].
    pub bound: i64,
    /// What this plan costs [minor unit].
    pub cost: i64,
    /// Every multiplier is a whole number divided by this.
    pub scale: i64,
    /// What every plan keeps beside the constraints.
    pub cuts: Vec<Cut>,
    /// Sets of multipliers that leaves refer to.
    pub multipliers: Vec<Multipliers>,
    /// Splits of the question; the first node is the root. A proof without branching is one leaf.
    pub tree: Vec<Node>,
    /// The plan.
    pub plan: Plan,
}

/// What to build and who serves whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Level by site, then period.
    pub levels: Vec<Vec<u8>>,
    /// Power served.
    pub flows: Vec<Flow>,
}

/// Power that one site serves to one place in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    /// Period.
    pub period: u32,
    /// Site.
    pub site: u32,
    /// Place.
    pub place: u32,
    /// Power [kW]; `None` is all that the place demands.
    pub power_kw: Option<i64>,
}

/// Prices of the relaxed constraints, as numerators over [`Certificate::scale`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipliers {
    /// Price of demand by period, then place [minor unit/kW].
    pub demand: Vec<Vec<i64>>,
    /// Price of newly installed capacity by period, at least 0 [minor unit/kW].
    pub supply: Vec<i64>,
    /// Premium on money spent on steps by period, at least 0 \[1\].
    pub budget: Vec<i64>,
    /// Price of a unit of worth by cut, at least 0 [minor unit/kW].
    pub cuts: Vec<i64>,
}

/// Capacity of all sites in a period, rounded up to whole halls: with `D` all places' demand and `r = D mod hall` every plan
/// has `Σ G(capacity) ≥ r (⌊D / hall⌋ + 1)`, where `G(C) = r ⌊C / hall⌋ + min(r, C mod hall)` (mixed-integer rounding of
/// `Σ capacity ≥ D`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Period.
    pub period: u32,
    /// Size of a hall, any number above 0 [kW].
    pub hall_kw: i64,
}

/// A node of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// Either the site is at most at `level` in `period` (node `low`) or above it (node `high`).
    Branch {
        /// Site.
        site: u32,
        /// Period.
        period: u32,
        /// Highest level of the lower side.
        level: u8,
        /// Node of the lower side, after this one.
        low: u32,
        /// Node of the upper side, after this one.
        high: u32,
    },
    /// Bounded by one set of multipliers.
    Leaf {
        /// Index into [`Certificate::multipliers`].
        multipliers: u32,
    },
}

impl Certificate {
    /// Distance from bound to cost, as a share of the cost \[1\].
    pub fn gap(&self) -> f64 {
        gap(self.bound as f64, self.cost as f64)
    }
}

/// Distance from `bound` to `cost`, as a share of the cost \[1\].
pub(crate) fn gap(bound: f64, cost: f64) -> f64 {
    if cost <= bound {
        0.0
    } else {
        (cost - bound) / cost
    }
}
