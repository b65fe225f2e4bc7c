//! The weather of every case: from a file, or a synthetic year at a point.

use std::path::Path;

use angara_facility::psychrometrics::standard_altitude_m;
use angara_facility::{Air, ClimateHours, CoolingTopology, HourAir};
use angara_series::normals_table::{NormalsTable, PointNormals};
use angara_series::{
    Finding, SyntheticOptions, WaveKind, WeatherHour, WeatherPlace, WeatherRecord,
    read_weather_file, synthetic_year, year_with_wave,
};
use rayon::prelude::*;

use super::Arguments;
use crate::output::Output;

/// Weather with everything that is derived from it once.
pub(super) struct Weather {
    pub(super) name: String,
    pub(super) origin: String,
    pub(super) is_synthetic: bool,
    pub(super) elevation_m: f64,
    pub(super) years: f64,
    pub(super) air: Vec<HourAir>,
    pub(super) hours: ClimateHours,
    /// How a site of a scenario cools.
    pub(super) topology: Option<CoolingTopology>,
}

impl Weather {
    fn new(name: String, origin: String, record: &WeatherRecord) -> Self {
        let air: Vec<HourAir> = record.observations.par_iter().map(air).collect();
        Self {
            name,
            origin,
            is_synthetic: record.origin.is_synthetic(),
            elevation_m: record.elevation_m,
            years: record.years(),
            hours: ClimateHours::of(&air),
            air,
            topology: None,
        }
    }
}

fn air(hour: &WeatherHour) -> HourAir {
    Air::from_relative_humidity(hour.dry_bulb_c, hour.relative_humidity, hour.pressure_pa).into()
}

/// Every weather that is asked for, or why there is none, line by line.
pub(super) fn all(arguments: &Arguments, output: Output) -> Result<Vec<Weather>, Vec<String>> {
    if arguments.weather.is_empty() && arguments.points.is_empty() && arguments.scenario.is_none() {
        return Err(vec![
            "no weather: give --weather FILE, or a point with --normals FILE (angara plant --help)"
                .to_owned(),
        ]);
    }
    let mut weathers = Vec::new();
    for path in &arguments.weather {
        weathers.push(of_file(path, arguments, output)?);
    }
    if let Some(folder) = &arguments.scenario {
        weathers.extend(of_sites(folder, arguments, output)?);
    } else if !arguments.points.is_empty() {
        let table = table(arguments, output)?;
        for (stream, point) in (0..).zip(&arguments.points) {
            weathers.push(of_point(point.trim(), stream, &table, arguments)?);
        }
    }
    Ok(weathers)
}

fn of_file(path: &Path, arguments: &Arguments, output: Output) -> Result<Weather, Vec<String>> {
    let place = WeatherPlace {
        elevation_m: arguments.place.elevation,
    };
    let (record, findings) =
        read_weather_file(path, place).map_err(|error| vec![error.to_string()])?;
    let Some(record) = record else {
        return Err(errors(path, &findings));
    };
    tell(path, &findings, output);
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    Ok(Weather::new(name, record.origin.to_string(), &record))
}

/// Sites of a scenario under the weather that a run of it takes.
fn of_sites(
    folder: &Path,
    arguments: &Arguments,
    output: Output,
) -> Result<Vec<Weather>, Vec<String>> {
    let told = |error: anyhow::Error| vec![format!("{error:#}")];
    let loaded = angara_scenario::load(folder);
    let scenario = crate::scenario::checked(&loaded, folder, output)
        .map_err(told)?
        .ok_or_else(|| vec![format!("{}: not a sound scenario", folder.display())])?;
    let years = angara_study::climate_years(&scenario).map_err(|error| vec![error.to_string()])?;
    let mut wanted: Vec<&str> = arguments.points.iter().map(|point| point.trim()).collect();
    if wanted.is_empty() {
        wanted.extend(scenario.sites.iter().map(|site| site.id.as_str()));
    }
    wanted
        .into_iter()
        .map(|id| {
            let site = scenario
                .sites
                .iter()
                .find(|site| site.id == id)
                .ok_or_else(|| {
                    let known: Vec<&str> =
                        scenario.sites.iter().map(|site| site.id.as_str()).collect();
                    vec![format!("no site `{id}`: there are {}", known.join(", "))]
                })?;
            let year = &years[site.climate];
            let mean_pa = year.hours.iter().map(|air| air.pressure_pa).sum::<f64>()
                / year.hours.len().max(1) as f64;
            Ok(Weather {
                name: id.to_owned(),
                origin: year.origin.clone(),
                is_synthetic: year.synthetic,
                elevation_m: standard_altitude_m(mean_pa),
                years: year.hours.len() as f64 / 8760.0,
                hours: ClimateHours::of(&year.hours),
                air: year.hours.clone(),
                topology: site.cooling.name().parse().ok(),
            })
        })
        .collect()
}

