//! Broken scenarios through the binary: a message, exit code 2, and nothing written.

use crate::cases::cases;
use crate::support::{angara, code, scenario_crate, stderr, stdout};

#[test]
fn a_broken_scenario_ends_with_code_2_and_leaves_no_run_folder() {
    let cases = cases(&scenario_crate(), "broken");
    assert!(cases.len() >= 30, "{} cases", cases.len());
    for case in cases {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let folder = scratch.path().join("scenario");
        case.write(&scenario_crate(), &folder);
        let out = scratch.path().join("out");
        let output = angara(&[
            "run",
            &folder.display().to_string(),
            "--out",
            &out.display().to_string(),
        ]);
        assert_eq!(code(&output), 2, "{}: {}", case.name, stderr(&output));
        assert!(stderr(&output).contains("error"), "{}", case.name);
        assert_eq!(stdout(&output), "", "{}", case.name);
        let left: Vec<_> = fs_err::read_dir(scratch.path())
            .expect("the scratch folder")
            .map(|entry| entry.expect("an entry").file_name())
            .filter(|name| name.to_string_lossy().contains("out"))
            .filter(|name| name.to_string_lossy() != "outside.csv")
            .collect();
        assert!(!out.exists(), "{}: {left:?}", case.name);
    }
}

#[test]
fn findings_are_json_on_standard_output_where_that_is_asked_for() {
    let cases = cases(&scenario_crate(), "broken");
    let case = cases.first().expect("a case");
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path().join("scenario");
    case.write(&scenario_crate(), &folder);
    let output = angara(&["check", "--json", &folder.display().to_string()]);
    assert_eq!(code(&output), 2);
    let value: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(!value["diagnostics"].as_array().expect("a list").is_empty());
}
