//! Which host a task goes to: one rule each, over one index of the hosts.

mod best_fit;
mod capacity_tree;
mod first_fit;
mod host_index;
mod row_tree;
mod worst_fit;

pub(crate) use best_fit::BestFit;
pub(crate) use first_fit::FirstFit;
pub(crate) use host_index::{HostIndex, Room};
pub(crate) use worst_fit::WorstFit;

use crate::PlacementRule;

/// A host that a rule proposes, with its rank among the proposals from other platforms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Choice {
    /// The lowest rank wins.
    pub(crate) rank: u64,
    /// Row of the host; decides between equal ranks.
    pub(crate) host: u32,
}

/// A rule that chooses a host.
pub(crate) trait PlacementPolicy: Sync {
    /// The host of one pool that the rule prefers for a need, if any has room.
    fn choose(&self, hosts: &HostIndex, need: Room) -> Option<Choice>;
}

/// The rule by its name.
pub(crate) fn policy_of(rule: PlacementRule) -> &'static dyn PlacementPolicy {
    match rule {
        PlacementRule::FirstFit => &FirstFit,
        PlacementRule::BestFit => &BestFit,
        PlacementRule::WorstFit => &WorstFit,
    }
}
