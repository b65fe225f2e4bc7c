//! Large traces of virtual machines, for measuring how a simulator scales.
//!
//! # What it computes
//! Machines of one size that all start at once and are sampled at equal steps. Their utilisation is drawn from a
//! recorded trace (another machine's series, shifted and scaled), or from a daily
//! profile with noise; it is rounded to whole percents. Beside the tables stands a topology that holds all of them.
//!
//! # Assumptions
//! Machine `n` depends on the seed and on `n` alone: neither the number of threads nor that of machines changes it.
//!
//! # Valid range
//! At most 2^31 machines and 2^40 samples together. Memory does not grow with either.

mod options;
mod profile;
mod recorded;
mod topology;

use std::path::Path;

use rayon::prelude::*;

use self::profile::DailyProfile;
use self::recorded::Recorder;
use super::write::{
    EncodedGroup, FRAGMENTS_FILE, FragmentRows, FragmentTable, GROUP_ROWS, NewFolder, TASKS_FILE,
    TaskRows, TaskTable, WriteError,
};
use super::{Findings, Limits, open};
use crate::stream::Streams;

pub use options::SynthesisOptions;

/// Row groups that are encoded together, per thread.
const GROUPS_PER_THREAD: u64 = 2;
/// Name of the file of hosts.
const TOPOLOGY_FILE: &str = "topology.json";

/// What was generated.
#[derive(Debug, Clone, PartialEq)]
pub struct Synthesised {
    /// Virtual machines.
    pub machines: u64,
    /// Samples of all of them.
    pub samples: u64,
    /// Hosts of the topology.
    pub hosts: u64,
    /// Mean utilisation of the machines' cores [1].
    pub utilisation: f64,
    /// Recorded machines drawn from.
    pub recorded: u64,
    /// What the reader of the recorded trace noticed.
    pub findings: Findings,
}

/// Where the utilisation of the machines comes from.
trait Utilisation: Sync {
    /// Fills in a part of a machine's utilisation [%], from a sample on.
    fn fill(&self, machine: u64, first: u64, percents: &mut [u8]);
}

/// Generates a trace into a new folder: `tasks.parquet`, `fragments.parquet` and `topology.json`. With `from`, the
/// utilisation is drawn from that trace. `progress` is told how many samples are written.
///
/// # Errors
/// Options that do not fit, a trace to draw from that cannot be read or has no demand over time, a folder that is not
/// empty, a full disk.
pub fn synthesise<P: AsRef<Path>>(
    from: &[P],
    out: &Path,
    options: &SynthesisOptions,
    limits: &Limits,
    progress: &dyn Fn(u64),
) -> Result<Synthesised, WriteError> {
    if let Some(fault) = options.fault() {
        return Err(WriteError::Unsuited(fault));
    }
    let folder = NewFolder::create(out)?;
    let streams = Streams::new(options.seed);
    let mut findings = Findings::default();
    let mut recorded = 0;
    let source: Box<dyn Utilisation> = if from.is_empty() {
        Box::new(DailyProfile::new(streams, options))
    } else {
        let (files, noticed) = open::files(from, limits);
        let mut recorder = Recorder::new(options, files.first().map(|(kind, _)| kind.format()));
        let (_, noticed) = open::read_into(files, limits, &mut recorder, noticed)
            .map_err(WriteError::Unreadable)?;
        findings = noticed;
        let series = recorder.finish(streams).ok_or_else(|| {
            WriteError::Unsuited("the trace has no demand over time to draw from".to_owned())
        })?;
        recorded = series.machines();
        Box::new(series)
    };
    let percents = write_fragments(&folder, options, &*source, progress)?;
    write_tasks(&folder, options)?;
    let hosts = options.machines.div_ceil(options.machines_per_host);
    fs_err::write(
        folder.path(TOPOLOGY_FILE),
        topology::json(options, hosts).map_err(|fault| WriteError::Table(fault.to_string()))?,
    )?;
    folder.commit()?;
    let samples = options.machines * options.samples;
    Ok(Synthesised {
        machines: options.machines,
        samples,
        hosts,
        utilisation: percents as f64 / 100.0 / samples as f64,
        recorded,
        findings,
    })
}

/// Writes all samples; the sum of their percents.
fn write_fragments(
    folder: &NewFolder,
    options: &SynthesisOptions,
    source: &dyn Utilisation,
    progress: &dyn Fn(u64),
) -> Result<u64, WriteError> {
    let mut table = FragmentTable::create(&folder.path(FRAGMENTS_FILE), false)?;
    let encoder = table.encoder();
    let samples = options.machines * options.samples;
    let group_rows = GROUP_ROWS as u64;
    let groups = samples.div_ceil(group_rows);
    let together = rayon::current_num_threads() as u64 * GROUPS_PER_THREAD;
    let mut percents = 0;
    let mut first = 0;
    while first < groups {
        let last = groups.min(first + together);
        let encoded: Vec<Result<(EncodedGroup, usize, u64), WriteError>> = (first..last)
            .into_par_iter()
            .map(|group| {
                let from = group * group_rows;
                let to = samples.min(from + group_rows);
                let (rows, percents) = rows(options, source, from, to);
                Ok((encoder.encode(&rows)?, rows.id.len(), percents))
            })
            .collect();
        for group in encoded {
            let (group, rows, of_group) = group?;
            percents += of_group;
            table.append(group, rows)?;
        }
        first = last;
        progress(samples.min(first * group_rows));
    }
    table.finish()?;
    Ok(percents)
}

/// The rows from one place of the table to another, and the sum of their percents.
fn rows(
    options: &SynthesisOptions,
    source: &dyn Utilisation,
    from: u64,
    to: u64,
) -> (FragmentRows, u64) {
    let capacity_mhz = options.capacity_mhz();
    let demand_mhz: Vec<f64> = (0..=100)
        .map(|percent| capacity_mhz * f64::from(percent) / 100.0)
        .collect();
    let mut rows = FragmentRows::default();
    let mut percents = Vec::new();
    let mut sum = 0;
    let mut next = from;
    while next < to {
        let (machine, first) = (next / options.samples, next % options.samples);
        let length = (options.samples - first).min(to - next) as usize;
        percents.resize(length, 0);
        source.fill(machine, first, &mut percents);
        rows.id.resize(rows.id.len() + length, machine as i32);
        rows.duration_ms
            .resize(rows.duration_ms.len() + length, options.step_ms);
        let bounded = percents.iter().map(|percent| (*percent).min(100));
        rows.cpu_mhz.extend(
            bounded
                .clone()
                .map(|percent| demand_mhz[usize::from(percent)]),
        );
        sum += bounded.map(u64::from).sum::<u64>();
        next += length as u64;
    }
    (rows, sum)
}

fn write_tasks(folder: &NewFolder, options: &SynthesisOptions) -> Result<(), WriteError> {
    let path = folder.path(TASKS_FILE);
    let mut table = TaskTable::create(&path, &TaskRows::default())?;
    let mut first = 0;
    while first < options.machines {
        let last = options.machines.min(first + GROUP_ROWS as u64);
        let length = (last - first) as usize;
        table.write(&TaskRows {
            id: (first..last).map(|machine| machine as i32).collect(),
            submission_ms: vec![options.start_ms; length],
            duration_ms: vec![options.step_ms * options.samples as i64; length],
            cpu_count: vec![options.cores as i32; length],
            cpu_capacity_mhz: vec![options.capacity_mhz(); length],
            memory_kb: vec![i64::from(options.memory_mb) * 1_000; length],
            ..TaskRows::default()
        })?;
        first = last;
    }
    table.finish()
}
