//! Dot product: the node whose free resources align least with what the pod asks for.
//!
//! # What it computes
//! With f the free cores and accelerators of the node and d those the pod asks for, each in parts of the largest
//! node: score = ⌊100 · (1 − (f · d) / 2)⌋. A sharing pod gets the fullest accelerator with room.
//!
//! # Assumptions
//! The accelerators of a node count as one sum. Nodes with little free have small products, so that used nodes fill
//! before idle ones.
//!
//! # Valid range
//! Any cluster; scores are coarse where nodes are small beside the largest.
//!
//! # References
//! Grandl et al., Multi-resource packing for cluster schedulers, SIGCOMM 2014; the variant of Weng et al., USENIX ATC
//! 2023.

use super::{Candidate, Policy, SCORE_MAX, Scale, Shape};

/// The least aligned node.
pub(in super::super) struct DotProduct(pub(in super::super) Scale);

impl Policy for DotProduct {
    fn score(&self, node: Candidate<'_>, pod: &Shape) -> i32 {
        let (free, asked) = (self.0.free(node.room), self.0.asked(pod));
        let product = free[0] * asked[0] + free[1] * asked[1];
        (f64::from(SCORE_MAX) * (1.0 - product / 2.0)) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::room::tests::shape;
    use super::super::tests::{scale, score};
    use super::*;

    #[test]
    fn the_score_is_one_less_half_the_product_of_parts() {
        let policy = DotProduct(scale());
        // free (0.5, 0.25), asked (0.5, 0.5): 1 − (0.25 + 0.125) / 2 = 0.8125
        let pod = shape(64_000, 4, 1_000);
        assert_eq!(score(&policy, 64_000, &[1_000, 500, 500], &pod), 81);
        assert_eq!(score(&policy, 0, &[], &shape(0, 0, 0)), 100);
    }
}
