//! The columnar path gives what the event engine gives.

use angara_simulation::failure::FailureModel;
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::power::{Cubic, PowerModel, SquareRoot};
use angara_simulation::replay::{
    Cluster, Filter, FragmentBuilder, Fragments, HostKind, PlacementPolicy, PlacementSpec, Play,
    ReplayHost, ReplayInput, ReplayOptions, ReplaySilent, ReplayTask, ReplayTasks, Topology,
    Virtualisation, Weigher, replay, replay_columns, suits_columns,
};
use angara_simulation::sharing::SharingPolicy;
use proptest::prelude::*;

/// Hosts of two kinds in two clusters.
fn topology(hosts: &[(bool, bool)], carbon: bool) -> Topology {
    let kind = |cores: u32, cpu_power| HostKind {
        cores,
        core_hz: 1_000,
        memory_mib: 64,
        cpu_power,
        cpu_sharing: SharingPolicy::MaxMinFair,
        gpus: Vec::new(),
        gpu_sharing: SharingPolicy::MaxMinFair,
        virtualisation: Virtualisation::None,
        turn_ms: 1_000,
        platform: 0,
    };
    let cluster = |row: u32| Cluster {
        name: format!("C{row}"),
        source: "grid".to_owned(),
        carbon: carbon.then_some(row as usize),
        battery: None,
        zone: row,
    };
    let mut rows: Vec<ReplayHost> = hosts
        .iter()
        .enumerate()
        .map(|(row, (small, second))| ReplayHost {
            name: format!("H{row}"),
            kind: u32::from(*small),
            cluster: u32::from(*second),
            rack: None,
        })
        .collect();
    rows.sort_by_key(|host| host.cluster);
    Topology {
        clusters: vec![cluster(0), cluster(1)],
        kinds: vec![
            kind(
                8,
                PowerModel::SquareRoot(
                    SquareRoot::new(32.0, 180.0).expect("the test's own input is sound"),
                ),
            ),
            kind(
                3,
                PowerModel::Cubic(Cubic::new(10.0, 99.0).expect("the test's own input is sound")),
            ),
        ],
        hosts: rows,
    }
}

/// One task: submission, cores, fragments of duration and demand, whether it waits for the task before it.
type Given = (i64, u32, Vec<(i64, u64)>, bool);

fn workload(given: &[Given]) -> (ReplayTasks, Fragments) {
    let mut tasks = ReplayTasks::default();
    let mut fragments = FragmentBuilder::default();
    for (row, (submission_ms, cores, played, waits)) in given.iter().enumerate() {
        tasks.push(ReplayTask {
            id: row as i64,
            submission_ms: *submission_ms,
            cores: *cores,
            parents: if *waits && row > 0 {
                vec![row as u32 - 1]
            } else {
                Vec::new()
            },
            priority: (row % 3) as i32,
            ..ReplayTask::default()
        });
        for (duration_ms, cpu_hz) in played {
            fragments.push(*duration_ms, *cpu_hz, 0);
        }
        fragments.end_task();
    }
    (tasks, fragments.finish())
}

