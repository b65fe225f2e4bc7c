//! The command line of Angara: parses, calls, prints; decides nothing.

mod commands;
mod engines;
mod exit;
mod files;
mod output;
mod panics;
mod progress;
mod scenario;
mod values;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{
    certify, check, completions, expand, explain, init, plant, reasons, replay, run, schema, site,
    trace, verify,
};
use crate::output::Output;

/// Plans, simulates, prices and proves regional data-centre fleets.
#[derive(Debug, Parser)]
#[command(
    name = "angara",
    version,
    after_help = "Start here:\n  angara init my-region          writes a small commented scenario\n  \
                  angara check my-region         says what is wrong with it, all at once\n  \
                  angara run my-region --out out plans, simulates, prices and writes out/report.html\n\n\
                  Exit codes: 0 done · 1 the run failed · 2 the input is wrong · 3 no plan keeps the promises · \
                  4 a promise breaks (run --strict) · 5 a run differs (verify), a proof does not hold (certify)"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Print the result as JSON on standard output; progress stays on standard error.
    #[arg(long, global = true)]
    json: bool,

    /// Print no progress.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Arguments),
    Check(check::Arguments),
    Init(init::Arguments),
    Explain(explain::Arguments),
    Plant(Box<plant::Arguments>),
    Reasons(reasons::Arguments),
    Replay(Box<replay::Arguments>),
    Site(Box<site::Arguments>),
    Expand(expand::Arguments),
    Certify(certify::Arguments),
    Trace(trace::Arguments),
    Verify(verify::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

fn main() -> ExitCode {
    panics::quieten_decoders();
    let arguments = Arguments::parse_from(std::env::args_os().map(plant::shielded));
    let output = Output::new(arguments.json, arguments.quiet);
    let result = match arguments.command {
        Command::Run(arguments) => run::run(&arguments, output),
        Command::Check(arguments) => check::run(&arguments, output),
        Command::Init(arguments) => init::run(&arguments, output),
        Command::Explain(arguments) => explain::run(&arguments, output),
        Command::Plant(arguments) => plant::run(&arguments, output),
        Command::Reasons(arguments) => reasons::run(&arguments, output),
        Command::Replay(arguments) => replay::run(&arguments, output),
        Command::Site(arguments) => site::run(&arguments, output),
        Command::Expand(arguments) => expand::run(&arguments, output),
        Command::Certify(arguments) => certify::run(&arguments, output),
        Command::Trace(arguments) => trace::run(&arguments, output),
        Command::Verify(arguments) => verify::run(&arguments, output),
        Command::Schema(arguments) => schema::run(&arguments, output),
        Command::Completions(arguments) => completions::run(&arguments, output),
    };
    match result {
        Ok(code) => code.into(),
        Err(error) => {
            output.error(&error);
            exit::Code::Failed.into()
        }
    }
}
