//! Random small topologies, workloads and options.

use angara_simulation::battery::{BatteryPolicySpec, BatterySpec};
use angara_simulation::failure::{
    FailureGroup, FailureModel, FailureProcesses, FailureRow, FailureSequence, Law,
};
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::power::{
    Asymptotic, Constant, Cubic, Linear, MeanSquaredError, Measured, PowerModel, Square, SquareRoot,
};
use angara_simulation::replay::{
    AntiAffinity, Checkpoints, Consolidation, Deferral, Filter, GpuKind, HostKind, HostStates,
    Migration, PlacementPolicy, PlacementSpec, Play, ReplayHost, ReplayOptions, ReplayTask,
    Topology, Virtualisation, Weigher,
};
use angara_simulation::sharing::{ShareRatio, SharingPolicy};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::support::{Case, Fragment, GHZ, cluster};

/// Every power model; all rise with utilisation.
fn power() -> impl Strategy<Value = PowerModel> {
    let measured = [
        50.0, 71.0, 80.0, 92.0, 99.0, 120.0, 121.0, 122.0, 160.0, 170.0, 210.0,
    ];
    select(vec![
        PowerModel::Constant(Constant::new(130.0).expect("a power")),
        PowerModel::Linear(Linear::new(100.0, 250.0).expect("a range")),
        PowerModel::SquareRoot(SquareRoot::new(0.0, 250.0).expect("a range")),
        PowerModel::Square(Square::new(100.0, 250.0).expect("a range")),
        PowerModel::Cubic(Cubic::new(30.0, 31.0).expect("a range")),
        PowerModel::MeanSquaredError(
            MeanSquaredError::new(100.0, 250.0, 1.4).expect("an exponent"),
        ),
        PowerModel::Asymptotic(Asymptotic::new(100.0, 250.0, 0.3, false).expect("a range")),
        PowerModel::Asymptotic(Asymptotic::new(100.0, 250.0, 0.3, true).expect("a range")),
        PowerModel::Measured(Measured::new(measured).expect("powers")),
    ])
}

fn sharing() -> impl Strategy<Value = SharingPolicy> {
    let ratio = ShareRatio::new(0.3).expect("a share");
    select(vec![
        SharingPolicy::MaxMinFair,
        SharingPolicy::EqualShare,
        SharingPolicy::FixedShare(ratio),
        SharingPolicy::BestEffort,
        SharingPolicy::FirstFit,
    ])
}

fn kind() -> impl Strategy<Value = HostKind> {
    let gpu = (1..3_u32, select(vec![GHZ, 1_414_213_562]), power());
    let gpus = vec(gpu, 0..3).prop_map(|gpus| {
        let gpu = |(cores, capacity_hz, power)| GpuKind {
            cores,
            capacity_hz,
            power,
        };
        gpus.into_iter().map(gpu).collect::<Vec<_>>()
    });
    let virtualisation = select(vec![
        Virtualisation::None,
        Virtualisation::Constant(0.1),
        Virtualisation::ShareBased,
    ]);
    (
        1..9_u32,
        select(vec![GHZ, 2_500_000_000, 3_333_333_333]),
        1..64_u64,
        power(),
        sharing(),
        (gpus, sharing(), virtualisation),
        50..5_000_i64,
        0..2_u32,
    )
        .prop_map(
            |(cores, core_hz, memory, cpu_power, cpu_sharing, gpu, turn_ms, platform)| HostKind {
                cores,
                core_hz,
                memory_mib: memory * 1_024,
                cpu_power,
                cpu_sharing,
                gpus: gpu.0,
                gpu_sharing: gpu.1,
                virtualisation: gpu.2,
                turn_ms,
                platform,
            },
        )
}

fn battery() -> impl Strategy<Value = BatterySpec> {
    let policy = select(vec![
        BatteryPolicySpec::SingleThreshold { threshold: 200.0 },
        BatteryPolicySpec::DoubleThreshold {
            lower: 150.0,
            upper: 250.0,
        },
        BatteryPolicySpec::RunningMean {
            starting_threshold: 200.0,
            window: 3,
        },
        BatteryPolicySpec::RunningQuartiles {
            starting_threshold: 200.0,
            window: 4,
        },
    ]);
    (0.0..1e6_f64, 0.0..500.0_f64, 0.0..1.0_f64, policy).prop_map(
        |(capacity_j, charging_w, filled, policy)| BatterySpec {
            capacity_j,
            charging_w,
            initial_charge_j: capacity_j * filled,
            policy,
            embodied_g: 1e5,
            lifetime_ms: 1e9,
        },
    )
}

