//! What is handed over so that others can check an answer without trusting the solver.

mod check;
mod check_blocks;
mod check_capacitated;
mod text;

pub use check::Question;
pub use check_capacitated::CapacitatedQuestion;

/// Multipliers are whole numbers: value x 2^20.
pub const MULTIPLIER_BITS: u32 = 20;
/// Parts of at most this many sites are proven by trying every choice.
pub const ENUMERATED_MAX: usize = 9;

/// What some clients would pay; the others pay what they cost as decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipliers {
    /// Clients, rising.
    pub clients: Vec<u32>,
    /// What each would pay, x 2^20.
    pub values: Vec<i64>,
}

/// Costs inside a block are whole numbers of this many per unit.
pub const BLOCK_UNITS: f64 = 256.0;

/// A value x 2^20, rounded.
pub(crate) fn fixed_point(value: f64) -> i64 {
    (value * (1u64 << MULTIPLIER_BITS) as f64).round() as i64
}

/// Clients that are served exactly, with the sites near them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The clients.
    pub clients: Vec<u32>,
    /// What each pays at most, in block units: for that it is served by anyone.
    pub most: Vec<i64>,
    /// Place of the step that proves the least cost of the block.
    pub step: u32,
}

/// One step of a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The bound at these multipliers (a place in the list) is enough.
    Bound {
        /// Place in [`Proof::multipliers`].
        multipliers: u32,
    },
    /// At these multipliers the opposite of each decision costs too much; go on with the decisions made.
    Decide {
        /// Place in [`Proof::multipliers`].
        multipliers: u32,
        /// Site, and whether it is open.
        decisions: Vec<(u32, bool)>,
        /// Place of the next step in [`Proof::steps`].
        then: u32,
    },
    /// Either the site is open or it is closed.
    Branch {
        /// The site.
        site: u32,
        /// Place of the step for the open site.
        open: u32,
        /// Place of the step for the closed site.
        closed: u32,
    },
    /// Either a site serves the client at this cost or less, or every site that could is closed.
    Reach {
        /// The client.
        client: u32,
        /// The cost [whole units].
        most: i64,
        /// Place of the step for the client that is served within.
        near: u32,
        /// Place of the step for the closed sites.
        far: u32,
    },
    /// A client that pays more than its multiplier and the slack costs too much: it pays at most that.
    Shorten {
        /// Place in [`Proof::multipliers`].
        multipliers: u32,
        /// The slack, x 2^20.
        slack: i64,
        /// Place of the next step in [`Proof::steps`].
        then: u32,
    },
    /// As `Decide`, with a bound that is raised by blocks of clients that are served exactly.
    Strengthen {
        /// Place in [`Proof::multipliers`].
        multipliers: u32,
        /// Price of opening one site more, x 2^20; 0 where any number may be opened.
        price: i64,
        /// The blocks; no client is in two.
        blocks: Vec<Block>,
        /// Site, and whether it is open.
        decisions: Vec<(u32, bool)>,
        /// Place of the next step in [`Proof::steps`].
        then: u32,
    },
    /// Few sites are free: every choice is tried.
    Enumerate,
    /// The free sites fall into parts that share no client. Each part has proofs for some numbers of open sites;
    /// for the others the bound at the multipliers holds.
    Divide {
        /// Place in [`Proof::multipliers`].
        multipliers: u32,
        /// Per part, in the order of size and then of the first site: number of open sites and its step.
        parts: Vec<Vec<(u32, u32)>>,
    },
}

/// A proof as a tree; the first step is the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Multipliers.
    pub multipliers: Vec<Multipliers>,
    /// The steps.
    pub steps: Vec<Step>,
}