fn policies() -> Vec<PlacementPolicy> {
    vec![
        PlacementPolicy::FirstFit,
        PlacementPolicy::BestFit,
        PlacementPolicy::WorstFit,
        PlacementPolicy::RoundRobin,
        PlacementPolicy::Random,
        PlacementPolicy::FewestTasks,
        PlacementPolicy::Weighed(vec![(Weigher::Cores, -1.0)]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn both_paths_place_alike_and_count_the_same_work_and_energy(
        hosts in prop::collection::vec((any::<bool>(), any::<bool>()), 1..6),
        given in prop::collection::vec(
            (0i64..20_000, 1u32..10, prop::collection::vec((0i64..4_000, 0u64..9_000), 0..12), any::<bool>()),
            0..25,
        ),
        policy in 0usize..7,
        ratio in prop::sample::select(vec![1.0, 2.5]),
        quantum_ms in prop::sample::select(vec![1i64, 1_000]),
        lookahead in prop::sample::select(vec![1usize, 4]),
        carbon in any::<bool>(),
        step_ms in prop::sample::select(vec![700i64, 5_000, 1_000_000]),
    ) {
        let topology = topology(&hosts, carbon);
        let (tasks, fragments) = workload(&given);
        let options = ReplayOptions {
            play: Play::Drop,
            placement: PlacementSpec {
                filters: vec![Filter::Cores { ratio }],
                policy: policies()[policy].clone(),
                lookahead,
                passed_over_max: 3,
            },
            quantum_ms,
            failures: FailureModel::None,
            seed: 7,
            ..ReplayOptions::default()
        };
        let series = [
            IntensitySeries::carbon([(0, 100.0), (3_333, 400.0), (9_000, 50.0)]).expect("the test's own input is sound"),
            IntensitySeries::carbon([(5_000, 10.0), (6_000, 700.0)]).expect("the test's own input is sound"),
        ];
        let input = ReplayInput {
            topology: &topology,
            tasks: &tasks,
            fragments: &fragments,
            carbon: &series,
            options: &options,
        };
        prop_assert!(suits_columns(&input));
        let events = replay(&input, None, &ReplaySilent).expect("the test's own input is sound");
        let columns = replay_columns(&input, &fragments, step_ms, &ReplaySilent).expect("the test's own input is sound");
        let found = &columns.outcome;
        prop_assert_eq!(&found.tasks, &events.tasks);
        prop_assert_eq!(found.makespan_ms, events.makespan_ms);
        prop_assert_eq!((found.running_max, found.pending_max), (events.running_max, events.pending_max));
        prop_assert_eq!(found.cpu_work, events.cpu_work);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1e-9);
        for (found, expected) in found.hosts.iter().zip(&events.hosts) {
            prop_assert_eq!(
                (found.served, found.unserved, found.idle, found.tasks, found.times),
                (expected.served, expected.unserved, expected.idle, expected.tasks, expected.times)
            );
            prop_assert!(near(found.energy_j, expected.energy_j));
        }
        for (row, (found, expected)) in found.sources.iter().zip(&events.sources).enumerate() {
            prop_assert!(near(found.energy_j, expected.energy_j));
            prop_assert!(near(found.carbon_g, expected.carbon_g));
            let series = &columns.series[row];
            prop_assert!(near(series.energy_j.iter().sum::<f64>(), expected.energy_j));
            prop_assert!(near(series.carbon_g.iter().sum::<f64>(), expected.carbon_g));
            prop_assert_eq!(series.end_ms.last().copied().unwrap_or(0), events.makespan_ms);
            prop_assert!(series.utilisation.iter().all(|share| (0.0..=1.0).contains(share)));
        }
    }
}

#[test]
fn results_are_the_same_bits_on_any_number_of_threads() {
    let hosts: Vec<_> = (0..100).map(|row| (row % 3 == 0, row % 2 == 0)).collect();
    let topology = topology(&hosts, true);
    let given: Vec<Given> = (0..900_i64)
        .map(|row| {
            let played = (0..20)
                .map(|step| {
                    (
                        300 + (row * 7 + step) % 50,
                        (row * step * 37 % 5_000) as u64,
                    )
                })
                .collect();
            (row * 31 % 9_973, 1 + (row % 3) as u32, played, false)
        })
        .collect();
    let (tasks, fragments) = workload(&given);
    let options = ReplayOptions::default();
    let series = [
        IntensitySeries::carbon([(0, 100.0), (3_333, 400.0)])
            .expect("the test's own input is sound"),
        IntensitySeries::carbon([(0, 33.0), (6_000, 71.0)]).expect("the test's own input is sound"),
    ];
    let input = ReplayInput {
        topology: &topology,
        tasks: &tasks,
        fragments: &fragments,
        carbon: &series,
        options: &options,
    };
    let outcomes: Vec<_> = [1, 2, 8]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("the test's own input is sound");
            pool.install(|| {
                replay_columns(&input, &fragments, 1_000, &ReplaySilent)
                    .expect("the test's own input is sound")
            })
        })
        .collect();
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(outcomes[0], outcomes[2]);
}
