//! What a node has left, and what a pod takes of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::input::GPUS_PER_NODE_MAX;
use super::{GPU_MILLI, GpuModel, GpuModels, Node, Pod};

/// Places for accelerators in a row; those a node does not have are never free.
pub(super) const PLACES: usize = GPUS_PER_NODE_MAX as usize;
/// A whole accelerator [milli-accelerators].
pub(super) const WHOLE: u16 = GPU_MILLI as u16;

/// What a pod asks for, without its memory: what policies and fragmentation look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    /// Cores [milli-cores].
    pub(super) cpu_milli: u32,
    /// Share of each accelerator [milli-accelerators].
    pub(super) share_milli: u16,
    /// Accelerators.
    pub(super) gpu_count: u8,
    /// Models accepted.
    pub(super) models: GpuModels,
}

impl Shape {
    /// The shape of a checked pod.
    pub(super) fn of(pod: &Pod) -> Self {
        Self {
            cpu_milli: pod.cpu_milli,
            share_milli: pod.gpu_share_milli as u16,
            gpu_count: pod.gpu_count as u8,
            // Without accelerators there is no model to accept.
            models: if pod.gpu_count == 0 {
                GpuModels::ANY
            } else {
                pod.gpu_models
            },
        }
    }

    /// The shapes of a list and how many pods have each, the most frequent first, the larger of equals.
    pub(super) fn by_frequency(pods: &[Pod]) -> Vec<(Self, u64)> {
        let mut counts: BTreeMap<Self, u64> = BTreeMap::new();
        for pod in pods {
            *counts.entry(Self::of(pod)).or_default() += 1;
        }
        let mut shapes: Vec<(Self, u64)> = counts.into_iter().collect();
        shapes.sort_by_key(|(shape, count)| Reverse((*count, *shape)));
        shapes
    }

    /// True if it takes a part of one accelerator.
    pub(super) fn shares(&self) -> bool {
        self.gpu_count == 1 && self.share_milli < WHOLE
    }

    /// Accelerators in all [milli-accelerators].
    pub(super) fn gpu_milli(&self) -> u32 {
        u32::from(self.gpu_count) * u32::from(self.share_milli)
    }

    /// Number of the kind by its accelerators: 0 shares one, else how many it takes.
    pub(super) fn kind(&self) -> u32 {
        if self.shares() {
            0
        } else {
            u32::from(self.gpu_count)
        }
    }
}

/// What a node has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Cores [milli-cores].
    pub(super) cpu_milli: u32,
    /// Memory [B].
    pub(super) memory_bytes: u64,
    /// What is free of each accelerator [milli-accelerators].
    pub(super) gpu_milli: [u16; PLACES],
    /// Accelerators of the node.
    pub(super) gpu_count: u8,
    /// Their model.
    pub(super) model: GpuModel,
    /// Kinds of the pods on it, a bit each; those without accelerators do not count.
    pub(super) kinds: u32,
}

impl Room {
    /// An empty node.
    pub(super) fn of(node: &Node) -> Self {
        let mut gpu_milli = [0; PLACES];
        gpu_milli[..node.gpu_count as usize].fill(WHOLE);
        Self {
            cpu_milli: node.cpu_milli,
            memory_bytes: node.memory_bytes,
            gpu_milli,
            gpu_count: node.gpu_count as u8,
            model: node.gpu_model,
            kinds: 0,
        }
    }

    /// What is free of all accelerators [milli-accelerators].
    pub(super) fn gpu_milli_total(&self) -> u32 {
        u32::from(self.gpu_milli.iter().sum::<u16>())
    }

    /// Accelerators that are wholly free.
    pub(super) fn idle_gpus(&self) -> u8 {
        self.gpu_milli
            .iter()
            .map(|free| u8::from(*free == WHOLE))
            .sum()
    }

    /// True if cores, accelerators and their model suffice.
    pub(super) fn fits(&self, shape: &Shape) -> bool {
        self.cpu_milli >= shape.cpu_milli && self.serves(shape)
    }

    /// True if accelerators and their model suffice.
    fn serves(&self, shape: &Shape) -> bool {
        if shape.gpu_count == 0 {
            return true;
        }
        let enough: u8 = self
            .gpu_milli
            .iter()
            .map(|free| u8::from(*free >= shape.share_milli))
            .sum();
        enough >= shape.gpu_count && shape.models.contains(self.model)
    }

