//! Running the binary and reading what it left.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use angara_results::{Table, read_table};

/// The binary under test with arguments, in a plain environment.
pub(crate) fn angara(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_angara"))
        .args(arguments)
        .env_remove("RAYON_NUM_THREADS")
        .env("COLUMNS", "100")
        .output()
        .expect("the binary starts")
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("the binary ends by itself")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

pub(crate) fn scenario_crate() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenario")
}

pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name)
}

/// Runs a scenario into a new folder; `threads` as the user gives them.
pub(crate) fn run(scenario: &Path, out: &Path, threads: &str) -> Output {
    let output = angara(&[
        "run",
        &scenario.display().to_string(),
        "--out",
        &out.display().to_string(),
        "--threads",
        threads,
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    output
}

pub(crate) fn table(run: &Path, name: &str) -> Table {
    read_table(&run.join("tables").join(format!("{name}.parquet"))).expect("a table of the run")
}

/// Folder that lives as long as the tests.
pub(crate) fn scratch() -> PathBuf {
    static SCRATCH: OnceLock<tempfile::TempDir> = OnceLock::new();
    SCRATCH
        .get_or_init(|| tempfile::tempdir().expect("a temporary folder"))
        .path()
        .to_path_buf()
}

/// The small example of `init`, run once for all tests that only look.
pub(crate) fn small_run() -> &'static Path {
    static RUN: OnceLock<PathBuf> = OnceLock::new();
    RUN.get_or_init(|| {
        let scenario = scratch().join("small");
        let init = angara(&["init", &scenario.display().to_string()]);
        assert_eq!(code(&init), 0, "{}", stderr(&init));
        let out = scratch().join("small-run");
        run(&scenario, &out, "2");
        out
    })
}

/// The Siberian example, run once for all tests that only look.
pub(crate) fn siberia_run() -> &'static Path {
    static RUN: OnceLock<PathBuf> = OnceLock::new();
    RUN.get_or_init(|| {
        let out = scratch().join("siberia-run");
        run(&example("siberia"), &out, "2");
        out
    })
}

/// Every file below a folder with its bytes, sorted; the manifest without its time.
pub(crate) fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder)
                .expect("below")
                .display()
                .to_string();
            let mut bytes = fs_err::read(&path).expect("a file");
            if name == "manifest.json" {
                let text = String::from_utf8(bytes).expect("text");
                let lines: Vec<&str> = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("\"created\""))
                    .collect();
                bytes = lines.join("\n").into_bytes();
            }
            files.push((name, bytes));
        }
    }
    files.sort();
    files
}

/// Copies a folder with all below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs_err::create_dir_all(to).expect("a folder");
    for entry in fs_err::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs_err::copy(&path, &target).expect("a copy");
        }
    }
}
