//! Which format a file has: by its content, and by its name where the content says too little.

use std::io::Read;
use std::path::Path;

use super::finding::Findings;
use super::format;
use super::input::{Members, Source, finite, looks_like_tar, time_stamp_us};
use super::{FileKind, Limits};

/// Bytes that are looked at.
const HEAD_BYTES: u64 = 1 << 16;
/// Fields of a batch log.
const BATCH_FIELDS: usize = 18;

/// The kind of a file on disk.
///
/// # Errors
/// The file cannot be read, or is none of the known kinds.
pub fn recognise(path: &Path) -> Result<FileKind, Findings> {
    recognise_source(&Source::from_path(path), &Limits::default())
}

/// The kind of a file on disk or in memory.
///
/// # Errors
/// The file cannot be read within the limits, or is none of the known kinds.
pub fn recognise_source(source: &Source, limits: &Limits) -> Result<FileKind, Findings> {
    let mut findings = Findings::default();
    let head = match head(source, limits) {
        Ok(head) => head,
        Err(fault) => {
            findings.unreadable(source.name(), &fault);
            return Err(findings);
        }
    };
    let found = if head.starts_with(b"PAR1") {
        let columns = format::columns_of(source, &mut findings);
        columns.and_then(|columns| of_columns(&columns))
    } else if looks_like_tar(&head) {
        of_archive(source, limits, &mut findings)
    } else {
        of_text(&head, source.file_name())
    };
    found.ok_or_else(|| {
        if !findings.has_errors() {
            let start: String = String::from_utf8_lossy(&head).chars().take(60).collect();
            let expected = "the beginning of a trace in one of the known formats";
            findings.error(source.name(), None, "content", &start, expected);
        }
        findings
    })
}

fn head(source: &Source, limits: &Limits) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    source
        .open(limits)?
        .take(HEAD_BYTES)
        .read_to_end(&mut head)?;
    Ok(head)
}

fn of_columns(columns: &[String]) -> Option<FileKind> {
    let has = |names: &[&str]| {
        columns
            .iter()
            .any(|column| names.contains(&column.as_str()))
    };
    if has(&["cpu_usage", "cpuUsage"]) {
        Some(FileKind::OpenDcFragments)
    } else if has(&[
        "submission_time",
        "submissionTime",
        "start_time",
        "startTime",
    ]) {
        Some(FileKind::OpenDcTasks)
    } else {
        None
    }
}

/// The kind of the first member that has one; an archive of anything else is refused.
fn of_archive(source: &Source, limits: &Limits, findings: &mut Findings) -> Option<FileKind> {
    let mut members = Members::open(vec![source.clone()], limits).ok()?;
    loop {
        match members.next(findings) {
            Ok(Some(member)) => {
                let length = member.bytes.len().min(HEAD_BYTES as usize);
                let kind = of_text(&member.bytes[..length], &member.name);
                if matches!(kind, Some(FileKind::Bitbrains | FileKind::PlanetLab)) {
                    return kind;
                }
            }
            Ok(None) => return None,
            Err(fault) => {
                findings.unreadable(source.name(), &fault);
                return None;
            }
        }
    }
}

/// The kind of a text by its first lines.
fn of_text(head: &[u8], name: &str) -> Option<FileKind> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?.trim();
    if first.starts_with('{') {
        return text.contains("\"workflow\"").then_some(FileKind::WfCommons);
    }
    if first.starts_with(';') {
        return Some(FileKind::StandardWorkload);
    }
    of_header(first)
        .or_else(|| of_numbers(first, lines.next().map(str::trim)))
        .or_else(|| of_azure_packing(first, name))
        .or_else(|| of_azure_table(first))
}

fn of_header(line: &str) -> Option<FileKind> {
    if line.starts_with("Timestamp [ms]") && line.contains(';') {
        return Some(FileKind::Bitbrains);
    }
    let cells: Vec<&str> = line
        .split(',')
        .map(|cell| cell.trim().trim_matches('"'))
        .collect();
    let has = |names: &[&str]| names.iter().all(|name| cells.contains(name));
    if has(&["sn", "cpu_milli", "gpu"]) {
        Some(FileKind::OpenbNodes)
    } else if has(&["cpu_milli", "num_gpu", "gpu_milli"]) {
        Some(FileKind::OpenbPods)
    } else if has(&["timestamp", "duration", "num_gpus"]) {
        Some(FileKind::PhillyJobs)
    } else if has(&["machineId", "number of GPUs"]) {
        Some(FileKind::PhillyMachines)
    } else if has(&["TIMESTAMP", "ContextTokens", "GeneratedTokens"]) {
        Some(FileKind::AzureLlm)
    } else {
        None
    }
}

