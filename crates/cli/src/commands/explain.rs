//! `angara explain`: where a number comes from.

use std::path::PathBuf;

use angara_scenario::{Explained, ValueOrigin};
use serde::Serialize;

use crate::exit::Code;
use crate::output::Output;

/// Say what a value is, its unit, where it stands and what its source is.
///
/// A path is TABLE.ROW.COLUMN or a settings key: `sites.dc-irkutsk.hall_it`, `planning.gap`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The scenario folder.
    scenario: PathBuf,

    /// Path of the value; every path with its value where none is given.
    path: Option<String>,
}

#[derive(Debug, Serialize)]
struct Explanation {
    path: String,
    value: String,
    unit: String,
    origin: String,
    source: String,
}

impl From<Explained> for Explanation {
    fn from(explained: Explained) -> Self {
        let origin = match explained.origin {
            ValueOrigin::Cell { file, line, row } => format!("{file}, line {line} (row {row})"),
            ValueOrigin::Key { file, line } => format!("{file}, line {line}"),
            ValueOrigin::Default => "default of the tool".to_owned(),
        };
        Self {
            path: explained.path,
            value: explained.value,
            unit: explained.unit,
            origin,
            source: explained.source,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let loaded = angara_scenario::load(&arguments.scenario);
    let Some(path) = &arguments.path else {
        let all: Vec<Explanation> = loaded
            .explanations
            .written()
            .map(Explanation::from)
            .collect();
        let lines: Vec<String> = all
            .iter()
            .map(|entry| {
                format!("{} = {} {}", entry.path, entry.value, entry.unit)
                    .trim_end()
                    .to_owned()
            })
            .collect();
        output.text(&lines.join("\n"))?;
        output.value(&all)?;
        return Ok(Code::Done);
    };
    match loaded.explanations.explain(path) {
        Ok(explained) => {
            let entry = Explanation::from(explained);
            let source = if entry.source.is_empty() {
                "none named"
            } else {
                &entry.source
            };
            output.text(&format!(
                "{}\n  value   {} {}\n  from    {}\n  source  {source}",
                entry.path, entry.value, entry.unit, entry.origin
            ))?;
            output.value(&entry)?;
            Ok(Code::Done)
        }
        Err(similar) => {
            let hint = similar.map_or_else(
                || "hint: `angara explain FOLDER` lists every path".to_owned(),
                |near| format!("hint: did you mean `{near}`?"),
            );
            Output::message(&format!(
                "error: the scenario has no value `{}`\n{hint}",
                angara_diagnostics::visible(path)
            ));
            Ok(Code::BadInput)
        }
    }
}
