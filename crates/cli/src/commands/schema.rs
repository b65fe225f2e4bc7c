//! `angara schema`: the JSON Schema of `scenario.yaml`, for editors.

use crate::exit::Code;
use crate::output::Output;

/// Print the JSON Schema of scenario.yaml.
///
/// Save it as scenario.schema.json beside scenario.yaml: editors that know YAML schemas then complete and check.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments, _output: Output) -> anyhow::Result<Code> {
    Output::raw(&serde_json::to_string_pretty(&angara_scenario::schema())?)?;
    Ok(Code::Done)
}
