//! No content of a scenario folder makes reading panic or go on without end.

use std::collections::BTreeMap;

use angara_diagnostics::{TextStyle, render_json, render_text};
use angara_scenario::{Loaded, TEMPLATE, load_files};
use proptest::prelude::*;

fn template() -> BTreeMap<String, Vec<u8>> {
    TEMPLATE
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect()
}

/// Reads, renders and explains; a scenario is there exactly when no finding is an error.
fn examine(files: &BTreeMap<String, Vec<u8>>) -> Loaded {
    let loaded = load_files(files);
    assert_eq!(loaded.scenario.is_none(), loaded.diagnostics.has_errors());
    let text = render_text(&loaded.diagnostics, "scenario", TextStyle::default());
    assert!(
        text.chars()
            .all(|character| character == '\n' || !character.is_control()),
        "{text:?}"
    );
    let _ = render_json(&loaded.diagnostics, "scenario");
    assert!(
        loaded
            .explanations
            .written()
            .all(|value| !value.path.is_empty())
    );
    loaded
}

/// One change of some bytes.
#[derive(Debug, Clone)]
enum Change {
    Cut(usize, usize),
    Repeat(usize, usize),
    Put(usize, Vec<u8>),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let within = |at: usize, bytes: &[u8]| at % (bytes.len() + 1);
        match self {
            Self::Cut(at, length) => {
                let at = within(*at, bytes);
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            Self::Repeat(at, length) => {
                let at = within(*at, bytes);
                let end = (at + length).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(end..end, again);
            }
            Self::Put(at, new) => {
                let at = within(*at, bytes);
                bytes.splice(at..at, new.iter().copied());
            }
        }
    }
}

/// Pieces that readers trip over.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 1..8),
        prop::sample::select(
            vec![
                "\"",
                ",",
                "\n",
                "\r\n",
                "\u{feff}",
                "\0",
                "[",
                "]",
                "{",
                "}",
                ": ",
                "- ",
                "&a ",
                "*a",
                "<<: ",
                "#",
                "NaN",
                "inf",
                "-1",
                "1e999",
                "9".repeat(400).as_str(),
                " %",
                "é",
                "\u{202e}",
                "\u{1b}[31m",
                "EUR",
                "MW",
                "2027",
                ";",
                "\t",
                "!!binary ",
                "? ",
                "|\n",
                ">\n",
                "'",
            ]
            .into_iter()
            .map(|text| text.as_bytes().to_vec())
            .collect::<Vec<_>>()
        ),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), 1usize..40).prop_map(|(at, length)| Change::Cut(at, length)),
        (any::<usize>(), 1usize..200).prop_map(|(at, length)| Change::Repeat(at, length)),
        (any::<usize>(), piece()).prop_map(|(at, new)| Change::Put(at, new)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_files_never_make_reading_panic(
        changes in prop::collection::vec((0..TEMPLATE.len(), change()), 1..6)
    ) {
        let mut files = template();
        for (file, change) in changes {
            if let Some(bytes) = files.get_mut(TEMPLATE[file].0) {
                change.apply(bytes);
            }
        }
        examine(&files);
    }

    #[test]
    fn any_settings_never_make_reading_panic(text in "[a-d:\\-{}\\[\\]&*#'\"|>!%? \n\t,0-9.]{0,120}") {
        let mut files = template();
        files.insert("scenario.yaml".to_owned(), text.into_bytes());
        examine(&files);
    }

    #[test]
    fn findings_do_not_depend_on_chance(
        changes in prop::collection::vec((0..TEMPLATE.len(), change()), 1..6)
    ) {
        let mut files = template();
        for (file, change) in changes {
            if let Some(bytes) = files.get_mut(TEMPLATE[file].0) {
                change.apply(bytes);
            }
        }
        let render = || render_text(&load_files(&files).diagnostics, "x", TextStyle::default());
        prop_assert_eq!(render(), render());
    }
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_are_read() {
    let plain = examine(&template()).scenario;
    let mut files = template();
    for bytes in files.values_mut() {
        let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
        *bytes = format!("\u{feff}{text}").into_bytes();
    }
    assert!(plain.is_some());
    assert_eq!(examine(&files).scenario, plain);
}

#[test]
fn a_table_full_of_faults_is_told_in_few_lines() {
    let mut files = template();
    let mut links = String::from_utf8_lossy(&files["links.csv"]).into_owned();
    links.extend((0..50_000).map(|row| format!("l{row},nowhere,shore,-5,fast,perhaps,0,1,,\n")));
    files.insert("links.csv".to_owned(), links.into_bytes());
    let loaded = examine(&files);
    assert!(loaded.diagnostics.errors() >= 250_000);
    assert!(loaded.diagnostics.iter().count() < 100);
}

#[test]
fn large_tables_full_of_unknown_names_are_read_in_bounded_time() {
    let mut files = template();
    let mut demand = "service,place,users,source\n".to_owned();
    let mut places = String::from_utf8_lossy(&files["places.csv"]).into_owned();
    let rows = 0..20_000;
    places.extend(
        rows.clone()
            .map(|row| format!("town-{row},Town,62,25,1,Europe/Helsinky,lakes,x\n")),
    );
    demand.extend(rows.map(|row| format!("trainin-{row},toun-{row},1,x\n")));
    files.insert("demand.csv".to_owned(), demand.into_bytes());
    files.insert("places.csv".to_owned(), places.into_bytes());
    assert!(examine(&files).diagnostics.errors() >= 60_000);
}

#[test]
fn a_table_of_too_many_rows_is_refused() {
    let mut files = template();
    let mut demand = "service,place,users,source\n".to_owned();
    for _ in 0..200_001 {
        demand += "training,midtown,1,x\n";
    }
    files.insert("demand.csv".to_owned(), demand.into_bytes());
    let loaded = examine(&files);
    let codes: Vec<&str> = loaded
        .diagnostics
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert!(codes.contains(&"too-many-rows"), "{codes:?}");
}

#[test]
fn a_table_of_too_many_columns_is_refused() {
    let mut files = template();
    files.insert("demand.csv".to_owned(), ",x".repeat(100_000).into_bytes());
    let loaded = examine(&files);
    let codes: Vec<&str> = loaded
        .diagnostics
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert!(codes.contains(&"too-many-columns"), "{codes:?}");
}
