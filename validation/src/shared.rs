//! Files of the folder beside the repository.

use std::path::PathBuf;

use angara_series::{WeatherPlace, WeatherRecord, read_weather_file};

/// Where a file would stand.
pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")).join(name)
}

/// The text of a file; `None` where it is absent.
pub(crate) fn text(name: &str) -> Option<String> {
    fs_err::read_to_string(path(name)).ok()
}

/// A weather record; `None` where it is absent.
pub(crate) fn weather(name: &str, elevation_m: Option<f64>) -> Option<WeatherRecord> {
    let (record, _) = read_weather_file(
        &path(&format!("weather/{name}")),
        WeatherPlace { elevation_m },
    )
    .ok()?;
    record
}

/// The rows of a CSV text with quoted fields, behind its header.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(fields).collect()
}

fn fields(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => found.push(String::new()),
            _ => {
                if let Some(last) = found.last_mut() {
                    last.push(character);
                }
            }
        }
    }
    found
}
