//! What is said of a wrong file: everything at once, each with its place.

use super::support::{Case, HOUR_MS, task, topology};

fn case() -> Case {
    Case::new(&topology(&[("A", 2)]), &[task(0, 1, HOUR_MS)])
}

/// What is found with settings.
fn told(settings: &str) -> String {
    let case = case();
    let (plan, findings) = case.plan(settings);
    assert!(plan.is_none());
    case.told(&findings)
}

#[test]
fn everything_wrong_with_a_file_is_told_at_once() {
    let text = told(
        "
placement:
  polcy: best-fit
  policy: fist-fit
  apart: rack
  overcommit: {cores: many}
  lookahead: 0
layout: {racks_per_feed: 2}
hosts:
  - {cluster: Z, platform: arm}
host_states:
  sleep_after: 300
  sleep_power: 10 watts per host
  wake_power: 1 kW
consolidation: {interval: 5 min, empty_below: 20 %}
failures:
  processes:
    - {group: rack, prefab: G5k06Expo}
    - {group: hots, time_to_failure: {law: weibull, shape: -1, scale: 1 h}}
deferral: {signal: price, all_tasks: maybe}
prices:
  currency: euros
  series:
    - {file: nowhere.csv}
    - {cluster: A, file: b.csv, fixed: 3}
tasks:
  table: {file: nowhere.parquet, priority: p}
  rules:
    - {task: '9*', priority: high, group: g}
",
    );
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_no_settings_file_is_told() {
    for (settings, part) in [
        ("placement: [", "this is not YAML"),
        ("- 1", "keys and values"),
        ("---", "the file is null"),
        ("placement: 3", "placement is 3"),
        ("seed: 1\nseed: 2", "twice"),
        ("a: &a [1]\nb: *a", "unknown-key"),
    ] {
        let text = told(settings);
        assert!(text.contains(part), "{settings}: {text}");
    }
    let many = format!("tasks: {{rules: [{}]}}", "{task: a}, ".repeat(10_000));
    assert!(told(&many).contains("at most"));
    let large = format!("# {}\n", "x".repeat(2 << 20));
    assert!(told(&large).contains("at most 1048576 are read"));
    let case = case();
    let (plan, findings) = case.plan("# nothing\n");
    assert!(plan.is_some() && findings.is_empty());
}

#[test]
fn what_an_experiment_or_topology_says_is_not_said_again() {
    let case = case();
    let experiment = r#"{"topologies": [{"pathToFile": "topology.json"}], "workloads": [{"pathToFile": "trace"}],
        "allocationPolicies": [{"type": "prefab", "policyName": "Timeshift"}], "maxNumFailures": [3],
        "failureModels": [{"type": "no"}], "checkpointModels": [{}]}"#;
    let (plan, findings) = case.plan_experiment(
        experiment,
        "
placement: {overcommit: {cores: 2}, lookahead: 3}
failures:
  task_failures_max: 5
  processes: [{group: host, prefab: G5k06Exp}]
checkpoints: {interval: 1 h}
deferral: {all_tasks: true}
carbon: [{fixed: 100}]
",
    );
    assert!(plan.is_none());
    insta::assert_snapshot!(case.told(&findings));
}
