//! `angara trace inspect`: what a trace holds.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use angara_workload::trace::{Limits, inspect};

use super::report::{Report, lines};
use super::{finding_lines, formats, refuse};
use crate::exit::Code;
use crate::output::Output;

/// Say what a trace holds: tasks, times, sizes, utilisation, and a chart of its demand over time.
///
/// Name one file, the files that make up one trace, or a folder of them. The companions of a single file (fragments
/// beside tasks, maps beside flavours) are found in its folder. The trace is read once, in bounded memory; rows that
/// cannot be used are told with file, row, field and value.
#[derive(Debug, clap::Args)]
#[command(after_help = formats())]
pub(crate) struct Arguments {
    /// Files or a folder of one trace.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Columns where the terminal does not tell.
const WIDTH: usize = 80;

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let (summary, findings) = match inspect(&arguments.files, &Limits::default()) {
        Ok(found) => found,
        Err(findings) => return Ok(refuse(&findings)),
    };
    let mut text = lines(&summary, width());
    let notes = finding_lines(&findings, angara_series::Severity::Note);
    if !notes.is_empty() {
        text.push(String::new());
        text.extend(notes);
    }
    output.text(&text.join("\n"))?;
    output.value(&Report::new(&summary, &findings))?;
    Ok(Code::Done)
}

/// Columns of the terminal: what the environment says, else what the terminal says.
fn width() -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let measured = || {
        let size = io::stdout()
            .is_terminal()
            .then(terminal_size::terminal_size);
        size.flatten().map(|(width, _)| usize::from(width.0))
    };
    told.or_else(measured).unwrap_or(WIDTH).max(40)
}
