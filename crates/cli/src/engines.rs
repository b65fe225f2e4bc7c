//! What the manifest says about how a run was made.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use angara_scenario::Scenario;
use angara_study::RunRecord;

/// The record of a run made now from a scenario folder.
pub(crate) fn record(scenario: &Scenario, source: &Path) -> RunRecord {
    let folder = fs_err::canonicalize(source)
        .ok()
        .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_else(|| "scenario".to_owned());
    RunRecord {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: format!("angara run {folder} --seed {}", scenario.seed),
        created: now(),
        engines: engines(),
    }
}

/// Versions that results depend on, as this binary was built.
pub(crate) fn engines() -> BTreeMap<String, String> {
    [
        ("rustc", env!("ANGARA_RUSTC")),
        ("highs-sys", env!("ANGARA_HIGHS_SYS")),
        ("parquet", env!("ANGARA_PARQUET")),
        ("rand_chacha", env!("ANGARA_RAND_CHACHA")),
        ("libm", env!("ANGARA_LIBM")),
    ]
    .into_iter()
    .map(|(name, version)| (name.to_owned(), version.to_owned()))
    .collect()
}

/// Now, UTC, to the second (RFC 3339).
pub(crate) fn now() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    let (year, month, day) = civil((seconds / 86_400) as i64);
    let clock = seconds % 86_400;
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        clock / 3600,
        clock / 60 % 60,
        clock % 60
    )
}

/// Date of a day counted from 1970-01-01 in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    let mut left = days;
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates_across_leap_years() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_777), (2026, 11, 20));
    }
}
