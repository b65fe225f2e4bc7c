//! Runs of `OpenDC` on a recorded week of a research cluster, and on a small workflow.

use std::collections::BTreeMap;
use std::io::Read as _;

use angara_replay::opendc::prefab;
use angara_replay::{WorkloadOptions, workload_of};
use angara_simulation::replay::{
    Checkpoints, FragmentBuilder, Fragments, ReplayOptions, ReplayOutcome, ReplayTask, ReplayTasks,
    TaskState, hertz,
};
use angara_workload::trace::{self, Limits};
use serde_json::Value;

use super::support::{Prepared, Recorder, carbon_of, instant_ms, reference, shared, topology_of};

const RUNS: usize = 8;

/// Tasks and fragments of the recorded week.
fn surf_week(submission: Option<&str>) -> (ReplayTasks, Fragments) {
    let folder = shared()
        .expect("the references")
        .join("data/traces/surf-week");
    let (trace, _) = trace::read(&[folder], &Limits::default()).expect("the trace can be read");
    let options = WorkloadOptions {
        submission_ms: submission.map(instant_ms),
        ..WorkloadOptions::default()
    };
    workload_of(&trace, &options)
}

/// The small workflow. Its file is not among the references, but its results leave nothing open: four tasks of an
/// hour and 2,500 MHz, two in parallel between a first and a last.
fn workflow() -> (ReplayTasks, Fragments) {
    let mut tasks = ReplayTasks::default();
    let mut fragments = FragmentBuilder::default();
    for parents in [vec![], vec![0], vec![0], vec![1, 2]] {
        tasks.push(ReplayTask {
            cores: 1,
            parents,
            ..ReplayTask::default()
        });
        fragments.push(3_600_000, hertz(2_500.0), 0);
        fragments.end_task();
    }
    (tasks, fragments.finish())
}

fn prepared(run: &Value) -> Prepared {
    let submission = run["submission_time_option"].as_str();
    let (tasks, fragments) = if run["id"].as_str().is_some_and(|id| id.contains("workflow")) {
        workflow()
    } else {
        surf_week(submission)
    };
    let topology = topology_of(&run["topology"]);
    let carbon = topology
        .carbon_paths
        .iter()
        .map(|path| carbon_of(path))
        .collect();
    let checkpoints = run["checkpoint"].as_object().map(|given| Checkpoints {
        interval_ms: given["interval_ms"].as_i64().expect("an interval"),
        duration_ms: given["duration_ms"].as_i64().expect("a duration"),
        interval_scaling: given["interval_scaling"].as_f64().expect("a factor"),
    });
    Prepared {
        topology,
        tasks,
        fragments,
        carbon,
        options: ReplayOptions {
            placement: prefab("Mem").expect("a known policy").placement,
            checkpoints,
            sample_ms: Some(run["export_interval_s"].as_i64().expect("an interval") * 1_000),
            ..ReplayOptions::default()
        },
    }
}

fn check(run: &Value, outcome: &ReplayOutcome, wrong: &mut Vec<String>) {
    let id = run["id"].as_str().expect("an id");
    let expected = &run["results"];
    let waits = &outcome.tasks.wait_ms;
    let count = |state| outcome.tasks.count(state) as i64;
    let up_ms: i64 = outcome.hosts.iter().map(|host| host.up_ms).sum();
    let down_ms: i64 = outcome.hosts.iter().map(|host| host.down_ms).sum();
    let exact = [
        ("makespan_ms", outcome.makespan_ms),
        ("tasks_total", waits.len() as i64),
        ("completed", count(TaskState::Completed)),
        ("terminated", count(TaskState::Terminated)),
        ("sum_scheduling_delay_ms", waits.iter().sum()),
        (
            "max_scheduling_delay_ms",
            waits.iter().copied().max().unwrap_or(0),
        ),
        ("host_up_ms", up_ms),
        ("host_down_ms", down_ms),
        (
            "task_failures",
            outcome
                .tasks
                .failures
                .iter()
                .map(|count| i64::from(*count))
                .sum(),
        ),
    ];
    for (name, found) in exact {
        if expected[name].as_i64() != Some(found) {
            wrong.push(format!(
                "{id}: {name} is {found}, expected {}",
                expected[name]
            ));
        }
    }
    let energy = |totals: &mut dyn Iterator<Item = f64>| totals.sum::<f64>();
    let near = [
        (
            "energy_source_j",
            energy(&mut outcome.sources.iter().map(|source| source.energy_j)),
        ),
        (
            "energy_hosts_j",
            energy(&mut outcome.hosts.iter().map(|host| host.energy_j)),
        ),
        (
            "carbon_g",
            energy(&mut outcome.sources.iter().map(|source| source.carbon_g)),
        ),
    ];
    for (name, found) in near {
        let value = expected[name].as_f64().expect("a number");
        if (found - value).abs() > 1e-9 * value.abs() {
            wrong.push(format!("{id}: {name} is {found}, expected {value}"));
        }
    }
}

