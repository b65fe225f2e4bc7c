//! Traces that are written and read back, and traces that are generated.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail")]

mod support;

use std::path::Path;

use angara_workload::trace::{
    ConvertOptions, Limits, SynthesisOptions, Trace, TraceSummary, WriteError, convert, read,
    synthesise,
};
use support::shared;
use tempfile::{TempDir, tempdir};

const LOG: &str = "; UnixStartTime: 1000\n; MaxProcs: 64\n\
    7 0 5 600 4 -1 -1 4 900 -1 1 1 1 -1 -1 -1 -1 -1\n\
    8 60 5 -1 2 -1 -1 2 900 -1 1 1 1 -1 -1 -1 -1 -1\n\
    9 90 5 0 1 -1 -1 1 900 -1 1 1 1 -1 -1 -1 -1 -1\n";
const FLOW: &str = "{\"workflow\": {\"specification\": {\"tasks\": [{\"id\": \"a\", \"children\": [\"b\", \"c\"]}, \
    {\"id\": \"b\"}, {\"id\": \"c\"}, {\"id\": \"d\", \"parents\": [\"b\", \"c\"]}]}, \"execution\": {\"tasks\": [\
    {\"id\": \"a\", \"runtimeInSeconds\": 1.5, \"coreCount\": 2}, {\"id\": \"b\", \"runtimeInSeconds\": 2}, \
    {\"id\": \"d\", \"runtimeInSeconds\": 4}]}}}";
const PODS: &str = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,qos,creation_time,deletion_time\n\
    p,1500,1000,1,250,LS,10,70\n";

/// A file of a trace in a folder of its own, and room beside it.
fn file(name: &str, content: &str) -> (TempDir, std::path::PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join(name);
    fs_err::write(&path, content).unwrap();
    (folder, path)
}

fn reread(folder: &Path) -> Trace {
    let (trace, findings) = read(&[folder], &Limits::default()).unwrap();
    assert_eq!(findings.to_string(), "");
    trace
}

/// Length and demand of the fragments of all tasks, and demand on accelerators where there is any.
fn played(trace: &Trace) -> Vec<Vec<(i64, f64, Option<f64>)>> {
    (0..trace.tasks.len())
        .map(|task| {
            let fragments = &trace.fragments;
            let row = |row: usize| {
                let gpu = fragments.gpu_demand.get(row).copied();
                (fragments.duration_ms(task, row), fragments.demand[row], gpu)
            };
            fragments.of(task).map(row).collect()
        })
        .collect()
}

#[test]
fn surf_week_converted_is_surf_week() {
    let Some(path) = shared("surf-week") else {
        return;
    };
    let scratch = tempdir().unwrap();
    let out = scratch.path().join("out");
    let limits = Limits::default();
    let converted = convert(&[&path], &out, &ConvertOptions::default(), &limits).unwrap();
    assert_eq!((converted.tasks, converted.fragments), (6_295, 2_323_475));
    assert_eq!((converted.reserved, converted.left_out), (0, 0));
    assert!(converted.ids_kept);
    let (before, _) = read(&[&path], &limits).unwrap();
    let after = reread(&out);
    assert_eq!(after.tasks, before.tasks);
    assert_eq!(played(&after), played(&before));
}

#[test]
fn bitbrains_converted_plays_the_same_samples() {
    let Some(path) = shared("bitbrains-gwa-t-12-rnd-2013-07/rnd_2013-7.tar.zst") else {
        return;
    };
    let scratch = tempdir().unwrap();
    let out = scratch.path().join("out");
    let limits = Limits::default();
    let converted = convert(&[&path], &out, &ConvertOptions::default(), &limits).unwrap();
    assert_eq!((converted.tasks, converted.fragments), (500, 3_890_450));
    let (before, _) = read(&[&path], &limits).unwrap();
    let after = reread(&out);
    assert_eq!(after.tasks.submission_ms, before.tasks.submission_ms);
    assert_eq!(after.tasks.cpu_capacity_mhz, before.tasks.cpu_capacity_mhz);
    assert_eq!(played(&after), played(&before));
}

