//! Failures of hosts, racks and larger parts.

use angara_results::{Table, to_parquet};

use super::support::{Case, HOUR_MS, MINUTE_MS, task, topology};

/// Outages and time down by host, of a run of ten hours.
fn outages(settings: &str) -> (Vec<i64>, Vec<i64>) {
    outages_of(settings, 10)
}

fn outages_of(settings: &str, hours: i64) -> (Vec<i64>, Vec<i64>) {
    let case = Case::new(
        &topology(&[("A", 4), ("B", 2)]),
        &[task(0, 1, hours * HOUR_MS)],
    );
    let done = case.run(settings);
    (done.host_wholes("outages"), done.host_wholes("down_ms"))
}

#[test]
fn a_rack_takes_all_its_hosts_with_it_and_overlapping_failures_add_up() {
    // Racks of two hosts fail after 1 h for 1 h, and so on; the feed of both racks of A from 1.5 h on for 2 h.
    let racks = "
layout: {hosts_per_rack: 2, racks_per_feed: 2}
placement: {policy: first-fit}
failures:
  processes:
    - group: rack
      time_to_failure: {law: constant, value: 1 h}
      time_to_repair: {law: constant, value: 1 h}
";
    let (counts, down_ms) = outages(racks);
    // The task is stopped every hour and starts anew, and is given up at its tenth failure.
    assert_eq!(counts, [10; 6]);
    assert_eq!(down_ms, [9 * HOUR_MS; 6]);
    let both = format!(
        "{racks}
    - group: feed
      time_to_failure: {{law: constant, value: 90 min}}
      time_to_repair: {{law: constant, value: 2 h}}
"
    );
    let (counts, down_ms) = outages(&format!("{both}  task_failures_max: 1\n"));
    // Ends with the first failure.
    assert_eq!((counts[0], down_ms[0]), (1, 0));
    let recorded = |seed: u64| outages(&format!("{both}  task_failures_max: 3\n  seed: {seed}\n"));
    let (counts, down_ms) = recorded(1);
    // The racks are down from 1 h to 2 h, 3 h to 4 h and so on, the feeds from 1.5 h to 3.5 h, 5 h to 7 h, and from
    // 8.5 h, when the task is stopped the third time: hosts are down from 1 h to 4 h and from 5 h to 8 h.
    assert_eq!(counts, [4 + 3; 6]);
    assert_eq!(down_ms, [6 * HOUR_MS; 6]);
    // Nothing of this is drawn.
    assert_eq!(recorded(2), (counts, down_ms));
}

#[test]
fn parts_fail_on_their_own_and_only_their_own_hosts() {
    // Each part draws times of its own, and its hosts share them.
    let settings = |group: &str, seed: u64| {
        format!("
layout: {{hosts_per_rack: 1, racks_per_feed: 1, racks_per_hall: 2, sites: [{{name: all, clusters: ['*']}}]}}
failures:
  seed: {seed}
  task_failures_max: 1000
  processes:
    - group: {group}
      time_to_failure: {{law: weibull, shape: 0.7, scale: 2 h}}
      time_to_repair: {{law: log-normal, median: 10 min, log_deviation: 0.5}}
")
    };
    let distinct = |group: &str, seed| {
        let (_, mut down_ms) = outages(&settings(group, seed));
        down_ms.dedup();
        down_ms
    };
    for (group, count) in [
        ("host", 6),
        ("rack", 6),
        ("feed", 6),
        ("hall", 3),
        ("cluster", 2),
        ("site", 1),
        ("all", 1),
    ] {
        assert_eq!(distinct(group, 1).len(), count, "{group}");
    }
    assert_eq!(distinct("host", 1), distinct("host", 1));
    assert_ne!(distinct("host", 1), distinct("host", 2));
}

#[test]
fn laws_fitted_to_recorded_systems_and_shares_of_hosts_can_be_asked_for() {
    let (counts, _) = outages_of(
        "
failures:
  task_failures_max: 3
  processes:
    - {group: all, prefab: Websites02Exp, share: {law: uniform, least: 0, most: 1}}
",
        1_000,
    );
    assert!(counts.iter().sum::<i64>() > 0);
    let share = "
failures:
  processes:
    - group: cluster
      time_to_failure: {law: uniform, least: 60 min, most: 60 min}
      time_to_repair: {law: empirical, values: [10 min, 10 min]}
      share: {law: constant, value: 0.5}
";
    let (counts, _) = outages(share);
    let first: i64 = counts[..4].iter().sum();
    assert_eq!(first, 2 * counts[4..].iter().sum::<i64>());
}

#[test]
fn recorded_failures_come_when_they_came() {
    let case = Case::new(&topology(&[("A", 1)]), &[task(0, 1, HOUR_MS)]);
    let table = Table::new("failures")
        .whole("failure_interval", "", "", [10 * MINUTE_MS])
        .whole("failure_duration", "", "", [5 * MINUTE_MS])
        .real("failure_intensity", "", "", [1.0]);
    case.write("failures.parquet", &to_parquet(&table).expect("a table"));
    let done = case.run(
        "
failures:
  recorded: {file: failures.parquet, repeat: false}
checkpoints: {interval: 4 min, duration: 0 s}
",
    );
    assert_eq!(done.starts(), [Some(15 * MINUTE_MS)]);
    assert_eq!(done.host_wholes("down_ms"), [5 * MINUTE_MS]);
    // Eight minutes were saved.
    assert_eq!(done.figures.makespan_ms, (15 + 52) * MINUTE_MS);
}
