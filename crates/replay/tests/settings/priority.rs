//! Higher priority starts first.

use super::support::{Case, HOUR_MS, Task, task, topology};

fn case() -> Case {
    Case::new(&topology(&[("A", 1)]), &four())
}

/// The first fills the host; the others wait for it.
fn four() -> Vec<Task> {
    vec![
        task(0, 4, HOUR_MS),
        task(1_000, 4, HOUR_MS),
        task(2_000, 4, HOUR_MS),
        task(3_000, 4, HOUR_MS),
    ]
}

#[test]
fn a_higher_priority_starts_first_and_equal_ones_as_they_came() {
    let in_hours = |settings: &str| -> Vec<i64> {
        let case = case();
        let starts = case.run(settings).starts();
        starts
            .iter()
            .map(|start| start.unwrap_or(-1) / HOUR_MS)
            .collect()
    };
    assert_eq!(in_hours(""), [0, 1, 2, 3]);
    assert_eq!(
        in_hours("tasks: {rules: [{task: '3', priority: 7}]}"),
        [0, 2, 3, 1]
    );
    // A later rule holds against an earlier one.
    let rules = "tasks: {rules: [{task: '*', priority: 2}, {task: '1', priority: -1}]}";
    assert_eq!(in_hours(rules), [0, 3, 1, 2]);
}

#[test]
fn priorities_come_from_a_column_of_the_table_of_tasks_or_from_a_table_of_their_own() {
    let case = case();
    case.write_tasks(&four(), &[("priority", &["0", "0", "0", "9"])]);
    let done = case.run("tasks: {table: {priority: priority}}");
    assert_eq!(done.starts()[3], Some(HOUR_MS));
    case.write("ranks.csv", b"task,rank\n# the last but one\n2,5\n");
    let done = case.run("tasks: {table: {file: ranks.csv, id: task, priority: rank}}");
    assert_eq!(done.starts()[2], Some(HOUR_MS));
}

#[test]
fn an_experiment_takes_settings_too() {
    let experiment = r#"{"topologies": [{"pathToFile": "topology.json"}], "workloads": [{"pathToFile": "trace"}],
        "exportModels": [{"exportInterval": 3600, "filesToExport": ["service"]}]}"#;
    let settings = "tasks: {rules: [{task: '3', priority: 7}]}";
    let case = case();
    let done = case.run_experiment(experiment, settings);
    assert_eq!(done.starts()[3], Some(HOUR_MS));
}
