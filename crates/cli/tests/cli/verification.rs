//! `verify`: a run is what its inputs give, and any change is found.

use crate::support::{angara, code, copy, scratch, small_run, stderr, stdout};

#[test]
fn a_run_verifies_wherever_it_is_moved() {
    let moved = scratch().join("moved-run");
    copy(small_run(), &moved);
    let output = angara(&["verify", &moved.display().to_string()]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    assert!(stdout(&output).contains("recomputed"));
}

#[test]
fn a_changed_byte_is_found() {
    let changed = scratch().join("changed-run");
    copy(small_run(), &changed);
    let page = changed.join("report.html");
    let text = fs_err::read_to_string(&page).expect("the page");
    fs_err::write(&page, text.replacen("plan", "flan", 1)).expect("the page");
    let output = angara(&["verify", &changed.display().to_string()]);
    assert_eq!(code(&output), 5);
    assert!(
        stdout(&output).contains("report.html"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_result_forged_with_its_hash_is_found_by_recomputing() {
    let forged = scratch().join("forged-run");
    copy(small_run(), &forged);
    let page = forged.join("report.html");
    let text = fs_err::read_to_string(&page)
        .expect("the page")
        .replacen("plan", "flan", 1);
    let old = fs_err::read(&page).expect("the page");
    fs_err::write(&page, &text).expect("the page");
    let manifest = forged.join("manifest.json");
    let json = fs_err::read_to_string(&manifest).expect("the manifest");
    let new = json.replace(
        &angara_results::hash_bytes(&old),
        &angara_results::hash_bytes(text.as_bytes()),
    );
    assert_ne!(json, new, "the manifest holds the hash of the page");
    fs_err::write(&manifest, new).expect("the manifest");
    let hashes = angara(&["verify", "--hashes", &forged.display().to_string()]);
    assert_eq!(code(&hashes), 0, "hashes alone cannot tell");
    let output = angara(&["verify", &forged.display().to_string()]);
    assert_eq!(code(&output), 5, "{}", stdout(&output));
    assert!(
        stdout(&output).contains("report.html"),
        "{}",
        stdout(&output)
    );
}
