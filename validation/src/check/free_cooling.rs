//! Hours of free cooling in real records.

use angara_facility::{Air, ClimateHours, HourAir};
use angara_series::WeatherRecord;

use crate::row::Row;
use crate::shared;

/// Place, file, height \[m\], and hours at or below 18, 22, 27 °C dry bulb and 10, 18 °C wet bulb.
const RECORDS: &[(&str, &str, Option<f64>, [f64; 5])] = &[
    (
        "Chekunda 2004-18",
        "siberia/5093231_3hourly.csv.xz",
        Some(272.0),
        [7511.0, 8180.0, 8625.0, 6270.0, 8191.0],
    ),
    (
        "Northway TMY3",
        "epw/USA_AK_Northway.AP.702910_TMY3.epw.xz",
        None,
        [8202.0, 8575.0, 8748.0, 7703.0, 8756.0],
    ),
    (
        "Singapore 2020-24",
        "hourly/SG_2020-2024.csv.xz",
        Some(19.0),
        [0.0, 0.0, 4272.0, 0.0, 0.0],
    ),
    (
        "Johannesburg 2020-24",
        "hourly/ZA_2020-2024.csv.xz",
        Some(1734.0),
        [5762.0, 7381.0, 8511.0, 3929.0, 8708.0],
    ),
];

pub(crate) fn rows() -> Vec<Row> {
    RECORDS
        .iter()
        .flat_map(|(place, file, elevation_m, expected)| {
            let Some(record) = shared::weather(file, *elevation_m) else {
                return vec![Row::absent(format!("hours of {place}"), file)];
            };
            let hours = climate_hours(&record);
            let dry = [18, 22, 27].map(|degree| ("dry bulb", degree, &hours.dry_bulb_at_most));
            let wet = [10, 18].map(|degree| ("wet bulb", degree, &hours.wet_bulb_at_most));
            dry.into_iter()
                .chain(wet)
                .zip(expected)
                .map(|((bulb, degree, counts), expected)| {
                    let found = counts.get(&degree).copied().unwrap_or(f64::NAN);
                    Row::value(
                        format!("{place}: hours a year at or below {degree} °C {bulb}"),
                        "reference table",
                        (*expected, found.round()),
                        1.0,
                        0,
                    )
                })
                .collect()
        })
        .collect()
}

/// Air of a record.
pub(crate) fn air(record: &WeatherRecord) -> Vec<HourAir> {
    record
        .observations
        .iter()
        .map(|hour| {
            Air::from_relative_humidity(hour.dry_bulb_c, hour.relative_humidity, hour.pressure_pa)
                .into()
        })
        .collect()
}

/// Counts of a record.
pub(crate) fn climate_hours(record: &WeatherRecord) -> ClimateHours {
    ClimateHours::of(&air(record))
}
