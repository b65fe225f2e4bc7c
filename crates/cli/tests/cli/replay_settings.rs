//! `angara replay --settings` as a user and as a script meet it.

use std::path::PathBuf;

use angara_results::{Table, to_parquet};
use serde_json::{Value, json};

use crate::support::{angara, code, scratch, stderr, stdout, table};

/// A trace of two tasks of an hour, one host of two cores that draws 200 W at full load, and settings.
fn prepared(name: &str, settings: &str) -> PathBuf {
    let folder = scratch().join(name);
    let trace = folder.join("trace");
    fs_err::create_dir_all(&trace).expect("a folder");
    let text = "";
    let tasks = Table::new("tasks")
        .small("id", text, text, [0, 1])
        .whole("submission_time", text, text, [0, 0])
        .whole("duration", text, text, [3_600_000; 2])
        .small("cpu_count", text, text, [2, 2])
        .real("cpu_capacity", text, text, [4_000.0; 2])
        .whole("mem_capacity", text, text, [0; 2]);
    let fragments = Table::new("fragments")
        .small("id", text, text, [0, 1])
        .whole("duration", text, text, [3_600_000; 2])
        .real("cpu_usage", text, text, [4_000.0; 2]);
    for (name, table) in [("tasks", tasks), ("fragments", fragments)] {
        let bytes = to_parquet(&table).expect("a table");
        fs_err::write(trace.join(format!("{name}.parquet")), bytes).expect("a file");
    }
    let topology = json!({"clusters": [{"name": "C01", "hosts": [{"name": "H01",
        "cpu": {"coreCount": 2, "coreSpeed": 2000}, "memory": {"memorySize": 100_000},
        "cpuPowerModel": {"modelType": "measured",
            "points": [100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200]}}]}]});
    fs_err::write(folder.join("topology.json"), topology.to_string()).expect("a file");
    fs_err::write(folder.join("settings.yaml"), settings).expect("a file");
    folder
}

fn replay(folder: &std::path::Path, more: &[&str]) -> (std::process::Output, PathBuf) {
    let out = folder.join("out");
    let path = |name: &str| folder.join(name).display().to_string();
    let (trace, topology, settings) = (path("trace"), path("topology.json"), path("settings.yaml"));
    let shown = out.display().to_string();
    let mut arguments = vec!["replay", "--trace", &trace, "--topology", &topology];
    arguments.extend(["--settings", &settings, "--out", &shown]);
    arguments.extend(more);
    (angara(&arguments), out)
}

const PRICES: &str = "
prices: {currency: EUR, per: kWh, series: [{fixed: 30.25}]}
tasks: {rules: [{task: '1', priority: 3}]}
";

#[test]
fn the_cost_is_told_and_the_settings_are_kept() {
    let folder = prepared("replay-settings", PRICES);
    let (output, out) = replay(&folder, &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // 200 W for two hours.
    let told = stdout(&output);
    assert!(told.contains("Cost            12.10 EUR"), "{told}");
    let kept = fs_err::read_to_string(out.join("scenario/settings.yaml")).expect("a copy");
    assert_eq!(kept, PRICES);
    let manifest = fs_err::read_to_string(out.join("manifest.json")).expect("a manifest");
    assert!(manifest.contains("--settings settings.yaml"), "{manifest}");
    let page = fs_err::read_to_string(out.join("report.html")).expect("a page");
    assert!(page.contains("12.10 EUR"));
    let starts = table(&out, "tasks");
    let starts = starts.optional_wholes("start_ms").expect("starts");
    assert_eq!(starts, [Some(3_600_000), Some(0)]);
    let (output, _) = replay(&folder, &["--json"]);
    let summary: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let cost = &summary["runs"][0]["cost"];
    assert_eq!(*cost, json!({"minor": 1210, "currency": "EUR"}));
}

#[test]
fn wrong_settings_are_wrong_input_and_nothing_is_written() {
    let folder = prepared(
        "replay-settings-wrong",
        "placement: {polcy: best-fit}\nhost_states: 3\n",
    );
    let (output, out) = replay(&folder, &[]);
    assert_eq!(code(&output), 2);
    let told = stderr(&output);
    for part in [
        "settings.yaml:1:13",
        "polcy",
        "did you mean `policy`",
        "settings.yaml:2:14",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!out.exists());
}

#[test]
fn what_an_option_says_is_not_said_by_settings() {
    let settings = "placement: {policy: best-fit}\ncheckpoints: {interval: 1 h}\n";
    let folder = prepared("replay-settings-twice", settings);
    let (output, _) = replay(&folder, &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("best-fit"), "{}", stdout(&output));
    let more = ["--placement", "random", "--checkpoint-interval", "1h"];
    let (output, _) = replay(&folder, &more);
    assert_eq!(code(&output), 2);
    let told = stderr(&output);
    for part in [
        "placement.policy",
        "--placement",
        "checkpoints",
        "--checkpoint-interval",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
