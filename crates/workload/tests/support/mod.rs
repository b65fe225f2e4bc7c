//! Helpers of the trace tests: the shared traces, and small archives written by hand.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub(crate) mod parquet_file;

use std::path::PathBuf;

use angara_workload::trace::{
    FileKind, Findings, Limits, Source, Trace, read, read_sources, recognise_source,
};

/// A shared trace, or nothing with a message where the shared folder is absent.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let full = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces"
    ))
    .join(path);
    if full.exists() {
        return Some(full);
    }
    println!("skipped: {} is absent", full.display());
    None
}

/// A shared trace, read.
pub(crate) fn shared_trace(path: &str) -> Option<(Trace, Findings)> {
    let path = shared(path)?;
    Some(read(&[path], &Limits::default()).unwrap_or_else(|findings| panic!("{findings}")))
}

/// A trace of one file in memory, of the kind its content says.
pub(crate) fn trace_of(
    name: &str,
    bytes: impl Into<Vec<u8>>,
) -> Result<(Trace, Findings), Findings> {
    let source = Source::from_bytes(name, bytes.into());
    let kind = recognise_source(&source, &Limits::default())?;
    read_sources(vec![(kind, source)], &Limits::default())
}

/// A trace of one file of a known kind.
pub(crate) fn read_as(
    kind: FileKind,
    bytes: Vec<u8>,
    limits: &Limits,
) -> Result<(Trace, Findings), Findings> {
    read_sources(vec![(kind, Source::from_bytes("input", bytes))], limits)
}

/// A tar archive of named members.
pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in members {
        archive.extend(tar_header(name, content.len() as u64, b'0'));
        archive.extend(*content);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.extend([0; 1024]);
    archive
}

/// One tar header with its checksum.
pub(crate) fn tar_header(name: &str, size: u64, kind: u8) -> [u8; 512] {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    header[148..156].fill(b' ');
    header[156] = kind;
    header[257..262].copy_from_slice(b"ustar");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header
}
