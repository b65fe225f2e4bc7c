//! From paths to a trace, its summary or its fragments.

use std::path::{Path, PathBuf};

use super::companion::files_of;
use super::finding::Findings;
use super::format::{self, Reading, TraceFiles};
use super::input::Source;
use super::model::{Collector, FragmentSink, Trace, TraceTasks};
use super::summary::{Profile, TraceSummary};
use super::{FileKind, Limits};

/// Reads a trace into memory: one file, the files that make it up, or a folder of them. Where a single file is
/// named, the files that belong to it are taken from its folder (fragments beside tasks, lifetimes and maps beside
/// flavours).
///
/// # Errors
/// All that makes the trace unusable, and what else was noticed.
pub fn read<P: AsRef<Path>>(paths: &[P], limits: &Limits) -> Result<(Trace, Findings), Findings> {
    let (files, findings) = files(paths, limits);
    collected(files, limits, findings)
}

/// As [`read`] for files whose kinds are known.
///
/// # Errors
/// All that makes the trace unusable, and what else was noticed.
pub fn read_sources(
    files: Vec<(FileKind, Source)>,
    limits: &Limits,
) -> Result<(Trace, Findings), Findings> {
    collected(files, limits, Findings::default())
}

/// Reads a trace in memory bounded by its tasks, and keeps its figures only.
///
/// # Errors
/// All that makes the trace unusable, and what else was noticed.
pub fn inspect<P: AsRef<Path>>(
    paths: &[P],
    limits: &Limits,
) -> Result<(TraceSummary, Findings), Findings> {
    let (files, findings) = files(paths, limits);
    let unit = files.first().map(|(kind, _)| kind.format().demand_unit());
    let mut profile = Profile::new(unit.unwrap_or_default());
    let (trace, findings) = read_into(files, limits, &mut profile, findings)?;
    Ok((TraceSummary::from_profile(&trace, &profile), findings))
}

/// Reads a trace and hands its fragments on, block by block; those of the returned trace are empty.
///
/// # Errors
/// All that makes the trace unusable, and what else was noticed; the sink has then seen a part of the fragments.
pub fn stream<P: AsRef<Path>>(
    paths: &[P],
    limits: &Limits,
    sink: &mut dyn FragmentSink,
) -> Result<(Trace, Findings), Findings> {
    let (files, findings) = files(paths, limits);
    read_into(files, limits, sink, findings)
}

/// The files of a trace, and what was noticed about those that are none.
pub(super) fn files<P: AsRef<Path>>(
    paths: &[P],
    limits: &Limits,
) -> (Vec<(FileKind, Source)>, Findings) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.as_ref().to_owned()).collect();
    let mut findings = Findings::default();
    let files = files_of(&paths, limits, &mut findings);
    (files, findings)
}

/// Reads the tasks of an `OpenDC` trace, without their fragments.
///
/// # Errors
/// All that makes the table unusable.
pub fn read_tasks(path: &Path, limits: &Limits) -> Result<(TraceTasks, Findings), Findings> {
    format::read_tasks(&Source::from_path(path), limits)
}

/// As [`stream`] for files whose kinds are known.
///
/// # Errors
/// All that makes the trace unusable, and what else was noticed; the sink has then seen a part of the fragments.
pub fn stream_sources(
    files: Vec<(FileKind, Source)>,
    limits: &Limits,
    sink: &mut dyn FragmentSink,
) -> Result<(Trace, Findings), Findings> {
    read_into(files, limits, sink, Findings::default())
}

fn collected(
    files: Vec<(FileKind, Source)>,
    limits: &Limits,
    findings: Findings,
) -> Result<(Trace, Findings), Findings> {
    let mut collector = Collector::new();
    let (mut trace, findings) = read_into(files, limits, &mut collector, findings)?;
    trace.fragments = collector.finish(trace.format.demand_unit());
    Ok((trace, findings))
}

/// Reads files and hands their fragments on.
pub(super) fn read_into(
    files: Vec<(FileKind, Source)>,
    limits: &Limits,
    sink: &mut dyn FragmentSink,
    mut findings: Findings,
) -> Result<(Trace, Findings), Findings> {
    let Some(format) = files.first().map(|(kind, _)| kind.format()) else {
        if !findings.has_errors() {
            findings.error("", None, "files", "", "at least one file of a trace");
        }
        return Err(findings);
    };
    for (kind, source) in &files {
        if kind.format() != format {
            let expected = format!("a file of the format {format} like the first one");
            findings.error(
                source.name(),
                None,
                "format",
                kind.format().name(),
                expected,
            );
        }
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let mut reading = Reading {
        limits,
        findings,
        sink,
    };
    let trace = format::read(format, &TraceFiles(files), &mut reading);
    let findings = reading.findings;
    match trace {
        Some(trace) if !findings.has_errors() => Ok((trace, findings)),
        _ => Err(findings),
    }
}
