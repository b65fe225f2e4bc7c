//! Dot product: the host whose free cores, memory and accelerators point most the way the need does.
//!
//! # What it computes
//! The sum over resources of need times what is free, each as a share of the host's own; the largest wins, the first
//! of equals. It fills hosts evenly in all resources.
//!
//! # References
//! Panigrahy, Talwar, Uyeda and Wieder, Heuristics for Vector Bin Packing (2011).

use super::super::{Hosts, Need};
use super::Policy;

pub(super) struct DotProduct;

impl Policy for DotProduct {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        let mut best: Option<(f64, u32)> = None;
        for host in (0..hosts.len() as u32).filter(|host| hosts.admits(*host, need)) {
            let kind = hosts.kind(host);
            let part = |need: u64, free: u64, all: u64| {
                let all = all.max(1) as f64;
                need as f64 / all * (free as f64 / all)
            };
            let product = part(need.cores, hosts.free_cores(host), u64::from(kind.cores))
                + part(
                    need.memory_mib,
                    hosts.free_memory_mib(host),
                    kind.memory_mib,
                )
                + part(need.gpu_cores, hosts.free_gpu_cores(host), kind.gpu_cores());
            if best.is_none_or(|(most, _)| product > most) {
                best = Some((product, host));
            }
        }
        best.map(|(_, host)| host)
    }
}
