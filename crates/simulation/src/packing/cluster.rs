//! The nodes of a run and what is placed on them.

use super::draw::{Draws, Purpose};
use super::fragmentation::TypicalPods;
use super::policy::Candidate;
use super::room::{Room, Shape};
use super::{GPU_MILLI, Node, PackingError, PackingInput, Pod, PodPlacement};

/// Nodes in a random order that stays the same through the run.
#[derive(Debug)]
pub(super) struct Cluster {
    /// Row of each node.
    order: Vec<u32>,
    rooms: Vec<Room>,
    /// Fragmentation of each node times the number of typical pods [milli-accelerators].
    fragments: Vec<u64>,
    /// Their sum.
    fragments_total: u128,
    /// Accelerators placed [milli-accelerators].
    allocated_milli: u64,
}

impl Cluster {
    /// Empty nodes.
    pub(super) fn new(nodes: &[Node], typical: &TypicalPods, draws: &Draws) -> Self {
        let mut order: Vec<u32> = (0..nodes.len() as u32).collect();
        draws.of(Purpose::NodeOrder).shuffle(&mut order);
        let rooms: Vec<Room> = order
            .iter()
            .map(|&row| Room::of(&nodes[row as usize]))
            .collect();
        let fragments: Vec<u64> = rooms.iter().map(|room| typical.fragments(room)).collect();
        Self {
            order,
            rooms,
            fragments_total: fragments.iter().copied().map(u128::from).sum(),
            fragments,
            allocated_milli: 0,
        }
    }

    /// What a node has left; `node` counts in the order of the run.
    pub(super) fn room(&self, node: usize) -> &Room {
        &self.rooms[node]
    }

    /// A node as policies see it.
    pub(super) fn candidate(&self, node: usize) -> Candidate<'_> {
        Candidate {
            room: &self.rooms[node],
            fragments: self.fragments[node],
        }
    }

    /// Accelerators placed so far [milli-accelerators].
    pub(super) fn allocated_milli(&self) -> u64 {
        self.allocated_milli
    }

    /// Fragmentation times the number of typical pods [milli-accelerators].
    pub(super) fn fragments(&self) -> u128 {
        self.fragments_total
    }

    /// Places a pod on these accelerators of a node.
    pub(super) fn place(
        &mut self,
        node: usize,
        pod: &Pod,
        gpus: u16,
        typical: &TypicalPods,
    ) -> Result<PodPlacement, PackingError> {
        let row = self.order[node];
        let overfull = |resource| PackingError::NodeOverfull {
            node: row as usize,
            resource,
        };
        let room = &mut self.rooms[node];
        let mut left = room.without(&Shape::of(pod), gpus).map_err(overfull)?;
        left.memory_bytes = room
            .memory_bytes
            .checked_sub(pod.memory_bytes)
            .ok_or_else(|| overfull("memory"))?;
        *room = left;
        let fragments = typical.fragments(&left);
        self.fragments_total -= u128::from(self.fragments[node]);
        self.fragments_total += u128::from(fragments);
        self.fragments[node] = fragments;
        self.allocated_milli += pod.gpu_milli();
        Ok(PodPlacement { node: row, gpus })
    }

    /// Adds up, from the placements alone, what each node was given, and compares it with what the nodes hold.
    pub(super) fn check_books(
        &self,
        input: &PackingInput<'_>,
        placements: &[Option<PodPlacement>],
    ) -> Result<(), PackingError> {
        let mut given = vec![Given::default(); input.nodes.len()];
        for (&pod, placement) in input.arrivals.iter().zip(placements) {
            if let Some(placement) = placement {
                given[placement.node as usize].add(&input.pods[pod as usize], placement.gpus);
            }
        }
        let mut allocated_milli = 0;
        for (&row, room) in self.order.iter().zip(&self.rooms) {
            let (node, given) = (&input.nodes[row as usize], &given[row as usize]);
            let held = Given::of(node, room);
            let resources = ["milli-cores", "bytes of memory", "milli-accelerators"];
            for ((resource, held), placed) in
                resources.into_iter().zip(held.sums()).zip(given.sums())
            {
                if held != placed {
                    return Err(PackingError::NotConserved {
                        node: row as usize,
                        resource,
                        held,
                        placed,
                    });
                }
            }
            if held.gpu_milli != given.gpu_milli {
                return Err(PackingError::NodeOverfull {
                    node: row as usize,
                    resource: "of one accelerator",
                });
            }
            allocated_milli += given.sums()[2];
        }
        if allocated_milli != u128::from(self.allocated_milli) {
            return Err(PackingError::AllocationNotConserved {
                allocated_milli: self.allocated_milli,
                placed_milli: allocated_milli,
            });
        }
        Ok(())
    }
}

