//! Synthetic years against the records whose normals they are drawn from.

use angara_facility::ClimateHours;
use angara_series::normals_table::NormalsTable;
use angara_series::{
    ClimateNormals, MonthlyNormal, SyntheticOptions, WeatherRecord, synthetic_year,
};

use super::free_cooling::climate_hours;
use crate::row::Row;
use crate::shared;

/// Years drawn for each station.
const YEARS: u64 = 20;
/// Bulb and degree of each class, with the mean error published for 38 continental stations \[h\].
const CLASSES: [(&str, i32, f64); 6] = [
    ("dry bulb", 18, 73.0),
    ("dry bulb", 22, 94.0),
    ("dry bulb", 27, 67.0),
    ("wet bulb", 10, 76.0),
    ("wet bulb", 13, 104.0),
    ("wet bulb", 18, 118.0),
];
/// What the mean of a few stations may exceed the mean of all by.
const SCATTER: f64 = 1.3;
/// Error that one station in ten exceeds, the greatest of the classes \[h\].
const ONE_IN_TEN_H: f64 = 330.0;
/// Errors of the reference's own year of Chekunda from gridded normals, for 18, 22, 27 °C dry and 10, 18 °C wet \[h\].
const CHEKUNDA_GRIDDED_H: [(usize, f64); 5] =
    [(0, 125.0), (1, 3.0), (2, -25.0), (3, 511.0), (5, 169.0)];

/// Station, file, longitude, height.
const STATIONS: &[(&str, &str, f64, Option<f64>)] = &[
    (
        "Chekunda",
        "siberia/5093231_3hourly.csv.xz",
        132.25,
        Some(272.0),
    ),
    (
        "Northway",
        "epw/USA_AK_Northway.AP.702910_TMY3.epw.xz",
        -141.9,
        None,
    ),
    (
        "Council Bluffs",
        "epw/USA_IA_Council.Bluffs.Muni.AP.725497_TMY3.epw.xz",
        -95.8,
        None,
    ),
    (
        "Chicago",
        "epw/USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw.xz",
        -87.9,
        None,
    ),
    (
        "International Falls",
        "epw/USA_MN_International.Falls.Intl.AP.727470_TMY3.epw.xz",
        -93.4,
        None,
    ),
    (
        "Minot",
        "epw/USA_ND_Minot.AFB.727675_TMY3.epw.xz",
        -101.4,
        None,
    ),
    (
        "Las Vegas NM",
        "epw/USA_NM_Las.Vegas-Muni.AP.723677_TMY3.epw.xz",
        -105.2,
        None,
    ),
];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut all: Vec<[f64; 6]> = Vec::new();
    for (name, file, longitude_deg, elevation_m) in STATIONS {
        let Some(record) = shared::weather(file, *elevation_m) else {
            rows.push(Row::absent(format!("synthetic year of {name}"), file));
            continue;
        };
        let Some(normals) = normals_of(&record, *longitude_deg) else {
            continue;
        };
        let errors_h = errors(&normals, &record);
        let greatest = errors_h.iter().map(|error| error.abs()).fold(0.0, f64::max);
        let words: Vec<String> = errors_h
            .iter()
            .map(|error| format!("{error:+.0}"))
            .collect();
        let mut row = Row::distance(
            format!(
                "synthetic year of {name} from its own normals: hours at or below 18, 22, 27 °C dry, 10, 13, 18 °C wet, greatest error"
            ),
            "its record",
            errors_h.len(),
            (greatest.round(), ONE_IN_TEN_H),
            " h",
        );
        row.ours = words.join(" ");
        rows.push(row);
        all.push(errors_h);
    }
    rows.extend(means(&all));
    rows.extend(gridded());
    rows
}

/// Mean absolute error by class over the stations.
fn means(all: &[[f64; 6]]) -> Vec<Row> {
    if all.len() < STATIONS.len() {
        return Vec::new();
    }
    CLASSES
        .iter()
        .enumerate()
        .map(|(class, (bulb, degree, published_h))| {
            let mean_h =
                all.iter().map(|errors| errors[class].abs()).sum::<f64>() / all.len() as f64;
            Row::distance(
                format!("synthetic years, mean error of hours at or below {degree} °C {bulb}"),
                "mean of 38 continental stations, and 30 % for the scatter of seven",
                all.len(),
                (mean_h.round(), (SCATTER * published_h).round()),
                " h",
            )
        })
        .collect()
}

