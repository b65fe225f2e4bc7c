//! One run: each arrival goes to the best node with room, or is turned away.

use super::cluster::Cluster;
use super::draw::{Draw, Draws, Purpose};
use super::fragmentation::TypicalPods;
use super::policy::{
    BestFit, DotProduct, Fgd, GpuClustering, GpuPacking, Policy, Random, Scale, Tie,
};
use super::room::Shape;
use super::scores::{NO_ROOM, Scores, UNKNOWN};
use super::{
    GPU_MILLI, Packing, PackingError, PackingInput, PackingPolicy, PackingSample, Pod, PodPlacement,
};

/// Places the pods that arrive, one after another, and measures the cluster after each.
///
/// The order of the nodes is random, by the seed, and the same through the run; most policies take the first of
/// equals. Memory limits where a pod fits, no policy looks at it.
///
/// # Errors
/// If a node or pod is invalid. If a node is given more than it has or the books do not close at the end: a defect,
/// and no result is given.
pub fn pack(input: PackingInput<'_>) -> Result<Packing, PackingError> {
    input.check()?;
    let typical = TypicalPods::of(input.pods);
    let scale = Scale::of(input.nodes);
    match input.policy {
        PackingPolicy::Random => place_all(&input, &typical, &Random),
        PackingPolicy::DotProduct => place_all(&input, &typical, &DotProduct(scale)),
        PackingPolicy::GpuClustering => place_all(&input, &typical, &GpuClustering(scale)),
        PackingPolicy::GpuPacking => place_all(&input, &typical, &GpuPacking),
        PackingPolicy::BestFit => place_all(&input, &typical, &BestFit(scale)),
        PackingPolicy::FragmentationGradientDescent => place_all(&input, &typical, &Fgd(&typical)),
    }
}

fn place_all<P: Policy>(
    input: &PackingInput<'_>,
    typical: &TypicalPods,
    policy: &P,
) -> Result<Packing, PackingError> {
    let draws = Draws::new(input.seed);
    let mut run = Run {
        typical,
        policy,
        cluster: Cluster::new(input.nodes, typical, &draws),
        scores: Scores::of(input.pods, input.nodes.len()),
        equals: Vec::new(),
    };
    let mut placements = Vec::with_capacity(input.arrivals.len());
    let mut series = Vec::with_capacity(input.arrivals.len());
    let mut arrived_gpu_milli = 0;
    for (arrival, &row) in input.arrivals.iter().enumerate() {
        let pod = &input.pods[row as usize];
        let mut draw = draws.of(Purpose::Arrival(arrival as u32));
        placements.push(run.place(pod, &mut draw)?);
        arrived_gpu_milli += pod.gpu_milli();
        series.push(PackingSample {
            arrived_gpu_milli,
            allocated_gpu_milli: run.cluster.allocated_milli(),
            fragmented_gpu_milli: run.cluster.fragments() as f64 / typical.count().max(1) as f64,
        });
    }
    run.cluster.check_books(input, &placements)?;
    Ok(Packing {
        gpu_capacity_milli: input
            .nodes
            .iter()
            .map(|node| u64::from(node.gpu_count) * u64::from(GPU_MILLI))
            .sum(),
        placements,
        series,
    })
}

/// State of a run.
struct Run<'a, P> {
    typical: &'a TypicalPods,
    policy: &'a P,
    cluster: Cluster,
    scores: Scores,
    /// Nodes that tie, of the arrival at hand.
    equals: Vec<u32>,
}

impl<P: Policy> Run<'_, P> {
    /// Places one arrival.
    fn place(&mut self, pod: &Pod, draw: &mut Draw) -> Result<Option<PodPlacement>, PackingError> {
        let shape = Shape::of(pod);
        let Some(node) = self.choose(pod, &shape, draw) else {
            return Ok(None);
        };
        let candidate = self.cluster.candidate(node);
        let gpus = if shape.shares() {
            self.policy
                .shared_gpu(candidate, &shape, draw)
                .map_or(0, |gpu| 1 << gpu)
        } else {
            candidate.room.idle_gpu_set(&shape)
        };
        self.scores.forget(node);
        let placement = self.cluster.place(node, pod, gpus, self.typical)?;
        Ok(Some(placement))
    }

    /// The node an arrival goes to.
    fn choose(&mut self, pod: &Pod, shape: &Shape, draw: &mut Draw) -> Option<usize> {
        let any = self.policy.tie() == Tie::Any;
        self.equals.clear();
        let mut best: Option<(i32, usize)> = None;
        let scores = self.scores.of_shape(shape);
        for (node, score) in scores.iter_mut().enumerate() {
            if *score == UNKNOWN {
                let candidate = self.cluster.candidate(node);
                *score = if candidate.room.fits(shape) {
                    self.policy.score(candidate, shape)
                } else {
                    NO_ROOM
                };
            }
            let highest = best.map_or(NO_ROOM, |(highest, _)| highest);
            let better = *score > highest || any && *score == highest && *score != NO_ROOM;
            if !better || self.cluster.room(node).memory_bytes < pod.memory_bytes {
                continue;
            }
            if any {
                if *score > highest {
                    self.equals.clear();
                }
                self.equals.push(node as u32);
            }
            best = Some((*score, node));
        }
        if any && !self.equals.is_empty() {
            return Some(self.equals[draw.below(self.equals.len())] as usize);
        }
        best.map(|(_, node)| node)
    }
}