#[test]
fn makespan_counts_delays_energy_and_carbon_are_equal_against_opendc() {
    let Some(reference) = reference() else { return };
    let runs = reference["measured_runs"].as_array().expect("runs");
    assert_eq!(runs.len(), RUNS);
    let mut wrong = Vec::new();
    for run in runs {
        let outcome = prepared(run).replay(&mut Recorder {
            only_sources: true,
            ..Recorder::default()
        });
        check(run, &outcome, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rows of a reference table as maps from column to text.
fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = shared()
        .expect("the references")
        .join("reference/simulation/expected")
        .join(name);
    let file = std::fs::File::open(path).expect("the table is there");
    let mut text = String::new();
    lzma_rust2::XzReader::new(file, true)
        .read_to_string(&mut text)
        .expect("the table can be read");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines
        .map(|line| {
            let cells = line.split(',').map(str::to_owned);
            header
                .iter()
                .map(|name| (*name).to_owned())
                .zip(cells)
                .collect()
        })
        .collect()
}

#[test]
fn every_task_starts_and_ends_when_it_does_against_opendc() {
    let Some(reference) = reference() else { return };
    let runs = reference["measured_runs"].as_array().expect("runs");
    let tables = [
        ("measured.surf_week.surf", "surf_week_277_sqrt_Mem"),
        (
            "measured.surf_week.surf_linear_NL_100",
            "surf_week_100_linear_NL_Mem",
        ),
    ];
    for (id, name) in tables {
        let run = runs.iter().find(|run| run["id"] == id).expect("the run");
        let prepared = prepared(run);
        let mut recorder = Recorder {
            only_sources: true,
            ..Recorder::default()
        };
        let outcome = prepared.replay(&mut recorder);
        let row_of: BTreeMap<i64, usize> = prepared
            .tasks
            .id
            .iter()
            .enumerate()
            .map(|(row, id)| (*id, row))
            .collect();
        let rows = table(&format!("{name}.tasks.csv.xz"));
        assert_eq!(rows.len(), prepared.tasks.len());
        for row in rows {
            let whole = |name: &str| row[name].parse::<i64>().expect("a whole number");
            let task = row_of[&whole("task_id")];
            let results = &outcome.tasks;
            assert_eq!(
                results.start_ms[task],
                Some(whole("schedule_time")),
                "{id} {row:?}"
            );
            assert_eq!(
                results.end_ms[task],
                Some(whole("finish_time")),
                "{id} {row:?}"
            );
            assert_eq!(
                results.wait_ms[task],
                whole("scheduling_delay"),
                "{id} {row:?}"
            );
            assert_eq!(results.state[task].name(), row["state"]);
        }
        let rows = table(&format!("{name}.power.csv.xz"));
        assert_eq!(rows.len(), recorder.sources.len(), "{id}");
        for (row, sample) in rows.iter().zip(&recorder.sources) {
            let real = |name: &str| row[name].parse::<f64>().expect("a number");
            let near =
                |found: f64, expected: f64| (found - expected).abs() <= 1e-6 * expected.abs();
            assert!(
                near(sample.energy_j, real("energy_j")),
                "{id} {row:?} {sample:?}"
            );
            assert!(
                near(sample.carbon_g, real("carbon_g")),
                "{id} {row:?} {sample:?}"
            );
            assert!(
                near(sample.power_w, real("power_draw")),
                "{id} {row:?} {sample:?}"
            );
        }
    }
}
