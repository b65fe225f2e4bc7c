//! `angara check`: everything that is wrong with a scenario, at once.

use std::path::PathBuf;

use crate::exit::Code;
use crate::output::Output;
use crate::scenario;

/// Read a scenario and say everything that is wrong with it; run nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The scenario folder.
    scenario: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let loaded = angara_scenario::load(&arguments.scenario);
    let shown = arguments.scenario.display().to_string();
    let Some(checked) = scenario::checked(&loaded, &arguments.scenario, output)? else {
        return Ok(Code::BadInput);
    };
    output.text(&format!(
        "{shown} is sound: {} places, {} sites, {} services, {} catalogue entries, {} futures, {} files.",
        checked.places.len(),
        checked.sites.len(),
        checked.services.len(),
        checked.equipment.len(),
        checked.futures.len(),
        loaded.inputs.len(),
    ))?;
    output.value(&angara_diagnostics::render_json(
        &loaded.diagnostics,
        &shown,
    ))?;
    Ok(Code::Done)
}
