//! What no compiler checks, as one list of findings.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;

/// Longest source file written by hand [lines].
const LINES_MAX: usize = 600;

/// Words that mean unfinished work or a machine's private path.
const BANNED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[", "ignore"),
];

/// Crates by floor, lowest first; a crate may use only crates of lower floors.
const FLOORS: &[&[&str]] = &[
    &["quantity", "guard", "psychrometrics"],
    &["diagnostics", "expansion", "results"],
    &["catalog", "series"],
    &["scenario"],
    &["network", "fleet", "siting"],
    &["workload"],
    &["finance", "facility", "reliability", "simulation"],
    &["planning"],
    &["study", "replay"],
    &["report"],
    &["cli"],
];

/// One place that is not tidy.
pub(crate) struct Finding {
    path: PathBuf,
    line: usize,
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}:{}: {}",
            self.path.display(),
            self.line,
            self.text
        )
    }
}

/// Every finding in the repository at `root`, sorted by path and line.
pub(crate) fn check(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for path in files(root)? {
        let Ok(text) = fs_err::read_to_string(&path) else {
            continue; // not text
        };
        let relative = path.strip_prefix(root).unwrap_or(&path);
        check_text(relative, &text, &mut findings);
        if relative.ends_with("Cargo.toml") {
            check_floors(relative, &text, &mut findings);
        }
    }
    Ok(findings)
}

/// Files of the repository that people write, sorted.
fn files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs_err::read_dir(&folder)? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !matches!(
                    name.as_str(),
                    "target" | ".git" | "runs" | "corpus" | "artifacts"
                ) {
                    folders.push(path);
                }
            } else if name != "Cargo.lock" && name != ".git" {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn check_text(path: &Path, text: &str, findings: &mut Vec<Finding>) {
    let mut add = |line: usize, text: String| {
        findings.push(Finding {
            path: path.to_path_buf(),
            line,
            text,
        });
    };
    let rust = path.extension().is_some_and(|extension| extension == "rs");
    let snapshot = path.to_string_lossy().ends_with(".snap.new");
    if snapshot {
        add(1, "a snapshot waits for review".to_owned());
    }
    if rust && text.lines().count() > LINES_MAX {
        add(
            1,
            format!(
                "{} lines: the longest file is {LINES_MAX}",
                text.lines().count()
            ),
        );
    }
    let top = path.to_string_lossy().ends_with("src/lib.rs") || path.ends_with("src/main.rs");
    if rust && top && !text.starts_with("//!") {
        add(
            1,
            "a crate opens with a `//!` sentence that says what it is".to_owned(),
        );
    }
    for (index, line) in text.lines().enumerate() {
        for word in BANNED {
            if line.contains(word) {
                add(
                    index + 1,
                    format!("`{word}` does not belong in the repository"),
                );
            }
        }
    }
}

/// Arrows between crates point downwards only.
fn check_floors(path: &Path, text: &str, findings: &mut Vec<Finding>) {
    let floor = |name: &str| FLOORS.iter().position(|crates| crates.contains(&name));
    let mut parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let (Some(first), Some(name)) = (parts.next(), parts.next()) else {
        return;
    };
    // What lies deeper is no crate of the workspace.
    if first != "crates" || parts.count() != 1 {
        return;
    }
    let Some(own) = floor(&name) else {
        findings.push(Finding {
            path: path.to_path_buf(),
            line: 1,
            text: format!(
                "crate `{name}` has no floor: name it in xtask/src/tidy.rs and ARCHITECTURE.md"
            ),
        });
        return;
    };
    let normal = text.split("[dev-dependencies]").next().unwrap_or(text);
    for (index, line) in normal.lines().enumerate() {
        let used = line
            .strip_prefix("angara-")
            .and_then(|rest| rest.split(['.', ' ']).next())
            .and_then(floor);
        if used.is_some_and(|used| used >= own) {
            findings.push(Finding {
                path: path.to_path_buf(),
                line: index + 1,
                text: format!("`{name}` may only use crates of lower floors: {line}"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let findings = check(&crate::repository()).expect("readable repository");
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }

    #[test]
    fn an_upward_arrow_is_found() {
        let mut findings = Vec::new();
        check_floors(
            Path::new("crates/facility/Cargo.toml"),
            "[dependencies]\nangara-study.workspace = true\n",
            &mut findings,
        );
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn unfinished_work_is_found() {
        let mut findings = Vec::new();
        let line = format!("// {} later\n", BANNED[0]);
        check_text(
            Path::new("crates/facility/src/fan.rs"),
            &line,
            &mut findings,
        );
        assert_eq!(findings.len(), 1);
    }
}
