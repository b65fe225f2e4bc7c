//! Laws of packing, for every policy.

use angara_simulation::packing::{
    GpuModel, GpuModels, Node, Packing, PackingError, PackingInput, PackingPolicy, Pod, arrivals,
    pack,
};
use proptest::prelude::*;

fn model(number: u8) -> GpuModel {
    GpuModel::new(number).expect("below 64")
}

prop_compose! {
    fn any_node()(cpu_milli in 0u32..64_000, memory_bytes in 0u64..1_000, gpu_count in 0u32..9, number in 0u8..3) -> Node {
        Node { cpu_milli, memory_bytes, gpu_count, gpu_model: model(number) }
    }
}

prop_compose! {
    fn any_pod()(
        cpu_milli in 0u32..16_000,
        memory_bytes in 0u64..300,
        gpu_count in 0u32..5,
        share in 1u32..=1_000,
        number in 0u8..6,
    ) -> Pod {
        let gpu_share_milli = match gpu_count {
            0 => 0,
            1 => share,
            _ => 1_000,
        };
        let gpu_models = if number < 3 { GpuModels::NONE.with(model(number)) } else { GpuModels::ANY };
        Pod { cpu_milli, memory_bytes, gpu_count, gpu_share_milli, gpu_models }
    }
}

/// Nodes with at least one accelerator, pods that ask for at least one, and a seed.
fn any_case() -> impl Strategy<Value = (Vec<Node>, Vec<Pod>, u64)> {
    let nodes = prop::collection::vec(any_node(), 1..12).prop_map(|mut nodes| {
        nodes[0].gpu_count = nodes[0].gpu_count.max(1);
        nodes
    });
    let pods = prop::collection::vec(any_pod(), 1..30).prop_map(|mut pods| {
        pods[0].gpu_count = 1;
        pods[0].gpu_share_milli = pods[0].gpu_share_milli.max(100);
        pods
    });
    (nodes, pods, any::<u64>())
}

/// What a node has left, by a count of its own.
#[derive(Clone)]
struct Left {
    cpu_milli: u32,
    memory_bytes: u64,
    gpus_milli: Vec<u32>,
    model: GpuModel,
}

impl Left {
    fn of(node: &Node) -> Self {
        Self {
            cpu_milli: node.cpu_milli,
            memory_bytes: node.memory_bytes,
            gpus_milli: vec![1_000; node.gpu_count as usize],
            model: node.gpu_model,
        }
    }

    fn has_room(&self, pod: &Pod) -> bool {
        let enough = |free: &&u32| **free >= pod.gpu_share_milli;
        self.cpu_milli >= pod.cpu_milli
            && self.memory_bytes >= pod.memory_bytes
            && (pod.gpu_count == 0
                || pod.gpu_models.contains(self.model)
                    && self.gpus_milli.iter().filter(enough).count() >= pod.gpu_count as usize)
    }

    /// Takes what a pod asks for; fails if it is not there.
    fn give(&mut self, pod: &Pod, gpus: u16) {
        assert!(self.has_room(pod));
        self.cpu_milli -= pod.cpu_milli;
        self.memory_bytes -= pod.memory_bytes;
        assert_eq!(gpus.count_ones(), pod.gpu_count);
        for (gpu, free_milli) in self.gpus_milli.iter_mut().enumerate() {
            if gpus >> gpu & 1 == 1 {
                assert!(*free_milli >= pod.gpu_share_milli);
                *free_milli -= pod.gpu_share_milli;
            }
        }
        assert_eq!(u32::from(gpus) >> self.gpus_milli.len(), 0);
    }
}

