//! Bitbrains (GWA-T-12): samples of virtual machines at five minutes.
//!
//! # Format
//! One CSV per machine, separated by `;` and a tab, in an archive or a folder. The header names the time stamp
//! `[ms]`; the values are seconds since 1970 (values beyond the year 5000 are taken for milliseconds). Rows are
//! uneven: a sample holds until the next one, the last for five minutes. Memory is in KiB although the header says
//! KB. Provisioned cores, speed and memory may change between samples: a machine reserves the largest of each.
//! Demand may exceed the provisioned capacity and is kept as recorded.
//!
//! # References
//! Shen, van Beek, Iosup, Statistical characterization of business-critical workloads hosted in cloud datacenters,
//! `CCGrid` 2015.

use rayon::prelude::*;

use super::super::input::{Member, Members, Source, finite, leading_decimal};
use super::super::model::{Clock, FragmentBlock, TaskRow, Trace};
use super::super::{Findings, Format, Limits};
use super::Reading;

/// Length of a sample [ms].
const SAMPLE_MS: i64 = 300_000;
/// Time stamps from here on are milliseconds; as seconds they would lie beyond the year 5000.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
/// Bytes of members that are parsed together, in parallel.
const BATCH_BYTES: usize = 16 << 20;
/// Columns of the format.
const COLUMNS: usize = 11;
/// Their names in the format's own words.
const FIELDS: [&str; COLUMNS] = [
    "Timestamp [ms]",
    "CPU cores",
    "CPU capacity provisioned [MHZ]",
    "CPU usage [MHZ]",
    "CPU usage [%]",
    "Memory capacity provisioned [KB]",
    "Memory usage [KB]",
    "Disk read throughput [KB/s]",
    "Disk write throughput [KB/s]",
    "Network received throughput [KB/s]",
    "Network transmitted throughput [KB/s]",
];

/// One machine as read.
#[derive(Default)]
struct Machine {
    name: String,
    first_ms: i64,
    last_ms: i64,
    duration_ms: Vec<i64>,
    demand_mhz: Vec<f64>,
    cores: f64,
    capacity_mhz: f64,
    memory_kib: f64,
    /// Sum of each column over the rows.
    sums: [f64; COLUMNS],
    gaps: u64,
    repeats: u64,
    findings: Findings,
}

pub(super) fn read(files: Vec<Source>, reading: &mut Reading<'_>) -> Option<Trace> {
    let name = files.first()?.name().to_owned();
    let mut trace = Trace::empty(Format::Bitbrains, Clock::Epoch);
    let mut members = match Members::open(files, reading.limits) {
        Ok(members) => members,
        Err(fault) => {
            reading.findings.unreadable(&name, &fault);
            return None;
        }
    };
    let mut sums = [0.0; COLUMNS];
    let (mut rows, mut gaps, mut repeats) = (0_u64, 0_u64, 0_u64);
    let mut batch = next_batch(&mut members, &name, &mut reading.findings);
    while !batch.is_empty() {
        // The next members are decompressed while these are parsed.
        let mut findings = Findings::default();
        let limits = *reading.limits;
        let (machines, following) = rayon::join(
            || parsed(&batch, &limits),
            || next_batch(&mut members, &name, &mut findings),
        );
        for machine in machines {
            rows += machine.demand_mhz.len() as u64;
            gaps += machine.gaps;
            repeats += machine.repeats;
            if rows > limits.fragments_max || !reading.has_room(&name, trace.tasks.len()) {
                let most = limits.fragments_max;
                reading
                    .findings
                    .error(&name, None, "samples", "", format!("at most {most}"));
                return Some(trace);
            }
            for (sum, of_machine) in sums.iter_mut().zip(machine.sums) {
                *sum += of_machine;
            }
            add(machine, &mut trace, reading);
        }
        reading.findings.absorb(findings);
        batch = following;
    }
    for (count, what) in [
        (
            gaps,
            "gaps of more than two samples; the sample before each holds over it",
        ),
        (
            repeats,
            "samples with the time stamp of the one before; each replaces it",
        ),
    ] {
        if count > 0 {
            reading
                .findings
                .note(&name, None, "samples", &count.to_string(), what);
        }
    }
    let [_, _, capacity, usage, _, memory, memory_used, ..] = sums;
    trace.utilisation = (capacity > 0.0).then_some(usage / capacity);
    trace.add_measure("CPU utilisation", "%", usage / capacity * 100.0);
    trace.add_measure("memory utilisation", "%", memory_used / memory * 100.0);
    for (name, sum) in [
        ("mean disk read", sums[7]),
        ("mean disk write", sums[8]),
        ("mean network received", sums[9]),
        ("mean network transmitted", sums[10]),
    ] {
        trace.add_measure(name, "KB/s", sum / rows as f64);
    }
    Some(trace)
}

