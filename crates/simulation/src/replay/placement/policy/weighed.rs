//! Weighers: the host with the largest sum of weights, each scaled to between 0 and 1 over the candidates and
//! multiplied by its factor; the first of equals.

use super::super::{Hosts, Need};
use super::Policy;

/// A quantity of a host that is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weigher {
    /// Free memory.
    Memory,
    /// Free memory per core.
    CoreMemory,
    /// Running tasks.
    Tasks,
    /// Free cores.
    Cores,
    /// Free accelerator cores.
    Accelerators,
    /// Speed of a core beyond what the task was recorded on.
    CoreSpeed,
}

impl Weigher {
    fn weight(self, hosts: &Hosts<'_>, host: u32, need: &Need) -> f64 {
        let kind = hosts.kind(host);
        match self {
            Self::Memory => hosts.free_memory_mib(host) as f64,
            Self::CoreMemory => hosts.free_memory_mib(host) as f64 / f64::from(kind.cores.max(1)),
            Self::Tasks => f64::from(hosts.tasks(host)),
            Self::Cores => hosts.free_cores(host) as f64,
            Self::Accelerators => hosts.free_gpu_cores(host) as f64,
            Self::CoreSpeed => kind.core_hz as f64 / 1e6 - need.core_mhz() as f64,
        }
    }
}

pub(super) struct Weighed {
    weighers: Vec<(Weigher, f64)>,
    candidates: Vec<u32>,
    sums: Vec<f64>,
    weights: Vec<f64>,
}

impl Weighed {
    pub(super) fn new(weighers: Vec<(Weigher, f64)>) -> Self {
        Self {
            weighers,
            candidates: Vec::new(),
            sums: Vec::new(),
            weights: Vec::new(),
        }
    }
}

impl Policy for Weighed {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        self.candidates.clear();
        self.candidates
            .extend((0..hosts.len() as u32).filter(|host| hosts.admits(*host, need)));
        self.sums.clear();
        self.sums.resize(self.candidates.len(), 0.0);
        for (weigher, factor) in &self.weighers {
            self.weights.clear();
            self.weights.extend(
                self.candidates
                    .iter()
                    .map(|host| weigher.weight(hosts, *host, need)),
            );
            let least = self.weights.iter().copied().fold(f64::INFINITY, f64::min);
            let most = self
                .weights
                .iter()
                .copied()
                .fold(f64::NEG_INFINITY, f64::max);
            if most > least {
                for (sum, weight) in self.sums.iter_mut().zip(&self.weights) {
                    *sum += factor * (weight - least) / (most - least);
                }
            }
        }
        let mut best: Option<(f64, u32)> = None;
        for (sum, host) in self.sums.iter().zip(&self.candidates) {
            if best.is_none_or(|(most, _)| *sum > most) {
                best = Some((*sum, *host));
            }
        }
        best.map(|(_, host)| host)
    }
}
