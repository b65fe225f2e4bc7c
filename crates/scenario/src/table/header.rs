//! The header of a table: `hall_it [MW]`.

use angara_diagnostics::{Diagnostic, did_you_mean, listed, nearest, quoted};

use super::column::is_free;
use super::{Table, split};
use crate::reading::Reading;
use crate::written::unit_finding;

/// A column as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) unit: Option<String>,
}

/// Takes the header off the records of a table and checks it, and the length of every row against it.
pub(super) fn read(table: &mut Table, reading: &Reading) {
    if table.records.is_empty() {
        reading.push(
            Diagnostic::error(
                "empty-table",
                format!("{} has no header row", quoted(&table.file)),
            )
            .at(angara_diagnostics::Location::file(&table.file))
            .expected(format!("a first row with the columns {}", required(table))),
        );
        table.incomplete = true;
        return;
    }
    if let Some(word) = other_separator(&table.text[table.records[0].text.clone()]) {
        reading.push(
            Diagnostic::error(
                "separator",
                format!(
                    "the columns of {} seem to be separated by {word}",
                    table.file
                ),
            )
            .at(with_no_row(table.locate_row(0)))
            .expected("commas between the columns, points in numbers")
            .hint("export the table again and choose the comma as separator"),
        );
        table.records.clear();
        table.incomplete = true;
        return;
    }
    let cells = table.records[0].cells.clone();
    for index in 0..cells.len() {
        let range = table.cells[cells.start + index].clone();
        let written = split::unquoted(&table.text[range.clone()]).into_owned();
        let column = column(&written);
        if let Some(finding) = fault(table, &column, &written) {
            reading.push(finding.at(table.locate_range(0, range)));
            // A unit that is wrong in the header would be wrong again in every cell.
            reading.tell_once(table.spec.name, &column.name);
        }
        table.columns.push(column);
    }
    for spec in table.spec.columns.iter().filter(|spec| spec.required) {
        if table.column(spec.name).is_none() && !is_misspelt(table, spec.name) {
            reading.push(
                Diagnostic::error(
                    "missing-column",
                    format!("{} lacks the column {}", table.file, quoted(spec.name)),
                )
                .at(with_no_row(table.locate_row(0)))
                .expected(format!("the columns {}", required(table))),
            );
        }
    }
    table.records.remove(0);
    if table.records.is_empty() && table.spec.needed && !table.incomplete {
        reading.push(
            Diagnostic::error(
                "empty-table",
                format!("{} has no rows below its header", quoted(&table.file)),
            )
            .at(angara_diagnostics::Location::file(&table.file))
            .expected(format!("at least one {}", table.spec.row)),
        );
        table.incomplete = true;
    }
    for row in (0..table.len()).filter(|row| !table.is_whole(*row)) {
        let found = table.records[row].cells.len();
        let expected = table.columns.len();
        reading.push(
            Diagnostic::error(
                "ragged-row",
                format!("the row has {found} cells, and the header has {expected}"),
            )
            .at(table.locate_row(row))
            .expected(format!("{expected} cells"))
            .hint(if found > expected {
                "put a cell that holds a comma in quotes, or take out the comma"
            } else {
                "keep the comma of a cell that is left empty"
            }),
        );
    }
}

/// True where an unknown column is found already that was probably meant for this one.
fn is_misspelt(table: &Table, name: &str) -> bool {
    table
        .columns
        .iter()
        .filter(|column| table.spec.column(&column.name).is_none() && !is_free(&column.name))
        .any(|column| {
            nearest(
                &column.name,
                table.spec.columns.iter().map(|spec| spec.name),
            ) == Some(name)
        })
}

fn with_no_row(location: angara_diagnostics::Location) -> angara_diagnostics::Location {
    angara_diagnostics::Location {
        row: None,
        ..location
    }
}

fn required(table: &Table) -> String {
    let names: Vec<String> = table
        .spec
        .columns
        .iter()
        .filter(|spec| spec.required)
        .map(|spec| quoted(spec.name))
        .collect();
    names.join(", ")
}

fn column(written: &str) -> Column {
    match written.split_once('[') {
        Some((name, rest)) => Column {
            name: name.trim().to_owned(),
            unit: Some(rest.strip_suffix(']').unwrap_or(rest).trim().to_owned()),
        },
        None => Column {
            name: written.trim().to_owned(),
            unit: None,
        },
    }
}

fn fault(table: &Table, column: &Column, written: &str) -> Option<Diagnostic> {
    let name = column.name.as_str();
    if written.contains('[') && !written.ends_with(']') {
        return Some(
            Diagnostic::error(
                "bad-header",
                format!(
                    "the header {} opens a bracket and does not close it",
                    quoted(written)
                ),
            )
            .expected("a column and its unit, such as `hall_it [MW]`"),
        );
    }
    if name.is_empty() {
        return Some(
            Diagnostic::error("bad-header", "a column has no name")
                .hint("take out the empty column, or the comma at the end of the header"),
        );
    }
    if table.columns.iter().any(|other| other.name == name) {
        return Some(
            Diagnostic::error(
                "duplicate-column",
                format!("the column {} stands in the header twice", quoted(name)),
            )
            .expected("each column once"),
        );
    }
    let Some(spec) = table.spec.column(name) else {
        if is_free(name) {
            return None;
        }
        let names = || table.spec.columns.iter().map(|spec| spec.name);
        return Some(
            Diagnostic::error(
                "unknown-column",
                format!("{} has no column {}", table.file, quoted(name)),
            )
            .expected(listed(names()))
            .hint(did_you_mean(name, names()).unwrap_or_else(|| {
                "take the column out, or let its name start with `note` to keep it".to_owned()
            })),
        );
    };
    let unit = column.unit.as_deref()?;
    match spec.unit {
        None if matches!((name, unit), ("latitude" | "longitude", "°" | "deg")) => None,
        None => Some(
            Diagnostic::error(
                "unit",
                format!(
                    "the column {} has no unit, and the header gives it {}",
                    quoted(name),
                    quoted(unit)
                ),
            )
            .expected(format!("the header {}", quoted(name))),
        ),
        Some(check) => check(&format!("1 {unit}")).err().map(|error| {
            unit_finding(&error, unit).hint(format!(
                "the unit in the header holds for every cell of {} that has none",
                quoted(name)
            ))
        }),
    }
}

/// The separator that a spreadsheet put where commas should be.
fn other_separator(header: &str) -> Option<&'static str> {
    [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")]
        .into_iter()
        .find(|(separator, _)| !header.contains(',') && header.matches(*separator).count() > 1)
        .map(|(_, word)| word)
}
