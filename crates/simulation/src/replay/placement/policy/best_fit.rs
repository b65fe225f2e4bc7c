//! Best fit: the host with the fewest free cores that may take the task; the first of equals.

use super::super::{Hosts, Need};
use super::Policy;
use super::free_core_buckets::FreeCoreBuckets;

pub(super) struct BestFit {
    buckets: Option<FreeCoreBuckets>,
}

impl BestFit {
    pub(super) fn new(hosts: &Hosts<'_>) -> Self {
        Self {
            buckets: FreeCoreBuckets::new(hosts),
        }
    }
}

impl Policy for BestFit {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        match &self.buckets {
            Some(buckets) => buckets.upwards(need.cores, |host| hosts.admits(host, need)),
            None => (0..hosts.len() as u32)
                .filter(|host| hosts.admits(*host, need))
                .min_by_key(|host| hosts.free_cores(*host)),
        }
    }

    fn changed(&mut self, hosts: &Hosts<'_>, host: u32) {
        if let Some(buckets) = &mut self.buckets {
            buckets.set(host, hosts.free_cores(host));
        }
    }
}
