//! Tables as services and stations write them, and what is wrong with some.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::file::{WeatherPlace, read_weather};

fn table(header: &str, row: impl Fn(usize) -> String) -> String {
    let mut text = format!("{header}\n");
    for hour in 0..48 {
        let _ = writeln!(text, "{}", row(hour));
    }
    text
}

fn stamp(hour: usize) -> String {
    format!("2020-01-{:02}T{:02}:00", 1 + hour / 24, hour % 24)
}

fn read_text(text: &str) -> (Option<WeatherRecord>, Vec<Finding>) {
    read_weather(text.as_bytes(), "test.csv", WeatherPlace::default())
}

#[test]
fn a_table_of_open_meteo_with_its_place_is_read() {
    let header = "latitude,longitude,elevation,utc_offset_seconds\n52.3,104.3,467.0,0\n\n\
                  time,temperature_2m (°C),relative_humidity_2m (%),surface_pressure (hPa)";
    let (record, findings) = read_text(&table(header, |hour| {
        format!("{},-20.5,80,955.0", stamp(hour))
    }));
    let record = record.unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!((record.elevation_m, record.step_h), (467.0, 1.0));
    assert_eq!(record.observations.len(), 48);
    let first = record.observations[0];
    assert_eq!((first.dry_bulb_c, first.relative_humidity), (-20.5, 0.8));
    assert_eq!(first.pressure_pa, 95_500.0);
    assert!(
        record
            .origin
            .to_string()
            .contains("from 2020-01-01 to 2020-01-02")
    );
}

#[test]
fn kelvin_and_dew_points_of_era5_become_celsius_and_humidity() {
    let text = table("valid_time,t2m,d2m,sp", |hour| {
        format!("{},293.15,283.15,99000", stamp(hour).replace('T', " "))
    });
    let record = read_text(&text).0.unwrap();
    let first = record.observations[0];
    assert!((first.dry_bulb_c - 20.0).abs() < 1e-9);
    assert!((first.relative_humidity - 0.5254).abs() < 1e-3, "{first:?}");
    assert_eq!(first.pressure_pa, 99_000.0);
}

#[test]
fn a_typical_year_of_tmy3_begins_with_its_place() {
    let header = "702910,\"NORTHWAY AIRPORT\",AK,-9.0,62.967,-141.933,522\n\
                  Date (MM/DD/YYYY),Time (HH:MM),ETR (W/m^2),Dry-bulb (C),Dew-point (C),RHum (%),Pressure (mbar)";
    let text = table(header, |hour| {
        let year = if hour < 24 { 1990 } else { 1983 };
        format!(
            "01/{:02}/{year},{:02}:00,0,-30.0,-33.0,75,950",
            1 + hour / 24,
            1 + hour % 24
        )
    });
    let (record, findings) = read_text(&text);
    let record = record.unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(record.observations.len(), 48);
    assert_eq!(record.elevation_m, 522.0);
    assert!(record.origin.to_string().contains("NORTHWAY AIRPORT (TMY3"));
}

#[test]
fn values_of_doubtful_quality_and_short_gaps_are_filled_long_gaps_left_out() {
    let header = "temperature_air;temperature_air_quality;humidity;humidity_quality;time";
    let text = table(header, |hour| {
        let quality = u8::from(hour == 5);
        let value = if hour == 5 { 99.0 } else { hour as f64 };
        format!("{value};{quality};50;0;{}", stamp(hour).replace('T', " "))
    });
    let (record, findings) = read_text(&text);
    let record = record.unwrap();
    assert!((record.observations[5].dry_bulb_c - 5.0).abs() < 1e-9);
    let words: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(
        words.iter().any(|word| word.contains("doubtful")),
        "{words:?}"
    );
    assert!(
        words.iter().any(|word| word.contains("straight line")),
        "{words:?}"
    );
    assert!(
        words.iter().any(|word| word.contains("sea level")),
        "{words:?}"
    );
    let mut days = table("time,temp_c,rh_pct", |hour| format!("{},1,50", stamp(hour)));
    for hour in 0..480 {
        let _ = writeln!(
            days,
            "2020-02-{:02}T{:02}:00,1,50",
            3 + hour / 24,
            hour % 24
        );
    }
    let (record, findings) = read_text(&days);
    assert_eq!(record, None);
    assert!(
        findings
            .iter()
            .any(|finding| finding.expected.contains("fifth")),
        "{findings:?}"
    );
}

#[test]
fn rows_in_any_order_are_sorted_and_double_ones_taken_once() {
    let mut lines: Vec<String> = (0..48)
        .map(|hour| format!("{},{hour},50", stamp(hour)))
        .collect();
    lines.reverse();
    lines.push(format!("{},99,50", stamp(0)));
    let text = format!("time,temp_c,rh_pct\n{}\n", lines.join("\n"));
    let record = read_text(&text).0.unwrap();
    assert_eq!(record.observations[0].dry_bulb_c, 0.0);
    assert_eq!(record.observations[47].dry_bulb_c, 47.0);
}

