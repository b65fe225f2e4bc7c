//! The columnar path beside the limits of its work: decoding of the same file, and the bandwidth of memory.
//!
//! `cargo bench -p angara-replay` times, in one run: decoding alone; the columnar path from the file and from memory;
//! the event engine; a sum over the columns in memory; weeks of 500 and 5,000 machines; and a million tasks of one
//! fragment.

#![allow(
    clippy::print_stdout,
    reason = "a bench tells on standard output what it skips"
)]

mod decode;
mod sampled_machines;
mod small_tasks;

use std::hint::black_box;
use std::path::PathBuf;

use angara_replay::columns::{ColumnSetting, ColumnWorkload};
use angara_replay::opendc::parse_topology;
use angara_replay::{WorkloadOptions, workload_of};
use angara_simulation::replay::{
    PlacementPolicy, ReplayInput, ReplayOptions, ReplaySilent, Topology, replay, replay_columns,
};
use angara_workload::trace::{self, Limits};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sampled_machines::{SAMPLES, SampledMachines, recorded_percent};
use small_tasks::SmallTasks;

/// Interval of the series [ms].
const STEP_MS: i64 = 3_600_000;

fn topology(hosts: u32, cores: u32, megahertz: u32, model: &str) -> Topology {
    let text = format!(
        r#"{{"clusters": [{{"name": "C", "hosts": [{{"name": "H", "count": {hosts},
        "cpu": {{"coreCount": {cores}, "coreSpeed": {megahertz}}}, "memory": {{"memorySize": 100000}},
        "cpuPowerModel": {{"modelType": "{model}", "idlePower": 32.0, "maxPower": 180.0}}}}]}}]}}"#
    );
    let (file, findings) = parse_topology(&text, "topology.json", false);
    assert!(!findings.has_errors());
    file.expect("the topology is sound").topology
}

fn recorded_week(criterion: &mut Criterion) {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces/surf-week"
    ));
    let (tasks_file, fragments_file) = (
        folder.join("tasks.parquet"),
        folder.join("fragments.parquet"),
    );
    let open = || ColumnWorkload::open(&tasks_file, &fragments_file, &WorkloadOptions::default());
    let Ok(Some((workload, _))) = open() else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let (trace, _) = trace::read(&[&folder], &Limits::default()).expect("the trace can be read");
    let (tasks, fragments) = workload_of(&trace, &WorkloadOptions::default());
    drop(trace);
    let topology = topology(277, 16, 2_100, "sqrt");
    let options = ReplayOptions::default();
    let setting = ColumnSetting {
        topology: &topology,
        carbon: &[],
        options: &options,
        step_ms: STEP_MS,
    };
    let input = ReplayInput {
        topology: &topology,
        tasks: &tasks,
        fragments: &fragments,
        carbon: &[],
        options: &options,
    };
    let mut group = criterion.benchmark_group("recorded week");
    group.throughput(Throughput::Elements(fragments.len() as u64));
    group.bench_function("decode only", |bench| {
        bench.iter(|| decode::sum_of(&fragments_file).expect("the file can be read"));
    });
    group.bench_function("columns, from the file", |bench| {
        bench.iter(|| {
            workload
                .replay(&setting, &ReplaySilent)
                .map(|replayed| replayed.tasks.len())
        });
    });
    group.bench_function("columns, from memory", |bench| {
        bench.iter(|| {
            let replayed = replay_columns(&input, &fragments, STEP_MS, &ReplaySilent);
            replayed.map(|replayed| replayed.outcome.makespan_ms)
        });
    });
    group.bench_function("event engine", |bench| {
        bench.iter(|| replay(&input, None, &ReplaySilent).map(|replayed| replayed.makespan_ms));
    });
    // As many bytes as the columns of durations and demands have.
    let words = vec![1_u64; fragments.len() * 12 / 8];
    group.bench_function("memory bandwidth", |bench| {
        bench.iter(|| {
            black_box(&words)
                .iter()
                .fold(0_u64, |sum, word| sum.wrapping_add(*word))
        });
    });
    group.finish();
}

fn million_tasks(criterion: &mut Criterion) {
    let tasks = SmallTasks::new();
    let mut group = criterion.benchmark_group("a million tasks of one fragment");
    group.sample_size(10);
    group.throughput(Throughput::Elements(small_tasks::TASKS));
    for (name, policy) in [
        ("first fit", PlacementPolicy::FirstFit),
        ("best fit", PlacementPolicy::BestFit),
    ] {
        group.bench_function(name, |bench| {
            bench.iter(|| tasks.replay(policy.clone()));
        });
    }
    group.finish();
}

fn weeks_of_machines(criterion: &mut Criterion) {
    let archive = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces/bitbrains-gwa-t-12-rnd-2013-07/rnd_2013-7.tar.zst"
    ));
    let Some(percent) = recorded_percent(&archive) else {
        println!("skipped: {} is not there", archive.display());
        return;
    };
    let mut group = criterion.benchmark_group("a week of five-minute samples");
    group.sample_size(10);
    for machines in [500, 5_000] {
        let week = SampledMachines::new(machines, &percent);
        group.throughput(Throughput::Elements((machines * SAMPLES) as u64));
        group.bench_function(format!("{machines} machines"), |bench| {
            bench.iter(|| week.replay());
        });
    }
    group.finish();
}

criterion_group!(benches, recorded_week, weeks_of_machines, million_tasks);
criterion_main!(benches);
