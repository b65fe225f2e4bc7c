//! Random: any node with room, and on it any accelerator with room.
//!
//! # What it computes
//! The same score for every node, ties broken by chance.
//!
//! # Assumptions
//! Every node with room is equally likely, whatever its size.
//!
//! # Valid range
//! Any cluster: the baseline the other policies are compared with.
//!
//! # References
//! Weng et al., USENIX ATC 2023.

use super::{Candidate, Draw, Policy, Shape, Tie};

/// Any node with room.
pub(in super::super) struct Random;

impl Policy for Random {
    fn tie(&self) -> Tie {
        Tie::Any
    }

    fn score(&self, _: Candidate<'_>, _: &Shape) -> i32 {
        0
    }

    fn shared_gpu(&self, node: Candidate<'_>, pod: &Shape, draw: &mut Draw) -> Option<usize> {
        let usable = node.room.gpus_for(pod).count();
        node.room.gpus_for(pod).nth(draw.below(usable))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::draw::{Draws, Purpose};
    use super::super::super::room::tests::{room, shape};
    use super::*;

    #[test]
    fn every_accelerator_with_room_is_chosen_about_equally_often() {
        let room = room(8_000, &[100, 600, 300, 1_000]);
        let node = Candidate {
            room: &room,
            fragments: 0,
        };
        let draws = Draws::new(3);
        let mut counts = [0u32; 4];
        for arrival in 0..3_000 {
            let mut draw = draws.of(Purpose::Arrival(arrival));
            let gpu = Random.shared_gpu(node, &shape(0, 1, 300), &mut draw);
            counts[gpu.expect("three have room")] += 1;
        }
        assert_eq!(counts[0], 0);
        assert!(
            counts[1..].iter().all(|count| (900..1_100).contains(count)),
            "{counts:?}"
        );
    }
}
