//! What a packing run is made of.

use super::PackingError;

/// Thousandths of an accelerator.
pub const GPU_MILLI: u32 = 1_000;
/// Most accelerators of a node.
pub const GPUS_PER_NODE_MAX: u32 = 16;

/// A model of accelerator, by its number: below 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GpuModel(u8);

impl GpuModel {
    /// Most models of a cluster.
    pub const COUNT_MAX: u8 = 64;
    /// The model of number zero.
    pub const FIRST: Self = Self(0);

    /// The model of a number; `None` from [`Self::COUNT_MAX`] on.
    pub fn new(number: u8) -> Option<Self> {
        (number < Self::COUNT_MAX).then_some(Self(number))
    }
}

/// A set of models of accelerators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GpuModels(u64);

impl GpuModels {
    /// Every model.
    pub const ANY: Self = Self(u64::MAX);
    /// No model.
    pub const NONE: Self = Self(0);

    /// This set and one more model.
    #[must_use]
    pub fn with(self, model: GpuModel) -> Self {
        Self(self.0 | 1 << model.0)
    }

    /// True if the model belongs to the set.
    pub fn contains(self, model: GpuModel) -> bool {
        self.0 >> model.0 & 1 == 1
    }
}

/// A node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Cores [milli-cores].
    pub cpu_milli: u32,
    /// Memory [B].
    pub memory_bytes: u64,
    /// Accelerators, at most [`GPUS_PER_NODE_MAX`].
    pub gpu_count: u32,
    /// Their model.
    pub gpu_model: GpuModel,
}

/// What a pod asks for: no accelerator, a share of one, or several whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pod {
    /// Cores [milli-cores].
    pub cpu_milli: u32,
    /// Memory [B].
    pub memory_bytes: u64,
    /// Accelerators.
    pub gpu_count: u32,
    /// Share of each of them [milli-accelerators]; below [`GPU_MILLI`] only with one accelerator.
    pub gpu_share_milli: u32,
    /// Models it accepts.
    pub gpu_models: GpuModels,
}

impl Pod {
    /// Accelerators it takes in all [milli-accelerators].
    pub fn gpu_milli(&self) -> u64 {
        u64::from(self.gpu_count) * u64::from(self.gpu_share_milli)
    }

    fn fault(&self) -> Option<&'static str> {
        match (self.gpu_count, self.gpu_share_milli) {
            (0, 0) | (1, 1..=GPU_MILLI) => None,
            (0, _) => Some("a share of no accelerator"),
            (_, 0) => Some("accelerators without a share"),
            (GPUS_PER_NODE_MAX.., _) if self.gpu_count > GPUS_PER_NODE_MAX => {
                Some("more accelerators than a node may have")
            }
            (_, GPU_MILLI) => None,
            (1, _) => Some("more than the whole of an accelerator"),
            _ => Some("several accelerators are only given whole"),
        }
    }
}

/// How a node is chosen among those with room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackingPolicy {
    /// Any, and any of its accelerators.
    Random,
    /// The one whose free resources align least with what the pod asks for.
    DotProduct,
    /// One that holds pods of the same number of accelerators.
    GpuClustering,
    /// Shared accelerators first, idle accelerators of used nodes next, idle nodes last.
    GpuPacking,
    /// The one with the least free cores and accelerators.
    BestFit,
    /// The one whose fragmentation grows least.
    FragmentationGradientDescent,
}

impl PackingPolicy {
    /// All policies, the least effective on the published trace first.
    pub const ALL: [Self; 6] = [
        Self::Random,
        Self::DotProduct,
        Self::GpuClustering,
        Self::GpuPacking,
        Self::BestFit,
        Self::FragmentationGradientDescent,
    ];
}

/// Everything a packing run depends on.
#[derive(Debug, Clone, Copy)]
pub struct PackingInput<'a> {
    /// Nodes.
    pub nodes: &'a [Node],
    /// The list of pods; what is typical is what is frequent in it.
    pub pods: &'a [Pod],
    /// Which pods of the list arrive, in this order; one may arrive more than once.
    pub arrivals: &'a [u32],
    /// How a node is chosen.
    pub policy: PackingPolicy,
    /// What the order of the nodes and all random choices depend on.
    pub seed: u64,
}

impl PackingInput<'_> {
    /// Refuses what cannot be packed.
    pub(super) fn check(&self) -> Result<(), PackingError> {
        check_nodes(self.nodes)?;
        check_pods(self.pods)?;
        if self.arrivals.len() > u32::MAX as usize {
            return Err(PackingError::TooManyRows {
                rows: self.arrivals.len(),
            });
        }
        for (arrival, &pod) in self.arrivals.iter().enumerate() {
            if pod as usize >= self.pods.len() {
                return Err(PackingError::UnknownPod {
                    arrival,
                    pod,
                    pods: self.pods.len(),
                });
            }
        }
        Ok(())
    }
}

/// Refuses nodes that are too many, too large or without any accelerator among them.
fn check_nodes(nodes: &[Node]) -> Result<(), PackingError> {
    if nodes.len() > u32::MAX as usize {
        return Err(PackingError::TooManyRows { rows: nodes.len() });
    }
    if let Some(node) = nodes
        .iter()
        .position(|node| node.gpu_count > GPUS_PER_NODE_MAX)
    {
        return Err(PackingError::InvalidNode {
            node,
            reason: "more accelerators than a node may have",
        });
    }
    if nodes.iter().all(|node| node.gpu_count == 0) {
        return Err(PackingError::NoGpus);
    }
    Ok(())
}

/// Refuses pods that are too many or ask for what no node can give.
pub(super) fn check_pods(pods: &[Pod]) -> Result<(), PackingError> {
    if pods.len() > u32::MAX as usize {
        return Err(PackingError::TooManyRows { rows: pods.len() });
    }
    for (pod, row) in pods.iter().enumerate() {
        if let Some(reason) = row.fault() {
            return Err(PackingError::InvalidPod { pod, reason });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(gpu_count: u32, gpu_share_milli: u32) -> Pod {
        Pod {
            cpu_milli: 0,
            memory_bytes: 0,
            gpu_count,
            gpu_share_milli,
            gpu_models: GpuModels::ANY,
        }
    }

    #[test]
    fn pods_ask_for_nothing_a_share_of_one_or_several_whole_accelerators() {
        for (count, share) in [(0, 0), (1, 1), (1, 1_000), (2, 1_000), (16, 1_000)] {
            assert_eq!(check_pods(&[pod(count, share)]), Ok(()), "{count} {share}");
        }
        for (count, share) in [(0, 1), (1, 0), (1, 1_001), (2, 500), (17, 1_000), (2, 0)] {
            assert!(check_pods(&[pod(count, share)]).is_err(), "{count} {share}");
        }
    }

    #[test]
    fn a_set_of_models_contains_what_was_put_in() {
        let [first, second] = [3, 63].map(|number| GpuModel::new(number).expect("below 64"));
        let set = GpuModels::NONE.with(second);
        assert!(set.contains(second) && !set.contains(first));
        assert!(GpuModels::ANY.contains(first));
        assert_eq!(GpuModel::new(64), None);
    }
}
