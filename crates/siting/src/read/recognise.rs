//! Which format a file has, from its content.

use super::words::BYTES_MAX;
use super::{matrix, orlib_cap, orlib_pmed, points, tsplib};
use crate::finding::{Finding, Findings};
use crate::instance::Instance;

/// The formats that stand in one file. SMPS stands in three and has a reader of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// OR-Library warehouse location.
    OrlibCap,
    /// OR-Library p-median.
    OrlibPmed,
    /// TSPLIB points.
    Tsplib,
    /// CSV of points.
    Points,
    /// CSV of a distance matrix.
    Matrix,
}

/// The format of a text, if it is one of ours.
pub fn format_of(text: &str) -> Option<Format> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    if first.contains(',') {
        let names: Vec<String> = first
            .split(',')
            .map(|name| name.trim().trim_matches('"').to_lowercase())
            .collect();
        let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
        let globe = has(&["latitude", "lat"]) && has(&["longitude", "lon", "lng"]);
        let points = globe || (has(&["x"]) && has(&["y"]));
        return Some(if points {
            Format::Points
        } else {
            Format::Matrix
        });
    }
    if text.contains("NODE_COORD_SECTION") {
        return Some(Format::Tsplib);
    }
    let numbers = first.split_whitespace().count();
    let whole = first
        .split_whitespace()
        .all(|word| word.parse::<i64>().is_ok());
    match (whole, numbers) {
        (true, 2) => Some(Format::OrlibCap),
        (true, 3) => Some(Format::OrlibPmed),
        _ => None,
    }
}

/// Reads a file whatever its format. `capacity` stands in where a warehouse file leaves it open.
pub fn read(bytes: &[u8], capacity: Option<f64>) -> (Option<Instance>, Vec<Finding>) {
    let mut findings = Findings::default();
    if bytes.len() > BYTES_MAX {
        findings.add(
            0,
            "file",
            &format!("{} bytes", bytes.len()),
            format!("at most {BYTES_MAX} bytes"),
        );
        return (None, findings.into_list());
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        findings.add(0, "file", "other bytes", "UTF-8 text");
        return (None, findings.into_list());
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let medians = match format_of(text) {
        Some(Format::OrlibCap) => {
            let (facilities, list) = orlib_cap::read(text, capacity);
            return (facilities.map(Instance::Facilities), list);
        }
        Some(Format::OrlibPmed) => orlib_pmed::read(text),
        Some(Format::Tsplib) => tsplib::read(text),
        Some(Format::Points) => points::read(text),
        Some(Format::Matrix) => matrix::read(text),
        None => {
            let first = text.lines().next().unwrap_or("nothing");
            let expected = "OR-Library, TSPLIB points, or CSV of points or distances";
            findings.add(1, "file", first, expected);
            return (None, findings.into_list());
        }
    };
    (medians.0.map(Instance::Medians), medians.1)
}
