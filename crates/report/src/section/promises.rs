//! Part 8: every promise, the broken ones first.

use std::collections::BTreeMap;

use crate::ReportError;
use crate::format::{Currency, capital, percent, promise_words, significant};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// Kept promises that the page lists one by one; the table of the run holds all.
const MOST_ROWS: usize = 400;

/// The promises of a run.
pub(crate) struct Promises {
    pub(crate) sentence: String,
    pub(crate) summary: Grid,
    pub(crate) all: Grid,
    pub(crate) has_broken: bool,
}

/// One promise to one subject, over the years.
#[derive(Debug, Clone)]
struct Entry {
    subject: String,
    years: usize,
    broken: usize,
    first_broken: Option<i32>,
    worst: usize,
}

/// The promises of a run. Errors: a table is not as it should be.
pub(crate) fn promises(run: &Run) -> Result<Promises, ReportError> {
    let table = run.table("promises")?;
    let (kinds, subjects) = (table.texts("promise")?, table.texts("subject")?);
    let (names, years) = (table.texts("subject_name")?, table.optional_years("year")?);
    let (limits, values) = (table.numbers("limit")?, table.numbers("value")?);
    let (units, holds, margins) = (
        table.texts("unit")?,
        table.truths("holds")?,
        table.numbers("margin")?,
    );
    // By how much of its limit a promise is kept: tells the tightest year.
    let slack = |row: usize| margins[row] / limits[row].abs().max(1e-12);
    let mut entries: BTreeMap<(String, String), Entry> = BTreeMap::new();
    for row in 0..table.rows() {
        let entry = entries
            .entry((kinds[row].clone(), subjects[row].clone()))
            .or_insert_with(|| Entry {
                subject: names[row].clone(),
                years: 0,
                broken: 0,
                first_broken: None,
                worst: row,
            });
        entry.years += 1;
        if (holds[row], slack(row)) < (holds[entry.worst], slack(entry.worst)) {
            entry.worst = row;
        }
        if !holds[row] {
            entry.broken += 1;
            if let Some(year) = years[row] {
                entry.first_broken = Some(entry.first_broken.map_or(year, |first| first.min(year)));
            }
        }
    }
    let mut sorted: Vec<(&(String, String), &Entry)> = entries.iter().collect();
    sorted.sort_by(|a, b| {
        let rank = |entry: &Entry| (entry.broken == 0, entry.first_broken.unwrap_or(i32::MAX));
        rank(a.1)
            .cmp(&rank(b.1))
            .then(slack(a.1.worst).total_cmp(&slack(b.1.worst)))
            .then(a.0.cmp(b.0))
    });
    let mut all = Grid::new(
        "Promises by subject, each in its tightest year",
        vec![
            words("Promise"),
            words("To"),
            words("Kept"),
            numbers("Tightest year", ""),
            numbers("Value", ""),
            numbers("Limit", ""),
            numbers("Margin", ""),
        ],
    );
    let broken = sorted.iter().filter(|(_, entry)| entry.broken > 0).count();
    for ((kind, _), entry) in sorted.iter().take(MOST_ROWS.max(broken)) {
        let row = entry.worst;
        let is_broken = entry.broken > 0;
        let value = |value: f64| amount(value, &units[row]);
        let kept = match (is_broken, entry.years) {
            (false, _) => Cell::text("kept").class("good"),
            (true, 1) => Cell::text("broken").class("bad"),
            (true, years) => {
                Cell::text(format!("broken in {} of {years} years", entry.broken)).class("bad")
            }
        };
        all.kind_of_row(
            if is_broken { "broken" } else { "kept" },
            vec![
                capital(&promise_words(kind)).into(),
                if entry.subject.is_empty() {
                    "the programme".into()
                } else {
                    entry.subject.clone().into()
                },
                kept,
                years[row].map_or_else(|| Cell::text("all"), |year| Cell::text(year.to_string())),
                value(values[row]).into(),
                value(limits[row]).into(),
                value(margins[row]).into(),
            ],
        );
    }
    if sorted.len() > all.len() {
        all.note(format!(
            "{} more promises are kept with more room; all are in tables/promises.parquet.",
            sorted.len() - all.len()
        ));
    }
    let sentence = match broken {
        0 => format!("All {} promises are kept, in every year.", sorted.len()),
        count => format!(
            "{count} of {} promises are broken in at least one year.",
            sorted.len()
        ),
    };
    Ok(Promises {
        sentence,
        summary: summary(&sorted),
        all,
        has_broken: broken > 0,
    })
}

/// A value with its unit; shares as percentages.
fn amount(value: f64, unit: &str) -> String {
    match unit {
        "1" => percent(value, 2),
        "" => significant(value, 4),
        _ if is_money(unit) => Currency::of_unit(unit).amount(value),
        _ => format!("{}\u{a0}{unit}", significant(value, 4)),
    }
}

/// A currency by itself, in whole or in minor units.
fn is_money(unit: &str) -> bool {
    unit.contains("minor")
        || (unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn summary(entries: &[(&(String, String), &Entry)]) -> Grid {
    let mut kinds: BTreeMap<&str, (usize, usize, Option<i32>)> = BTreeMap::new();
    for ((kind, _), entry) in entries {
        let counts = kinds.entry(kind).or_default();
        counts.0 += 1;
        if entry.broken > 0 {
            counts.1 += 1;
            let year = entry.first_broken.unwrap_or(i32::MAX);
            counts.2 = Some(counts.2.map_or(year, |first| first.min(year)));
        }
    }
    let mut grid = Grid::new(
        "Promises by kind",
        vec![
            words("Promise"),
            numbers("Made to", ""),
            numbers("Broken", ""),
            numbers("First", ""),
        ],
    );
    for (kind, (all, broken, first)) in kinds {
        let first = first.filter(|year| *year < i32::MAX);
        let count = Cell::number(broken as f64, 0);
        grid.row(vec![
            capital(&promise_words(kind)).into(),
            Cell::number(all as f64, 0),
            count.class(if broken > 0 { "bad" } else { "good" }),
            first.map_or_else(|| Cell::text("–"), |year| Cell::text(year.to_string())),
        ]);
    }
    grid
}
