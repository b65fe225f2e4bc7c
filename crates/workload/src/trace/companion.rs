//! Files that belong to the one the user named: the other half of a trace, or everything in a folder.

use std::io;
use std::path::{Path, PathBuf};

use super::finding::Findings;
use super::input::Source;
use super::recognise::recognise_source;
use super::{FileKind, Limits};

/// Names of the two tables of `OpenDC`, current and former.
const OPENDC_TASKS: [&str; 2] = ["tasks.parquet", "meta.parquet"];
const OPENDC_FRAGMENTS: [&str; 2] = ["fragments.parquet", "trace.parquet"];

/// The files of a trace with their kinds: those named, those in a folder that is named, and the companions of a
/// single file. Several files stand for themselves.
pub(super) fn files_of(
    paths: &[PathBuf],
    limits: &Limits,
    findings: &mut Findings,
) -> Vec<(FileKind, Source)> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            match folder(path, limits) {
                Ok(members) => add_members(members, limits, &mut files, findings),
                Err(fault) => findings.unreadable(&path.display().to_string(), &fault),
            }
            continue;
        }
        let source = Source::from_path(path);
        match recognise_source(&source, limits) {
            Ok(kind) => files.push((kind, source)),
            Err(fault) => findings.absorb(fault),
        }
    }
    if let [(kind, source)] = files.as_slice()
        && let Some(folder) = source.folder()
    {
        let names = companions(*kind, source.file_name(), folder);
        for path in names {
            let companion = Source::from_path(&path);
            // A file that only looks like a companion by its name is none.
            if let Ok(kind) = recognise_source(&companion, limits) {
                files.push((kind, companion));
            }
        }
    }
    files
}

/// Adds the recognised files of a folder; others, such as a README, are noted.
fn add_members(
    members: Vec<PathBuf>,
    limits: &Limits,
    files: &mut Vec<(FileKind, Source)>,
    findings: &mut Findings,
) {
    for path in members {
        let source = Source::from_path(&path);
        if let Ok(kind) = recognise_source(&source, limits) {
            files.push((kind, source));
        } else {
            let expected = "a file of a known format; left out";
            findings.note(source.name(), None, "file", source.file_name(), expected);
        }
    }
}

/// Files of a folder in the order of their names, numbers in names by value.
fn folder(path: &Path, limits: &Limits) -> io::Result<Vec<PathBuf>> {
    let mut members = Vec::new();
    for entry in fs_err::read_dir(path)? {
        let entry = entry?.path();
        if entry.is_file() {
            members.push(entry);
        }
        if members.len() as u64 > limits.members_max {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the folder has more files than the limit",
            ));
        }
    }
    let both = [OPENDC_TASKS, OPENDC_FRAGMENTS].map(|names| first_existing(path, &names));
    if let [Some(tasks), Some(fragments)] = both {
        return Ok(vec![tasks, fragments]);
    }
    members.sort_by_cached_key(|member| natural(&member.to_string_lossy()));
    Ok(members)
}

/// A name cut into words and numbers, so that `9.csv` comes before `10.csv`.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits_from = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (word, tail) = rest.split_at(digits_from);
        let digits_to = tail
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (digits, tail) = tail.split_at(digits_to);
        parts.push((word.to_owned(), digits.parse().unwrap_or(u64::MAX)));
        rest = tail;
    }
    parts
}

fn first_existing(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    names
        .iter()
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
}

/// Files beside one of a kind that belong to the same trace.
fn companions(kind: FileKind, name: &str, folder: &Path) -> Vec<PathBuf> {
    match kind {
        FileKind::OpenDcTasks => first_existing(folder, &OPENDC_FRAGMENTS)
            .into_iter()
            .collect(),
        FileKind::OpenDcFragments => first_existing(folder, &OPENDC_TASKS).into_iter().collect(),
        FileKind::AzureFlavours | FileKind::AzureLifetimes => {
            let stem = name.split(".txt").next().unwrap_or(name);
            let stem = censoring(stem).map_or(stem, |(before, _)| before);
            let other_half = matching(folder, &|other| {
                let other_stem = other.split(".txt").next().unwrap_or(other);
                let of_stem = match censoring(other_stem) {
                    Some((before, _)) => before == stem && kind == FileKind::AzureFlavours,
                    None => other_stem == stem && kind == FileKind::AzureLifetimes,
                };
                other != name && of_stem
            });
            let is_map = |other: &str| {
                other.ends_with("flav_map.txt") || other.ends_with("interval_map.txt")
            };
            let mut maps = matching(folder, &is_map);
            if maps.is_empty() {
                maps = matching(&folder.join("maps"), &is_map);
            }
            other_half.into_iter().take(1).chain(maps).collect()
        }
        _ => Vec::new(),
    }
}

/// `v1.dev.c2100000` as `v1.dev` and the instant of censoring.
fn censoring(stem: &str) -> Option<(&str, &str)> {
    stem.rsplit_once(".c").filter(|(_, digits)| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Files of a folder whose name is accepted, in the order of their names.
fn matching(folder: &Path, accept: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = fs_err::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| accept(&name.to_string_lossy()))
        })
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_ordered_by_value() {
        let mut names = vec!["m/10.csv", "m/9.csv", "m/a2b10", "m/a2b9", "m/100.csv"];
        names.sort_by_cached_key(|name| natural(name));
        assert_eq!(
            names,
            ["m/9.csv", "m/10.csv", "m/100.csv", "m/a2b9", "m/a2b10"]
        );
    }

    #[test]
    fn the_instant_of_censoring_is_told_from_other_parts_of_a_name() {
        assert_eq!(censoring("v1.dev.c2100000"), Some(("v1.dev", "2100000")));
        assert_eq!(censoring("v1.dev"), None);
        assert_eq!(censoring("v1.core"), None);
    }
}
