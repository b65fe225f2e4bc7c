//! Which host a task goes to: filters say which may take it, one policy chooses among them.

mod filter;
mod hosts;
pub(crate) mod policy;

pub use filter::{AntiAffinity, Filter};
pub(crate) use hosts::{Hosts, Need};
pub use policy::{PlacementPolicy, Weigher};

/// How hosts are chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacementSpec {
    /// What a host must offer.
    pub filters: Vec<Filter>,
    /// Which of those that offer it is taken.
    pub policy: PlacementPolicy,
    /// Waiting tasks that are tried when the first does not fit; one keeps strictly to the order.
    pub lookahead: usize,
    /// Times a waiting task may be passed over by later ones before it blocks them.
    pub passed_over_max: u32,
}

impl Default for PlacementSpec {
    fn default() -> Self {
        Self {
            filters: vec![Filter::Cores { ratio: 1.0 }, Filter::Memory { ratio: 1.0 }],
            policy: PlacementPolicy::FirstFit,
            lookahead: 1,
            passed_over_max: 7,
        }
    }
}
