//! `angara trace generate`: traces of any size, for measuring how a simulator scales.

use std::path::PathBuf;

use angara_series::Severity;
use angara_workload::trace::{Limits, SynthesisOptions, synthesise};
use jiff::SignedDuration;
use serde::Serialize;

use super::clock::start_of_date;
use super::scale::{grouped, short};
use super::{finding_lines, not_written};
use crate::exit::Code;
use crate::output::Output;
use crate::progress;

/// Length of a day [ms].
const DAY_MS: i64 = 86_400_000;

/// Generate a trace of virtual machines of any size, and hosts that hold them.
///
/// Writes `tasks.parquet`, `fragments.parquet` and `topology.json` (the form of `OpenDC`, linear power from 150 to
/// 350 W). With --from, each machine takes a machine of that trace, shifted in time, scaled by 0.5 to 1.5 and rounded
/// to whole percents; without it, a made-up daily profile with noise. The same seed gives the same bytes on any
/// machine, with any number of threads, in the same little memory.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  angara trace generate --vms 500 --days 7 --out week\n  \
                  angara trace generate --from rnd_2013-7.tar.zst --vms 50000 --days 30 --out large"
)]
pub(crate) struct Arguments {
    /// Trace to draw from: files or a folder.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    from: Vec<PathBuf>,

    /// Virtual machines.
    #[arg(long, value_name = "COUNT")]
    vms: u64,

    /// Length of the trace in days; 7 where neither this nor --samples is given.
    #[arg(long, conflicts_with = "samples", value_name = "COUNT")]
    days: Option<u64>,

    /// Samples of each machine.
    #[arg(long, value_name = "COUNT")]
    samples: Option<u64>,

    /// Length of a sample, such as 30s, 5min, 1h.
    #[arg(long, default_value = "5min", value_parser = step, value_name = "TIME")]
    step: i64,

    /// Cores of each machine.
    #[arg(long, default_value_t = 4, value_name = "COUNT")]
    cores: u32,

    /// Speed of a core [MHz].
    #[arg(long, default_value_t = 2_000.0, value_name = "MHZ")]
    core_mhz: f64,

    /// Memory of each machine [MB].
    #[arg(long, default_value_t = 4_000, value_name = "MB")]
    memory_mb: u32,

    /// Machines that a host has to hold.
    #[arg(long, default_value_t = 10, value_name = "COUNT")]
    vms_per_host: u64,

    /// Cores of a host.
    #[arg(long, default_value_t = 64, value_name = "COUNT")]
    host_cores: u32,

    /// When all machines start.
    #[arg(long, default_value = "2024-01-01", value_parser = start_of_date, value_name = "YYYY-MM-DD")]
    start: i64,

    /// Seed of every random stream.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,

    /// The folder to write; new or empty.
    #[arg(long, short, value_name = "FOLDER")]
    out: PathBuf,
}

/// A length of time as milliseconds.
fn step(text: &str) -> Result<i64, String> {
    let length: SignedDuration = text
        .parse()
        .map_err(|_| format!("`{text}` is no length of time such as 30s, 5min or 1h"))?;
    i64::try_from(length.as_millis())
        .ok()
        .filter(|step_ms| *step_ms > 0)
        .ok_or_else(|| format!("`{text}` is not a positive length of time"))
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
    folder: String,
    vms: u64,
    samples: u64,
    hosts: u64,
    utilisation: f64,
    recorded_machines: u64,
    seed: u64,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    // A step that does not divide the days leaves their rest out; one that is longer is refused as no sample.
    let whole_days = |days: u64| {
        let length_ms = i128::from(days) * i128::from(DAY_MS);
        u64::try_from(length_ms / i128::from(arguments.step)).unwrap_or(u64::MAX)
    };
    let samples = arguments
        .samples
        .unwrap_or_else(|| whole_days(arguments.days.unwrap_or(7)));
    let options = SynthesisOptions {
        machines: arguments.vms,
        samples,
        step_ms: arguments.step,
        cores: arguments.cores,
        core_mhz: arguments.core_mhz,
        memory_mb: arguments.memory_mb,
        machines_per_host: arguments.vms_per_host,
        host_cores: arguments.host_cores,
        start_ms: arguments.start,
        seed: arguments.seed,
    };
    let listener = progress::listener(output);
    listener.stage(
        "Generating samples",
        arguments.vms.checked_mul(samples).filter(|all| *all > 0),
    );
    let generated = synthesise(
        &arguments.from,
        &arguments.out,
        &options,
        &Limits::default(),
        &|done| listener.advance(done),
    );
    let generated = match generated {
        Ok(generated) => generated,
        Err(fault) => return not_written(fault),
    };
    listener.finish(&format!("{} samples", grouped(generated.samples as f64)));
    let folder = arguments.out.display().to_string();
    let mut lines = vec![
        format!(
            "Wrote {} virtual machines with {} samples each to {folder}, and {} hosts that hold them.",
            grouped(generated.machines as f64),
            grouped(samples as f64),
            grouped(generated.hosts as f64),
        ),
        format!(
            "  mean utilisation of the machines {} %",
            short(generated.utilisation * 100.0)
        ),
    ];
    if generated.recorded > 0 {
        let count = grouped(generated.recorded as f64);
        lines.push(format!("  drawn from {count} recorded machines"));
    }
    lines.extend(finding_lines(&generated.findings, Severity::Note));
    output.text(&lines.join("\n"))?;
    output.value(&Summary {
        folder,
        vms: generated.machines,
        samples: generated.samples,
        hosts: generated.hosts,
        utilisation: generated.utilisation,
        recorded_machines: generated.recorded,
        seed: options.seed,
    })?;
    Ok(Code::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_a_positive_length_of_time() {
        assert_eq!(step("5min"), Ok(300_000));
        assert_eq!(step("30s"), Ok(30_000));
        for wrong in ["", "5", "-1h", "0s", "noon"] {
            assert!(step(wrong).is_err(), "{wrong}");
        }
    }
}
