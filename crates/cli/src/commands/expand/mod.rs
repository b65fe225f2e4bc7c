//! `angara expand`: fleets over periods at the scale that no mixed-integer program reaches.

#![allow(
    clippy::doc_markdown,
    reason = "these words are the help that users read"
)]

mod generate;
mod solve;

use crate::exit::Code;
use crate::output::Output;

/// Plan a fleet over periods from one file: which sites, when, how many halls, serving whom; with a certificate.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    angara expand generate --places 200 --sites 20 --periods 5 --seed 1 --out region.txt\n  \
    angara expand solve region.txt --gap 1% --time-limit 5min --out plan.txt\n  \
    angara certify plan.txt")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    Generate(generate::Arguments),
    Solve(solve::Arguments),
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    match &arguments.task {
        Task::Generate(arguments) => generate::run(arguments, output),
        Task::Solve(arguments) => solve::run(arguments, output),
    }
}
