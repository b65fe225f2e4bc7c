//! `angara verify`: recompute a run from its own copy of the scenario and compare.

use std::path::PathBuf;

use angara_results::{Difference, Manifest, check_run, compare_runs};
use anyhow::Context;
use serde::Serialize;

use crate::commands::run;
use crate::exit::Code;
use crate::output::Output;
use crate::progress;
use crate::scenario;

/// Recompute a run from the scenario inside it and compare every byte; only the time it was made may differ.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The run folder.
    run: PathBuf,

    /// Compare files with the manifest's hashes only; recompute nothing.
    #[arg(long)]
    hashes: bool,
}

#[derive(Debug, Serialize)]
struct Verification {
    same: bool,
    recomputed: bool,
    differences: Vec<Place>,
}

#[derive(Debug, Serialize)]
struct Place {
    what: String,
    problem: String,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let folder = &arguments.run;
    if !folder.is_dir() {
        Output::message(&format!("error: {} is not a run folder", folder.display()));
        return Ok(Code::BadInput);
    }
    let manifest = Manifest::read(folder)?;
    let mut differences = check_run(folder)?;
    let recompute = !arguments.hashes && differences.is_empty();
    if recompute {
        let source = folder.join("scenario");
        let loaded = angara_scenario::load(&source);
        let Some(mut checked) = scenario::checked(&loaded, &source, output)? else {
            return Ok(Code::BadInput);
        };
        checked.seed = manifest.seed;
        let study = angara_study::run(&checked, &*progress::listener(output))?;
        let again = tempfile::tempdir().context("no temporary folder for the second run")?;
        let target = again.path().join("run");
        let command = manifest.command.clone();
        run::write(&checked, &loaded, &study, &source, &target, Some(command))?;
        differences = compare_runs(folder, &target)?;
    }
    report(&differences, recompute, output)
}

fn report(differences: &[Difference], recomputed: bool, output: Output) -> anyhow::Result<Code> {
    let same = differences.is_empty();
    if same {
        let how = if recomputed {
            "recomputed from its own scenario"
        } else {
            "hashes only"
        };
        output.text(&format!("The run is what its inputs give ({how})."))?;
    } else {
        let lines: Vec<String> = differences
            .iter()
            .map(|entry| format!("  {entry}"))
            .collect();
        output.text(&format!("The run differs:\n{}", lines.join("\n")))?;
    }
    output.value(&Verification {
        same,
        recomputed,
        differences: differences
            .iter()
            .map(|entry| Place {
                what: entry.what.clone(),
                problem: entry.problem.clone(),
            })
            .collect(),
    })?;
    Ok(if same { Code::Done } else { Code::Differs })
}