#[test]
fn a_log_becomes_one_fragment_per_job_and_jobs_of_unknown_length_are_counted() {
    let (folder, path) = file("log.swf", LOG);
    let out = folder.path().join("out");
    let options = ConvertOptions {
        core_mhz: 2_500.0,
        ..ConvertOptions::default()
    };
    let converted = convert(&[&path], &out, &options, &Limits::default()).unwrap();
    assert_eq!((converted.tasks, converted.left_out), (2, 1));
    assert_eq!(converted.start_ms, Some(1_000_000));
    let trace = reread(&out);
    assert_eq!(trace.tasks.id.text(1), "9");
    assert_eq!(trace.tasks.submission_ms, [1_000_000, 1_090_000]);
    assert_eq!(trace.tasks.cpu_milli, [4_000, 1_000]);
    assert_eq!(
        played(&trace),
        [vec![(600_000, 10_000.0, None)], vec![(0, 2_500.0, None)]]
    );
}

#[test]
fn a_start_moves_a_relative_clock_and_is_refused_for_dates() {
    let (folder, path) = file("log.swf", LOG);
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let options = ConvertOptions {
        start_ms: Some(5_000),
        ..ConvertOptions::default()
    };
    convert(&[&path], &first, &options, &Limits::default()).unwrap();
    assert_eq!(reread(&first).tasks.submission_ms, [5_000, 95_000]);
    let refused = convert(&[&first], &second, &options, &Limits::default());
    assert!(matches!(refused, Err(WriteError::Unsuited(_))));
    assert!(!second.exists());
}

#[test]
fn dependences_survive_and_a_task_left_out_is_waited_for_by_nobody() {
    let (folder, path) = file("flow.json", FLOW);
    let out = folder.path().join("out");
    let limits = Limits::default();
    let converted = convert(&[&path], &out, &ConvertOptions::default(), &limits).unwrap();
    assert_eq!((converted.tasks, converted.left_out), (3, 1));
    assert!(!converted.ids_kept);
    let trace = reread(&out);
    let parents: Vec<&[u32]> = (0..3).map(|task| trace.tasks.parents.of(task)).collect();
    assert_eq!(parents, [&[][..], &[0], &[1]]);
    assert_eq!(trace.run_ms(2), Some(4_000));
}

#[test]
fn parts_of_cores_and_accelerators_become_whole_ones_of_the_same_speed() {
    let (folder, path) = file("pods.csv", PODS);
    let out = folder.path().join("out");
    let limits = Limits::default();
    let converted = convert(&[&path], &out, &ConvertOptions::default(), &limits).unwrap();
    assert_eq!(converted.rounded, 1);
    let trace = reread(&out);
    assert_eq!(trace.tasks.cpu_milli, [2_000]);
    assert_eq!(trace.tasks.cpu_capacity_mhz, [3_000.0]);
    assert_eq!(trace.tasks.gpu_count, [1]);
    assert_eq!(trace.tasks.gpu_capacity_mhz, [250.0]);
    assert_eq!(trace.tasks.memory_bytes, [1_048_576_000]);
    assert_eq!(played(&trace), [vec![(60_000, 3_000.0, Some(250.0))]]);
}

#[test]
fn a_trace_without_anything_to_play_is_refused_and_nothing_is_left() {
    for (name, content) in [
        (
            "nodes.csv",
            "sn,cpu_milli,memory_mib,gpu,model\nn,128000,786432,8,G3\n",
        ),
        (
            "requests.csv",
            "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9,4808,10\n",
        ),
    ] {
        let (folder, path) = file(name, content);
        let out = folder.path().join("out");
        let refused = convert(
            &[&path],
            &out,
            &ConvertOptions::default(),
            &Limits::default(),
        );
        assert!(matches!(refused, Err(WriteError::Unsuited(_))), "{name}");
        assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 1);
    }
    let (folder, path) = file("unknown.txt", "nothing of the kind");
    let out = folder.path().join("out");
    let refused = convert(
        &[&path],
        &out,
        &ConvertOptions::default(),
        &Limits::default(),
    );
    assert!(matches!(refused, Err(WriteError::Unreadable(_))));
    let options = ConvertOptions {
        core_mhz: 0.0,
        ..ConvertOptions::default()
    };
    let refused = convert(&[&path], &out, &options, &Limits::default());
    assert!(matches!(refused, Err(WriteError::Unsuited(_))));
}

