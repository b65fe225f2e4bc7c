//! Scores that are kept: only a node that changed is scored again.
//!
//! A score depends on what a node has left and on the shape of the pod. Between two arrivals one node changes at
//! most, and a list has few shapes, so nearly all scores of an arrival are known from an earlier one.

use std::collections::BTreeMap;

use super::Pod;
use super::room::Shape;

/// Score of a node without room; real scores are not negative.
pub(super) const NO_ROOM: i32 = -1;
/// Score that is not known.
pub(super) const UNKNOWN: i32 = -2;
/// Most scores that are kept: 64 MB.
const KEPT_MAX: usize = 16_000_000;

/// Scores by shape and node.
#[derive(Debug)]
pub(super) struct Scores {
    nodes: usize,
    /// Row of each shape that is kept.
    rows: BTreeMap<Shape, usize>,
    /// Scores of the kept shapes, node by node.
    kept: Vec<i32>,
    /// Scores of a shape that is not kept.
    spare: Vec<i32>,
}

impl Scores {
    /// Room for the shapes of a list, the most frequent first, as far as they fit.
    pub(super) fn of(pods: &[Pod], nodes: usize) -> Self {
        let mut shapes = Shape::by_frequency(pods);
        shapes.truncate(KEPT_MAX / nodes.max(1));
        Self {
            nodes,
            kept: vec![UNKNOWN; shapes.len() * nodes],
            rows: shapes
                .into_iter()
                .enumerate()
                .map(|(row, (shape, _))| (shape, row))
                .collect(),
            spare: vec![UNKNOWN; nodes],
        }
    }

    /// Scores of a shape, by node.
    pub(super) fn of_shape(&mut self, shape: &Shape) -> &mut [i32] {
        if let Some(row) = self.rows.get(shape) {
            return &mut self.kept[row * self.nodes..][..self.nodes];
        }
        self.spare.fill(UNKNOWN);
        &mut self.spare
    }

    /// Forgets the scores of a node.
    pub(super) fn forget(&mut self, node: usize) {
        for score in self.kept.iter_mut().skip(node).step_by(self.nodes.max(1)) {
            *score = UNKNOWN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::GpuModels;
    use super::super::room::tests::shape;
    use super::*;

    #[test]
    fn a_node_is_forgotten_for_every_shape() {
        let pods = [500, 300].map(|gpu_share_milli| Pod {
            cpu_milli: 0,
            memory_bytes: 0,
            gpu_count: 1,
            gpu_share_milli,
            gpu_models: GpuModels::ANY,
        });
        let mut scores = Scores::of(&pods, 3);
        for share in [300, 500] {
            scores.of_shape(&shape(0, 1, share)).fill(7);
        }
        scores.forget(1);
        for share in [300, 500] {
            assert_eq!(scores.of_shape(&shape(0, 1, share)), [7, UNKNOWN, 7]);
        }
        assert_eq!(scores.of_shape(&shape(9, 1, 1)), [UNKNOWN; 3]);
    }
}
