//! `angara init`: a small commented scenario to start from.

use std::path::PathBuf;

use anyhow::Context;
use serde::Serialize;

use crate::exit::Code;
use crate::output::Output;

/// Write a small commented scenario into a new or empty folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder to write.
    folder: PathBuf,
}

#[derive(Debug, Serialize)]
struct Written {
    folder: String,
    files: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let folder = &arguments.folder;
    if let Err(error) = angara_scenario::write_template(folder) {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Output::message(&format!(
                "error: {} is not empty; init writes only into a new or empty folder",
                folder.display()
            ));
            return Ok(Code::BadInput);
        }
        return Err(error).context("the example cannot be written");
    }
    let shown = folder.display();
    let files: Vec<String> = angara_scenario::TEMPLATE
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    output.text(&format!(
        "Wrote {} files to {shown}. Next:\n  angara check {shown}\n  angara run {shown} --out {shown}-run",
        files.len()
    ))?;
    output.value(&Written {
        folder: shown.to_string(),
        files,
    })?;
    Ok(Code::Done)
}