fn table(arguments: &Arguments, output: Output) -> Result<NormalsTable, Vec<String>> {
    let Some(path) = &arguments.place.normals else {
        return Err(vec![
            "a point needs a table of normals: --normals FILE, or ANGARA_NORMALS".to_owned(),
            "hint: a weather file needs none: --weather FILE".to_owned(),
        ]);
    };
    let (table, findings) =
        NormalsTable::read_file(path).map_err(|error| vec![error.to_string()])?;
    let table = table.ok_or_else(|| errors(path, &findings))?;
    tell(path, &findings, output);
    Ok(table)
}

fn of_point(
    point: &str,
    stream: u64,
    table: &NormalsTable,
    arguments: &Arguments,
) -> Result<Weather, Vec<String>> {
    let found = normals(point, table, arguments.place.elevation).map_err(|reason| vec![reason])?;
    let options = SyntheticOptions {
        seed: arguments.place.seed,
        stream,
        warming_k: arguments.place.warming,
    };
    let place = &arguments.place;
    let wave = match (place.heat_wave, place.cold_wave) {
        (Some(years), _) => Some((WaveKind::Heat, years)),
        (None, Some(years)) => Some((WaveKind::Cold, years)),
        (None, None) => None,
    };
    let year = match wave {
        Some((kind, years)) => year_with_wave(&found.normals, options, kind, years)
            .map_err(|error| vec![error.to_string()])?,
        None => synthetic_year(&found.normals, options).map_err(|error| vec![error.to_string()])?,
    };
    let around: Vec<String> = found
        .neighbours
        .iter()
        .map(|station| format!("{} ({:.0} km)", station.name, station.distance_km))
        .collect();
    let origin = format!("{}; stations: {}", year.label(), around.join(", "));
    Ok(Weather::new(point.to_owned(), origin, &year.into()))
}

/// Normals of `LAT,LON` or of a station by its name.
fn normals(
    point: &str,
    table: &NormalsTable,
    height_m: Option<f64>,
) -> Result<PointNormals, String> {
    let degrees = point.split_once(',').and_then(|(latitude, longitude)| {
        let degree = |text: &str| text.trim().parse::<f64>().ok();
        Some((degree(latitude)?, degree(longitude)?))
    });
    let (latitude, longitude, height_m) = if let Some((latitude, longitude)) = degrees {
        (latitude, longitude, height_m)
    } else {
        let station = table.station(point).ok_or_else(|| {
            let like = table.names_like(point, 8).join(", ");
            let hint = if like.is_empty() {
                String::new()
            } else {
                format!("; there are {like}")
            };
            format!(
                "`{point}` is neither LAT,LON (52.3,104.3) nor a station of the table of normals{hint}"
            )
        })?;
        let own_m = station.normals.elevation_m();
        (
            station.latitude_deg,
            station.normals.longitude_deg(),
            Some(height_m.unwrap_or(own_m)),
        )
    };
    table
        .at(latitude, longitude, height_m)
        .map_err(|error| format!("{point}: {error}"))
}

fn errors(path: &Path, findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| format!("{}: {finding}", path.display()))
        .collect()
}

/// Notes about what was repaired.
fn tell(path: &Path, findings: &[Finding], output: Output) {
    if output.is_quiet() {
        return;
    }
    for finding in findings {
        Output::message(&format!("note: {}: {finding}", path.display()));
    }
}
