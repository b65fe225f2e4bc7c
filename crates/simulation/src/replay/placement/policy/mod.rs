//! Policies that choose among the hosts that may take a task; one file each.

mod best_fit;
mod dot_product;
mod fewest_tasks;
mod first_fit;
mod free_core_buckets;
mod free_core_tree;
mod random;
mod round_robin;
mod weighed;
mod worst_fit;

use super::{Hosts, Need};
pub use weighed::Weigher;

/// How a host is chosen among those that may take a task.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum PlacementPolicy {
    /// The first in the order of the topology.
    #[default]
    FirstFit,
    /// The one with the fewest free cores.
    BestFit,
    /// The one with the most free cores.
    WorstFit,
    /// The next after the one chosen last.
    RoundRobin,
    /// Any of them, drawn from a stream of the task.
    Random,
    /// The one whose free amounts point the same way as the need.
    DotProduct,
    /// The one with the fewest tasks.
    FewestTasks,
    /// The one with the largest sum of weights, each scaled to between 0 and 1 over the candidates and multiplied.
    Weighed(Vec<(Weigher, f64)>),
}

/// A policy at work.
pub(crate) trait Policy {
    /// A host that may take the task, if there is one.
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32>;

    /// What a host has free has changed.
    fn changed(&mut self, _hosts: &Hosts<'_>, _host: u32) {}
}

/// The policy of a name.
pub(crate) fn policy_of(policy: &PlacementPolicy, hosts: &Hosts<'_>, seed: u64) -> Box<dyn Policy> {
    match policy {
        PlacementPolicy::FirstFit => Box::new(first_fit::FirstFit::new(hosts)),
        PlacementPolicy::BestFit => Box::new(best_fit::BestFit::new(hosts)),
        PlacementPolicy::WorstFit => Box::new(worst_fit::WorstFit::new(hosts)),
        PlacementPolicy::RoundRobin => Box::new(round_robin::RoundRobin::default()),
        PlacementPolicy::Random => Box::new(random::Random::new(seed)),
        PlacementPolicy::DotProduct => Box::new(dot_product::DotProduct),
        PlacementPolicy::FewestTasks => Box::new(fewest_tasks::FewestTasks),
        PlacementPolicy::Weighed(weighers) => Box::new(weighed::Weighed::new(weighers.clone())),
    }
}