/// The next members, together about as large as a batch may be; none at the end.
fn next_batch(members: &mut Members, name: &str, findings: &mut Findings) -> Vec<Member> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES {
        match members.next(findings) {
            Ok(Some(member)) => {
                bytes += member.bytes.len();
                batch.push(member);
            }
            Ok(None) => break,
            Err(fault) => {
                findings.unreadable(name, &fault);
                break;
            }
        }
    }
    batch
}

/// The machines of a batch, each parsed by itself, in their order.
fn parsed(batch: &[Member], limits: &Limits) -> Vec<Machine> {
    batch
        .par_iter()
        .map(|member| machine(&member.name, &member.bytes, limits))
        .collect()
}

/// Adds a machine to the trace.
fn add(machine: Machine, trace: &mut Trace, reading: &mut Reading<'_>) {
    let empty = machine.demand_mhz.is_empty();
    if empty && !machine.findings.has_errors() {
        reading.findings.note(
            &machine.name,
            None,
            "samples",
            "0",
            "a machine without samples is left out",
        );
    }
    reading.findings.absorb(machine.findings);
    if empty {
        return;
    }
    let row = TaskRow {
        submission_ms: machine.first_ms,
        duration_ms: machine.last_ms - machine.first_ms + SAMPLE_MS,
        cpu_milli: (machine.cores * 1_000.0).round() as u32,
        cpu_capacity_mhz: machine.capacity_mhz,
        memory_bytes: (machine.memory_kib * 1_024.0).round() as u64,
        ..TaskRow::default()
    };
    let stem = machine.name.rsplit('/').next().unwrap_or(&machine.name);
    let stem = stem.split('.').next().unwrap_or(stem);
    match stem.parse() {
        Ok(number) => trace.tasks.push_numbered(number, row),
        Err(_) => trace.tasks.push_named(stem, row),
    }
    let block = FragmentBlock {
        task: trace.tasks.len() - 1,
        duration_ms: &machine.duration_ms,
        demand: &machine.demand_mhz,
        gpu_demand: None,
    };
    reading.sink.take(&trace.tasks, block);
}

/// Parses the samples of one machine.
fn machine(name: &str, bytes: &[u8], limits: &Limits) -> Machine {
    let mut machine = Machine {
        name: name.to_owned(),
        ..Machine::default()
    };
    let mut start = 0;
    let mut number = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let line = &bytes[start..end];
        start = end + 1;
        number += 1;
        match std::str::from_utf8(line) {
            Ok(text) if line.len() <= limits.line_bytes_max => {
                machine.take_line(number, text.trim_end());
            }
            _ => machine.findings.error(
                name,
                Some(number),
                "line",
                "",
                "a line of text within the length limit",
            ),
        }
    }
    if !machine.demand_mhz.is_empty() {
        machine.duration_ms.push(SAMPLE_MS);
    }
    machine
}