/// What a node was given.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    cpu_milli: u128,
    memory_bytes: u128,
    gpu_milli: [u64; super::room::PLACES],
}

impl Given {
    /// What a node no longer has free.
    fn of(node: &Node, room: &Room) -> Self {
        let mut gpu_milli = [0; super::room::PLACES];
        for (taken, free) in gpu_milli
            .iter_mut()
            .zip(room.gpu_milli)
            .take(node.gpu_count as usize)
        {
            *taken = u64::from(GPU_MILLI) - u64::from(free);
        }
        Self {
            cpu_milli: u128::from(node.cpu_milli - room.cpu_milli),
            memory_bytes: u128::from(node.memory_bytes - room.memory_bytes),
            gpu_milli,
        }
    }

    fn add(&mut self, pod: &Pod, gpus: u16) {
        self.cpu_milli += u128::from(pod.cpu_milli);
        self.memory_bytes += u128::from(pod.memory_bytes);
        for (gpu, taken) in self.gpu_milli.iter_mut().enumerate() {
            *taken += u64::from(gpus >> gpu & 1) * u64::from(pod.gpu_share_milli);
        }
    }

    /// Cores, memory and accelerators.
    fn sums(&self) -> [u128; 3] {
        let gpu_milli: u64 = self.gpu_milli.iter().sum();
        [self.cpu_milli, self.memory_bytes, u128::from(gpu_milli)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GpuModel, GpuModels, PackingPolicy};
    use super::*;

    const NODE: Node = Node {
        cpu_milli: 8_000,
        memory_bytes: 1_000,
        gpu_count: 2,
        gpu_model: GpuModel::FIRST,
    };
    const PODS: [Pod; 2] = [pod(1_000, 600), pod(1_500, 600)];

    const fn pod(cpu_milli: u32, gpu_share_milli: u32) -> Pod {
        Pod {
            cpu_milli,
            memory_bytes: 400,
            gpu_count: 1,
            gpu_share_milli,
            gpu_models: GpuModels::ANY,
        }
    }

    fn empty() -> (Cluster, TypicalPods) {
        let typical = TypicalPods::of(&PODS);
        (Cluster::new(&[NODE], &typical, &Draws::new(1)), typical)
    }

    #[test]
    fn a_policy_that_gives_more_than_there_is_is_named() {
        let (mut cluster, typical) = empty();
        let overfull = |resource| Err(PackingError::NodeOverfull { node: 0, resource });
        assert!(cluster.place(0, &PODS[0], 0b01, &typical).is_ok());
        let second = cluster.place(0, &PODS[1], 0b01, &typical);
        assert_eq!(second, overfull("accelerators"));
        let nowhere = cluster.place(0, &PODS[1], 0, &typical);
        assert_eq!(nowhere, overfull("accelerators"));
        assert!(cluster.place(0, &PODS[1], 0b10, &typical).is_ok());
        let third = cluster.place(0, &pod(1_000, 100), 0b10, &typical);
        assert_eq!(third, overfull("memory"));
    }

    #[test]
    fn books_that_do_not_close_are_named() {
        let (mut cluster, typical) = empty();
        let input = PackingInput {
            nodes: &[NODE],
            pods: &PODS,
            arrivals: &[0, 1],
            policy: PackingPolicy::BestFit,
            seed: 1,
        };
        let [first, second] = [(0, 0b01), (1, 0b10)].map(|(pod, gpus)| {
            let placement = cluster.place(0, &PODS[pod], gpus, &typical);
            Some(placement.expect("room"))
        });
        assert_eq!(cluster.check_books(&input, &[first, second]), Ok(()));
        assert_eq!(
            cluster.check_books(&input, &[first, None]),
            Err(PackingError::NotConserved {
                node: 0,
                resource: "milli-cores",
                held: 2_500,
                placed: 1_000,
            })
        );
        assert!(cluster.check_books(&input, &[first, first]).is_err());
        cluster.allocated_milli += 1;
        assert!(matches!(
            cluster.check_books(&input, &[first, second]),
            Err(PackingError::AllocationNotConserved { .. })
        ));
    }
}
