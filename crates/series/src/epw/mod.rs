//! Reader of `EnergyPlus` weather files (EPW).
//!
//! ## What it computes
//! A [`WeatherYear`] by UTC hour from a file whose hours are local standard time, together with all
//! findings about the file at once.
//!
//! ## Assumptions
//! Row "hour 1" covers 00:00 to 01:00 local standard time and its values hold for that hour. Months of a
//! typical year come from different years, so the year column is ignored. 29 February is dropped. The
//! shift to UTC is in whole hours; a zone off by half an hour is rounded and noted. Missing values are
//! interpolated in time (around the turn of the year) and counted; a pressure column without any value
//! becomes the standard pressure of the station's height.
//!
//! ## Valid range
//! Dry bulb −70 to 70 °C, relative humidity 0 to 110 % (above 100 % held at 100 %), pressure 31 to
//! 120 kPa, at most 5 % of temperatures or humidities missing; files to 20 MB.
//!
//! ## References
//! `EnergyPlus` Auxiliary Programs, "`EnergyPlus` Weather File (EPW) Data Dictionary".

mod gaps;
mod header;
mod rows;

use std::io::{self, Read};
use std::path::Path;

use crate::finding::{Finding, Findings};
use crate::weather::{PRESSURE_RANGE_PA, WeatherHour, WeatherOrigin, WeatherYear};
use angara_psychrometrics::standard_pressure_pa;

use header::Header;
use rows::Columns;

/// Largest file that is read [bytes]; real files have about 1.6 MB.
pub const EPW_BYTES_MAX: u64 = 20_000_000;
/// Most data rows that are read; a leap year has 8784.
pub const EPW_ROWS_MAX: usize = 10_000;
/// Longest line that is read [bytes].
pub const EPW_LINE_BYTES_MAX: usize = 8192;

/// Reads a file of at most [`EPW_BYTES_MAX`] bytes; fails only when the file cannot be opened or read.
pub fn read_epw_file(path: &Path) -> io::Result<(Option<WeatherYear>, Vec<Finding>)> {
    // A pipe or device could block or never end.
    if !fs_err::metadata(path)?.is_file() {
        let finding = Finding::error(None, "file", "not a regular file", "a weather file");
        return Ok((None, vec![finding]));
    }
    let mut bytes = Vec::new();
    fs_err::File::open(path)?
        .take(EPW_BYTES_MAX + 1)
        .read_to_end(&mut bytes)?;
    Ok(read_epw(&bytes))
}

/// Reads the bytes of a file. The year is there exactly when no finding is an error.
pub fn read_epw(bytes: &[u8]) -> (Option<WeatherYear>, Vec<Finding>) {
    let mut findings = Findings::default();
    let year = read(bytes, &mut findings);
    findings.finish(year)
}

fn read(bytes: &[u8], findings: &mut Findings) -> Option<WeatherYear> {
    if bytes.len() as u64 > EPW_BYTES_MAX {
        findings.push(Finding::error(
            None,
            "file size [bytes]",
            &format!("more than {EPW_BYTES_MAX}"),
            format!("at most {EPW_BYTES_MAX}; a year of hours needs about 1,600,000"),
        ));
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        findings.push(Finding::note(
            None,
            "encoding",
            "bytes that are not UTF-8",
            "UTF-8; the characters concerned were replaced",
        ));
    }
    let mut lines = (1u32..).zip(text.trim_start_matches('\u{feff}').lines());
    let (row, first) = lines.next().unwrap_or((1, ""));
    let header = header::location(row, first, findings);
    if !header::skip_to_rows(&mut lines, findings) {
        // Not a weather file at all; its rows would only add noise.
        return None;
    }
    let columns = rows::read(lines, findings);
    if findings.errors > 0 {
        return None;
    }
    year_of(header?, columns, findings)
}

/// Fills gaps, shifts local to UTC hours and joins the columns.
fn year_of(header: Header, mut columns: Columns, findings: &mut Findings) -> Option<WeatherYear> {
    gaps::fill(&mut columns.dry_bulb_c, rows::DRY_BULB, findings);
    gaps::fill(&mut columns.relative_humidity, rows::HUMIDITY, findings);
    if columns.pressure_pa.iter().all(Option::is_none) {
        let pressure_pa = standard_pressure_pa(header.elevation_m);
        findings.push(Finding::note(
            None,
            rows::PRESSURE,
            "no value in any row",
            format!("replaced by the standard pressure at this height, {pressure_pa:.0} Pa"),
        ));
        columns.pressure_pa.fill(Some(
            pressure_pa.clamp(*PRESSURE_RANGE_PA.start(), *PRESSURE_RANGE_PA.end()),
        ));
    } else {
        gaps::fill(&mut columns.pressure_pa, rows::PRESSURE, findings);
    }
    let mut hours = columns.hours()?;
    rotate_to_utc(&mut hours, header.whole_hours_ahead);
    let label = WeatherOrigin::Measured {
        station: header.station,
        source: header.source,
    };
    match WeatherYear::new(label, header.elevation_m, hours) {
        Ok(year) => Some(year),
        Err(error) => {
            findings.push(Finding::error(
                None,
                "year",
                &error.to_string(),
                "a year in range",
            ));
            None
        }
    }
}

/// Moves hours so that index 0 is 00:00 UTC instead of 00:00 local time: UTC hour u is local hour u + ahead.
fn rotate_to_utc(hours: &mut [WeatherHour], hours_ahead: i32) {
    if hours_ahead >= 0 {
        hours.rotate_left(hours_ahead as usize);
    } else {
        hours.rotate_right(hours_ahead.unsigned_abs() as usize);
    }
}

#[cfg(test)]
mod tests;
