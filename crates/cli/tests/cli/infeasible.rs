//! A scenario whose promises conflict: the conflict in its own words, exit code 3, and nothing written.

use std::path::Path;

use crate::support::{angara, code, scenario_crate, stderr, stdout};

fn template(folder: &Path) {
    fs_err::create_dir(folder).expect("a new folder");
    for entry in fs_err::read_dir(scenario_crate().join("template")).expect("the template") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_owned();
        fs_err::copy(&path, folder.join(name)).expect("a copy");
    }
}

#[test]
fn a_ceiling_on_cost_that_nothing_meets_is_named() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path().join("scenario");
    template(&folder);
    let settings = folder.join("scenario.yaml");
    let text = fs_err::read_to_string(&settings).expect("the settings");
    let dear = text.replace(
        "  # net_present_cost: 60 M EUR",
        "  net_present_cost: 10 k EUR",
    );
    assert_ne!(text, dear, "the template names a cost to uncomment");
    fs_err::write(&settings, dear).expect("the settings");
    let out = scratch.path().join("out");
    let output = angara(&[
        "run",
        &folder.display().to_string(),
        "--out",
        &out.display().to_string(),
        "--json",
    ]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("net present cost"),
        "{}",
        stderr(&output)
    );
    assert!(!out.exists());
    let value: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let promises = value["conflict"].as_array().expect("a list");
    assert!(
        promises.len() >= 2,
        "a ceiling alone conflicts with nothing: {value}"
    );
}
