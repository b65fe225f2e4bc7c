//! `angara replay` of experiments and traces as a user and as a script meet it.

use std::path::{Path, PathBuf};

use angara_results::{Table, read_table, to_parquet};
use serde_json::{Value, json};

use crate::support::{angara, code, contents, scratch, stderr, stdout, table};

/// Tasks as (submission [ms], cores, fragments of [ms] and [MHz]).
type Tasks = Vec<(i64, i32, Vec<(i64, f64)>)>;

/// Two tasks of a core each, one after the other on a host of one core: a test of `OpenDC`.
fn two_tasks() -> Tasks {
    vec![
        (0, 1, vec![(600_000, 1_000.0)]),
        (0, 1, vec![(300_000, 2_000.0)]),
    ]
}

fn write_trace(folder: &Path, tasks: &Tasks) {
    fs_err::create_dir_all(folder).expect("a folder");
    let ids = || (0..tasks.len() as i32).collect::<Vec<_>>();
    let duration_ms = |fragments: &[(i64, f64)]| fragments.iter().map(|(ms, _)| ms).sum::<i64>();
    let text = "";
    let table = Table::new("tasks")
        .small("id", text, text, ids())
        .whole(
            "submission_time",
            text,
            text,
            tasks.iter().map(|task| task.0),
        )
        .whole(
            "duration",
            text,
            text,
            tasks.iter().map(|task| duration_ms(&task.2)),
        )
        .small("cpu_count", text, text, tasks.iter().map(|task| task.1))
        .real(
            "cpu_capacity",
            text,
            text,
            tasks.iter().map(|task| f64::from(task.1) * 2_000.0),
        )
        .whole("mem_capacity", text, text, tasks.iter().map(|_| 0));
    fs_err::write(
        folder.join("tasks.parquet"),
        to_parquet(&table).expect("a table"),
    )
    .expect("a file");
    let rows = || {
        tasks
            .iter()
            .enumerate()
            .flat_map(|(id, task)| task.2.iter().map(move |fragment| (id as i32, *fragment)))
    };
    let table = Table::new("fragments")
        .small("id", text, text, rows().map(|row| row.0))
        .whole("duration", text, text, rows().map(|row| row.1.0))
        .real("cpu_usage", text, text, rows().map(|row| row.1.1));
    fs_err::write(
        folder.join("fragments.parquet"),
        to_parquet(&table).expect("a table"),
    )
    .expect("a file");
}

fn topology(hosts: u32, cores: u32) -> Value {
    json!({"clusters": [{"name": "C01", "hosts": [{"name": "H01", "count": hosts,
        "cpu": {"coreCount": cores, "coreSpeed": 2000}, "memory": {"memorySize": 100_000},
        "cpuPowerModel": {"modelType": "linear", "idlePower": 100.0, "maxPower": 200.0}}]}]})
}

fn experiment() -> Value {
    json!({"name": "two", "topologies": [{"pathToFile": "topology.json"}],
        "workloads": [{"pathToFile": "trace", "type": "ComputeWorkload"}],
        "allocationPolicies": [{"type": "prefab", "policyName": "TaskNumMemorizing"}],
        "exportModels": [{"exportInterval": 60}]})
}

