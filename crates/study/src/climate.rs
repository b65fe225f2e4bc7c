//! The hourly air of every climate of the scenario.

use angara_facility::{Air, HourAir};
use angara_scenario::{Climate, Scenario, WeatherSource};
use angara_series::{ClimateNormals, MonthlyNormal, SyntheticOptions, WeatherYear, synthetic_year};
use rayon::prelude::*;

use crate::error::StudyError;

/// One year of outdoor air with where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct ClimateYear {
    /// Air by hour of the year, from 1 January 00:00 UTC.
    pub hours: Vec<HourAir>,
    /// Measured or synthetic, in words for the report.
    pub origin: String,
    /// True where the hours were drawn from normals.
    pub synthetic: bool,
}

/// Air of every climate, in the order of the scenario. Errors: normals that make no year.
pub fn climate_years(scenario: &Scenario) -> Result<Vec<ClimateYear>, StudyError> {
    scenario
        .climates
        .par_iter()
        .enumerate()
        .map(|(index, climate)| climate_year(scenario.seed, index, climate))
        .collect()
}

fn climate_year(seed: u64, index: usize, climate: &Climate) -> Result<ClimateYear, StudyError> {
    match &climate.weather {
        WeatherSource::Normals {
            longitude,
            elevation_m,
            months,
        } => {
            let months = months.map(|month| MonthlyNormal {
                mean_c: month.mean_c,
                daily_range_k: month.daily_range_k,
                relative_humidity: month.relative_humidity,
            });
            let invalid = |reason: String| StudyError::Climate {
                climate: climate.id.clone(),
                reason,
            };
            let normals =
                ClimateNormals::new(months, *longitude, *elevation_m).map_err(|findings| {
                    let reasons: Vec<String> = findings
                        .iter()
                        .map(|finding| format!("{}: expected {}", finding.field, finding.expected))
                        .collect();
                    invalid(reasons.join("; "))
                })?;
            let options = SyntheticOptions {
                seed,
                stream: index as u64,
                warming_k: 0.0,
            };
            let year =
                synthetic_year(&normals, options).map_err(|error| invalid(error.to_string()))?;
            Ok(from_weather(&year))
        }
        WeatherSource::Hourly {
            file,
            dry_bulb_c,
            relative_humidity,
            pressure_pa,
            ..
        } => {
            let hours = dry_bulb_c
                .iter()
                .zip(relative_humidity)
                .zip(pressure_pa)
                .map(|((&dry_bulb_c, &humidity), &pressure_pa)| {
                    HourAir::from(Air::from_relative_humidity(
                        dry_bulb_c,
                        humidity,
                        pressure_pa,
                    ))
                })
                .collect();
            Ok(ClimateYear {
                hours,
                origin: format!("weather file {file}"),
                synthetic: false,
            })
        }
    }
}

fn from_weather(year: &WeatherYear) -> ClimateYear {
    let hours = year
        .hours()
        .iter()
        .map(|hour| {
            HourAir::from(Air::from_relative_humidity(
                hour.dry_bulb_c,
                hour.relative_humidity,
                hour.pressure_pa,
            ))
        })
        .collect();
    ClimateYear {
        hours,
        origin: year.label().to_string(),
        synthetic: year.label().is_synthetic(),
    }
}
