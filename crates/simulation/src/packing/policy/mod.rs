//! Policies: how good a node is for a pod, and which of its accelerators a sharing pod gets.
//!
//! Scores are whole numbers from 0 to 100, the higher the better. They are whole on purpose: how many nodes tie, and
//! so how often their order decides, belongs to what the published policies do.

mod best_fit;
mod dot_product;
mod fgd;
mod gpu_clustering;
mod gpu_packing;
mod random;

pub(super) use best_fit::BestFit;
pub(super) use dot_product::DotProduct;
pub(super) use fgd::Fgd;
pub(super) use gpu_clustering::GpuClustering;
pub(super) use gpu_packing::GpuPacking;
pub(super) use random::Random;

use super::draw::Draw;
use super::room::{Room, Shape};
use super::{GPU_MILLI, Node};

/// The best score.
const SCORE_MAX: i32 = 100;

/// A node that has room for the pod in question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    /// What it has left.
    pub(super) room: &'a Room,
    /// Its fragmentation times the number of typical pods [milli-accelerators].
    pub(super) fragments: u64,
}

/// Which of the nodes with the best score is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// The first in the order of the nodes, which is random but the same through the run.
    First,
    /// Any.
    Any,
}

/// How a node is chosen. Scores depend on nothing but what they are given, so that they can be kept.
pub(super) trait Policy {
    /// Which of equals is taken.
    fn tie(&self) -> Tie {
        Tie::First
    }

    /// How good a node with room is: 0 to 100.
    fn score(&self, node: Candidate<'_>, pod: &Shape) -> i32;

    /// Which accelerator a sharing pod gets, of a node with room.
    fn shared_gpu(&self, node: Candidate<'_>, pod: &Shape, _: &mut Draw) -> Option<usize> {
        node.room.tightest_gpu(pod)
    }
}

/// The largest node: what cores and accelerators are measured against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Most cores of a node [milli-cores].
    cpu_milli: u32,
    /// Most accelerators of a node [milli-accelerators].
    gpu_milli: u32,
}

impl Scale {
    /// The scale of a cluster.
    pub(super) fn of(nodes: &[Node]) -> Self {
        let most = |amount: fn(&Node) -> u32| nodes.iter().map(amount).max().unwrap_or(0).max(1);
        Self {
            cpu_milli: most(|node| node.cpu_milli),
            gpu_milli: most(|node| node.gpu_count * GPU_MILLI),
        }
    }

    /// Cores and accelerators in parts of the largest node [1].
    fn parts(self, cpu_milli: u32, gpu_milli: u32) -> [f64; 2] {
        [
            f64::from(cpu_milli) / f64::from(self.cpu_milli),
            f64::from(gpu_milli) / f64::from(self.gpu_milli),
        ]
    }

    /// Free cores and accelerators of a node [1].
    fn free(self, room: &Room) -> [f64; 2] {
        self.parts(room.cpu_milli, room.gpu_milli_total())
    }

    /// Cores and accelerators a pod asks for [1].
    fn asked(self, pod: &Shape) -> [f64; 2] {
        self.parts(pod.cpu_milli, pod.gpu_milli())
    }
}

#[cfg(test)]
mod tests {
    use super::super::room::tests::room;
    use super::*;

    /// The scale of the published policies: 128 cores, 8 accelerators.
    pub(super) fn scale() -> Scale {
        Scale {
            cpu_milli: 128_000,
            gpu_milli: 8_000,
        }
    }

    /// Score of a node with this free.
    pub(super) fn score(policy: &impl Policy, cpu_milli: u32, free: &[u16], pod: &Shape) -> i32 {
        score_of(policy, &room(cpu_milli, free), pod)
    }

    pub(super) fn score_of(policy: &impl Policy, room: &Room, pod: &Shape) -> i32 {
        let node = Candidate { room, fragments: 0 };
        policy.score(node, pod)
    }
}
