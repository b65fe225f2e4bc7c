//! Every broken scenario gives a message that a planner understands.

#[path = "support/cases.rs"]
mod cases;

use std::collections::BTreeSet;
use std::path::Path;

use angara_diagnostics::{TextStyle, render_text};
use angara_scenario::Loaded;

fn each(group: &str, start: &str, examine: impl Fn(&str, &Loaded, &str)) {
    let scenario_crate = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = cases::cases(scenario_crate, group);
    assert!(!cases.is_empty());
    for case in cases.iter().filter(|case| case.name.starts_with(start)) {
        let scratch = tempfile::tempdir().expect("scratch");
        let folder = scratch.path().join("scenario");
        case.write(scenario_crate, &folder);
        let loaded = angara_scenario::load(&folder);
        let text = render_text(&loaded.diagnostics, "scenario", TextStyle::default());
        examine(&case.name, &loaded, &text);
    }
}

#[test]
fn every_broken_scenario_is_refused_with_a_message() {
    each("broken", "", |name, loaded, text| {
        insta::assert_snapshot!(format!("broken-{name}"), text);
        assert!(loaded.scenario.is_none(), "{name}");
        assert!(loaded.diagnostics.has_errors(), "{name}");
        assert!(!text.contains('\u{1b}'), "{name}");
        examine_findings(name, loaded);
    });
}

#[test]
fn every_doubtful_scenario_is_read_with_a_warning() {
    each("doubtful", "", |name, loaded, text| {
        insta::assert_snapshot!(format!("doubtful-{name}"), text);
        assert!(loaded.scenario.is_some(), "{name}");
        assert!(loaded.diagnostics.warnings() > 0, "{name}");
    });
}

#[test]
fn errors_of_several_files_are_told_together() {
    each("broken", "several-errors", |_, loaded, _| {
        let files: BTreeSet<&str> = loaded
            .diagnostics
            .iter()
            .filter_map(|finding| finding.location.as_ref())
            .map(|location| location.file.as_str())
            .collect();
        assert_eq!(files.len(), 6, "{files:?}");
    });
}

/// What every finding owes the planner: where it is, and what would have been right or helps.
fn examine_findings(name: &str, loaded: &Loaded) {
    for finding in loaded.diagnostics.iter() {
        let Some(location) = &finding.location else {
            panic!("{name}: {finding:?} is nowhere");
        };
        assert!(!location.file.is_empty(), "{name}");
        if location.row.is_some() {
            assert!(
                location.line.is_some() && location.column.is_some(),
                "{name}"
            );
        }
        assert!(
            finding.expected.is_some() || finding.hint.is_some(),
            "{name}: {} says neither what is expected nor what helps",
            finding.message
        );
    }
}
