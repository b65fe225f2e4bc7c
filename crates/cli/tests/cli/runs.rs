//! Runs: the same bytes for any number of threads, whole or not at all.

use crate::support::{
    angara, code, contents, example, run, scratch, siberia_run, small_run, stderr, stdout,
};

#[test]
fn a_run_has_the_same_bytes_on_1_2_and_8_threads() {
    let two = contents(small_run());
    let scenario = scratch().join("small");
    for threads in ["1", "8"] {
        let out = scratch().join(format!("small-{threads}"));
        run(&scenario, &out, threads);
        assert_eq!(names(&contents(&out)), names(&two));
        assert!(contents(&out) == two, "{threads} threads give other bytes");
    }
}

#[test]
fn the_siberian_example_has_the_same_bytes_on_2_and_8_threads() {
    let two = contents(siberia_run());
    let out = scratch().join("siberia-8");
    run(&example("siberia"), &out, "8");
    assert!(contents(&out) == two, "8 threads give other bytes");
}

#[test]
fn the_southern_african_example_runs_to_a_verdict() {
    let out = scratch().join("southern-africa-run");
    let output = run(&example("southern-africa"), &out, "2");
    assert!(stdout(&output).contains("The plan "), "{}", stdout(&output));
    assert!(out.join("report.html").is_file());
}

#[test]
fn another_seed_gives_another_simulation_of_the_same_scenario() {
    let scenario = scratch().join("small");
    let first = small_run();
    let out = scratch().join("small-seed");
    let output = angara(&[
        "run",
        &scenario.display().to_string(),
        "--out",
        &out.display().to_string(),
        "--seed",
        "77",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let table = |run: &std::path::Path| {
        fs_err::read(run.join("tables/site_months.parquet")).expect("a table")
    };
    assert_ne!(table(first), table(&out));
}

#[test]
fn a_folder_that_is_not_a_run_is_not_overwritten() {
    small_run();
    let scenario = scratch().join("small");
    let out = scratch().join("precious");
    fs_err::create_dir(&out).expect("a folder");
    fs_err::write(out.join("notes.txt"), "mine").expect("a file");
    let output = angara(&[
        "run",
        &scenario.display().to_string(),
        "--out",
        &out.display().to_string(),
    ]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_eq!(
        fs_err::read_to_string(out.join("notes.txt")).expect("the file"),
        "mine"
    );
}

#[test]
fn json_carries_the_verdict_and_the_place_of_the_page() {
    small_run();
    let scenario = scratch().join("small");
    let out = scratch().join("small-json");
    let output = angara(&[
        "run",
        &scenario.display().to_string(),
        "--out",
        &out.display().to_string(),
        "--json",
        "--quiet",
    ]);
    assert_eq!(code(&output), 0);
    assert_eq!(stderr(&output), "", "quiet means no word on standard error");
    let value: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(value["holds"].is_boolean());
    assert!(std::path::Path::new(value["report"].as_str().expect("a path")).is_file());
}

fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}
