//! `angara trace`: recorded workloads, looked at, converted and generated.

mod chart;
mod clock;
mod convert;
mod generate;
mod inspect;
mod report;
mod scale;

use std::fmt::Write as _;

use angara_series::Severity;
use angara_workload::trace::{Findings, Format, WriteError};
use clap::Subcommand;

use crate::exit::Code;
use crate::output::Output;

/// Look at recorded workloads, convert them, and generate large ones.
///
/// Every format is recognised by its content, compressed (gzip, zstd, xz) or in a tar archive as it was published.
#[derive(Debug, clap::Args)]
#[command(after_help = formats())]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Arguments),
    Convert(convert::Arguments),
    Generate(generate::Arguments),
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    match &arguments.command {
        Command::Inspect(arguments) => inspect::run(arguments, output),
        Command::Convert(arguments) => convert::run(arguments, output),
        Command::Generate(arguments) => generate::run(arguments, output),
    }
}

/// The list of formats, for the help of the commands that read them.
fn formats() -> String {
    let mut text = String::from("Formats:");
    for format in Format::ALL {
        // Writing to a string does not fail.
        let _ = write!(text, "\n  {:<16} {}", format.name(), format.description());
    }
    text
}

/// Findings of a severity that are listed on a terminal.
const LISTED: usize = 10;

/// Lines for people: the first findings of a severity, and how many more there are.
fn finding_lines(findings: &Findings, severity: Severity) -> Vec<String> {
    let word = match severity {
        Severity::Error => "error",
        Severity::Note => "note",
    };
    let listed = findings.listed(severity);
    let mut lines: Vec<String> = listed
        .iter()
        .take(LISTED)
        .map(|finding| format!("{word}: {finding}"))
        .collect();
    let unlisted = findings.count(severity) - lines.len() as u64;
    if unlisted > 0 {
        let count = scale::grouped(unlisted as f64);
        lines.push(format!("{word}: {count} more of the same severity"));
    }
    lines
}

/// Tells what makes a trace unusable; the command then ends with wrong input.
fn refuse(findings: &Findings) -> Code {
    let mut lines = finding_lines(findings, Severity::Error);
    lines.extend(finding_lines(findings, Severity::Note));
    lines.push("\nhint: `angara trace --help` lists the formats".to_owned());
    Output::message(&lines.join("\n"));
    Code::BadInput
}

/// Tells why nothing was written. What the user can put right is wrong input.
fn not_written(fault: WriteError) -> anyhow::Result<Code> {
    match fault {
        WriteError::Unreadable(findings) => Ok(refuse(&findings)),
        WriteError::Unsuited(_) | WriteError::Occupied { .. } => {
            Output::message(&format!("error: {fault}"));
            Ok(Code::BadInput)
        }
        other => Err(other.into()),
    }
}
