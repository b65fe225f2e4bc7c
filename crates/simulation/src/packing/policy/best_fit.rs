//! Best fit: the node with the least free cores and accelerators.
//!
//! # What it computes
//! With r the cores and accelerators that would stay free, in parts of the largest node: score =
//! ⌊100 · (1 − (r₁ + r₂) / 2)⌋. A sharing pod gets the fullest accelerator with room.
//!
//! # Assumptions
//! Cores and accelerators weigh the same; the accelerators of a node count as one sum.
//!
//! # Valid range
//! Any cluster; small nodes fill first, since they are measured against the largest.
//!
//! # References
//! Weng et al., USENIX ATC 2023.

use super::{Candidate, Policy, SCORE_MAX, Scale, Shape};

/// The fullest node.
pub(in super::super) struct BestFit(pub(in super::super) Scale);

impl Policy for BestFit {
    fn score(&self, node: Candidate<'_>, pod: &Shape) -> i32 {
        let (free, asked) = (self.0.free(node.room), self.0.asked(pod));
        let left = (free[0] - asked[0]) / 2.0 + (free[1] - asked[1]) / 2.0;
        (f64::from(SCORE_MAX) * (1.0 - left)) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::room::tests::shape;
    use super::super::tests::{scale, score};
    use super::*;

    #[test]
    fn the_score_is_one_less_what_stays_free() {
        let policy = BestFit(scale());
        // 64 of 128 cores and 1 of 8 accelerators stay: 1 − (0.5 + 0.125) / 2 = 0.6875
        let pod = shape(32_000, 1, 500);
        assert_eq!(score(&policy, 96_000, &[1_000, 500], &pod), 68);
        assert_eq!(score(&policy, 32_000, &[500], &pod), 100);
    }
}
