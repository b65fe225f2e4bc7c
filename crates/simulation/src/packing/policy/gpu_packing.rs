//! GPU packing: shared accelerators first, idle accelerators of used nodes next, idle nodes last.
//!
//! # What it computes
//! With the accelerators the pod would take, the fullest first: if none of them is idle, 100 less a tenth of what is
//! free of them [%]; else, on a node with some accelerator in use, 50 less the number of idle ones it would take, at
//! least 33; on a node with all accelerators idle, 33 less their number. Pods without accelerators find all nodes
//! equal. A sharing pod gets the fullest accelerator with room.
//!
//! # Assumptions
//! Cores do not matter beyond fitting.
//!
//! # Valid range
//! Any cluster; nodes of more than 16 accelerators would leave the last rank.
//!
//! # References
//! Weng et al., `MLaaS` in the wild: workload analysis and scheduling in large-scale heterogeneous GPU clusters, NSDI
//! 2022; the variant of Weng et al., USENIX ATC 2023.

use super::{Candidate, Policy, SCORE_MAX, Shape};

/// Used accelerators before idle ones.
pub(in super::super) struct GpuPacking;

impl Policy for GpuPacking {
    fn score(&self, node: Candidate<'_>, pod: &Shape) -> i32 {
        if pod.gpu_count == 0 {
            return 0;
        }
        let room = node.room;
        let idle = room.idle_gpus();
        if idle == room.gpu_count {
            let idle = i32::from(idle);
            return (SCORE_MAX / 3 - idle).max(idle);
        }
        let shared = room
            .tightest_gpu(pod)
            .filter(|_| pod.shares())
            .map(|gpu| i32::from(room.gpu_milli[gpu]))
            .filter(|free_milli| *free_milli < 1_000);
        match shared {
            Some(free_milli) => (SCORE_MAX - free_milli / 10 / 10).max(SCORE_MAX / 2),
            None => (SCORE_MAX / 2 - i32::from(pod.gpu_count)).max(SCORE_MAX / 3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::room::tests::shape;
    use super::super::tests::score;
    use super::*;

    #[test]
    fn shared_accelerators_beat_used_nodes_beat_idle_nodes() {
        let sharing = shape(0, 1, 400);
        assert_eq!(score(&GpuPacking, 0, &[450, 1_000, 900], &sharing), 96);
        assert_eq!(score(&GpuPacking, 0, &[100, 1_000, 900], &sharing), 91);
        assert_eq!(score(&GpuPacking, 0, &[100, 1_000], &sharing), 49);
        assert_eq!(score(&GpuPacking, 0, &[1_000; 8], &sharing), 25);
        assert_eq!(score(&GpuPacking, 0, &[1_000; 2], &sharing), 31);
    }

    #[test]
    fn whole_accelerators_prefer_used_nodes_and_small_idle_ones() {
        let two = shape(0, 2, 1_000);
        assert_eq!(score(&GpuPacking, 0, &[100, 1_000, 1_000], &two), 48);
        assert_eq!(score(&GpuPacking, 0, &[1_000; 4], &two), 29);
        assert_eq!(score(&GpuPacking, 0, &[100, 1_000], &shape(0, 0, 0)), 0);
    }
}
