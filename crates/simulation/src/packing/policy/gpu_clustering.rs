//! GPU clustering: pods of the same kind on the same nodes.
//!
//! # What it computes
//! The kind of a pod is the number of accelerators it takes, or that it shares one. Nodes rank: those that hold this
//! kind only (75 to 100), those that hold it among others (50 to 75), those that hold none (25 to 50), those that hold
//! others only (0 to 25); within a rank the more is taken, measured from the accelerators of the largest node, the
//! better. Pods without accelerators find all nodes equal. A sharing pod gets the fullest accelerator with room.
//!
//! # Assumptions
//! Pods of one kind leave gaps that fit the same kind.
//!
//! # Valid range
//! Any cluster; a small node counts as partly taken from the start, since it is measured against the largest.
//!
//! # References
//! Xiao et al., Gandiva: introspective cluster scheduling for deep learning, OSDI 2018; the variant of Weng et al.,
//! USENIX ATC 2023.

use super::{Candidate, Policy, SCORE_MAX, Scale, Shape};

/// A node with pods of the same kind.
pub(in super::super) struct GpuClustering(pub(in super::super) Scale);

impl Policy for GpuClustering {
    fn score(&self, node: Candidate<'_>, pod: &Shape) -> i32 {
        if pod.gpu_count == 0 {
            return 0;
        }
        let quarter = SCORE_MAX / 4;
        let (kinds, kind) = (node.room.kinds, 1u32 << pod.kind());
        let rank = match (kinds & kind != 0, kinds) {
            (true, _) if kinds == kind => 3,
            (true, _) => 2,
            (false, 0) => 1,
            (false, _) => 0,
        };
        let largest = self.0.gpu_milli as i32;
        let taken = largest - node.room.gpu_milli_total() as i32;
        quarter * taken / largest + quarter * rank
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::room::tests::{room, shape};
    use super::super::tests::{scale, score_of};
    use super::*;

    #[test]
    fn same_kind_beats_mixed_beats_idle_beats_other_kinds() {
        let policy = GpuClustering(scale());
        let (sharing, two) = (shape(0, 1, 400), shape(0, 2, 1_000));
        let idle = room(8_000, &[1_000; 8]);
        let same = idle.without(&sharing, 1).expect("room");
        let mixed = same.without(&two, 0b110).expect("room");
        let other = idle.without(&two, 0b11).expect("room");
        // taken: 400, 2400, 0 and 2000 of 8000
        let nodes = [same, mixed, idle, other];
        let scores = nodes.map(|room| score_of(&policy, &room, &sharing));
        assert_eq!(scores, [76, 57, 25, 6]);
        assert_eq!(score_of(&policy, &same, &shape(1_000, 0, 0)), 0);
    }
}
