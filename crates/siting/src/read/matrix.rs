//! CSV of a distance matrix: a header with an empty (or any) first cell and the sites' names, then one row per client:
//! its name and the distance to each site. Distances may have decimals.

use super::words::{Decimal, common_scale};
use crate::finding::{Finding, Findings};
use crate::instance::Medians;
use crate::table::Matrix;

/// Most distances.
const CELLS_MAX: usize = 100_000_000;
/// Largest distance in whole units.
const WHOLE_MAX: f64 = 1e12;

/// Reads a matrix.
pub fn read(text: &str) -> (Option<Medians>, Vec<Finding>) {
    Findings::of(|findings| parse(text, findings))
}

fn parse(text: &str, findings: &mut Findings) -> Option<Medians> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let Some((_, header)) = lines.next() else {
        findings.add(1, "header", "nothing", "names of sites");
        return None;
    };
    let cell = |cell: &str| cell.trim().trim_matches('"').to_owned();
    let names: Vec<String> = header.split(',').skip(1).map(cell).collect();
    if names.is_empty() {
        findings.add(1, "header", header, "at least one site");
        return None;
    }
    let mut distances: Vec<Decimal> = Vec::new();
    let mut clients = 0;
    for (index, line) in lines {
        let number = index + 1;
        let cells: Vec<&str> = line.split(',').skip(1).map(str::trim).collect();
        if cells.len() != names.len() {
            let value = format!("{} distances", cells.len());
            findings.add(number, "row", &value, format!("{} distances", names.len()));
        }
        if distances.len() + cells.len() > CELLS_MAX {
            findings.add(
                number,
                "size",
                "too large",
                format!("at most {CELLS_MAX} distances"),
            );
            return None;
        }
        for word in cells {
            match Decimal::parse(word) {
                Some(distance) => distances.push(distance),
                None => findings.add(
                    number,
                    "distance",
                    word,
                    "a number, not negative, at most 1e15",
                ),
            }
        }
        clients += 1;
        if findings.is_full() {
            return None;
        }
    }
    if clients == 0 {
        findings.add(0, "rows", "none", "at least one client");
    }
    if !findings.is_empty() {
        return None;
    }
    let scale = common_scale(distances.iter().copied(), WHOLE_MAX);
    let whole = |distance: &Decimal| (distance.value * scale).round() as i64;
    let costs = distances.iter().map(whole).collect();
    Some(Medians {
        scale,
        names: names.clone(),
        ..Medians::new(Matrix::new(clients, names.len(), costs)?, None)
    })
}
