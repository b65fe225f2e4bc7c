//! Part 9: where every number comes from and how to make the page again.

use std::collections::BTreeMap;

use crate::ReportError;
use crate::fleet::Fleet;
use crate::format::{clean, number, tiny};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// Everything that makes the run reproducible.
pub(crate) struct Trust {
    pub(crate) command: String,
    pub(crate) verify: &'static str,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) weather: String,
    pub(crate) residuals: Grid,
    pub(crate) inputs: Grid,
    pub(crate) defaults: Grid,
    pub(crate) sources: Vec<String>,
    pub(crate) sources_by_row: Grid,
}

/// The trust box of a run. Errors: a table is not as it should be.
pub(crate) fn trust(run: &Run, fleet: &Fleet) -> Result<Trust, ReportError> {
    let manifest = &run.manifest;
    let mut facts = vec![
        ("Scenario".to_owned(), clean(&manifest.scenario)),
        ("Seed".to_owned(), manifest.seed.to_string()),
        (
            "Version".to_owned(),
            format!("{} {}", clean(&manifest.product), clean(&manifest.version)),
        ),
    ];
    facts.extend(
        manifest
            .engines
            .iter()
            .map(|(name, version)| (clean(name), clean(version))),
    );
    Ok(Trust {
        command: clean(&manifest.command),
        verify: "angara verify RUN",
        facts,
        weather: weather(fleet),
        residuals: residuals(run),
        inputs: inputs(run),
        defaults: defaults(run)?,
        sources: sources(run)?,
        sources_by_row: sources_by_row(run)?,
    })
}

/// Says plainly where the weather was not measured.
fn weather(fleet: &Fleet) -> String {
    let synthetic = |weather: &str| weather.to_lowercase().contains("synthetic");
    let names = |wanted: bool| -> Vec<&str> {
        let sites = fleet
            .sites
            .iter()
            .filter(|site| synthetic(&site.weather) == wanted);
        sites.map(|site| site.name.as_str()).collect()
    };
    match (names(true), names(false)) {
        (made, _) if made.is_empty() => "Measured weather at every site.".to_owned(),
        (_, measured) if measured.is_empty() => {
            "Synthetic weather at every site: an hourly year drawn from monthly normals, not measured.".to_owned()
        }
        (made, _) => format!(
            "Synthetic weather (an hourly year drawn from monthly normals, not measured) at {}; measured elsewhere.",
            made.join(", ")
        ),
    }
}

fn residuals(run: &Run) -> Grid {
    let mut grid = Grid::new(
        "What the conservation laws left over",
        vec![
            words("Law"),
            numbers("Residual", ""),
            numbers("Limit", ""),
            words(""),
        ],
    );
    for residual in &run.manifest.residuals {
        let is_kept = residual.value.abs() <= residual.limit;
        grid.row(vec![
            clean(&residual.name).into(),
            Cell::text(tiny(residual.value)).metric(
                &format!("residual:{}", clean(&residual.name)),
                residual.value,
            ),
            tiny(residual.limit).into(),
            if is_kept {
                Cell::text("kept").class("good")
            } else {
                Cell::text("broken").class("bad")
            },
        ]);
    }
    grid
}

fn inputs(run: &Run) -> Grid {
    let mut grid = Grid::new(
        "Files of the scenario",
        vec![words("File"), numbers("Size", "byte"), words("BLAKE3")],
    );
    for file in &run.manifest.inputs {
        grid.row(vec![
            clean(&file.path).into(),
            Cell::number(file.bytes as f64, 0),
            Cell::text(clean(&file.blake3)).class("code"),
        ]);
    }
    grid
}

fn defaults(run: &Run) -> Result<Grid, ReportError> {
    let table = run.table("defaults")?;
    let (paths, values) = (table.texts("path")?, table.texts("value")?);
    let (counts, sources) = (table.numbers("count")?, table.texts("source")?);
    let mut grid = Grid::new(
        "Defaults that the scenario did not set",
        vec![
            words("Where"),
            words("Value"),
            numbers("Used", "times"),
            words("Source"),
        ],
    );
    for row in 0..table.rows() {
        grid.row(vec![
            Cell::text(paths[row].clone()).class("code"),
            values[row].clone().into(),
            Cell::number(counts[row], 0),
            sources[row].clone().into(),
        ]);
    }
    Ok(grid)
}

/// Each source once, in the order of its first use, with what it is the source of.
fn sources(run: &Run) -> Result<Vec<String>, ReportError> {
    let table = run.table("sources")?;
    let (tables, sources) = (table.texts("table")?, table.texts("source")?);
    let mut used: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut order = Vec::new();
    for row in 0..table.rows() {
        let tables_of = used.entry(&sources[row]).or_insert_with(|| {
            order.push(sources[row].as_str());
            BTreeMap::new()
        });
        *tables_of.entry(&tables[row]).or_default() += 1;
    }
    Ok(order
        .into_iter()
        .map(|source| {
            let tables = used.get(source).into_iter().flatten();
            let parts: Vec<String> = tables
                .map(|(table, rows)| format!("{table}, {}", number(*rows as f64, 0)))
                .collect();
            format!("{source} ({})", parts.join("; "))
        })
        .collect())
}

fn sources_by_row(run: &Run) -> Result<Grid, ReportError> {
    let table = run.table("sources")?;
    let (tables, ids, sources) = (
        table.texts("table")?,
        table.texts("id")?,
        table.texts("source")?,
    );
    let mut grid = Grid::new(
        "Sources row by row",
        vec![words("Table"), words("Row"), words("Source")],
    );
    for row in 0..table.rows() {
        grid.row(vec![
            tables[row].clone().into(),
            ids[row].clone().into(),
            sources[row].clone().into(),
        ]);
    }
    Ok(grid)
}
