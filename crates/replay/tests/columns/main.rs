//! Replays straight from the files of a trace give what a replay from memory gives.

use std::path::{Path, PathBuf};

use angara_replay::columns::{ColumnReplay, ColumnSetting, ColumnWorkload};
use angara_replay::opendc::parse_topology;
use angara_replay::{WorkloadOptions, workload_of};
use angara_simulation::replay::{
    ReplayInput, ReplayOptions, ReplayOutcome, ReplaySilent, Topology, replay,
};
use angara_workload::trace::{self, Limits, SynthesisOptions, synthesise};

/// Interval of the series [ms].
const STEP_MS: i64 = 3_600_000;

fn topology(hosts: u32, cores: u32, megahertz: u32) -> Topology {
    let text = format!(
        r#"{{"clusters": [{{"name": "C", "hosts": [{{"name": "H", "count": {hosts},
        "cpu": {{"coreCount": {cores}, "coreSpeed": {megahertz}}}, "memory": {{"memorySize": 10000000}},
        "cpuPowerModel": {{"modelType": "sqrt", "idlePower": 32.0, "maxPower": 180.0}}}}]}}]}}"#
    );
    let (file, findings) = parse_topology(&text, "topology.json", false);
    assert!(!findings.has_errors());
    file.expect("the test's own input is sound").topology
}

fn from_files(folder: &Path, topology: &Topology, held_max: Option<u64>) -> ColumnReplay {
    let opened = ColumnWorkload::open(
        &folder.join("tasks.parquet"),
        &folder.join("fragments.parquet"),
        &WorkloadOptions::default(),
    );
    let (mut workload, _) = opened
        .expect("the test's own input is sound")
        .expect("the test's own input is sound");
    if let Some(held_max) = held_max {
        workload = workload.holding_at_most(held_max);
    }
    let setting = ColumnSetting {
        topology,
        carbon: &[],
        options: &ReplayOptions::default(),
        step_ms: STEP_MS,
    };
    workload
        .replay(&setting, &ReplaySilent)
        .expect("the test's own input is sound")
}

fn from_memory(folder: &Path, topology: &Topology) -> ReplayOutcome {
    let (trace, _) =
        trace::read(&[folder], &Limits::default()).expect("the test's own input is sound");
    let (tasks, fragments) = workload_of(&trace, &WorkloadOptions::default());
    let input = ReplayInput {
        topology,
        tasks: &tasks,
        fragments: &fragments,
        carbon: &[],
        options: &ReplayOptions::default(),
    };
    replay(&input, None, &ReplaySilent).expect("the test's own input is sound")
}

fn assert_same(found: &ReplayOutcome, expected: &ReplayOutcome) {
    assert_eq!(found.tasks, expected.tasks);
    assert_eq!(found.makespan_ms, expected.makespan_ms);
    assert_eq!(found.cpu_work, expected.cpu_work);
    assert_eq!(found.hosts.len(), expected.hosts.len());
    for (found, expected) in found.hosts.iter().zip(&expected.hosts) {
        assert_eq!(
            (found.served, found.unserved),
            (expected.served, expected.unserved)
        );
        assert!((found.energy_j - expected.energy_j).abs() <= 1e-9 * expected.energy_j);
    }
}

#[test]
fn machines_that_share_hosts_are_replayed_alike_from_memory_and_from_their_file() {
    let folder = tempfile::tempdir().expect("the test's own input is sound");
    let traced = folder.path().join("trace");
    let options = SynthesisOptions {
        machines: 120,
        samples: 500,
        cores: 4,
        ..SynthesisOptions::default()
    };
    let none: [PathBuf; 0] = [];
    synthesise(&none, &traced, &options, &Limits::default(), &|_| {})
        .expect("the test's own input is sound");
    // Slow hosts, so that many are short.
    let topology = topology(12, 40, 400);
    let expected = from_memory(&traced, &topology);
    assert!(expected.cpu_work.lost > 0);
    assert_same(
        &from_files(&traced, &topology, None).outcome.outcome,
        &expected,
    );
    assert_same(
        &from_files(&traced, &topology, Some(0)).outcome.outcome,
        &expected,
    );
}

#[test]
fn a_week_of_a_cluster_is_replayed_alike_as_it_is_read_and_from_memory() {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces/surf-week"
    ));
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    // Hosts that hold one task each, and hosts that hold two: in the first case nothing is ever held.
    for (hosts, cores) in [(277, 16), (100, 16), (140, 32)] {
        let topology = topology(hosts, cores, 2_100);
        let expected = from_memory(&folder, &topology);
        let found = from_files(&folder, &topology, None);
        assert_same(&found.outcome.outcome, &expected);
        assert_eq!(found.tasks.len(), 6_295);
        assert_same(
            &from_files(&folder, &topology, Some(0)).outcome.outcome,
            &expected,
        );
    }
}
