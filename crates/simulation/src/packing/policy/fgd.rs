//! Fragmentation gradient descent: the node whose fragmentation grows least.
//!
//! # What it computes
//! With ΔF the growth of the node's fragmentation by the pod [accelerators]: score = ⌊100 / (1 + e^ΔF)⌋. A sharing
//! pod gets the accelerator with the best score, the first of equals.
//!
//! # Assumptions
//! Those of the fragmentation measure. Growths that differ by less than some hundredths of an accelerator score the
//! same, so that the order of the nodes decides among them.
//!
//! # Valid range
//! Any cluster; growths beyond some five accelerators all score 0 or 99.
//!
//! # References
//! Weng et al., Beware of fragmentation: scheduling GPU-sharing workloads with fragmentation gradient descent, USENIX
//! ATC 2023.

use super::super::GPU_MILLI;
use super::super::fragmentation::TypicalPods;
use super::super::room::Room;
use super::{Candidate, Draw, Policy, SCORE_MAX, Shape};

/// The node that is fragmented least.
pub(in super::super) struct Fgd<'a>(pub(in super::super) &'a TypicalPods);

impl Fgd<'_> {
    /// Score of what would be left of a node.
    fn score_of(&self, node: Candidate<'_>, left: &Room) -> i32 {
        let growth = self.0.fragments(left) as f64 - node.fragments as f64;
        let growth_gpus = growth / self.0.count() as f64 / f64::from(GPU_MILLI);
        (f64::from(SCORE_MAX) / (1.0 + libm::exp(growth_gpus))) as i32
    }

    /// Best score of a sharing pod, and on which accelerator.
    fn best_share(&self, node: Candidate<'_>, pod: &Shape) -> Option<(i32, usize)> {
        let mut best: Option<(i32, usize)> = None;
        let mut seen = [None; super::super::room::PLACES];
        for gpu in node.room.gpus_for(pod) {
            // Accelerators with the same free leave the same.
            let free = Some(node.room.gpu_milli[gpu]);
            if seen[..gpu].contains(&free) {
                continue;
            }
            seen[gpu] = free;
            let Ok(left) = node.room.without(pod, 1 << gpu) else {
                continue;
            };
            let score = self.score_of(node, &left);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, gpu));
            }
        }
        best
    }
}

impl Policy for Fgd<'_> {
    fn score(&self, node: Candidate<'_>, pod: &Shape) -> i32 {
        if pod.shares() {
            return self.best_share(node, pod).map_or(0, |(score, _)| score);
        }
        let gpus = if pod.gpu_count == 0 {
            0
        } else {
            node.room.idle_gpu_set(pod)
        };
        node.room
            .without(pod, gpus)
            .map_or(0, |left| self.score_of(node, &left))
    }

    fn shared_gpu(&self, node: Candidate<'_>, pod: &Shape, _: &mut Draw) -> Option<usize> {
        self.best_share(node, pod).map(|(_, gpu)| gpu)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::draw::{Draws, Purpose};
    use super::super::super::room::tests::{room, shape};
    use super::super::super::{GpuModels, Pod};
    use super::*;

    /// A list in which every pod takes a half accelerator and a core.
    fn halves() -> TypicalPods {
        let pod = Pod {
            cpu_milli: 1_000,
            memory_bytes: 0,
            gpu_count: 1,
            gpu_share_milli: 500,
            gpu_models: GpuModels::ANY,
        };
        TypicalPods::of(&[pod; 10])
    }

    fn score(cpu_milli: u32, free: &[u16], pod: &Shape) -> (i32, Option<usize>) {
        let (typical, room) = (halves(), room(cpu_milli, free));
        let node = Candidate {
            room: &room,
            fragments: typical.fragments(&room),
        };
        let policy = Fgd(&typical);
        let mut draw = Draws::new(1).of(Purpose::Arrival(0));
        let gpu = pod
            .shares()
            .then(|| policy.shared_gpu(node, pod, &mut draw));
        (policy.score(node, pod), gpu.flatten())
    }

    #[test]
    fn a_pod_that_leaves_no_fragment_scores_one_half() {
        assert_eq!(score(8_000, &[1_000], &shape(1_000, 1, 500)).0, 50);
        assert_eq!(score(8_000, &[1_000; 2], &shape(1_000, 2, 1_000)).0, 50);
    }

    #[test]
    fn a_pod_that_leaves_a_fragment_scores_less_and_one_that_uses_it_more() {
        // 400 stay that a half cannot use: 100 / (1 + e^0.4) = 40.1
        assert_eq!(score(8_000, &[1_000], &shape(1_000, 1, 600)).0, 40);
        // The fragment of 400 is used up: 100 / (1 + e^-0.4) = 59.9, on the second accelerator.
        let used = score(8_000, &[1_000, 400], &shape(1_000, 1, 400));
        assert_eq!(used, (59, Some(1)));
    }

    #[test]
    fn taking_the_last_core_makes_all_that_is_idle_a_fragment() {
        // 3000 idle become fragments: 100 / (1 + e^3) = 4.7
        assert_eq!(score(1_000, &[1_000; 3], &shape(1_000, 0, 0)).0, 4);
    }
}
