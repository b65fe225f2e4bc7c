//! The shipped example scenarios.

use std::path::Path;

use angara_diagnostics::{TextStyle, render_text};

fn findings(name: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples")).join(name);
    let loaded = angara_scenario::load(&folder);
    assert_eq!(loaded.scenario.is_some(), !loaded.diagnostics.has_errors());
    render_text(&loaded.diagnostics, name, TextStyle::default())
}

#[test]
fn the_siberian_example_loads_without_a_finding() {
    assert_eq!(findings("siberia"), "");
}

#[test]
fn the_southern_african_example_loads_without_a_finding() {
    assert_eq!(findings("southern-africa"), "");
}
