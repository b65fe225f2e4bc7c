//! Azure V1 arrivals as sequences of flavours.
//!
//! # Format
//! Flavours: a line `300 g,|,b,m,|,` names the end of a time bin [s] and the virtual machines that arrived in it, one
//! letter per flavour; `|` ends the batch of one tenant. Lifetimes: the same positions with `U15` (lifetime in bin 15)
//! or `C46` (still running when the trace ended: the bin tells how long it had run). Maps: `1,0.75 a` gives cores and
//! memory [GiB] of a flavour, `7500 14` the bin of a lifetime [s].
//!
//! A known lifetime is the middle of its bin. A censored one stays unknown: taking the time it had run would bias the
//! mean. Without a lifetime file all durations are unknown, without a map all cores and memory are zero, with a note.
//!
//! # References
//! Cortez et al., Resource Central, SOSP 2017. Bergsma et al., Generating complex, realistic cloud workloads using
//! recurrent neural networks, SOSP 2021.

use std::collections::BTreeMap;

use super::super::input::{Line, Lines, Source, finite};
use super::super::model::{Clock, Detail, TaskRow, Trace, UNKNOWN_MS, VirtualMachines};
use super::super::{Findings, Format};
use super::Reading;

/// Latest time that is believed [s]: a century.
const TIME_S_MAX: i64 = 3_200_000_000;
/// Bytes of a gibibyte.
const GIBIBYTE: f64 = 1_073_741_824.0;
/// Most cores and gibibytes of a flavour.
const FLAVOUR_MAX: f64 = 4_000_000.0;
/// Rows of a map that are kept.
const MAP_ROWS_MAX: usize = 1 << 20;

/// Files that may lie beside the flavours.
pub(super) struct Companions {
    pub(super) lifetimes: Option<Source>,
    pub(super) flavour_map: Option<Source>,
    pub(super) interval_map: Option<Source>,
}

/// Cores and memory [B] of a flavour.
type Flavours = BTreeMap<String, (u32, u64)>;
/// Shortest and longest lifetime of each bin [s].
type Intervals = BTreeMap<u16, (i64, i64)>;

pub(super) fn read(
    source: &Source,
    companions: &Companions,
    reading: &mut Reading<'_>,
) -> Option<Trace> {
    let flavours = companions
        .flavour_map
        .as_ref()
        .map(|map| flavour_map(map, reading));
    let intervals = companions
        .interval_map
        .as_ref()
        .map(|map| interval_map(map, reading));
    if flavours.is_none() {
        let expected = "a file flav_map.txt beside it; cores and memory are unknown without";
        reading
            .findings
            .note(source.name(), None, "flavour", "", expected);
    }
    let mut bins = opened(source, reading)?;
    let mut lifetimes = companions
        .lifetimes
        .as_ref()
        .and_then(|file| opened(file, reading));
    let clock = Clock::Relative { start_ms: None };
    let mut trace = Trace::empty(Format::AzurePacking, clock);
    let mut machines = VirtualMachines::default();
    let mut arrivals = Arrivals {
        file: source.name(),
        flavours: flavours.as_ref(),
        intervals: intervals.as_ref(),
        batch: 0,
    };
    while let Some((number, bin)) = next_text(&mut bins, source.name(), &mut reading.findings) {
        let bin = bin.to_owned();
        let life = lifetimes.as_mut().zip(companions.lifetimes.as_ref());
        let life = life.and_then(|(lines, file)| {
            next_text(lines, file.name(), &mut reading.findings).map(|(_, text)| text.to_owned())
        });
        if lifetimes.is_some() && life.is_none() {
            let expected = "a line of lifetimes for every line of flavours";
            reading
                .findings
                .error(source.name(), Some(number), "line", "", expected);
            break;
        }
        let life = life.as_deref();
        if !arrivals.take_bin(number, &bin, life, &mut trace, &mut machines, reading) {
            break;
        }
    }
    let censored = machines
        .censored
        .iter()
        .filter(|censored| **censored)
        .count();
    if censored > 0 {
        reading.findings.note(
            source.name(),
            None,
            "lifetime",
            &censored.to_string(),
            "machines that were still running at the end; their lifetimes stay unknown",
        );
        trace.add_measure("censored lifetimes", "1", censored as f64);
    }
    trace.detail = Detail::VirtualMachines(Box::new(machines));
    Some(trace)
}

