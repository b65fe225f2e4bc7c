//! First fit: the first host in the order of the topology that may take the task.

use super::super::{Hosts, Need};
use super::Policy;
use super::free_core_tree::FreeCoreTree;

pub(super) struct FirstFit {
    tree: FreeCoreTree,
}

impl FirstFit {
    pub(super) fn new(hosts: &Hosts<'_>) -> Self {
        Self {
            tree: FreeCoreTree::new(hosts),
        }
    }
}

impl Policy for FirstFit {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        self.tree.first(need.cores, |host| hosts.admits(host, need))
    }

    fn changed(&mut self, hosts: &Hosts<'_>, host: u32) {
        self.tree.set(host, hosts.free_cores(host));
    }
}