fn topology() -> impl Strategy<Value = Topology> {
    let clusters = vec((option::of(0..2_usize), option::of(battery())), 1..4);
    let hosts = vec((any::<u32>(), any::<u32>(), option::of(0..2_u32)), 1..7);
    (vec(kind(), 1..5), clusters, hosts).prop_map(|(kinds, clusters, hosts)| {
        let mut hosts: Vec<ReplayHost> = hosts
            .into_iter()
            .map(|(kind, cluster, rack)| ReplayHost {
                name: String::new(),
                kind: kind % kinds.len() as u32,
                cluster: cluster % clusters.len() as u32,
                rack,
            })
            .collect();
        hosts.sort_by_key(|host| host.cluster);
        let clusters = clusters
            .into_iter()
            .zip(0..)
            .map(|((carbon, battery), zone)| {
                let mut cluster = cluster(zone);
                cluster.carbon = carbon;
                cluster.battery = battery.map(|battery| ("battery".to_owned(), battery));
                cluster
            });
        Topology {
            clusters: clusters.collect(),
            kinds,
            hosts,
        }
    })
}

fn fragment() -> impl Strategy<Value = Fragment> {
    let cpu_hz = prop_oneof![
        1 => Just(0),
        4 => 1..8 * GHZ,
        1 => 8 * GHZ..64 * GHZ,
        1 => Just(1_u64),
    ];
    let gpu_hz = prop_oneof![5 => Just(0), 1 => 1..4 * GHZ];
    (0..30_000_i64, cpu_hz, gpu_hz)
}

fn task() -> impl Strategy<Value = (ReplayTask, Vec<Fragment>)> {
    let amounts = (
        0..7_u32,
        0..16_u64,
        prop_oneof![4 => Just(0), 1 => 0..3_u32],
    );
    let parents = prop_oneof![2 => Just(Vec::new()), 1 => vec(0..12_u32, 0..3)];
    let wishes = (
        option::of(0..3_u32),
        option::weighted(0.2, 0..2_u32),
        option::weighted(0.2, 0..3_u32),
    );
    (
        0..60_000_i64,
        amounts,
        parents,
        (any::<bool>(), option::of(0..10_000_000_i64)),
        -2..3_i32,
        wishes,
        vec(fragment(), 0..6),
    )
        .prop_map(
            |(submission_ms, amounts, parents, wait, priority, wishes, rows)| {
                let task = ReplayTask {
                    id: 0,
                    submission_ms,
                    cores: amounts.0,
                    capacity_hz: u64::from(amounts.0) * 2_000_000_000,
                    memory_mib: amounts.1 * 1_024,
                    gpu_cores: amounts.2,
                    parents,
                    deferrable: wait.0,
                    deadline_ms: wait.1,
                    group: wishes.0,
                    priority,
                    platform: wishes.1,
                    zone: wishes.2,
                };
                (task, rows)
            },
        )
}

fn placement() -> impl Strategy<Value = PlacementSpec> {
    let filters = vec![
        Filter::Cores { ratio: 1.5 },
        Filter::Memory { ratio: 1.0 },
        Filter::Accelerators { ratio: 1.0 },
        Filter::CoreSpeed,
        Filter::TasksMax(3),
        Filter::Platform,
        Filter::Zone,
        Filter::Apart(AntiAffinity::Host),
        Filter::Apart(AntiAffinity::Rack),
        Filter::Apart(AntiAffinity::Cluster),
    ];
    let policy = select(vec![
        PlacementPolicy::FirstFit,
        PlacementPolicy::BestFit,
        PlacementPolicy::WorstFit,
        PlacementPolicy::RoundRobin,
        PlacementPolicy::Random,
        PlacementPolicy::DotProduct,
        PlacementPolicy::FewestTasks,
        PlacementPolicy::Weighed(vec![(Weigher::Memory, 1.0), (Weigher::Tasks, -2.0)]),
    ]);
    (subsequence(filters, 0..10), policy, 1..5_usize, 0..8_u32).prop_map(
        |(filters, policy, lookahead, passed_over_max)| PlacementSpec {
            filters,
            policy,
            lookahead,
            passed_over_max,
        },
    )
}

/// Outages as recorded.
pub(crate) fn sequence() -> impl Strategy<Value = FailureModel> {
    let row = (1..60_000_i64, 0..20_000_i64, 0.0..1.0_f64).prop_map(
        |(interval_ms, duration_ms, intensity)| FailureRow {
            interval_ms,
            duration_ms,
            intensity,
        },
    );
    (vec(row, 1..5), any::<bool>(), 0..5_usize).prop_map(|(rows, repeat, start_row)| {
        FailureModel::Sequence(FailureSequence {
            rows,
            repeat,
            start_row,
        })
    })
}