/// Lines of numbers without a header.
fn of_numbers(first: &str, second: Option<&str>) -> Option<FileKind> {
    let percent = |line: &str| line.parse::<u8>().is_ok_and(|percent| percent <= 100);
    if percent(first) && second.is_none_or(percent) {
        return Some(FileKind::PlanetLab);
    }
    let words: Vec<&str> = first.split_ascii_whitespace().collect();
    if words.len() == BATCH_FIELDS && words.iter().all(|word| finite(word).is_some()) {
        return Some(FileKind::StandardWorkload);
    }
    let cells = first.split(';').map(str::trim);
    (cells.clone().count() == 11 && cells.clone().all(|cell| finite(cell).is_some()))
        .then_some(FileKind::Bitbrains)
}

/// `300 g,|,b,` or `300 U1,|,C4,`; the maps are told by their names as well.
fn of_azure_packing(line: &str, name: &str) -> Option<FileKind> {
    let (key, rest) = line.split_once(' ')?;
    if name.contains("interval_map") && key.parse::<u64>().is_ok() && rest.parse::<u16>().is_ok() {
        return Some(FileKind::AzureIntervalMap);
    }
    let pair = key.split_once(',');
    if pair.is_some_and(|(cores, memory)| finite(cores).is_some() && finite(memory).is_some()) {
        return name.contains("flav").then_some(FileKind::AzureFlavourMap);
    }
    key.parse::<u64>().ok()?;
    let tokens = rest
        .split(',')
        .filter(|token| !token.is_empty() && *token != "|");
    let is_life = |token: &str| token.starts_with(['U', 'C']) && token[1..].parse::<u16>().is_ok();
    let is_flavour =
        |token: &str| token.len() <= 2 && token.bytes().all(|byte| byte.is_ascii_lowercase());
    if !rest.contains(',') {
        None
    } else if tokens.clone().all(is_flavour) {
        Some(FileKind::AzureFlavours)
    } else if tokens.clone().all(is_life) {
        Some(FileKind::AzureLifetimes)
    } else {
        None
    }
}

fn of_azure_table(line: &str) -> Option<FileKind> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let number = |place: usize| finite(cells[place].trim_start_matches('>')).is_some();
    match cells.len() {
        11 if [3, 4, 5, 6, 7, 9, 10].into_iter().all(number) => Some(FileKind::AzureMachineTable),
        5 if [0, 2, 3, 4].into_iter().all(number) && time_stamp_us(cells[0]).is_none() => {
            Some(FileKind::AzureReadings)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, text: &'static str) -> Option<FileKind> {
        let source = Source::from_bytes(name, text.as_bytes());
        recognise_source(&source, &Limits::default()).ok()
    }

    #[test]
    fn each_text_format_is_known_by_its_first_lines() {
        let cases = [
            (
                "1.csv",
                "Timestamp [ms];\tCPU cores;\tx\n",
                FileKind::Bitbrains,
            ),
            ("x.swf", "; Version: 2\n", FileKind::StandardWorkload),
            (
                "headless",
                "1 5094 -1 12072 16 -1 -1 -1 -1 -1 1 -1 -1 -1 0 -1 -1 -1\n",
                FileKind::StandardWorkload,
            ),
            ("host_a", "24\n34\n", FileKind::PlanetLab),
            ("v1.dev.txt", "300 g,|,b,m,|,\n", FileKind::AzureFlavours),
            (
                "v1.dev.c21.txt",
                "300 U1,|,C14,|,\n",
                FileKind::AzureLifetimes,
            ),
            ("flav_map.txt", "1,0.75 a\n", FileKind::AzureFlavourMap),
            (
                "v1.interval_map.txt",
                "0 0\n300 1\n",
                FileKind::AzureIntervalMap,
            ),
            (
                "vmtable.csv",
                "a,b,c,0,2591700,99.3,3.4,10.1,Delay-insensitive,1,1.75\n",
                FileKind::AzureMachineTable,
            ),
            (
                "r.csv",
                "0,+ZcrOp5/c,2.05,3.91,2.86\n",
                FileKind::AzureReadings,
            ),
            (
                "n.csv",
                "sn,cpu_milli,memory_mib,gpu,model\n",
                FileKind::OpenbNodes,
            ),
            (
                "p.csv",
                "name,cpu_milli,memory_mib,num_gpu,gpu_milli\n",
                FileKind::OpenbPods,
            ),
            (
                "j.csv",
                "timestamp,duration,num_gpus,gpu_time,cluster\n",
                FileKind::PhillyJobs,
            ),
            (
                "m.csv",
                ",machineId,number of GPUs\n",
                FileKind::PhillyMachines,
            ),
            ("w.json", "{\"workflow\": {}}", FileKind::WfCommons),
            (
                "l.csv",
                "TIMESTAMP,ContextTokens,GeneratedTokens\r\n",
                FileKind::AzureLlm,
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(kind(name, text), Some(expected), "{name}");
        }
    }

    #[test]
    fn what_is_no_trace_is_refused_with_its_beginning() {
        for text in ["", "hello", "{\"a\": 1}", "# A README\n\ntext", "1 2 3\n"] {
            let source = Source::from_bytes("x", text.as_bytes());
            let findings = recognise_source(&source, &Limits::default()).unwrap_err();
            assert!(findings.has_errors(), "{text}");
        }
    }
}
