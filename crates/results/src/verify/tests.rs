use super::*;
use crate::{Residual, RunFolder, Table};

fn run(target: &Path, created: &str, seed: u64, value: f64) -> PathBuf {
    let mut folder = RunFolder::create(target).unwrap();
    folder.write_input("scenario.yaml", b"format: 1\n").unwrap();
    folder
        .write_table(&Table::new("t").real("x", "1", "", vec![value]))
        .unwrap();
    let mut manifest = Manifest::new("0.1.0", "test", seed, "angara run test", created);
    manifest.residuals.push(Residual {
        name: "energy".into(),
        value: 0.0,
        limit: 1e-9,
    });
    folder.commit(&manifest).unwrap()
}

fn whats(differences: &[Difference]) -> Vec<&str> {
    differences
        .iter()
        .map(|difference| difference.what.as_str())
        .collect()
}

#[test]
fn runs_that_differ_only_in_time_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let a = run(&folder.path().join("a"), "2026-01-01T00:00:00Z", 1, 2.0);
    let b = run(&folder.path().join("b"), "2027-01-01T00:00:00Z", 1, 2.0);
    assert_eq!(compare_runs(&a, &b).unwrap(), []);
}

#[test]
fn a_changed_seed_and_a_changed_number_are_both_named() {
    let folder = tempfile::tempdir().unwrap();
    let a = run(&folder.path().join("a"), "", 1, 2.0);
    let b = run(&folder.path().join("b"), "", 2, 3.0);
    assert_eq!(
        whats(&compare_runs(&a, &b).unwrap()),
        ["seed", "tables/t.parquet"]
    );
}

#[test]
fn changed_missing_and_foreign_files_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(&folder.path().join("run"), "", 1, 2.0);
    assert_eq!(check_run(&run).unwrap(), []);
    fs_err::write(run.join("scenario/scenario.yaml"), b"format: 2\n").unwrap();
    fs_err::remove_file(run.join("tables/t.parquet")).unwrap();
    fs_err::write(run.join("tables/u.parquet"), b"").unwrap();
    let differences = check_run(&run).unwrap();
    assert_eq!(
        whats(&differences),
        [
            "scenario/scenario.yaml",
            "tables/t.parquet",
            "tables/u.parquet"
        ]
    );
    assert_eq!(differences[1].problem, "missing");
}

#[test]
fn a_manifest_that_points_outside_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(&folder.path().join("run"), "", 1, 2.0);
    let path = run.join(MANIFEST);
    let text = fs_err::read_to_string(&path).unwrap();
    fs_err::write(&path, text.replace("tables/t.parquet", "../../secret")).unwrap();
    assert!(matches!(check_run(&run), Err(ResultsError::Name { .. })));
}