/// Follows a run: every placement has room, and what is turned away has none anywhere.
fn follow(nodes: &[Node], pods: &[Pod], rows: &[u32], packing: &Packing) {
    let mut left: Vec<Left> = nodes.iter().map(Left::of).collect();
    let (mut arrived_milli, mut allocated_milli) = (0, 0);
    for (arrival, &row) in rows.iter().enumerate() {
        let pod = &pods[row as usize];
        arrived_milli += pod.gpu_milli();
        if let Some(placement) = packing.placements[arrival] {
            left[placement.node as usize].give(pod, placement.gpus);
            allocated_milli += pod.gpu_milli();
        } else {
            assert!(!left.iter().any(|node| node.has_room(pod)), "{arrival}");
        }
        let sample = packing.series[arrival];
        assert_eq!(sample.arrived_gpu_milli, arrived_milli);
        assert_eq!(sample.allocated_gpu_milli, allocated_milli);
        let idle_milli = (packing.gpu_capacity_milli - allocated_milli) as f64;
        assert!((-1e-6..=idle_milli + 1e-6).contains(&sample.fragmented_gpu_milli));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn pods_go_where_there_is_room_and_are_turned_away_only_where_there_is_none(
        (nodes, pods, seed) in any_case(),
    ) {
        let rows = arrivals(&nodes, &pods, 1.3, seed).expect("a load that can be made");
        for policy in PackingPolicy::ALL {
            let input = PackingInput { nodes: &nodes, pods: &pods, arrivals: &rows, policy, seed };
            let packing = pack(input).expect("books that close");
            follow(&nodes, &pods, &rows, &packing);
            prop_assert_eq!(pack(input).expect("books that close"), packing);
        }
    }
}

#[test]
fn a_run_gives_the_same_bits_on_any_number_of_threads() {
    use rayon::prelude::*;
    let nodes: Vec<Node> = (0..20)
        .map(|row| Node {
            cpu_milli: 32_000 + 1_000 * row,
            memory_bytes: 500,
            gpu_count: 1 + row % 4,
            gpu_model: model(row as u8 % 2),
        })
        .collect();
    let pods: Vec<Pod> = (0..60)
        .map(|row| Pod {
            cpu_milli: 500 * (row % 7),
            memory_bytes: 10,
            gpu_count: 1,
            gpu_share_milli: 100 + 15 * row,
            gpu_models: GpuModels::ANY,
        })
        .collect();
    let runs = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| {
            (0..8u64)
                .into_par_iter()
                .flat_map(|seed| {
                    PackingPolicy::ALL
                        .into_par_iter()
                        .map(move |policy| (seed, policy))
                })
                .map(|(seed, policy)| {
                    let arrivals = arrivals(&nodes, &pods, 1.3, seed).expect("a load");
                    let (nodes, pods) = (&nodes, &pods);
                    pack(PackingInput {
                        nodes,
                        pods,
                        arrivals: &arrivals,
                        policy,
                        seed,
                    })
                })
                .collect::<Vec<_>>()
        })
    };
    let one = runs(1);
    assert!(one.iter().all(Result::is_ok));
    assert_ne!(one[0], one[6], "seeds draw other numbers");
    assert_eq!(runs(4), one);
}

#[test]
fn input_that_cannot_be_packed_is_refused() {
    let node = Node {
        cpu_milli: 1_000,
        memory_bytes: 0,
        gpu_count: 1,
        gpu_model: GpuModel::FIRST,
    };
    let pod = Pod {
        cpu_milli: 0,
        memory_bytes: 0,
        gpu_count: 1,
        gpu_share_milli: 500,
        gpu_models: GpuModels::ANY,
    };
    let refused = |nodes: &[Node], pods: &[Pod], arrivals: &[u32]| {
        let policy = PackingPolicy::BestFit;
        pack(PackingInput {
            nodes,
            pods,
            arrivals,
            policy,
            seed: 1,
        })
        .expect_err("refused")
    };
    assert_eq!(refused(&[], &[pod], &[0]), PackingError::NoGpus);
    let large = Node {
        gpu_count: 17,
        ..node
    };
    assert!(matches!(
        refused(&[node, large], &[pod], &[0]),
        PackingError::InvalidNode { node: 1, .. }
    ));
    let split = Pod {
        gpu_count: 2,
        ..pod
    };
    assert!(matches!(
        refused(&[node], &[pod, split], &[0]),
        PackingError::InvalidPod { pod: 1, .. }
    ));
    assert_eq!(
        refused(&[node], &[pod], &[0, 3]),
        PackingError::UnknownPod {
            arrival: 1,
            pod: 3,
            pods: 1
        }
    );
}
