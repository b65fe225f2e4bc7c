//! `angara completions`: a completion script for a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::exit::Code;
use crate::output::Output;

/// Writes a completion script for a shell to standard output.
///
/// For bash: `angara completions bash > ~/.local/share/bash-completion/completions/angara`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shell to write for.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, _output: Output) -> anyhow::Result<Code> {
    let mut script = Vec::new();
    let mut command = crate::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "angara", &mut script);
    Output::raw(&String::from_utf8(script)?)?;
    Ok(Code::Done)
}
