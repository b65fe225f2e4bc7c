//! `angara replay --trace` and `--tasks`: a trace on a topology.

#![allow(
    clippy::doc_markdown,
    reason = "these words are the help that users read"
)]

use std::path::PathBuf;

use angara_replay::opendc::Allocation;
use angara_replay::{TraceRequest, allocation_named, plan_of_trace, policy_names};
use angara_simulation::replay::{Checkpoints, Filter, Play};
use clap::ValueEnum;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::experiment::play;
use super::{Arguments, length_ms, shown, told, with_settings};
use crate::exit::Code;
use crate::output::Output;

/// How a trace is replayed.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "A trace on a topology")]
pub(super) struct Options {
    /// Tasks of a trace in the form of OpenDC.
    #[arg(long, value_name = "FILE", requires_all = ["fragments", "topology"])]
    tasks: Option<PathBuf>,

    /// Fragments of the tasks.
    #[arg(long, value_name = "FILE", requires = "tasks")]
    fragments: Option<PathBuf>,

    /// Files or folder of a trace in any format that `angara trace` reads.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "topology")]
    trace: Vec<PathBuf>,

    /// Topology file of OpenDC.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["experiment", "swf", "pods"])]
    topology: Option<PathBuf>,

    /// Which host a task goes to: first-fit, best-fit, worst-fit, round-robin, random, dot-product, fewest-tasks, or a
    /// policy of OpenDC such as Mem, CoreMem, ActiveServers, ProvisionedCores, with Inv for the opposite.
    /// Without it first-fit, or as --settings say.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["experiment", "swf", "pods"])]
    placement: Option<String>,

    /// Cores promised for each that there is; 1 without it, or as --settings say.
    #[arg(long, value_name = "RATIO", value_parser = ratio, conflicts_with_all = ["experiment", "swf", "pods"])]
    overcommit: Option<f64>,

    /// What becomes of demand that is not supplied.
    #[arg(long, value_enum, default_value_t = PlayName::Drop, conflicts_with_all = ["experiment", "swf", "pods"])]
    play: PlayName,

    /// Seed of every random stream.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, conflicts_with_all = ["experiment", "swf", "pods"])]
    seed: u64,

    /// Write tables of samples at this interval, such as 5min, under raw-output.
    #[arg(long, value_name = "TIME", value_parser = length_ms, conflicts_with_all = ["experiment", "swf", "pods"])]
    sample: Option<i64>,

    /// When the first task is submitted, for the carbon intensities; as in the trace where not given.
    #[arg(long, value_name = "DATE", value_parser = instant_ms, conflicts_with_all = ["experiment", "swf", "pods"])]
    start: Option<i64>,

    /// Speed of a core [MHz], for traces that do not tell it.
    #[arg(long, value_name = "MHZ", default_value_t = 2_000.0, value_parser = megahertz, conflicts_with_all = ["experiment", "swf", "pods"])]
    core_mhz: f64,

    /// Time between checkpoints of a task, such as 1h.
    #[arg(long, value_name = "TIME", value_parser = length_ms, conflicts_with_all = ["experiment", "swf", "pods"])]
    checkpoint_interval: Option<i64>,

    /// How long a checkpoint takes; 5 minutes where it is not given.
    #[arg(long, value_name = "TIME", value_parser = length_ms, requires = "checkpoint_interval")]
    checkpoint_duration: Option<i64>,
}

/// How long a checkpoint takes where nothing is given [ms].
const CHECKPOINT_MS: i64 = 300_000;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PlayName {
    /// It is lost, and tasks end on time.
    Drop,
    /// It is made up for later.
    Stretch,
}

fn ratio(text: &str) -> Result<f64, String> {
    positive(text, "a number above 0 such as 1.5")
}

fn megahertz(text: &str) -> Result<f64, String> {
    positive(text, "a speed above 0 in MHz")
}

fn positive(text: &str, expected: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|value: &f64| value.is_finite() && *value > 0.0)
        .ok_or_else(|| format!("`{text}` is not {expected}"))
}