/// One process for each host and one for all.
fn processes(hosts: u32) -> FailureModel {
    let group = |hosts: Vec<u32>, share| FailureGroup {
        name: "group".to_owned(),
        hosts,
        time_to_failure: Law::exponential(0.01).expect("a law"),
        time_to_repair: Law::exponential(0.002).expect("a law"),
        share,
    };
    let mut groups: Vec<FailureGroup> = (0..hosts).map(|host| group(vec![host], None)).collect();
    let half = Law::uniform(0.0, 1.0).expect("a law");
    groups.push(group((0..hosts).collect(), Some(half)));
    FailureModel::Processes(FailureProcesses { groups })
}

fn host_states() -> impl Strategy<Value = HostStates> {
    let times = (
        0..20_000_i64,
        option::of(0..20_000_i64),
        0..5_000_i64,
        0..9_000_i64,
    );
    let powers = (0.0..20.0_f64, 0.0..5.0_f64, 0.0..400.0_f64);
    (times, powers, any::<bool>()).prop_map(|(times, powers, prefer_awake)| HostStates {
        sleep_after_ms: times.0,
        sleep_w: powers.0,
        off_after_ms: times.1,
        off_w: powers.1,
        wake_from_sleep_ms: times.2,
        wake_from_off_ms: times.3,
        wake_w: powers.2,
        prefer_awake,
    })
}

fn consolidation() -> impl Strategy<Value = Consolidation> {
    let cost = (
        select(vec![1_024.0, 128.0]),
        select(vec![0.0, 0.5, 1.0]),
        0..3_000_i64,
        0.0..1.0_f64,
    );
    let shares = (0.0..1.5_f64, 0.0..1.0_f64);
    (500..20_000_i64, shares, cost).prop_map(|(interval_ms, shares, cost)| Consolidation {
        interval_ms,
        empty_below: shares.0,
        fill_from: shares.1,
        migration: Migration {
            bandwidth_mib_per_s: cost.0,
            dirty_rounds: cost.1,
            downtime_ms: cost.2,
            cpu_share: cost.3,
        },
    })
}

fn options() -> impl Strategy<Value = ReplayOptions> {
    let checkpoints = (
        3_000..20_000_i64,
        0..3_000_i64,
        select(vec![0.97, 1.0, 2.0]),
    )
        .prop_map(|(interval_ms, duration_ms, interval_scaling)| Checkpoints {
            interval_ms,
            duration_ms,
            interval_scaling,
        });
    let failures = prop_oneof![
        2 => Just(FailureModel::None),
        2 => sequence(),
        // The hosts are not known yet: `case` fills the groups in.
        1 => Just(FailureModel::Processes(FailureProcesses { groups: Vec::new() })),
    ];
    let deferral = (0.0..1.0_f64, 0..4_u32).prop_map(|(quantile, hours)| Deferral {
        quantile,
        hours,
        ..Deferral::default()
    });
    (
        select(vec![Play::Drop, Play::Stretch]),
        placement(),
        select(vec![1_i64, 7, 1_000]),
        option::of(deferral),
        1..5_u32,
        option::of(checkpoints),
        failures,
        any::<u64>(),
        (option::of(host_states()), option::of(consolidation())),
    )
        .prop_map(
            |(
                play,
                placement,
                quantum_ms,
                deferral,
                failures_max,
                checkpoints,
                failures,
                seed,
                saving,
            )| {
                ReplayOptions {
                    play,
                    placement,
                    quantum_ms,
                    deferral,
                    failures_max,
                    checkpoints,
                    failures,
                    seed,
                    host_states: saving.0,
                    consolidation: saving.1,
                    ..ReplayOptions::default()
                }
            },
        )
}

/// Anything that can be asked for.
pub(crate) fn any_case() -> impl Strategy<Value = Case> {
    (topology(), vec(task(), 1..13), options()).prop_map(|(topology, mut tasks, mut options)| {
        let count = tasks.len() as u32;
        for (row, (task, _)) in tasks.iter_mut().enumerate() {
            task.id = 1_000 + row as i64;
            for parent in &mut task.parents {
                *parent %= count;
            }
        }
        if options.play == Play::Stretch
            && let Some(checkpoints) = &mut options.checkpoints
        {
            // A millisecond of work between checkpoints of seconds ends as well, but after weeks.
            checkpoints.interval_scaling = checkpoints.interval_scaling.max(1.0);
        }
        if matches!(options.failures, FailureModel::Processes(_)) {
            options.failures = processes(topology.hosts.len() as u32);
        }
        let carbon = [
            vec![
                (0, 300.0),
                (17_000, 100.0),
                (40_001, 400.0),
                (100_000, 50.0),
            ],
            vec![(-5, 10.0), (3_600_000, 220.0), (7_200_000, 90.0)],
        ];
        Case {
            topology,
            tasks,
            carbon: carbon
                .into_iter()
                .map(|points| IntensitySeries::carbon(points).expect("a series"))
                .collect(),
            options,
        }
    })
}
