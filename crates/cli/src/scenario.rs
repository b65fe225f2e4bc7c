//! Findings of a scenario, as every command prints them.

use std::path::Path;

use angara_diagnostics::{TextStyle, render_text};
use angara_scenario::{Loaded, Scenario};

use crate::output::Output;

/// The checked scenario; `None` after its findings have been printed.
pub(crate) fn checked(
    loaded: &Loaded,
    folder: &Path,
    output: Output,
) -> anyhow::Result<Option<Scenario>> {
    let shown = folder.display().to_string();
    if !loaded.diagnostics.is_empty() {
        let style = TextStyle {
            colour: output.is_coloured(),
        };
        Output::message(&render_text(&loaded.diagnostics, &shown, style));
    }
    if loaded.scenario.is_none() {
        output.value(&angara_diagnostics::render_json(
            &loaded.diagnostics,
            &shown,
        ))?;
    }
    Ok(loaded.scenario.clone())
}
