//! SMPS: core (MPS), time and stochastic file of a two-stage program with scenarios.

use std::collections::BTreeMap;

use crate::finding::Findings;

/// One column of the core.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) whole: bool,
    /// Row and coefficient.
    pub(crate) entries: Vec<(String, f64)>,
}

/// What the three files hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Smps {
    /// Sense and right-hand side of each row, in the order of the file; the objective is not among them.
    pub(crate) rows: Vec<(String, char)>,
    pub(crate) objective: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) right: BTreeMap<String, f64>,
    /// First column of the second stage.
    pub(crate) second_column: String,
    /// Probability and changed right-hand sides of each scenario.
    pub(crate) scenarios: Vec<(f64, BTreeMap<String, f64>)>,
}

/// Most columns and scenarios.
const COUNT_MAX: usize = 1_000_000;

/// Reads the three texts; what is wrong is in the findings, each field named with its file.
pub(crate) fn read(core: &str, time: &str, stochastic: &str, findings: &mut Findings) -> Smps {
    let mut smps = Smps::default();
    read_core(core, &mut smps, findings);
    read_time(time, &mut smps, findings);
    read_stochastic(stochastic, &mut smps, findings);
    smps
}

/// Lines that hold something, numbered from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('*'))
}

fn number(line: usize, field: &str, word: &str, findings: &mut Findings) -> f64 {
    match word.parse::<f64>() {
        Ok(value) if value.is_finite() && value.abs() <= 1e12 => value,
        _ => {
            findings.add(line, field, word, "a number of at most 1e12");
            0.0
        }
    }
}

fn read_core(text: &str, smps: &mut Smps, findings: &mut Findings) {
    let mut section = "";
    let mut whole = false;
    for (line, content) in lines(text) {
        if findings.is_full() {
            return;
        }
        let words: Vec<&str> = content.split_whitespace().collect();
        if !content.starts_with([' ', '\t']) {
            section = words[0];
            if section == "ENDATA" {
                return;
            }
            if !matches!(section, "NAME" | "ROWS" | "COLUMNS" | "RHS" | "BOUNDS") {
                findings.add(
                    line,
                    "core: section",
                    section,
                    "NAME, ROWS, COLUMNS, RHS, BOUNDS or ENDATA",
                );
            }
            continue;
        }
        match section {
            "ROWS" => match words[..] {
                ["N", name] => name.clone_into(&mut smps.objective),
                [sense @ ("G" | "L" | "E"), name] => {
                    smps.rows
                        .push((name.to_owned(), sense.chars().next().unwrap_or('E')));
                }
                _ => findings.add(line, "core: row", content.trim(), "N, G, L or E and a name"),
            },
            "COLUMNS" if words.contains(&"'MARKER'") => whole = words.contains(&"'INTORG'"),
            "COLUMNS" => column(line, &words, whole, smps, findings),
            "RHS" => pairs(
                line,
                &words,
                "core: right-hand side",
                findings,
                |row, value| {
                    smps.right.insert(row, value);
                },
            ),
            // Only binaries are used; their bounds say nothing that the marker does not.
            _ => {}
        }
    }
    findings.add(0, "core: end", "missing", "ENDATA");
}

fn pairs(
    line: usize,
    words: &[&str],
    field: &str,
    findings: &mut Findings,
    mut add: impl FnMut(String, f64),
) {
    if words.len() < 3 || words.len().is_multiple_of(2) {
        findings.add(
            line,
            field,
            &words.join(" "),
            "a name and pairs of row and number",
        );
        return;
    }
    for pair in words[1..].chunks(2) {
        let value = number(line, field, pair[1], findings);
        add(pair[0].to_owned(), value);
    }
}

fn column(line: usize, words: &[&str], whole: bool, smps: &mut Smps, findings: &mut Findings) {
    let name = words[0];
    if smps.columns.last().is_none_or(|column| column.name != name) {
        if smps.columns.len() >= COUNT_MAX {
            findings.add(line, "core: columns", name, format!("at most {COUNT_MAX}"));
            return;
        }
        smps.columns.push(Column {
            name: name.to_owned(),
            line,
            whole,
            entries: Vec::new(),
        });
    }
    if let Some(column) = smps.columns.last_mut() {
        pairs(line, words, "core: column", findings, |row, value| {
            column.entries.push((row, value));
        });
    }
}

fn read_time(text: &str, smps: &mut Smps, findings: &mut Findings) {
    let periods: Vec<(usize, Vec<&str>)> = lines(text)
        .filter(|(_, content)| content.starts_with([' ', '\t']))
        .map(|(line, content)| (line, content.split_whitespace().collect()))
        .collect();
    match &periods[..] {
        [_, (_, second)] if !second.is_empty() => second[0].clone_into(&mut smps.second_column),
        _ => findings.add(0, "time: periods", &periods.len().to_string(), "two"),
    }
}

fn read_stochastic(text: &str, smps: &mut Smps, findings: &mut Findings) {
    for (line, content) in lines(text) {
        if findings.is_full() {
            return;
        }
        let words: Vec<&str> = content.split_whitespace().collect();
        if !content.starts_with([' ', '\t']) {
            if words[0] == "ENDATA" {
                break;
            }
            if !matches!(words[0], "STOCH" | "SCENARIOS") {
                findings.add(
                    line,
                    "stoch: section",
                    words[0],
                    "STOCH, SCENARIOS or ENDATA",
                );
            }
            continue;
        }
        if words[0] == "SC" {
            let probability = words.get(3).copied().unwrap_or("missing");
            let value = number(line, "stoch: probability", probability, findings);
            if !(value > 0.0 && value <= 1.0) {
                findings.add(
                    line,
                    "stoch: probability",
                    probability,
                    "above 0, at most 1",
                );
            }
            if smps.scenarios.len() >= COUNT_MAX {
                findings.add(
                    line,
                    "stoch: scenarios",
                    probability,
                    format!("at most {COUNT_MAX}"),
                );
                return;
            }
            smps.scenarios.push((value, BTreeMap::new()));
            continue;
        }
        match smps.scenarios.last_mut() {
            Some(scenario) => pairs(
                line,
                &words,
                "stoch: right-hand side",
                findings,
                |row, value| {
                    scenario.1.insert(row, value);
                },
            ),
            None => findings.add(line, "stoch: scenario", words[0], "SC before its values"),
        }
    }
    let total: f64 = smps.scenarios.iter().map(|scenario| scenario.0).sum();
    if (total - 1.0).abs() > 1e-6 {
        findings.add(0, "stoch: probabilities", &total.to_string(), "a sum of 1");
    }
}
