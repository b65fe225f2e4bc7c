//! Fragmentation: how much of the idle accelerators typical pods could not use.
//!
//! # What it computes
//! For a node n and a typical pod m of popularity p(m), the part of the idle accelerators of n that m cannot use:
//! all of it if m does not fit on n or asks for no accelerator, else what is free of those accelerators that have
//! less free than the share m asks for. The fragmentation of the node is F(n) = Σ p(m) · F(n, m)
//! [milli-accelerators], that of the cluster the sum over its nodes.
//!
//! Typical are the most frequent kinds of pods of the list (cores, accelerators, share, models), as many as make up
//! 95 % of it; their popularities are scaled to one. Of equally frequent kinds the larger comes first.
//!
//! # Assumptions
//! The pods to come are like the list. Memory never limits. Sums are whole numbers (pods of the list times
//! milli-accelerators), so that equal states have equal fragmentation to the last bit.
//!
//! # References
//! Weng et al., Beware of fragmentation: scheduling GPU-sharing workloads with fragmentation gradient descent, USENIX
//! ATC 2023.

use super::Pod;
use super::room::{Room, Shape};

/// Share of the list that typical pods make up [%].
const TYPICAL_PERCENT: u64 = 95;

/// The typical pods of a list.
#[derive(Debug, Clone)]
pub(super) struct TypicalPods {
    /// Shape and number of pods, the most frequent first.
    kinds: Vec<(Shape, u64)>,
    /// Number of pods of all kinds.
    count: u64,
}

impl TypicalPods {
    /// Counts a list.
    pub(super) fn of(pods: &[Pod]) -> Self {
        let mut kinds = Shape::by_frequency(pods);
        let wanted = pods.len() as u64 * TYPICAL_PERCENT;
        let mut count = 0;
        let mut kept = 0;
        for (_, pods) in &kinds {
            if count * 100 >= wanted {
                break;
            }
            count += pods;
            kept += 1;
        }
        kinds.truncate(kept);
        Self { kinds, count }
    }

    /// Number of typical pods: what [`Self::fragments`] is to be divided by.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Fragmentation of a node times [`Self::count`] [milli-accelerators].
    pub(super) fn fragments(&self, room: &Room) -> u64 {
        let idle = u64::from(room.gpu_milli_total());
        if idle == 0 {
            return 0;
        }
        self.kinds
            .iter()
            .map(|(shape, pods)| pods * unusable(room, shape, idle))
            .sum()
    }
}

/// Idle accelerators of a node that a pod cannot use [milli-accelerators].
fn unusable(room: &Room, shape: &Shape, idle: u64) -> u64 {
    let share = shape.share_milli;
    let (mut usable_gpus, mut short) = (0u16, 0u16);
    for free in room.gpu_milli {
        usable_gpus += u16::from(free >= share);
        short += if free < share { free } else { 0 };
    }
    let fits = shape.gpu_count > 0
        && room.cpu_milli >= shape.cpu_milli
        && usable_gpus >= u16::from(shape.gpu_count)
        && shape.models.contains(room.model);
    if fits { u64::from(short) } else { idle }
}

#[cfg(test)]
mod tests {
    use super::super::room::tests::{room, shape};
    use super::super::{GpuModel, GpuModels};
    use super::*;

    /// A list of this many pods of each shape.
    fn list(kinds: &[(Shape, usize)]) -> Vec<Pod> {
        let pod = |shape: &Shape| Pod {
            cpu_milli: shape.cpu_milli,
            memory_bytes: 0,
            gpu_count: u32::from(shape.gpu_count),
            gpu_share_milli: u32::from(shape.share_milli),
            gpu_models: shape.models,
        };
        kinds
            .iter()
            .flat_map(|(shape, count)| std::iter::repeat_n(pod(shape), *count))
            .collect()
    }

    /// F(n) of a list whose pods are all typical.
    fn fragmentation(room: &Room, kinds: &[(Shape, usize)]) -> f64 {
        let typical = TypicalPods::of(&list(kinds));
        assert_eq!(typical.kinds.len(), kinds.len());
        typical.fragments(room) as f64 / typical.count() as f64
    }

    #[test]
    fn an_accelerator_with_less_free_than_the_share_is_a_fragment() {
        // 300 of the first cannot take 500, the second can.
        let room = room(8_000, &[300, 800]);
        assert_eq!(fragmentation(&room, &[(shape(1_000, 1, 500), 1)]), 300.0);
        // Neither can take 900, so all of both is a fragment.
        assert_eq!(fragmentation(&room, &[(shape(1_000, 1, 900), 1)]), 1_100.0);
        assert_eq!(fragmentation(&room, &[(shape(1_000, 1, 200), 1)]), 0.0);
    }

    #[test]
    fn without_cores_or_model_all_that_is_idle_is_a_fragment() {
        let room = room(8_000, &[300, 1_000]);
        assert_eq!(fragmentation(&room, &[(shape(8_001, 1, 100), 1)]), 1_300.0);
        let mut elsewhere = shape(1_000, 1, 100);
        elsewhere.models = GpuModels::NONE.with(GpuModel::new(1).expect("below 64"));
        assert_eq!(fragmentation(&room, &[(elsewhere, 1)]), 1_300.0);
        assert_eq!(fragmentation(&room, &[(shape(1_000, 0, 0), 1)]), 1_300.0);
    }

    #[test]
    fn whole_accelerators_leave_what_others_have_free() {
        let room = room(8_000, &[1_000, 400, 1_000]);
        assert_eq!(fragmentation(&room, &[(shape(0, 2, 1_000), 1)]), 400.0);
        assert_eq!(fragmentation(&room, &[(shape(0, 3, 1_000), 1)]), 2_400.0);
    }

    #[test]
    fn kinds_count_by_their_popularity() {
        let room = room(8_000, &[300, 800]);
        let kinds = [
            (shape(1_000, 1, 500), 6),
            (shape(1_000, 1, 900), 3),
            (shape(1_000, 0, 0), 1),
        ];
        // 0.6 · 300 + 0.3 · 1100 + 0.1 · 1100
        assert_eq!(fragmentation(&room, &kinds), 620.0);
    }

    #[test]
    fn rare_kinds_are_not_typical() {
        let pods = list(&[
            (shape(1_000, 1, 500), 95),
            (shape(1_000, 1, 900), 3),
            (shape(1_000, 1, 901), 2),
        ]);
        let typical = TypicalPods::of(&pods);
        assert_eq!((typical.kinds.len(), typical.count()), (1, 95));
        let pods = list(&[(shape(1_000, 1, 500), 94), (shape(1_000, 1, 900), 6)]);
        assert_eq!(TypicalPods::of(&pods).count(), 100);
    }
}