/// Chekunda from the normals of the climate grid, beside the reference's own errors.
fn gridded() -> Vec<Row> {
    const FILE: &str = "weather/normals/cru_cl2_gsod_stations_monthly.csv.gz";
    let table = NormalsTable::read_file(&shared::path(FILE))
        .ok()
        .and_then(|read| read.0);
    let (Some(table), Some(record)) = (
        table,
        shared::weather("siberia/5093231_3hourly.csv.xz", Some(272.0)),
    ) else {
        return vec![Row::absent(
            "synthetic year of Chekunda from gridded normals",
            FILE,
        )];
    };
    let Some(station) = table.station("CEKUNDA") else {
        return Vec::new();
    };
    let errors_h = errors(&station.normals, &record);
    CHEKUNDA_GRIDDED_H
        .iter()
        .map(|(class, theirs_h)| {
            let (bulb, degree, _) = CLASSES[*class];
            Row::reported(
                format!("synthetic year of Chekunda from gridded normals of 1961-90: error of hours at or below {degree} °C {bulb}"),
                "its record of 2004-18",
                1,
                format!("{:+.0} h (the reference's own year: {theirs_h:+.0} h)", errors_h[*class]),
            )
        })
        .collect()
}

/// Errors of the mean of many synthetic years \[h\].
fn errors(normals: &ClimateNormals, record: &WeatherRecord) -> [f64; 6] {
    let measured = classes(&climate_hours(record));
    let mut sums = [0.0; 6];
    for seed in 0..YEARS {
        let options = SyntheticOptions {
            seed,
            ..SyntheticOptions::default()
        };
        if let Ok(year) = synthetic_year(normals, options) {
            let found = classes(&climate_hours(&year.into()));
            for (sum, hours) in sums.iter_mut().zip(found) {
                *sum += hours / YEARS as f64;
            }
        }
    }
    std::array::from_fn(|class| sums[class] - measured[class])
}

fn classes(hours: &ClimateHours) -> [f64; 6] {
    CLASSES.map(|(bulb, degree, _)| {
        let counts = if bulb == "dry bulb" {
            &hours.dry_bulb_at_most
        } else {
            &hours.wet_bulb_at_most
        };
        counts.get(&degree).copied().unwrap_or(f64::NAN)
    })
}

/// Normals of a record: of each month, from the days of its solar time.
fn normals_of(record: &WeatherRecord, longitude_deg: f64) -> Option<ClimateNormals> {
    let per_day = (24.0 / record.step_h) as usize;
    let ahead = (longitude_deg / 15.0 / record.step_h).round() as i64;
    // Records of several years begin on 1 January; a day of 365.25 is close enough for a month.
    let length = record.observations.len() as i64;
    let mut sums = [[0.0; 4]; 12];
    for day in 0..record.observations.len() / per_day {
        let of_day: Vec<_> = (0..per_day)
            .map(|step| {
                let index = (day * per_day + step) as i64 - ahead;
                &record.observations[index.rem_euclid(length) as usize]
            })
            .collect();
        let year_length = if record.years() > 1.5 { 365.25 } else { 365.0 };
        let day_of_year = (day as f64 % year_length) as u16;
        let month = usize::from(angara_series::calendar::month_of_day(day_of_year.min(364))) - 1;
        let dry = || of_day.iter().map(|hour| hour.dry_bulb_c);
        let count = per_day as f64;
        let sum = &mut sums[month];
        sum[0] += dry().sum::<f64>() / count;
        sum[1] += dry().fold(f64::MIN, f64::max) - dry().fold(f64::MAX, f64::min);
        sum[2] += of_day
            .iter()
            .map(|hour| hour.relative_humidity)
            .sum::<f64>()
            / count;
        sum[3] += 1.0;
    }
    let months = sums.map(|[mean, range, humidity, days]| MonthlyNormal {
        mean_c: mean / days,
        daily_range_k: range / days,
        relative_humidity: humidity / days,
    });
    ClimateNormals::new(months, longitude_deg, record.elevation_m).ok()
}