    /// Accelerators that could take the share of a pod, in their order.
    pub(super) fn gpus_for(&self, shape: &Shape) -> impl Iterator<Item = usize> + use<> {
        let (free, share) = (self.gpu_milli, shape.share_milli);
        (0..usize::from(self.gpu_count)).filter(move |&gpu| free[gpu] >= share)
    }

    /// The fullest accelerator that can take the share; the first of equals.
    pub(super) fn tightest_gpu(&self, shape: &Shape) -> Option<usize> {
        self.gpus_for(shape).min_by_key(|&gpu| self.gpu_milli[gpu])
    }

    /// The first idle accelerators, as many as a pod takes, a bit each.
    pub(super) fn idle_gpu_set(&self, shape: &Shape) -> u16 {
        self.gpus_for(shape)
            .take(usize::from(shape.gpu_count))
            .fold(0, |set, gpu| set | 1 << gpu)
    }

    /// What is left when a pod without memory takes these accelerators; says what runs out.
    pub(super) fn without(&self, shape: &Shape, gpus: u16) -> Result<Self, &'static str> {
        let mut left = *self;
        left.cpu_milli = self.cpu_milli.checked_sub(shape.cpu_milli).ok_or("cores")?;
        if gpus.count_ones() != u32::from(shape.gpu_count) {
            return Err("accelerators");
        }
        for (gpu, free) in left.gpu_milli.iter_mut().enumerate() {
            if gpus >> gpu & 1 == 1 {
                *free = free.checked_sub(shape.share_milli).ok_or("accelerators")?;
            }
        }
        if shape.gpu_count > 0 {
            if !shape.models.contains(self.model) {
                return Err("accelerators of a model");
            }
            left.kinds |= 1 << shape.kind();
        }
        Ok(left)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A pod without memory that accepts every model.
    pub(crate) fn shape(cpu_milli: u32, gpu_count: u8, share_milli: u16) -> Shape {
        Shape {
            cpu_milli,
            share_milli,
            gpu_count,
            models: GpuModels::ANY,
        }
    }

    /// A node with this left.
    pub(crate) fn room(cpu_milli: u32, free: &[u16]) -> Room {
        let node = Node {
            cpu_milli,
            memory_bytes: 0,
            gpu_count: free.len() as u32,
            gpu_model: GpuModel::FIRST,
        };
        let mut room = Room::of(&node);
        room.gpu_milli[..free.len()].copy_from_slice(free);
        room
    }

    #[test]
    fn shares_fit_one_accelerator_and_whole_ones_fit_idle_accelerators() {
        let room = room(8_000, &[300, 1_000, 600, 1_000]);
        assert!(room.fits(&shape(8_000, 1, 600)));
        assert!(!room.fits(&shape(8_001, 1, 600)));
        assert!(room.fits(&shape(1_000, 2, 1_000)));
        assert!(!room.fits(&shape(1_000, 3, 1_000)));
        assert!(room.fits(&shape(1_000, 0, 0)));
        assert_eq!(room.tightest_gpu(&shape(0, 1, 500)), Some(2));
        assert_eq!(room.tightest_gpu(&shape(0, 1, 700)), Some(1));
        assert_eq!(room.idle_gpu_set(&shape(0, 2, 1_000)), 0b1010);
    }

    #[test]
    fn pods_fit_only_models_they_accept() {
        let other = GpuModel::new(1).expect("below 64");
        let mut shape = shape(1_000, 1, 500);
        shape.models = GpuModels::NONE.with(other);
        let mut room = room(8_000, &[1_000]);
        assert!(!room.fits(&shape));
        room.model = other;
        assert!(room.fits(&shape));
    }

    #[test]
    fn taking_more_than_there_is_says_what_runs_out() {
        let room = room(8_000, &[300, 1_000]);
        assert_eq!(room.without(&shape(9_000, 0, 0), 0), Err("cores"));
        assert_eq!(room.without(&shape(0, 1, 400), 0b01), Err("accelerators"));
        assert_eq!(room.without(&shape(0, 2, 1_000), 0b10), Err("accelerators"));
        let left = room.without(&shape(1_000, 1, 400), 0b10).expect("room");
        assert_eq!((left.cpu_milli, left.gpu_milli_total()), (7_000, 900));
        assert_eq!(left.kinds, 1);
    }
}
