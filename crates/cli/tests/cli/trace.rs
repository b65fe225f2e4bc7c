//! `angara trace` as a user and as a script meet it.

use std::path::{Path, PathBuf};

use crate::support::{angara, code, scratch, stderr, stdout};

const LOG: &str = "; UnixStartTime: 843480031\n; MaxProcs: 16\n; MaxRecords: 4\n\
    1 0 5 3600 4 -1 -1 4 7200 -1 1 1 1 -1 -1 -1 -1 -1\n\
    2 1800 5 7200 8 -1 -1 8 7200 -1 1 1 1 -1 -1 -1 -1 -1\n\
    3 9000 5 60 1 -1 -1 1 7200 -1 1 1 1 -1 -1 -1 -1 -1\n\
    4 9000 5 -1 1 -1 -1 1 7200 -1 1 1 1 -1 -1 -1 -1 -1\n";

/// A small batch log in a folder of its own.
fn log(folder: &str) -> PathBuf {
    let folder = scratch().join(folder);
    fs_err::create_dir_all(&folder).expect("a folder");
    let path = folder.join("log.swf");
    fs_err::write(&path, LOG).expect("a file");
    path
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_batch_log_is_told_in_figures_a_chart_and_classes() {
    let output = angara(&["trace", "inspect", &text(&log("trace-text"))]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let shown = stdout(&output).replace(&text(&scratch()), "…");
    insta::assert_snapshot!(shown);
}

#[test]
fn the_same_figures_stand_in_the_json() {
    let output = angara(&["trace", "inspect", "--json", &text(&log("trace-json"))]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(report["format"], "swf");
    assert_eq!(report["tasks"], 4);
    assert_eq!(report["range"]["from"], "1996-09-23T12:00:31Z");
    assert_eq!(report["range"]["to_ms"], 9_060_000);
    assert_eq!(report["durations_unknown"], 1);
    assert_eq!(report["notes"], 1);
    let timeline = &report["timeline"];
    let sum = |values: &serde_json::Value| -> f64 {
        let values = values.as_array().expect("a list").iter();
        values.map(|value| value.as_f64().expect("a number")).sum()
    };
    let core_hours =
        sum(&timeline["mean"]) * timeline["bin_ms"].as_f64().expect("a number") / 3.6e6;
    assert!((core_hours - (4.0 + 16.0 + 1.0 / 60.0)).abs() < 1e-9);
}

#[test]
fn what_is_no_trace_is_wrong_input() {
    let path = scratch().join("no-trace.txt");
    fs_err::write(&path, "nothing of the kind\n").expect("a file");
    let absent = scratch().join("absent");
    for arguments in [
        vec!["trace", "inspect"],
        vec!["trace", "convert", "--out", "never"],
    ] {
        for file in [text(&path), text(&absent)] {
            let mut arguments = arguments.clone();
            arguments.push(&file);
            let output = angara(&arguments);
            assert_eq!(code(&output), 2);
            assert_eq!(stdout(&output), "");
            assert!(stderr(&output).contains("error: "), "{}", stderr(&output));
        }
    }
    assert!(!Path::new("never").exists());
}

#[test]
fn a_converted_trace_can_be_inspected_and_is_never_overwritten() {
    let out = text(&scratch().join("converted"));
    let log = text(&log("trace-convert"));
    let arguments = [
        "trace",
        "convert",
        &log,
        "--out",
        &out,
        "--start",
        "2024-03-01",
    ];
    let output = angara(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("1 tasks are left out"),
        "{}",
        stdout(&output)
    );
    let inspected = stdout(&angara(&["trace", "inspect", &out]));
    assert!(
        inspected.contains("2024-03-01 00:00:00 to 2024-03-01 02:31:00 UTC"),
        "{inspected}"
    );
    let again = angara(&arguments);
    assert_eq!(code(&again), 2);
    assert!(stderr(&again).contains("not empty"), "{}", stderr(&again));
}

#[test]
fn a_generated_trace_comes_with_hosts_that_hold_it() {
    let out = text(&scratch().join("generated"));
    let output = angara(&[
        "trace", "generate", "--vms", "25", "--days", "1", "--step", "1h", "--out", &out, "--json",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let summary: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(summary["samples"], 600);
    assert_eq!(summary["hosts"], 3);
    let topology = fs_err::read(Path::new(&out).join("topology.json")).expect("hosts");
    let topology: serde_json::Value = serde_json::from_slice(&topology).expect("JSON");
    assert_eq!(topology["clusters"][0]["hosts"][0]["count"], 3);
    let inspected = stdout(&angara(&["trace", "inspect", &out]));
    assert!(
        inspected.contains("2024-01-01 00:00:00 to 2024-01-02 00:00:00 UTC"),
        "{inspected}"
    );
    let wrong = angara(&[
        "trace", "generate", "--vms", "9", "--cores", "65", "--out", "never",
    ]);
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("do not fit"), "{}", stderr(&wrong));
}
