//! Hosts in their order, searched from the front for free cores.
//!
//! A binary tree over the hosts; each node knows the most free cores below it.

use super::super::Hosts;

pub(super) struct FreeCoreTree {
    /// Number of leaves, a power of two; node 1 is the root.
    leaves: usize,
    hosts: usize,
    most: Vec<u64>,
}

impl FreeCoreTree {
    pub(super) fn new(hosts: &Hosts<'_>) -> Self {
        let leaves = hosts.len().next_power_of_two();
        let mut most = vec![0; 2 * leaves];
        for host in 0..hosts.len() {
            most[leaves + host] = hosts.free_cores(host as u32);
        }
        for node in (1..leaves).rev() {
            most[node] = most[2 * node].max(most[2 * node + 1]);
        }
        Self {
            leaves,
            hosts: hosts.len(),
            most,
        }
    }

    pub(super) fn set(&mut self, host: u32, free: u64) {
        let mut node = self.leaves + host as usize;
        self.most[node] = free;
        while node > 1 {
            node /= 2;
            let most = self.most[2 * node].max(self.most[2 * node + 1]);
            if self.most[node] == most {
                return;
            }
            self.most[node] = most;
        }
    }

    /// First host with so many cores free that is accepted.
    pub(super) fn first(&self, cores: u64, mut accept: impl FnMut(u32) -> bool) -> Option<u32> {
        let mut node = 1;
        loop {
            if self.most[node] >= cores {
                if node < self.leaves {
                    node *= 2;
                    continue;
                }
                let host = node - self.leaves;
                if host < self.hosts && accept(host as u32) {
                    return Some(host as u32);
                }
            }
            // On to the next tree to the right: up while this is a right child.
            while node % 2 == 1 {
                if node == 1 {
                    return None;
                }
                node /= 2;
            }
            node += 1;
        }
    }
}
