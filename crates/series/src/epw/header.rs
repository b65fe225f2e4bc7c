//! The header of a weather file: where the station lies and what the rows are.

use std::ops::RangeInclusive;

use super::EPW_LINE_BYTES_MAX;
use crate::finding::{Finding, Findings};

/// Most lines before the data rows; the format has eight.
const HEADER_LINES_MAX: usize = 32;
/// Longest name that is kept of a station [characters].
const NAME_LENGTH_MAX: usize = 60;
/// What the first line looks like.
const LOCATION_FORM: &str = "LOCATION,city,state,country,source,station number,latitude,longitude,\
                             hours ahead of UTC,elevation";

/// What later steps need of the header.
pub(super) struct Header {
    /// City, country and number of the station.
    pub(super) station: String,
    /// Kind of data, for example `TMY3`.
    pub(super) source: String,
    /// Height above sea level [m].
    pub(super) elevation_m: f64,
    /// Local standard time ahead of UTC [h], rounded to whole hours.
    pub(super) whole_hours_ahead: i32,
}

/// Moves past the line `DATA PERIODS`, behind which the data rows begin; `false` when there is none.
pub(super) fn skip_to_rows<'text>(
    lines: &mut impl Iterator<Item = (u32, &'text str)>,
    findings: &mut Findings,
) -> bool {
    for (row, line) in lines.take(HEADER_LINES_MAX) {
        if starts_with_word(line, "DATA PERIODS") {
            data_periods(row, line, findings);
            return true;
        }
    }
    findings.push(Finding::error(
        None,
        "DATA PERIODS",
        "",
        format!("a line that begins with DATA PERIODS within the first {HEADER_LINES_MAX} lines"),
    ));
    false
}

/// Reads the `LOCATION` line, the first of the file.
pub(super) fn location(row: u32, line: &str, findings: &mut Findings) -> Option<Header> {
    let fields: Vec<&str> = line
        .get(..EPW_LINE_BYTES_MAX)
        .unwrap_or(line)
        .split(',')
        .map(str::trim)
        .take(16)
        .collect();
    if !starts_with_word(line, "LOCATION") || fields.len() < 10 || line.len() > EPW_LINE_BYTES_MAX {
        findings.push(Finding::error(Some(row), "LOCATION", line, LOCATION_FORM));
        return None;
    }
    // All numbers are checked before giving up, so that every wrong one is reported.
    let mut number = |index: usize, name: &str, range: RangeInclusive<f64>| -> Option<f64> {
        let value = fields[index]
            .parse()
            .ok()
            .filter(|value| range.contains(value));
        if value.is_none() {
            let expected = format!("a number from {} to {}", range.start(), range.end());
            findings.push(Finding::error(Some(row), name, fields[index], expected));
        }
        value
    };
    let latitude = number(6, "latitude [°]", -90.0..=90.0);
    let longitude = number(7, "longitude [°]", -180.0..=180.0);
    let hours_ahead = number(8, "hours ahead of UTC [h]", -12.0..=14.0);
    let elevation_m = number(9, "elevation [m]", -500.0..=8000.0);
    latitude.and(longitude)?;
    Some(Header {
        station: station_name(&fields),
        source: printable(fields[4]),
        elevation_m: elevation_m?,
        whole_hours_ahead: whole_hours(row, hours_ahead?, findings),
    })
}

/// City, country and station number, as far as given.
fn station_name(fields: &[&str]) -> String {
    [fields[1], fields[3], fields[5]]
        .map(printable)
        .into_iter()
        .filter(|part| !part.is_empty() && part != "-")
        .collect::<Vec<_>>()
        .join(", ")
}

/// A name without control characters and of a length that fits into a label.
fn printable(name: &str) -> String {
    name.chars()
        .filter(|character| !character.is_control())
        .take(NAME_LENGTH_MAX)
        .collect()
}

/// Rounds the zone to whole hours, with a note when that changes it.
fn whole_hours(row: u32, hours_ahead: f64, findings: &mut Findings) -> i32 {
    let whole = hours_ahead.round();
    if whole != hours_ahead {
        findings.push(Finding::note(
            Some(row),
            "hours ahead of UTC [h]",
            &hours_ahead.to_string(),
            format!("whole hours; the shift to UTC was rounded to {whole} h"),
        ));
    }
    whole as i32
}

/// Checks that rows are hourly.
fn data_periods(row: u32, line: &str, findings: &mut Findings) {
    for (index, name) in [(1, "number of data periods"), (2, "records per hour")] {
        let value = line.split(',').nth(index).unwrap_or("").trim();
        if value.parse() != Ok(1) {
            findings.push(Finding::error(Some(row), name, value, "1"));
        }
    }
}

/// Whether the first field of a line is this word, in any case.
fn starts_with_word(line: &str, word: &str) -> bool {
    let first = line.split(',').next().unwrap_or("");
    first.trim().eq_ignore_ascii_case(word)
}
