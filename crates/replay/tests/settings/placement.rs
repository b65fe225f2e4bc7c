//! Placement: weighers, overcommitted resources, limits, lookahead.

use super::support::{Case, HOUR_MS, task, topology};

#[test]
fn weighers_with_factors_choose_the_host() {
    let tasks = [
        task(0, 1, HOUR_MS),
        task(1_000, 1, HOUR_MS),
        task(2_000, 1, HOUR_MS),
    ];
    let case = Case::new(&topology(&[("A", 2)]), &tasks);
    let hosts = |factor: &str| {
        let settings = format!(
            "placement: {{weighers: [{{weigh: memory, factor: 0}}, {{weigh: cores, factor: {factor}}}]}}"
        );
        case.run(&settings)
    };
    assert_eq!(hosts("1").hosts(), ["A-H-0", "A-H-1", "A-H-0"]);
    assert_eq!(hosts("-1").hosts(), ["A-H-0"; 3]);
    assert_eq!(hosts("2").figures.policy, "0*memory + 2*cores");
}

#[test]
fn each_resource_is_overcommitted_on_its_own_and_hosts_hold_so_many_tasks() {
    let tasks = [
        task(0, 4, HOUR_MS),
        task(0, 4, HOUR_MS),
        task(0, 4, HOUR_MS),
    ];
    let case = Case::new(&topology(&[("A", 1)]), &tasks);
    let started_at_once = |settings: &str| {
        let starts = case.run(settings).starts();
        starts.iter().filter(|start| **start == Some(0)).count()
    };
    assert_eq!(started_at_once("placement: {policy: best-fit}"), 1);
    assert_eq!(started_at_once("placement: {overcommit: {cores: 2}}"), 2);
    assert_eq!(
        started_at_once("placement: {overcommit: {cores: 3}, tasks_max: 2}"),
        2
    );
    assert_eq!(
        started_at_once("placement: {overcommit: {cores: 3, memory: 0.00001}}"),
        0
    );
    assert_eq!(started_at_once("placement: {filters: [memory]}"), 3);
}

#[test]
fn later_tasks_are_tried_as_far_as_the_lookahead_goes() {
    let tasks = [
        task(0, 3, HOUR_MS),
        task(1_000, 4, HOUR_MS),
        task(2_000, 1, HOUR_MS / 4),
    ];
    let case = Case::new(&topology(&[("A", 1)]), &tasks);
    let last = |settings: &str| case.run(settings).starts()[2];
    assert_eq!(last(""), Some(2 * HOUR_MS));
    assert_eq!(last("placement: {lookahead: 5}"), Some(2_000));
    assert_eq!(
        last("placement: {lookahead: 5, passed_over_max: 0}"),
        Some(2 * HOUR_MS)
    );
    assert_eq!(
        last("placement: {lookahead: 5, interval: 1 min}"),
        Some(60_000)
    );
}