/// Generates into a new folder with a number of threads; the bytes of all files.
fn generated(from: &[&Path], options: &SynthesisOptions, threads: usize) -> Vec<Vec<u8>> {
    let scratch = tempdir().unwrap();
    let out = scratch.path().join("out");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| synthesise(from, &out, options, &Limits::default(), &|_| {}))
        .unwrap();
    ["tasks.parquet", "fragments.parquet", "topology.json"]
        .map(|name| fs_err::read(out.join(name)).unwrap())
        .to_vec()
}

#[test]
fn bytes_of_a_generated_trace_depend_on_the_seed_and_not_on_threads() {
    // More than two row groups.
    let options = SynthesisOptions {
        machines: 1_100,
        ..SynthesisOptions::default()
    };
    let one = generated(&[], &options, 1);
    assert!(one == generated(&[], &options, 3));
    let other = SynthesisOptions { seed: 2, ..options };
    assert!(one[1] != generated(&[], &other, 3)[1]);
}

#[test]
fn a_generated_trace_is_what_was_asked_for() {
    let scratch = tempdir().unwrap();
    let out = scratch.path().join("out");
    let options = SynthesisOptions {
        machines: 25,
        samples: 288,
        ..SynthesisOptions::default()
    };
    let limits = Limits::default();
    let nowhere: [&Path; 0] = [];
    let made = synthesise(&nowhere, &out, &options, &limits, &|_| {}).unwrap();
    assert_eq!((made.samples, made.hosts), (7_200, 3));
    fs_err::remove_file(out.join("topology.json")).unwrap();
    let trace = reread(&out);
    let summary = TraceSummary::of(&trace);
    assert_eq!((summary.tasks, summary.fragments), (25, 7_200));
    let start_ms = options.start_ms;
    assert_eq!(summary.range_ms, Some((start_ms, start_ms + 86_400_000)));
    assert!((summary.utilisation.unwrap() - made.utilisation).abs() < 1e-12);
    for demand_mhz in &trace.fragments.demand {
        let percent = demand_mhz / 80.0;
        assert!(percent.fract() == 0.0 && (0.0..=100.0).contains(&percent));
    }
}

#[test]
fn machines_drawn_from_a_trace_depend_on_nothing_but_their_number() {
    let (folder, path) = file("20110303", &"24\n34\n29\n0\n100\n".repeat(20));
    let small = SynthesisOptions {
        machines: 5,
        samples: 50,
        ..SynthesisOptions::default()
    };
    let large = SynthesisOptions {
        machines: 9,
        ..small
    };
    let demand = |options: &SynthesisOptions| {
        let out = folder.path().join(options.machines.to_string());
        let made = synthesise(&[&path], &out, options, &Limits::default(), &|_| {}).unwrap();
        assert_eq!(made.recorded, 1);
        fs_err::remove_file(out.join("topology.json")).unwrap();
        reread(&out).fragments.demand
    };
    let (small, large) = (demand(&small), demand(&large));
    assert_eq!(small, large[..250]);
    assert!(small.iter().any(|demand_mhz| *demand_mhz > 0.0));
    let (folder, log) = file("log.swf", LOG);
    let refused = synthesise(
        &[&log],
        &folder.path().join("out"),
        &SynthesisOptions::default(),
        &Limits::default(),
        &|_| {},
    );
    assert!(matches!(refused, Err(WriteError::Unsuited(_))));
}
