//! Where words go: results to standard output, progress and errors to standard error.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

/// How a command speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    colour: bool,
}

impl Output {
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && io::stderr().is_terminal();
        Self {
            json,
            quiet,
            colour,
        }
    }

    /// True where no progress is wanted.
    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// True where standard error may be coloured.
    pub(crate) fn is_coloured(self) -> bool {
        self.colour
    }

    /// Prints a result for people; nothing in JSON mode.
    pub(crate) fn text(self, text: &str) -> anyhow::Result<()> {
        if self.json { Ok(()) } else { print(text) }
    }

    /// Prints a result for programs; nothing in text mode.
    pub(crate) fn value(self, value: &impl Serialize) -> anyhow::Result<()> {
        if self.json {
            print(&serde_json::to_string_pretty(value)?)
        } else {
            Ok(())
        }
    }

    /// Prints the result that is the same in both modes.
    pub(crate) fn raw(text: &str) -> anyhow::Result<()> {
        print(text)
    }

    /// Prints a message on standard error, whatever the mode.
    pub(crate) fn message(text: &str) {
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Prints an error with its causes.
    pub(crate) fn error(self, error: &anyhow::Error) {
        let label = if self.colour {
            "\u{1b}[1;31merror\u{1b}[0m"
        } else {
            "error"
        };
        Self::message(&format!("{label}: {error:#}"));
    }
}

/// Writes a line to standard output; a reader that has gone (`| head`) is no error.
fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{}", text.trim_end_matches('\n')) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
