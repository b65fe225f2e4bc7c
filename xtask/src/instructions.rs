//! Instructions of whole processes, counted under valgrind: the same on a noisy machine as on a quiet one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// 277 hosts of 16 cores at 2.1 GHz.
const TOPOLOGY: &str = r#"{"clusters": [{"name": "C", "hosts": [{"name": "H", "count": 277,
    "cpu": {"coreCount": 16, "coreSpeed": 2100}, "memory": {"memorySize": 100000},
    "cpuPowerModel": {"modelType": "sqrt", "idlePower": 32.0, "maxPower": 180.0}}]}]}"#;

/// What is counted: a name, a program, its arguments.
struct Subject {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
}

/// The counts as a table.
pub(crate) fn count(repository: &Path) -> Result<String> {
    let has_valgrind = Command::new("valgrind").arg("--version").output();
    ensure!(
        has_valgrind.is_ok_and(|output| output.status.success()),
        "valgrind is not there; install it to count instructions"
    );
    build(repository, &["--bin", "angara"])?;
    build(repository, &["--package", "angara-replay", "--examples"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| repository.join("target"), PathBuf::from);
    let work = target.join("instructions");
    fs_err::create_dir_all(&work)?;
    let mut table = String::new();
    let mut base = None;
    for subject in subjects(repository, &target.join("release"), &work)? {
        let instructions = instructions_of(&subject)?;
        let base = *base.get_or_insert(instructions);
        let _ = writeln!(
            table,
            "{:<44} {:>9.1} million {:>6.2}",
            subject.name,
            instructions as f64 / 1e6,
            instructions as f64 / base as f64
        );
    }
    Ok(table)
}

fn build(repository: &Path, what: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(repository)
        .args(["build", "--quiet", "--release"])
        .args(what)
        .status()?;
    ensure!(status.success(), "the build failed");
    Ok(())
}

fn subjects(repository: &Path, release: &Path, work: &Path) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    let trace = repository.join("../shared/data/traces/surf-week");
    if trace.exists() {
        let text = |path: PathBuf| path.display().to_string();
        let tasks = text(trace.join("tasks.parquet"));
        let fragments = text(trace.join("fragments.parquet"));
        let topology = work.join("topology.json");
        fs_err::write(&topology, TOPOLOGY)?;
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        subjects.push(Subject {
            name: "a recorded week: decoding only",
            program: release.join("examples/decode_only"),
            arguments: words(&[&tasks, &fragments]),
        });
        let (topology, out) = (text(topology), text(work.join("run")));
        subjects.push(Subject {
            name: "a recorded week: replay, tables written",
            program: release.join("angara"),
            arguments: words(&[
                "replay",
                "--tasks",
                &tasks,
                "--fragments",
                &fragments,
                "--topology",
                &topology,
                "--out",
                &out,
                "--no-page",
                "--quiet",
            ]),
        });
    }
    for (name, policy, times) in [
        ("a million small tasks: making them", "first-fit", "0"),
        ("a million small tasks: first fit", "first-fit", "1"),
        ("a million small tasks: best fit", "best-fit", "1"),
    ] {
        subjects.push(Subject {
            name,
            program: release.join("examples/small_tasks"),
            arguments: vec![policy.to_owned(), times.to_owned()],
        });
    }
    Ok(subjects)
}

fn instructions_of(subject: &Subject) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(&subject.program)
        .args(&subject.arguments)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{}: {told}", subject.name);
    }
    let line = told.lines().find(|line| line.contains("Collected :"));
    line.and_then(|line| line.rsplit(':').next()?.trim().parse().ok())
        .with_context(|| format!("{}: valgrind told no count", subject.name))
}
