//! Worst fit: the host with the most free cores that may take the task; the first of equals.

use std::cmp::Reverse;

use super::super::{Hosts, Need};
use super::Policy;
use super::free_core_buckets::FreeCoreBuckets;

pub(super) struct WorstFit {
    buckets: Option<FreeCoreBuckets>,
}

impl WorstFit {
    pub(super) fn new(hosts: &Hosts<'_>) -> Self {
        Self {
            buckets: FreeCoreBuckets::new(hosts),
        }
    }
}

impl Policy for WorstFit {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        match &self.buckets {
            Some(buckets) => buckets.downwards(need.cores, |host| hosts.admits(host, need)),
            None => (0..hosts.len() as u32)
                .filter(|host| hosts.admits(*host, need))
                .min_by_key(|host| Reverse(hosts.free_cores(*host))),
        }
    }

    fn changed(&mut self, hosts: &Hosts<'_>, host: u32) {
        if let Some(buckets) = &mut self.buckets {
            buckets.set(host, hosts.free_cores(host));
        }
    }
}
