//! The example of the documentation is a file that is read, and names every key.

use super::support::{Case, HOUR_MS, task, topology};

use proptest::prelude::*;

const DOCUMENT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/replay.md"));

fn example() -> String {
    let from = DOCUMENT.find("```yaml\n").expect("an example") + "```yaml\n".len();
    let rest = &DOCUMENT[from..];
    rest[..rest.find("```").expect("an end")].to_owned()
}

/// Two tasks, and the files that the example names.
fn case() -> Case {
    let tasks = [task(0, 1, HOUR_MS), task(0, 2, HOUR_MS)];
    let case = Case::new(&topology(&[("A1", 20), ("B1", 4)]), &tasks);
    case.write(
        "day-ahead.csv",
        b"timestamp,price\n2024-03-01T00:00:00,80\n",
    );
    case.write(
        "grid-a.csv",
        b"timestamp,carbon_intensity\n2024-03-01T00:00:00,300\n",
    );
    case.write(
        "labels.csv",
        b"id,priority,group,platform,site\n0,5,db,,\n1,1,,,\n",
    );
    case
}

#[test]
fn the_example_of_the_documentation_is_replayed() {
    let case = case();
    let done = case.run(&example());
    assert_eq!(done.figures.completed, 2);
    assert!(done.figures.cost.is_some());
}

#[test]
fn the_example_of_the_documentation_has_every_key() {
    let example = example();
    for key in [
        "policy",
        "weighers",
        "weigh",
        "factor",
        "filters",
        "overcommit",
        "cores",
        "memory",
        "accelerators",
        "tasks_max",
        "apart",
        "lookahead",
        "passed_over_max",
        "interval",
        "hosts_per_rack",
        "racks_per_feed",
        "racks_per_hall",
        "sites",
        "platform",
        "rack",
        "sleep_after",
        "sleep_power",
        "off_after",
        "off_power",
        "wake_from_sleep",
        "wake_from_off",
        "wake_power",
        "prefer_awake",
        "empty_below",
        "fill_from",
        "bandwidth",
        "dirty_rounds",
        "downtime",
        "cpu_share",
        "task_failures_max",
        "seed",
        "processes",
        "group",
        "time_to_failure",
        "time_to_repair",
        "share",
        "prefab",
        "recorded",
        "repeat",
        "start",
        "duration",
        "interval_scaling",
        "signal",
        "quantile",
        "hours",
        "all_tasks",
        "wait_max",
        "currency",
        "per",
        "fixed",
        "column",
        "carbon",
        "table",
        "rules",
        "priority",
        "may_wait",
        "deadline",
    ] {
        assert!(example.contains(&format!("{key}:")), "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is cut out of the example and put in its place is told or replayed, and never a panic.
    #[test]
    fn no_file_brings_the_reader_down(
        from in 0..4_000_usize,
        length in 0..60_usize,
        put in prop_oneof![
            Just(String::new()),
            Just("{".to_owned()),
            Just("\n  - ".to_owned()),
            Just("-1e308 h".to_owned()),
            Just("99999999999999999999".to_owned()),
            "[a-z*:\\[\\]{}0-9 \n-]{0,12}",
            any::<String>(),
        ],
    ) {
        let letters: Vec<char> = example().chars().collect();
        let from = from.min(letters.len());
        let to = (from + length).min(letters.len());
        let text: String = letters[..from].iter().chain(put.chars().collect::<Vec<_>>().iter()).chain(&letters[to..]).collect();
        let case = case();
        let (plan, findings) = case.plan(&text);
        prop_assert_eq!(plan.is_some(), !findings.has_errors());
        let _ = case.told(&findings);
        if plan.is_some() {
            case.play(plan, &findings);
        }
    }
}