impl Machine {
    fn take_line(&mut self, number: u64, line: &str) {
        if line.is_empty() || (number == 1 && line.starts_with("Timestamp")) {
            return;
        }
        if let Some(values) = plain(line.as_bytes())
            && let Some(instant_ms) = instant(values[0] as i64)
        {
            self.take_sample(number, instant_ms, &values);
            return;
        }
        let mut values = [0.0; COLUMNS];
        let mut cells = line.split(';');
        let mut instant_ms = None;
        let mut complete = true;
        for (column, value) in values.iter_mut().enumerate() {
            let cell = cells.next().unwrap_or_default().trim();
            if column == 0 {
                instant_ms = cell.parse().ok().and_then(instant);
                if instant_ms.is_none() {
                    complete = false;
                    self.error(number, column, cell, "seconds since 1970");
                }
                continue;
            }
            if let Some(found) = finite(cell).filter(|number| *number >= 0.0) {
                *value = found;
            } else {
                complete = false;
                self.error(number, column, cell, "a number, not negative");
            }
        }
        if let Some(more) = cells.next() {
            complete = false;
            self.error(number, COLUMNS - 1, more, "no column behind the eleventh");
        }
        if let (Some(instant_ms), true) = (instant_ms, complete) {
            self.take_sample(number, instant_ms, &values);
        }
    }

    fn take_sample(&mut self, number: u64, instant_ms: i64, values: &[f64; COLUMNS]) {
        if self.demand_mhz.is_empty() {
            self.first_ms = instant_ms;
        } else {
            let since_ms = instant_ms - self.last_ms;
            if since_ms < 0 {
                self.error(
                    number,
                    0,
                    &instant_ms.to_string(),
                    "not before the row above",
                );
                return;
            }
            self.gaps += u64::from(since_ms > 2 * SAMPLE_MS);
            self.repeats += u64::from(since_ms == 0);
            self.duration_ms.push(since_ms);
        }
        self.last_ms = instant_ms;
        self.demand_mhz.push(values[3]);
        self.cores = self.cores.max(values[1]);
        self.capacity_mhz = self.capacity_mhz.max(values[2]);
        self.memory_kib = self.memory_kib.max(values[5]);
        for (sum, value) in self.sums.iter_mut().zip(values) {
            *sum += value;
        }
    }

    fn error(&mut self, number: u64, column: usize, value: &str, expected: &str) {
        self.findings
            .error(&self.name, Some(number), FIELDS[column], value, expected);
    }
}

/// The cells of a line without any oddity; `None` leaves it to the thorough way.
fn plain(line: &[u8]) -> Option<[f64; COLUMNS]> {
    let mut values = [0.0; COLUMNS];
    let mut rest = line;
    for (column, value) in values.iter_mut().enumerate() {
        let length;
        (*value, length) = match leading_decimal(rest) {
            Some((found, length)) if matches!(rest.get(length), None | Some(b';')) => {
                (found, length)
            }
            _ if column == 0 => return None,
            _ => {
                let length = memchr::memchr(b';', rest).unwrap_or(rest.len());
                let cell = std::str::from_utf8(&rest[..length]).ok()?;
                (finite(cell.trim()).filter(|found| *found >= 0.0)?, length)
            }
        };
        rest = &rest[length..];
        if column + 1 < COLUMNS {
            rest = rest.strip_prefix(b";")?;
            rest = rest.strip_prefix(b"\t").unwrap_or(rest);
        }
    }
    let whole = values[0] <= MILLISECONDS_FROM as f64 * 1e3 && values[0].fract() == 0.0;
    (rest.is_empty() && whole).then_some(values)
}

/// A time stamp as milliseconds since 1970.
fn instant(stamp: i64) -> Option<i64> {
    let instant_ms = if stamp < MILLISECONDS_FROM {
        stamp.saturating_mul(1_000)
    } else {
        stamp
    };
    (0..MILLISECONDS_FROM * 1_000)
        .contains(&instant_ms)
        .then_some(instant_ms)
}