/// What a line of arrivals is read with.
struct Arrivals<'a> {
    file: &'a str,
    flavours: Option<&'a Flavours>,
    intervals: Option<&'a Intervals>,
    batch: u32,
}

impl Arrivals<'_> {
    /// Takes the machines of one time bin; false when the trace is longer than allowed.
    fn take_bin(
        &mut self,
        number: u64,
        bin: &str,
        life: Option<&str>,
        trace: &mut Trace,
        machines: &mut VirtualMachines,
        reading: &mut Reading<'_>,
    ) -> bool {
        let (time, tokens) = bin.split_once(' ').unwrap_or((bin, ""));
        let seconds = time.parse().ok().filter(|at| (0..=TIME_S_MAX).contains(at));
        let Some(seconds) = seconds else {
            let expected = "seconds since the start of the trace";
            reading
                .findings
                .error(self.file, Some(number), "time [s]", time, expected);
            return true;
        };
        let life = life.map(|line| line.split_once(' ').unwrap_or((line, "")));
        if life.is_some_and(|(of_life, _)| of_life != time) {
            let expected = "the same time in the line of lifetimes";
            reading
                .findings
                .error(self.file, Some(number), "time [s]", time, expected);
            return true;
        }
        let mut lives = life.map(|(_, tokens)| tokens.split(','));
        for token in tokens.split(',') {
            let life = lives.as_mut().map(|lives| lives.next().unwrap_or_default());
            match token {
                "" => {}
                "|" => self.batch = self.batch.saturating_add(1),
                _ if !reading.has_room(self.file, trace.tasks.len()) => return false,
                _ => {
                    let findings = &mut reading.findings;
                    self.take_machine(number, seconds, token, life, trace, machines, findings);
                }
            }
            if life.is_some_and(|life| {
                life.is_empty() != token.is_empty() || (life == "|") != (token == "|")
            }) {
                let expected = "lifetimes at the positions of the flavours";
                reading.findings.error(
                    self.file,
                    Some(number),
                    "lifetime",
                    life.unwrap_or_default(),
                    expected,
                );
                return true;
            }
        }
        true
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one row and the three tables it goes into"
    )]
    fn take_machine(
        &self,
        number: u64,
        seconds: i64,
        flavour: &str,
        life: Option<&str>,
        trace: &mut Trace,
        machines: &mut VirtualMachines,
        findings: &mut Findings,
    ) {
        let size = match self.flavours {
            None => Some((0, 0)),
            Some(flavours) => flavours.get(flavour).copied(),
        };
        let Some((cpu_milli, memory_bytes)) = size else {
            findings.error(
                self.file,
                Some(number),
                "flavour",
                flavour,
                "a flavour of the map",
            );
            return;
        };
        let mut duration_ms = UNKNOWN_MS;
        if let Some(life) = life {
            let Some(Lifetime {
                censored,
                bin,
                interval,
            }) = self.lifetime(life)
            else {
                let expected = "U or C and a bin of the interval map";
                findings.error(self.file, Some(number), "lifetime", life, expected);
                return;
            };
            if let (Some((shortest_s, longest_s)), false) = (interval, censored) {
                duration_ms = (shortest_s + longest_s) * 500;
            }
            machines.lifetime_bin.push(bin);
            machines.lifetime_s.extend(interval);
            machines.censored.push(censored);
        }
        let row = TaskRow {
            submission_ms: seconds * 1_000,
            duration_ms,
            cpu_milli,
            memory_bytes,
            ..TaskRow::default()
        };
        trace.tasks.push_numbered(trace.tasks.len() as i64, row);
        machines.batch.push(self.batch);
        machines.flavour.push(flavour);
    }

    /// The lifetime that a token names.
    fn lifetime(&self, token: &str) -> Option<Lifetime> {
        let censored = match token.as_bytes().first()? {
            b'U' => false,
            b'C' => true,
            _ => return None,
        };
        let bin = token[1..].parse().ok()?;
        let interval = match self.intervals {
            None => None,
            Some(intervals) => Some(*intervals.get(&bin)?),
        };
        Some(Lifetime {
            censored,
            bin,
            interval,
        })
    }
}