/// Milliseconds since 1970 of a date, or a date and time, taken as UTC.
fn instant_ms(text: &str) -> Result<i64, String> {
    let text = text.trim_end_matches('Z');
    let civil: Option<DateTime> = text
        .parse()
        .ok()
        .or_else(|| text.parse::<Date>().ok().map(DateTime::from));
    civil
        .and_then(|civil| civil.to_zoned(TimeZone::UTC).ok())
        .map(|zoned| zoned.timestamp().as_millisecond())
        .ok_or_else(|| format!("`{text}` is no date such as 2024-03-01 or 2024-03-01T12:00:00"))
}

/// The placement that is asked for, where one is.
fn allocation(options: &Options) -> Result<Option<Allocation>, String> {
    if options.placement.is_none() && options.overcommit.is_none() {
        return Ok(None);
    }
    let name = options.placement.as_deref().unwrap_or("first-fit");
    let Some(mut allocation) = allocation_named(name) else {
        let names = policy_names().join(", ");
        return Err(format!("`{name}` is no policy; there are {names}"));
    };
    for filter in &mut allocation.placement.filters {
        if let Filter::Cores { ratio } = filter {
            *ratio = options.overcommit.unwrap_or(1.0);
        }
    }
    Ok(Some(allocation))
}

pub(super) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let options = &arguments.trace;
    let Some(topology) = &options.topology else {
        Output::message("error: --topology names where the tasks run");
        return Ok(Code::BadInput);
    };
    let allocation = match allocation(options) {
        Ok(allocation) => allocation,
        Err(problem) => {
            Output::message(&format!("error: {problem}"));
            return Ok(Code::BadInput);
        }
    };
    let mut trace = options.trace.clone();
    trace.extend(options.tasks.clone());
    trace.extend(options.fragments.clone());
    let checkpoints = options.checkpoint_interval.map(|interval_ms| Checkpoints {
        interval_ms,
        duration_ms: options.checkpoint_duration.unwrap_or(CHECKPOINT_MS),
        interval_scaling: 1.0,
    });
    let request = TraceRequest {
        topology: topology.clone(),
        lenient: arguments.lenient,
        core_mhz: options.core_mhz,
        start_ms: options.start,
        allocation,
        play: match options.play {
            PlayName::Drop => Play::Drop,
            PlayName::Stretch => Play::Stretch,
        },
        checkpoints,
        sample_ms: options.sample,
        seed: options.seed,
        settings: arguments.settings.clone(),
        trace,
    };
    let (plan, findings) = plan_of_trace(&request);
    let first = request.trace.first().map_or(topology, |path| path);
    if told(&findings, first, output)? {
        return Ok(Code::BadInput);
    }
    let Some(plan) = plan else {
        return Ok(Code::BadInput);
    };
    play(&plan, command(arguments, &request), arguments, output)
}

/// The command that makes the same run again.
fn command(arguments: &Arguments, request: &TraceRequest) -> String {
    let options = &arguments.trace;
    let files: Vec<String> = request.trace.iter().map(|path| shown(path)).collect();
    let mut command = match (&options.tasks, &options.fragments) {
        (Some(tasks), Some(fragments)) => format!(
            "angara replay --tasks {} --fragments {}",
            shown(tasks),
            shown(fragments)
        ),
        _ => format!("angara replay --trace {}", files.join(" ")),
    };
    let mut add = |text: String| command.push_str(&text);
    add(format!(" --topology {}", shown(&request.topology)));
    add(with_settings(arguments));
    if let Some(allocation) = &request.allocation {
        add(format!(" --placement {}", allocation.name));
        add(format!(
            " --overcommit {}",
            options.overcommit.unwrap_or(1.0)
        ));
    }
    let play = options.play.to_possible_value();
    add(format!(
        " --play {}",
        play.map_or(String::new(), |play| play.get_name().to_owned())
    ));
    add(format!(
        " --core-mhz {} --seed {}",
        options.core_mhz, options.seed
    ));
    if let Some(sample_ms) = options.sample {
        add(format!(" --sample {sample_ms}ms"));
    }
    if let Some(start_ms) = options.start {
        let start = jiff::Timestamp::from_millisecond(start_ms);
        add(format!(
            " --start {}",
            start.map_or(String::new(), |start| start.to_string())
        ));
    }
    if let Some(checkpoints) = request.checkpoints {
        add(format!(
            " --checkpoint-interval {}ms --checkpoint-duration {}ms",
            checkpoints.interval_ms, checkpoints.duration_ms
        ));
    }
    if arguments.lenient {
        add(" --lenient".to_owned());
    }
    command
}
