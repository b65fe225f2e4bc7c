//! Whether a run folder is what its manifest says, and whether two runs are the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::{FileRecord, MANIFEST, Manifest, ResultsError, check_relative_path, hash_file};

/// One thing in which a run folder differs from its manifest or from another run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file or the field of the manifest.
    pub what: String,
    /// What is different, in words.
    pub problem: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.what, self.problem)
    }
}

/// Files of a run folder that are missing, changed or not in the manifest; empty where all is well.
/// Errors: no manifest, or a file that cannot be read.
pub fn check_run(run: &Path) -> Result<Vec<Difference>, ResultsError> {
    let manifest = Manifest::read(run)?;
    let mut known = BTreeMap::new();
    for file in &manifest.inputs {
        known.insert(format!("scenario/{}", file.path), file);
    }
    for file in &manifest.outputs {
        known.insert(file.path.clone(), file);
    }
    let mut differences = Vec::new();
    for (name, record) in &known {
        check_relative_path(name)?;
        let path = run.join(name);
        if !path.is_file() {
            differences.push(difference(name, "missing"));
            continue;
        }
        let (bytes, blake3) = hash_file(&path)?;
        if bytes != record.bytes || blake3 != record.blake3 {
            differences.push(difference(name, "changed since the run"));
        }
    }
    let mut present = Vec::new();
    list(run, run, &mut present)?;
    for name in present {
        if name != MANIFEST && !known.contains_key(&name) {
            differences.push(difference(&name, "not part of the run"));
        }
    }
    Ok(differences)
}

/// Everything in which two runs differ but the time they were made; empty where they are the same.
/// Errors: a manifest that cannot be read.
pub fn compare_runs(first: &Path, second: &Path) -> Result<Vec<Difference>, ResultsError> {
    let (first, second) = (Manifest::read(first)?, Manifest::read(second)?);
    let mut differences = Vec::new();
    let mut field = |name: &str, a: String, b: String| {
        if a != b {
            differences.push(difference(name, &format!("{a} and {b}")));
        }
    };
    field(
        "format",
        first.format.to_string(),
        second.format.to_string(),
    );
    field("version", first.version, second.version);
    field("scenario", first.scenario, second.scenario);
    field("seed", first.seed.to_string(), second.seed.to_string());
    field("command", first.command, second.command);
    for name in union(first.engines.keys(), second.engines.keys()) {
        let version = |engines: &BTreeMap<String, String>| {
            engines.get(&name).cloned().unwrap_or("none".to_owned())
        };
        field(&name, version(&first.engines), version(&second.engines));
    }
    let residuals = |manifest: &[crate::Residual]| {
        manifest
            .iter()
            .map(|residual| (residual.name.clone(), residual.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let (a, b) = (residuals(&first.residuals), residuals(&second.residuals));
    for name in union(a.keys(), b.keys()) {
        let text = |residual: Option<&crate::Residual>| {
            residual.map_or("none".to_owned(), |residual| {
                format!("{:e} (limit {:e})", residual.value, residual.limit)
            })
        };
        field(&name, text(a.get(&name)), text(b.get(&name)));
    }
    compare_files("scenario/", &first.inputs, &second.inputs, &mut differences);
    compare_files("", &first.outputs, &second.outputs, &mut differences);
    Ok(differences)
}

fn compare_files(
    folder: &str,
    first: &[FileRecord],
    second: &[FileRecord],
    differences: &mut Vec<Difference>,
) {
    let by_path = |files: &[FileRecord]| {
        files
            .iter()
            .map(|file| (file.path.clone(), file.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let (first, second) = (by_path(first), by_path(second));
    for name in union(first.keys(), second.keys()) {
        let problem = match (first.get(&name), second.get(&name)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(a), Some(b)) => format!(
                "{} bytes with hash {} and {} bytes with hash {}",
                a.bytes,
                short(&a.blake3),
                b.bytes,
                short(&b.blake3)
            ),
            (Some(_), None) => "only in the first run".to_owned(),
            _ => "only in the second run".to_owned(),
        };
        differences.push(difference(&format!("{folder}{name}"), &problem));
    }
}

fn short(hash: &str) -> String {
    hash.chars().take(16).collect()
}

fn union<'a>(
    first: impl Iterator<Item = &'a String>,
    second: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let mut names: Vec<String> = first.chain(second).cloned().collect();
    names.sort();
    names.dedup();
    names
}

fn difference(what: &str, problem: &str) -> Difference {
    Difference {
        what: what.to_owned(),
        problem: problem.to_owned(),
    }
}

fn list(root: &Path, folder: &Path, names: &mut Vec<String>) -> Result<(), ResultsError> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs_err::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths {
        // A link is listed, never followed.
        if fs_err::symlink_metadata(&path)?.is_dir() {
            list(root, &path, names)?;
        } else {
            let below = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            names.push(parts.join("/"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