/// A lifetime as the trace tells it.
struct Lifetime {
    censored: bool,
    bin: u16,
    /// Shortest and longest lifetime of the bin [s], where there is a map.
    interval: Option<(i64, i64)>,
}

fn opened(source: &Source, reading: &mut Reading<'_>) -> Option<Lines> {
    match source.open(reading.limits) {
        Ok(stream) => Some(Lines::new(stream, reading.limits)),
        Err(fault) => {
            reading.findings.unreadable(source.name(), &fault);
            None
        }
    }
}

/// The next line that is not empty, and its number.
fn next_text<'l>(
    lines: &'l mut Lines,
    file: &str,
    findings: &mut Findings,
) -> Option<(u64, &'l str)> {
    let number = lines.number() + 1;
    match lines.next() {
        Ok(Some(Line::Text(text))) => Some((number, text.trim_end())),
        Ok(Some(Line::TooLong | Line::NotText)) => {
            let expected = "a line of UTF-8 text within the length limit";
            findings.error(file, Some(number), "line", "", expected);
            None
        }
        Ok(None) => None,
        Err(fault) => {
            findings.unreadable(file, &fault);
            None
        }
    }
}

fn flavour_map(source: &Source, reading: &mut Reading<'_>) -> Flavours {
    let mut flavours = Flavours::new();
    each_row(source, reading, "1,0.75 a", &mut |size, name| {
        let (cores, memory) = size.split_once(',')?;
        let measure = |text: &str| finite(text).filter(|size| (0.0..=FLAVOUR_MAX).contains(size));
        let (cores, memory_gib) = (measure(cores)?, measure(memory)?);
        let cpu_milli = (cores * 1_000.0).round() as u32;
        let memory_bytes = (memory_gib * GIBIBYTE).round() as u64;
        flavours.insert(name.to_owned(), (cpu_milli, memory_bytes));
        Some(())
    });
    flavours
}

fn interval_map(source: &Source, reading: &mut Reading<'_>) -> Intervals {
    let mut intervals = Intervals::new();
    each_row(source, reading, "7500 14", &mut |seconds, bin| {
        let seconds = seconds
            .parse()
            .ok()
            .filter(|at| (0..=TIME_S_MAX).contains(at))?;
        let interval = intervals
            .entry(bin.parse().ok()?)
            .or_insert((seconds, seconds));
        interval.0 = interval.0.min(seconds);
        interval.1 = interval.1.max(seconds);
        Some(())
    });
    intervals
}

/// Hands the two words of each line to `take`; a line it refuses becomes an error.
fn each_row(
    source: &Source,
    reading: &mut Reading<'_>,
    example: &str,
    take: &mut dyn FnMut(&str, &str) -> Option<()>,
) {
    let Some(mut lines) = opened(source, reading) else {
        return;
    };
    for _ in 0..MAP_ROWS_MAX {
        let Some((number, text)) = next_text(&mut lines, source.name(), &mut reading.findings)
        else {
            return;
        };
        let words = text.split_once(' ').map(|(key, name)| (key, name.trim()));
        if words.and_then(|(key, name)| take(key, name)).is_none() {
            let expected = format!("a line like `{example}`");
            reading
                .findings
                .error(source.name(), Some(number), "line", text, expected);
        }
    }
}
