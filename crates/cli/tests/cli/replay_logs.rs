//! `angara replay` of batch logs and pods.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

use angara_results::read_table;
use serde_json::Value;

use crate::support::{angara, code, scratch, stderr, stdout, table};

fn traces() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces"
    ));
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

const LOG: &str = "; MaxProcs: 4\n\
    1 0 -1 100 2 -1 -1 2 120 -1 1 1 1 -1 -1 -1 -1 -1\n\
    2 10 -1 100 4 -1 -1 4 50 -1 1 1 1 -1 -1 -1 -1 -1\n\
    3 20 -1 60 2 -1 -1 2 60 -1 1 1 1 -1 -1 -1 -1 -1\n\
    4 30 -1 -1 1 -1 -1 1 60 -1 1 1 1 -1 -1 -1 -1 -1\n\
    5 40 -1 60 9 -1 -1 9 60 -1 1 1 1 -1 -1 -1 -1 -1\n";

fn starts(policy: &str, more: &[&str]) -> Vec<i64> {
    let log = scratch().join(format!("replay-{policy}-{}.swf", more.len()));
    fs_err::write(&log, LOG).expect("a file");
    let out = scratch().join(format!("replay-log-{policy}-{}", more.len()));
    let (log, out_text) = (log.display().to_string(), out.display().to_string());
    let mut arguments = vec![
        "replay", "--swf", &log, "--policy", policy, "--out", &out_text,
    ];
    arguments.extend(more);
    let output = angara(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("1: larger than the machine"),
        "{}",
        stdout(&output)
    );
    let jobs = read_table(&out.join("jobs.parquet")).expect("jobs");
    assert_eq!(jobs.wholes("job").expect("jobs"), [1, 2, 3]);
    jobs.wholes("start_s").expect("starts")
}

#[test]
fn jobs_of_a_log_start_as_the_policy_says() {
    assert_eq!(starts("fcfs", &[]), [0, 100, 150]);
    assert_eq!(starts("fcfs", &["--no-kill"]), [0, 100, 200]);
    assert_eq!(starts("easy", &[]), [0, 100, 20]);
    assert_eq!(starts("conservative", &[]), [0, 100, 20]);
}

#[test]
fn what_a_log_lacks_and_policies_there_are_not_are_wrong_input() {
    let log = scratch().join("replay-no-machine.swf");
    fs_err::write(&log, LOG.replace("; MaxProcs: 4\n", "")).expect("a file");
    let log = log.display().to_string();
    for (policy, word) in [("fcfs", "processors"), ("sjf", "no queue policy")] {
        let arguments = [
            "replay", "--swf", &log, "--policy", policy, "--out", "never",
        ];
        let output = angara(&arguments);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    }
    let output = angara(&["replay", "--out", "never"]);
    assert_eq!(code(&output), 2);
    assert!(!PathBuf::from("never").exists());
}

#[test]
fn every_job_of_a_recorded_log_starts_when_the_reference_starts_it() {
    let Some(traces) = traces() else { return };
    let log = traces.join("swf/KTH-SP2-1996-2-raw.swf.gz");
    let out = scratch().join("replay-kth");
    let (log, out_text) = (log.display().to_string(), out.display().to_string());
    let output = angara(&[
        "replay", "--swf", &log, "--policy", "easy", "--out", &out_text, "--json",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let summary: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(summary["jobs"], 28_481);
    let expected = traces.join("swf/expected/KTH-SP2-1996-2-raw.easy.kill.sched.zst");
    let file = fs_err::File::open(expected).expect("the reference");
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(file)
        .expect("a compressed file")
        .read_to_string(&mut text)
        .expect("text");
    let expected: BTreeMap<i64, i64> = text
        .lines()
        .map(|line| {
            let numbers: Vec<i64> = line
                .split_whitespace()
                .map(|word| word.parse().expect("a number"))
                .collect();
            (numbers[0], numbers[2])
        })
        .collect();
    let jobs = read_table(&out.join("jobs.parquet")).expect("jobs");
    let found: BTreeMap<i64, i64> = jobs
        .wholes("job")
        .expect("jobs")
        .into_iter()
        .zip(jobs.wholes("start_s").expect("starts"))
        .collect();
    assert_eq!(found.len(), 28_481);
    assert!(found == expected);
}

#[test]
fn pods_are_packed_under_every_policy() {
    let Some(traces) = traces() else { return };
    let folder = traces.join("alibaba-openb-2023");
    let file = |name: &str| folder.join(name).display().to_string();
    let (pods, nodes) = (
        file("openb_pod_list_default.csv.zst"),
        file("openb_node_list_all_node.csv"),
    );
    let out = scratch().join("replay-pods");
    let out_text = out.display().to_string();
    let output = angara(&[
        "replay", "--pods", &pods, "--nodes", &nodes, "--policy", "all", "--seeds", "42", "--out",
        &out_text,
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let runs = table(&out, "runs");
    let policies = runs.texts("policy").expect("policies");
    assert_eq!((policies.len(), policies[11].as_str()), (12, "fgd"));
    let allocated = runs.reals("allocated_percent").expect("shares");
    // Fragmentation gradient descent places more than random placement by far.
    assert!(allocated[10] > allocated[0] + 5.0, "{allocated:?}");
}
