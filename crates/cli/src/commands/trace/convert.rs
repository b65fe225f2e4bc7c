//! `angara trace convert`: any trace in the form of `OpenDC`.

use std::path::PathBuf;

use angara_series::Severity;
use angara_workload::trace::{Clock, ConvertOptions, Limits, convert};
use serde::Serialize;

use super::clock::{start_of_date, timestamp};
use super::report::{FindingReport, notes};
use super::scale::grouped;
use super::{finding_lines, formats, not_written};
use crate::exit::Code;
use crate::output::Output;

/// Write any trace as `tasks.parquet` and `fragments.parquet`, the current schema of `OpenDC`.
///
/// Demand in percent becomes MHz by the speed of a core. A trace without demand over time gets one fragment per task:
/// what it reserves, for as long as it ran; tasks of unknown duration are left out and counted. The folder appears when
/// it is whole, and what stands there is never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = formats())]
pub(crate) struct Arguments {
    /// Files or a folder of one trace.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The folder to write; new or empty.
    #[arg(long, short, value_name = "FOLDER")]
    out: PathBuf,

    /// Speed of a core [MHz], for traces that do not tell it.
    #[arg(long, default_value_t = 2_000.0, value_name = "MHZ")]
    core_mhz: f64,

    /// Speed of a whole accelerator [MHz], for traces that do not tell it.
    #[arg(long, default_value_t = 1_000.0, value_name = "MHZ")]
    gpu_mhz: f64,

    /// When a trace starts whose times count from its own start; without it, what the trace says, else 1970-01-01.
    #[arg(long, value_parser = start_of_date, value_name = "YYYY-MM-DD")]
    start: Option<i64>,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
    format: &'static str,
    folder: String,
    tasks: u64,
    fragments: u64,
    tasks_as_reserved: u64,
    tasks_left_out: u64,
    tasks_with_rounded_cores: u64,
    ids_kept: bool,
    start: Option<String>,
    notes: u64,
    findings: Vec<FindingReport>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let options = ConvertOptions {
        core_mhz: arguments.core_mhz,
        gpu_mhz: arguments.gpu_mhz,
        start_ms: arguments.start,
    };
    let converted = match convert(
        &arguments.files,
        &arguments.out,
        &options,
        &Limits::default(),
    ) {
        Ok(converted) => converted,
        Err(fault) => return not_written(fault),
    };
    let folder = arguments.out.display().to_string();
    let start = converted
        .start_ms
        .and_then(|start_ms| timestamp(Clock::Epoch, start_ms));
    let mut lines = vec![format!(
        "Wrote {} tasks and {} fragments of a trace in the format {} to {folder}.",
        grouped(converted.tasks as f64),
        grouped(converted.fragments as f64),
        converted.format,
    )];
    for (count, what) in [
        (
            converted.reserved,
            "tasks without demand over time demand all they reserve for as long as they ran",
        ),
        (
            converted.left_out,
            "tasks are left out: the trace does not tell how long they ran",
        ),
        (
            converted.rounded,
            "tasks reserve parts of a core: whole cores are reserved for them, their speed is kept",
        ),
    ] {
        if count > 0 {
            lines.push(format!("  {} {what}", grouped(count as f64)));
        }
    }
    if !converted.ids_kept {
        lines.push("  tasks are numbered from 0; the column `name` tells who they were".to_owned());
    }
    if let Some(start) = &start {
        lines.push(format!("  times count from {start}"));
    }
    lines.extend(finding_lines(&converted.findings, Severity::Note));
    output.text(&lines.join("\n"))?;
    output.value(&Summary {
        format: converted.format.name(),
        folder,
        tasks: converted.tasks,
        fragments: converted.fragments,
        tasks_as_reserved: converted.reserved,
        tasks_left_out: converted.left_out,
        tasks_with_rounded_cores: converted.rounded,
        ids_kept: converted.ids_kept,
        start,
        notes: converted.findings.count(Severity::Note),
        findings: notes(&converted.findings),
    })?;
    Ok(Code::Done)
}