#[test]
fn what_is_no_weather_is_named() {
    for (text, word) in [
        ("", "EPW"),
        ("a,b\n1,2\n", "temperature_2m"),
        ("time,temp_c\n2020-01-01T00:00,1\n", "dew_point_2m"),
        ("time,temp_c,rh_pct\nnever,1,50\n", "2020-01-31T05:00"),
        (
            "time,temp_c,rh_pct\n2020-01-01T00:00,1,50\n",
            "1 min to 6 h",
        ),
        (
            "time,temp_c,rh_pct\n2020-01-01T00:00,1,50\n2020-01-01T01:00,,\n",
            "a day of them",
        ),
    ] {
        let (record, findings) = read_text(text);
        assert_eq!(record, None, "{text}");
        assert!(
            findings
                .iter()
                .any(|finding| finding.expected.contains(word)),
            "{text}: {findings:?}"
        );
    }
}

/// A record of the shared folder; `None`, with a word on the console, where it is absent.
fn shared(path: &str, elevation_m: Option<f64>) -> Option<WeatherRecord> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/weather");
    let file = std::path::Path::new(folder).join(path);
    if !file.exists() {
        println!("skipped: no {path} in the shared data folder");
        return None;
    }
    let (record, findings) =
        crate::file::read_weather_file(&file, WeatherPlace { elevation_m }).unwrap();
    Some(record.unwrap_or_else(|| panic!("{findings:?}")))
}

/// Hours a year with a value at or below a threshold.
fn hours(record: &WeatherRecord, value: impl Fn(&WeatherHour) -> f64, threshold: f64) -> f64 {
    let count = record
        .observations
        .iter()
        .filter(|observation| value(observation) <= threshold)
        .count();
    count as f64 * record.hours_per_observation()
}

#[test]
fn free_cooling_hours_of_real_records_are_those_of_the_reference_table() {
    let cases = [
        (
            "siberia/5093231_3hourly.csv.xz",
            Some(272.0),
            [7511.0, 8180.0, 8625.0],
            [6270.0, 8191.0],
        ),
        (
            "epw/USA_AK_Northway.AP.702910_TMY3.epw.xz",
            None,
            [8202.0, 8575.0, 8748.0],
            [7703.0, 8756.0],
        ),
        (
            "hourly/SG_2020-2024.csv.xz",
            None,
            [0.0, 0.0, 4272.0],
            [0.0, 0.0],
        ),
        (
            "hourly/ZA_2020-2024.csv.xz",
            None,
            [5762.0, 7381.0, 8511.0],
            [3929.0, 8708.0],
        ),
    ];
    for (path, elevation_m, dry, wet) in cases {
        let Some(record) = shared(path, elevation_m) else {
            continue;
        };
        for (threshold_c, expected) in [18.0, 22.0, 27.0].into_iter().zip(dry) {
            let found = hours(&record, |hour| hour.dry_bulb_c, threshold_c);
            assert!(
                (found.round() - expected).abs() <= 1.0,
                "{path} dry {threshold_c}: {found}"
            );
        }
        let wet_bulb_c = |hour: &WeatherHour| {
            let ratio = angara_psychrometrics::humidity_ratio_from_relative_humidity(
                hour.dry_bulb_c,
                hour.relative_humidity,
                hour.pressure_pa,
            );
            angara_psychrometrics::wet_bulb_c(hour.dry_bulb_c, ratio, hour.pressure_pa)
        };
        for (threshold_c, expected) in [10.0, 18.0].into_iter().zip(wet) {
            let found = hours(&record, wet_bulb_c, threshold_c);
            println!(
                "{path} wet bulb at or below {threshold_c} °C: {found:.1} h, table {expected}"
            );
            // The table gives whole hours.
            assert!(
                (found.round() - expected).abs() <= 1.0,
                "{path} wet {threshold_c}: {found}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_or_refused_with_words(
        rows in prop::collection::vec("[0-9]{1,6}-[0-9]{1,3}-[0-9]{1,3}[T ][0-9]{1,3}:[0-9]{0,3},[-+0-9.eNaif]{0,8},[-0-9.]{0,5}", 0..40),
        tail in "\\PC{0,200}",
    ) {
        let text = format!("time,temp_c,rh_pct\n{}\n{tail}", rows.join("\n"));
        let (record, findings) = read_text(&text);
        prop_assert_eq!(record.is_none(), findings.iter().any(Finding::is_error));
        if let Some(record) = record {
            for hour in &record.observations {
                prop_assert!(hour.dry_bulb_c.is_finite() && hour.pressure_pa.is_finite());
                prop_assert!((0.0..=1.0).contains(&hour.relative_humidity));
            }
        }
    }
}