/// An experiment in a folder of its own; returns the path of its file.
fn prepared(name: &str, experiment: &Value, topology: &Value, tasks: &Tasks) -> PathBuf {
    let folder = scratch().join(name);
    write_trace(&folder.join("trace"), tasks);
    fs_err::write(folder.join("topology.json"), topology.to_string()).expect("a file");
    let path = folder.join("experiment.json");
    fs_err::write(&path, experiment.to_string()).expect("a file");
    path
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn replay(experiment: &Path, out: &Path, more: &[&str]) -> std::process::Output {
    let (experiment, out) = (text(experiment), text(out));
    let mut arguments = vec!["replay", &experiment, "--out", &out];
    arguments.extend(more);
    angara(&arguments)
}

fn shared() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[test]
fn an_experiment_gives_the_numbers_that_opendc_gives() {
    let path = prepared("replay-two", &experiment(), &topology(1, 1), &two_tasks());
    let out = scratch().join("replay-two-out");
    let output = replay(&path, &out, &["--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let summary: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let run = &summary["runs"][0];
    assert_eq!(run["makespan_ms"], 900_000);
    assert_eq!(run["energy_j"], 150_000.0);
    assert_eq!(run["completed"], 2);
    assert_eq!(run["run"], "0/seed=0");
    let samples = out.join("raw-output/0/seed=0");
    let hosts = read_table(&samples.join("host.parquet")).expect("samples of hosts");
    let energy_j = hosts.reals("energy_usage").expect("energy");
    assert_eq!(
        (energy_j[0], energy_j.iter().sum::<f64>()),
        (9_000.0, 150_000.0)
    );
    let sum = |name: &str| hosts.wholes(name).expect("times").iter().sum::<i64>();
    assert_eq!(
        (sum("cpu_time_active"), sum("cpu_time_idle")),
        (600_000, 300_000)
    );
    assert_eq!(hosts.get("power_draw").expect("power").unit, "W");
    for name in ["task", "powerSource", "service"] {
        let table = read_table(&samples.join(format!("{name}.parquet"))).expect("samples");
        assert!(table.rows() >= 15, "{name}");
    }
    assert!(!samples.join("battery.parquet").exists());
    let tasks = table(&out, "tasks");
    assert_eq!(
        tasks.optional_wholes("start_ms").expect("starts"),
        [Some(0), Some(600_000)]
    );
    assert_eq!(tasks.wholes("wait_ms").expect("waits"), [0, 600_000]);
    let series = table(&out, "series");
    let power_w = series.reals("power_w").expect("power");
    let interval_ms = series.wholes("interval_ms").expect("intervals");
    let energy_j: f64 = power_w
        .iter()
        .zip(&interval_ms)
        .map(|(power_w, interval_ms)| power_w * *interval_ms as f64 / 1e3)
        .sum();
    assert!((energy_j - 150_000.0).abs() < 1e-6);
    assert_eq!(interval_ms.iter().sum::<i64>(), 900_000);
    let checked = angara(&["verify", "--hashes", &text(&out)]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
}

#[test]
fn only_the_tables_that_are_asked_for_are_written_and_every_combination_is_a_run() {
    let mut experiment = experiment();
    experiment["runs"] = json!(2);
    experiment["initialSeed"] = json!(5);
    experiment["exportModels"] = json!([{"exportInterval": 60, "filesToExport": ["service"]}]);
    experiment["allocationPolicies"] = json!([{"type": "prefab", "policyName": "Mem"},
        {"type": "prefab", "policyName": "Random"}]);
    let path = prepared("replay-axes", &experiment, &topology(2, 1), &two_tasks());
    let out = scratch().join("replay-axes-out");
    let output = replay(&path, &out, &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let runs = table(&out, "runs");
    assert_eq!(
        runs.texts("run").expect("runs"),
        ["0/seed=5", "0/seed=6", "1/seed=5", "1/seed=6"]
    );
    assert_eq!(runs.texts("policy").expect("policies")[2], "Random");
    let samples = out.join("raw-output/1/seed=6");
    let files: Vec<_> = fs_err::read_dir(samples).expect("samples").collect();
    assert_eq!(files.len(), 1);
}

#[test]
fn an_unknown_key_is_refused_and_passes_where_one_is_lenient() {
    let mut experiment = experiment();
    experiment["scheduler"] = json!("Mem");
    let path = prepared("replay-unknown", &experiment, &topology(1, 1), &two_tasks());
    let out = scratch().join("replay-unknown-out");
    let output = replay(&path, &out, &[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("scheduler"), "{}", stderr(&output));
    assert!(!out.exists());
    let output = replay(&path, &out, &["--lenient"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("scheduler"), "{}", stderr(&output));
}

#[test]
fn everything_wrong_with_any_file_is_told_at_once_and_nothing_is_written() {
    let mut experiment = experiment();
    experiment["workloads"][0]["pathToFile"] = json!("nowhere");
    experiment["failureModels"] = json!([{"type": "trace-based", "pathToFile": "missing.parquet"}]);
    let mut topology = topology(1, 1);
    topology["clusters"][0]["hosts"][0]["cpu"]["coreSpeed"] = json!("fast");
    topology["clusters"][0]["powerSource"] = json!({"carbonTracePath": "no-carbon.parquet"});
    let path = prepared("replay-wrong", &experiment, &topology, &two_tasks());
    let out = scratch().join("replay-wrong-out");
    let output = replay(&path, &out, &[]);
    assert_eq!(code(&output), 2);
    let told = stderr(&output);
    for part in [
        "nowhere",
        "missing.parquet",
        "coreSpeed",
        "no-carbon.parquet",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!out.exists());
    let left: Vec<_> = fs_err::read_dir(scratch())
        .expect("the folder")
        .filter(|entry| {
            let name = entry.as_ref().expect("an entry").file_name();
            name.to_string_lossy().contains("replay-wrong-out")
        })
        .collect();
    assert!(left.is_empty());
}

#[test]
fn a_folder_that_is_no_run_is_never_overwritten() {
    let path = prepared(
        "replay-occupied",
        &experiment(),
        &topology(1, 1),
        &two_tasks(),
    );
    let out = scratch().join("replay-occupied-out");
    fs_err::create_dir_all(&out).expect("a folder");
    fs_err::write(out.join("thesis.txt"), "mine").expect("a file");
    let output = replay(&path, &out, &[]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        fs_err::read(out.join("thesis.txt")).expect("the file"),
        b"mine"
    );
}

/// Tasks that come and go on a few hosts.
fn many_tasks() -> Tasks {
    (0..120)
        .map(|task: i64| {
            let fragments = (0..=(task % 7))
                .map(|step| {
                    (
                        60_000 * (1 + step),
                        400.0 + 300.0 * ((task + step) % 9) as f64,
                    )
                })
                .collect();
            (45_000 * (task / 3), 1 + (task % 3) as i32, fragments)
        })
        .collect()
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let mut experiment = experiment();
    experiment["runs"] = json!(2);
    experiment["workloads"] = json!([{"pathToFile": "trace", "sampleFraction": 0.5},
        {"pathToFile": "trace", "scalingPolicy": "Perfect"}]);
    experiment["failureModels"] =
        json!([{"type": "no"}, {"type": "prefab", "prefabName": "Websites02Exp"}]);
    experiment["allocationPolicies"] = json!([{"type": "prefab", "policyName": "Mem"},
        {"type": "prefab", "policyName": "Random"}]);
    let path = prepared(
        "replay-threads",
        &experiment,
        &topology(5, 4),
        &many_tasks(),
    );
    let mut first = None;
    for threads in ["1", "2", "8"] {
        let out = scratch().join(format!("replay-threads-{threads}"));
        let output = replay(&path, &out, &["--threads", threads]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let found = contents(&out);
        assert!(found.len() > 16 * 4, "{}", found.len());
        let first = first.get_or_insert_with(|| found.clone());
        for (a, b) in first.iter().zip(&found) {
            assert!(a == b, "{} differs with {threads} threads", a.0);
        }
        assert_eq!(first.len(), found.len());
    }
    let tasks = table(&scratch().join("replay-threads-1"), "runs")
        .wholes("tasks")
        .expect("counts");
    assert_eq!((tasks[0], tasks[tasks.len() - 1]), (60, 120));
}

#[test]
fn a_trace_on_a_topology_gives_what_the_experiment_gives() {
    let path = prepared(
        "replay-direct",
        &experiment(),
        &topology(1, 1),
        &two_tasks(),
    );
    let folder = path.parent().expect("a folder");
    let file = |name: &str| text(&folder.join(name));
    let out = text(&scratch().join("replay-direct-out"));
    let (tasks, fragments) = (file("trace/tasks.parquet"), file("trace/fragments.parquet"));
    let hosts = file("topology.json");
    let arguments = [
        "replay",
        "--tasks",
        &tasks,
        "--fragments",
        &fragments,
        "--topology",
        &hosts,
        "--out",
        &out,
    ];
    let output = angara(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("Makespan        15 min"),
        "{}",
        stdout(&output)
    );
    let out = PathBuf::from(&out);
    assert!(!out.join("raw-output").exists());
    assert_eq!(
        table(&out, "runs").reals("energy_j").expect("energy"),
        [150_000.0]
    );
    let mut arguments = arguments.to_vec();
    arguments.extend([
        "--placement",
        "best-fit",
        "--overcommit",
        "2",
        "--play",
        "stretch",
        "--sample",
        "5min",
    ]);
    let output = angara(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // Both at once want 3 GHz of 2: the work takes as long as one after the other at full speed.
    assert_eq!(
        table(&out, "runs").wholes("makespan_ms").expect("ends"),
        [600_000]
    );
    assert!(out.join("raw-output/0/seed=0/host.parquet").exists());
    arguments.extend(["--placement", "worst"]);
    let output = angara(&arguments);
    assert_eq!(code(&output), 2);
}

#[test]
fn the_recorded_week_takes_the_energy_it_takes_in_opendc() {
    let Some(shared) = shared() else { return };
    let mut experiment = experiment();
    experiment["workloads"][0]["pathToFile"] = json!(shared.join("data/traces/surf-week"));
    experiment["workloads"][0]["submissionTime"] = json!("2024-03-01T00:00:00");
    experiment["allocationPolicies"][0]["policyName"] = json!("Mem");
    experiment["exportModels"] =
        json!([{"exportInterval": 3600, "filesToExport": ["powerSource"]}]);
    let topology = json!({"clusters": [{"name": "C01", "hosts": [{"name": "H01", "count": 277,
        "cpu": {"coreCount": 16, "coreSpeed": 2100}, "memory": {"memorySize": 100_000},
        "cpuPowerModel": {"modelType": "sqrt", "power": 400.0, "idlePower": 32.0, "maxPower": 180.0}}]}]});
    let path = prepared("replay-week", &experiment, &topology, &two_tasks());
    let out = scratch().join("replay-week-out");
    let output = replay(&path, &out, &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let runs = table(&out, "runs");
    assert_eq!(runs.wholes("makespan_ms").expect("ends"), [604_800_000]);
    assert_eq!(runs.wholes("completed").expect("counts"), [6_295]);
    let energy_j = runs.reals("energy_j").expect("energy")[0];
    assert!(
        (energy_j / 12_896_147_523.22 - 1.0).abs() < 1e-9,
        "{energy_j}"
    );
}

#[test]
fn the_recorded_machines_are_replayed_from_their_archive() {
    let Some(shared) = shared() else { return };
    let hosts = json!({"clusters": [{"name": "C01", "hosts": [{"name": "H", "count": 150,
        "cpu": {"coreCount": 32, "coreSpeed": 3000}, "memory": {"memorySize": 1_000_000},
        "cpuPowerModel": {"modelType": "linear", "idlePower": 150.0, "maxPower": 350.0}}]}]});
    let path = prepared("replay-machines", &experiment(), &hosts, &two_tasks());
    let archive =
        text(&shared.join("data/traces/bitbrains-gwa-t-12-rnd-2013-07/rnd_2013-7.tar.zst"));
    let hosts = text(&path.with_file_name("topology.json"));
    let out = text(&scratch().join("replay-machines-out"));
    let output = angara(&[
        "replay",
        "--trace",
        &archive,
        "--topology",
        &hosts,
        "--out",
        &out,
        "--json",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let summary: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let run = &summary["runs"][0];
    assert_eq!(
        (&run["tasks"], &run["completed"]),
        (&json!(500), &json!(500))
    );
    assert_eq!(run["longest_wait_ms"], 0);
}
