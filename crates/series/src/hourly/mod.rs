//! Reader of tables with a column of times: Open-Meteo, ERA5, TMY3, station records.
//!
//! ## What it computes
//! A record at a fixed step: temperature, humidity (from relative humidity, else from dew point) and pressure.
//!
//! ## Assumptions
//! - Columns are told by their names ([`columns`]); the delimiter is a comma, semicolon or tab. Lines before the header
//!   may tell latitude, longitude and elevation (Open-Meteo, TMY3).
//! - A column `NAME_quality` beside a column marks values: 0 is good, all else counts as missing.
//! - Rows may come in any order; of two rows of one time the first counts. The step is the most frequent distance between
//!   neighbours. A TMY3 file joins months of several years and is put into one.
//! - Gaps of at most a day are filled on a straight line; observations in longer ones are left out. Without pressures the
//!   standard atmosphere at the file's or the given height stands in.
//!
//! ## Valid range
//! Steps of 1 min to 6 h; temperature −90 to 70 °C, humidity 0 to 110 % (held at 100 %), 31 to 120 kPa; values outside
//! count as missing and are named. At most a fifth of the record may be missing.
//!
//! ## References
//! Open-Meteo historical weather API; ERA5 hourly data on single levels (`t2m`, `d2m`, `sp`); Wilcox and Marion, Users
//! Manual for TMY3 Data Sets, NREL/TP-581-43156, 2008.

mod columns;
mod grid;
mod rows;
mod time;

use angara_psychrometrics::{saturation_pressure_pa, standard_pressure_pa};

use crate::file::WeatherPlace;
use crate::finding::{Finding, Findings};
use crate::record::WeatherRecord;
use crate::weather::{PRESSURE_RANGE_PA, WeatherHour, WeatherOrigin};
use columns::Header;
pub(crate) use columns::split;
use grid::Observed;

/// Largest share of a record that may be missing.
const MISSING_SHARE_MAX: f64 = 0.2;
/// Least observations of a record.
const OBSERVATIONS_MIN: usize = 24;

/// Reads a table. The record is there exactly when no finding is an error.
pub fn read_hourly(
    bytes: &[u8],
    name: &str,
    place: WeatherPlace,
) -> (Option<WeatherRecord>, Vec<Finding>) {
    let mut findings = Findings::default();
    let record = read(bytes, name, place, &mut findings);
    findings.finish(record)
}

fn read(
    bytes: &[u8],
    name: &str,
    place: WeatherPlace,
    findings: &mut Findings,
) -> Option<WeatherRecord> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let header = Header::find(text, findings)?;
    let elevation_m = header
        .elevation_m
        .or(place.elevation_m)
        .filter(|height| (-500.0..=8000.0).contains(height));
    let rows = rows::read(text, &header, findings);
    let observed = grid::join(rows, findings)?;
    let pressures = pressures(&observed, elevation_m, findings);
    let observations: Vec<WeatherHour> = observed
        .values
        .iter()
        .zip(pressures)
        .map(|(values, pressure_pa)| WeatherHour {
            dry_bulb_c: values.dry_bulb_c,
            relative_humidity: values.relative_humidity,
            pressure_pa,
        })
        .collect();
    Some(WeatherRecord {
        origin: WeatherOrigin::Measured {
            station: header.station.unwrap_or_else(|| name.to_owned()),
            source: format!(
                "{} from {} to {}",
                header.source, observed.first, observed.last
            ),
        },
        elevation_m: elevation_m.unwrap_or(0.0),
        step_h: observed.step_h,
        observations,
    })
}

/// Pressure of every observation [Pa]; the standard atmosphere's where the record has none.
fn pressures(observed: &Observed, elevation_m: Option<f64>, findings: &mut Findings) -> Vec<f64> {
    if observed.has_pressure {
        return observed
            .values
            .iter()
            .map(|values| values.pressure_pa)
            .collect();
    }
    let standard_pa = standard_pressure_pa(elevation_m.unwrap_or(0.0))
        .clamp(*PRESSURE_RANGE_PA.start(), *PRESSURE_RANGE_PA.end());
    let height = match elevation_m {
        Some(height) => format!("at {height:.0} m"),
        None => "at sea level, for no height was given".to_owned(),
    };
    findings.push(Finding::note(
        None,
        "pressure [Pa]",
        "no values",
        format!("replaced by the standard pressure {height}, {standard_pa:.0} Pa"),
    ));
    vec![standard_pa; observed.values.len()]
}

/// Relative humidity (0 to 1) of air with this dry bulb and dew point [°C].
fn humidity_from_dew_point(dry_bulb_c: f64, dew_point_c: f64) -> f64 {
    (saturation_pressure_pa(dew_point_c) / saturation_pressure_pa(dry_bulb_c)).min(1.0)
}

#[cfg(test)]
mod tests;
