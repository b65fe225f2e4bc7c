//! Hosts that sleep, and hosts that are emptied so that they may.

use super::support::{Case, HOUR_MS, MINUTE_MS, task, topology};

const SLEEP: &str = "
host_states:
  sleep_after: 5 min
  sleep_power: 10 W
  off_after: 30 min
  wake_from_sleep: 10 s
  wake_from_off: 1 min
  wake_power: 150 W
";

#[test]
fn sleep_saves_energy_against_the_same_run_without() {
    // One of two hosts works for two hours.
    let case = Case::new(&topology(&[("A", 2)]), &[task(0, 4, 2 * HOUR_MS)]);
    let (awake, asleep) = (case.run(""), case.run(SLEEP));
    // 300 W for two hours.
    assert!((awake.figures.energy_j - 300.0 * 7_200.0).abs() < 1e-6);
    // The idle host: 5 min at 100 W, 30 min at 10 W, then off.
    let expected_j = 200.0 * 7_200.0 + 100.0 * 300.0 + 10.0 * 1_800.0;
    assert!(
        (asleep.figures.energy_j - expected_j).abs() < 1e-6,
        "{}",
        asleep.figures.energy_j
    );
    assert_eq!(asleep.host_wholes("asleep_ms"), [0, 30 * MINUTE_MS]);
    assert_eq!(asleep.host_wholes("off_ms"), [0, 85 * MINUTE_MS]);
    assert_eq!(asleep.starts(), awake.starts());
}

#[test]
fn a_task_waits_for_the_host_that_it_wakes() {
    let tasks = [task(0, 1, MINUTE_MS), task(20 * MINUTE_MS, 1, MINUTE_MS)];
    let case = Case::new(&topology(&[("A", 1)]), &tasks);
    let done = case.run(SLEEP);
    assert_eq!(done.starts(), [Some(0), Some(20 * MINUTE_MS + 10_000)]);
    assert_eq!(done.host_wholes("waking_ms"), [10_000]);
}

#[test]
fn consolidation_moves_tasks_so_that_a_host_may_sleep() {
    // Long tasks end up alone on two hosts when the short ones have ended.
    let tasks = [
        task(0, 3, 10 * MINUTE_MS),
        task(0, 1, 3 * HOUR_MS),
        task(0, 2, 3 * HOUR_MS),
        task(0, 2, 10 * MINUTE_MS),
    ];
    let case = Case::new(&topology(&[("A", 2)]), &tasks);
    let without = case.run(SLEEP);
    let settings = format!(
        "{SLEEP}
consolidation:
  interval: 15 min
  empty_below: 0.3
  fill_from: 0.3
  migration: {{bandwidth: 1 Gbps, downtime: 100 ms, dirty_rounds: 0.5, cpu_share: 0.05}}
"
    );
    let with = case.run(&settings);
    assert_eq!(
        (without.figures.migrations, with.figures.migrations),
        (0, 1)
    );
    assert_eq!(
        with.table("runs").wholes("migrations").expect("a column"),
        [1]
    );
    assert_eq!(without.hosts()[1..3], ["A-H-0", "A-H-1"]);
    assert_eq!(with.hosts()[1..3], ["A-H-1", "A-H-1"]);
    assert!(with.figures.energy_j < 0.8 * without.figures.energy_j);
    assert_eq!(with.figures.completed, 4);
}
