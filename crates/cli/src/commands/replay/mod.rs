//! `angara replay`: recorded workloads on a topology, batch logs on a machine, pods on accelerator nodes.

#![allow(
    clippy::doc_markdown,
    reason = "these words are the help that users read"
)]

mod batch;
mod experiment;
mod packing;
mod progress;
mod trace;
mod words;

use std::path::{Path, PathBuf};

use angara_diagnostics::{Diagnostics, TextStyle, render_json, render_text};
use angara_replay::{ReplayFault, ReplayRecord};
use angara_results::ResultsError;
use anyhow::Context;
use clap::ArgGroup;
use jiff::SignedDuration;

use crate::engines;
use crate::exit::Code;
use crate::output::Output;

/// Largest table of tasks of which a page is made [B].
const TASK_BYTES_SHOWN: u64 = 64 << 20;

/// Replay a recorded workload; write a run folder with tables of runs, tasks, hosts, energy and time series.
///
/// EXPERIMENT is an experiment file of OpenDC, unchanged: every combination of its lists and every seed is a run.
/// Without one, a trace is replayed on a topology, a batch log on a machine, or pods on accelerator nodes.
#[derive(Debug, clap::Args)]
#[command(
    group = ArgGroup::new("input").required(true).multiple(false)
        .args(["experiment", "tasks", "trace", "swf", "pods"]),
    after_help = "Examples:\n  angara replay experiment.json --out out\n  \
        angara replay --tasks tasks.parquet --fragments fragments.parquet --topology topology.json --out out\n  \
        angara replay --trace rnd_2013-7.tar.zst --topology topology.json --sample 5min --out out\n  \
        angara replay --trace rnd_2013-7.tar.zst --topology topology.json --settings settings.yaml --out out\n  \
        angara replay --swf KTH-SP2-1996-2.swf.gz --policy easy --out out\n  \
        angara replay --pods openb_pod_list_default.csv --nodes openb_node_list_all_node.csv --policy all --out out"
)]
pub(crate) struct Arguments {
    /// Experiment file of OpenDC; its paths count from its folder, or from the current one.
    experiment: Option<PathBuf>,

    /// The run folder to write; an earlier run there is replaced when this one is whole.
    #[arg(long, short, value_name = "FOLDER")]
    out: PathBuf,

    /// How the workload is replayed beyond the other options (YAML): placement, racks, sleeping hosts, consolidation,
    /// failures, prices, priorities; docs/replay.md shows all its keys.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["swf", "pods"])]
    settings: Option<PathBuf>,

    /// Let unknown keys of experiment and topology pass with a warning.
    #[arg(long)]
    lenient: bool,

    /// Write tables only, not the page `report.html`.
    #[arg(long)]
    no_page: bool,

    /// Threads to use; results do not depend on it. All cores where it is not given.
    #[arg(long, env = "RAYON_NUM_THREADS", value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: Option<u32>,

    #[command(flatten)]
    trace: trace::Options,

    #[command(flatten)]
    batch: batch::Options,

    #[command(flatten)]
    packing: packing::Options,

    /// How hosts, jobs or nodes are chosen. With --swf: fcfs, easy, conservative. With --pods: fgd, best-fit,
    /// gpu-packing, gpu-clustering, dot-product, random, all.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["experiment", "tasks", "trace"])]
    policy: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads as usize)
            .build_global()
            .context("the threads cannot be started")?;
    }
    if let Some(experiment) = &arguments.experiment {
        return experiment::run(arguments, experiment, output);
    }
    if let Some(log) = &arguments.batch.swf {
        return batch::run(arguments, log, output);
    }
    if let Some(pods) = &arguments.packing.pods {
        return packing::run(arguments, pods, output);
    }
    trace::run(arguments, output)
}

/// Prints what was found in the input; true where it cannot be used.
fn told(findings: &Diagnostics, shown: &Path, output: Output) -> anyhow::Result<bool> {
    let shown = shown.display().to_string();
    if !findings.is_empty() {
        let style = TextStyle {
            colour: output.is_coloured(),
        };
        Output::message(&render_text(findings, &shown, style));
    }
    if findings.has_errors() {
        output.value(&render_json(findings, &shown))?;
    }
    Ok(findings.has_errors())
}

/// Tells why there are no results; what the user can put right is wrong input.
fn refused(fault: ReplayFault, output: Output) -> anyhow::Result<Code> {
    let is_occupied = matches!(fault, ReplayFault::Results(ResultsError::Occupied { .. }));
    if fault.is_input() || is_occupied {
        output.error(&anyhow::Error::from(fault));
        return Ok(Code::BadInput);
    }
    Err(fault.into())
}

/// The record of a replay made now by a command.
fn record(command: String) -> ReplayRecord {
    ReplayRecord {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command,
        created: engines::now(),
        engines: engines::engines(),
    }
}

/// Name of a file as it stands in the command of a manifest, which must not depend on where the file is.
fn shown(path: &Path) -> String {
    path.file_name().map_or_else(
        || ".".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The settings as they stand in the command of a manifest.
fn with_settings(arguments: &Arguments) -> String {
    let settings = arguments.settings.as_deref();
    settings.map_or_else(String::new, |path| format!(" --settings {}", shown(path)))
}

/// A length of time as milliseconds.
fn length_ms(text: &str) -> Result<i64, String> {
    let length: SignedDuration = text
        .parse()
        .map_err(|_| format!("`{text}` is no length of time such as 30s, 5min or 1h"))?;
    i64::try_from(length.as_millis())
        .ok()
        .filter(|length_ms| *length_ms > 0)
        .ok_or_else(|| format!("`{text}` is not a positive length of time"))
}

/// The page of a run folder, unless none is wanted or its tables are larger than a page can show.
fn page(is_wanted: bool) -> impl Fn(&Path) -> Result<Option<String>, String> {
    move |folder| {
        let tasks = std::path::Path::new("tables").join("tasks.parquet");
        let bytes = fs_err::metadata(folder.join(tasks)).map_or(0, |metadata| metadata.len());
        if !is_wanted || bytes > TASK_BYTES_SHOWN {
            return Ok(None);
        }
        angara_report::render_replay(folder)
            .map(Some)
            .map_err(|error| error.to_string())
    }
}
