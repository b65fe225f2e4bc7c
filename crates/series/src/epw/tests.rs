//! Tests of the whole reader: real files, every kind of fault, and hostile bytes.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::calendar::{DAYS_PER_MONTH, HourOfYear};
use crate::finding::ERRORS_LISTED_MAX;
use crate::shared_data::unpacked;

const HEADER: &str = "LOCATION,Somewhere,-,RUS,TMY,307100,52.27,104.35,8.0,500.0\n\
    DESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n\
    HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,\"a, b\"\nCOMMENTS 2,\n\
    DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";

/// Rows of a year in which the dry bulb counts local hours in steps of 0.001 °C.
fn rows(leap: bool) -> Vec<String> {
    let mut rows = Vec::new();
    let mut index = 0;
    for (month, days) in DAYS_PER_MONTH.iter().enumerate() {
        let days = days + u16::from(leap && month == 1);
        for day in 1..=days {
            for hour in 1..=24 {
                let is_leap_day = month == 1 && day == 29;
                let dry_bulb_c = if is_leap_day {
                    60.0
                } else {
                    f64::from(index) / 1000.0
                };
                rows.push(format!(
                    "2001,{},{day},{hour},0,?9?9,{dry_bulb_c:.3},-1.0,50,95000,0,0",
                    month + 1
                ));
                index += u16::from(!is_leap_day);
            }
        }
    }
    rows
}

fn file(rows: &[String]) -> String {
    let mut text = HEADER.to_owned();
    for row in rows {
        let _ = writeln!(text, "{row}");
    }
    text
}

fn replaced(row: usize, field: usize, value: &str) -> String {
    let mut rows = rows(false);
    let mut fields: Vec<&str> = rows[row].split(',').collect();
    fields[field] = value;
    rows[row] = fields.join(",");
    file(&rows)
}

#[test]
fn hours_move_from_local_standard_time_to_utc() {
    let (year, findings) = read_epw(file(&rows(false)).as_bytes());
    assert_eq!(findings, []);
    let year = year.unwrap();
    // 00:00 UTC is 08:00 in this zone, the ninth row.
    assert_eq!(year.hours()[0].dry_bulb_c, 0.008);
    assert_eq!(year.hours()[8752].dry_bulb_c, 0.0);
    assert_eq!(year.hours()[0].relative_humidity, 0.5);
    assert_eq!(year.elevation_m(), 500.0);
    assert!(!year.label().is_synthetic());
}

#[test]
fn a_leap_year_loses_29_february() {
    let (leap, findings) = read_epw(file(&rows(true)).as_bytes());
    assert_eq!(findings, []);
    assert_eq!(leap, read_epw(file(&rows(false)).as_bytes()).0);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let plain = file(&rows(false));
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert_eq!(read_epw(windows.as_bytes()), read_epw(plain.as_bytes()));
}

#[test]
fn missing_values_are_interpolated_and_counted() {
    let (year, findings) = read_epw(replaced(100, 6, "99.9").as_bytes());
    let year = year.unwrap();
    assert!((year.hours()[92].dry_bulb_c - 0.1).abs() < 1e-12);
    assert_eq!(findings.len(), 1);
    assert!(!findings[0].is_error());
    assert_eq!(findings[0].value, "1 values missing");
}

#[test]
fn a_file_without_pressures_gets_the_standard_pressure() {
    let text = file(&rows(false)).replace(",95000,", ",999999,");
    let (year, findings) = read_epw(text.as_bytes());
    assert!((year.unwrap().hours()[0].pressure_pa - 95_461.0).abs() < 1.0);
    assert!(
        findings[0].expected.contains("standard pressure"),
        "{findings:?}"
    );
}

#[test]
fn too_many_missing_values_are_an_error() {
    let mut rows = rows(false);
    for row in &mut rows[..500] {
        *row = row.replace(",50,95000", ",999,95000");
    }
    let (year, findings) = read_epw(file(&rows).as_bytes());
    assert_eq!(year, None);
    assert_eq!(findings[0].value, "500 values missing");
}

#[test]
fn every_wrong_value_is_named_with_its_row_at_once() {
    let mut rows = rows(false);
    rows[0] = "2001,1,1,1,0,?9,warm,-1,50,95000".to_owned();
    rows[1] = "2001,13,1,2,0,?9,1.0,-1,50,95000".to_owned();
    rows[2] = "2001,1,1,3,0,?9,NaN,-1,-5,1".to_owned();
    rows[3] = "2001,1".to_owned();
    let (year, findings) = read_epw(file(&rows).as_bytes());
    assert_eq!(year, None);
    let found: Vec<(Option<u32>, &str, &str)> = findings
        .iter()
        .map(|finding| (finding.row, finding.field.as_str(), finding.value.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (Some(9), rows::DRY_BULB, "warm"),
            (Some(10), "month", "13"),
            (Some(11), rows::DRY_BULB, "NaN"),
            (Some(11), rows::HUMIDITY, "-5"),
            (Some(11), rows::PRESSURE, "1"),
            (Some(12), "fields", "2"),
            (None, "rows", "no row for 1 h from month 1, day 1, hour 2"),
            (None, "rows", "no row for 1 h from month 1, day 1, hour 4"),
        ]
    );
}

#[test]
fn a_repeated_and_an_absent_hour_are_both_named() {
    let mut rows = rows(false);
    rows[5] = rows[4].clone();
    let (year, findings) = read_epw(file(&rows).as_bytes());
    assert_eq!(year, None);
    assert_eq!(findings[0].row, Some(14));
    assert!(findings[0].expected.contains("row 13"));
    assert!(findings[1].value.contains("hour 6"));
}

#[test]
fn a_wrong_header_is_named_field_by_field() {
    let text = file(&rows(false))
        .replace("52.27,104.35,8.0,500.0", "north,190,8.0,inf")
        .replace("PERIODS,1,1", "PERIODS,1,4");
    let (year, findings) = read_epw(text.as_bytes());
    assert_eq!(year, None);
    let fields: Vec<&str> = findings
        .iter()
        .map(|finding| finding.field.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "latitude [°]",
            "longitude [°]",
            "elevation [m]",
            "records per hour"
        ]
    );
}

#[test]
fn a_file_of_another_kind_gets_two_findings_not_a_flood() {
    let (year, findings) = read_epw("name,value\n1,2\n".repeat(5000).as_bytes());
    assert_eq!(year, None);
    let fields: Vec<&str> = findings
        .iter()
        .map(|finding| finding.field.as_str())
        .collect();
    assert_eq!(fields, ["LOCATION", "DATA PERIODS"]);
    assert_eq!(read_epw(b"").1.len(), 2);
}

#[test]
fn a_zone_off_by_half_an_hour_is_rounded_with_a_note() {
    let text = file(&rows(false)).replace("104.35,8.0", "80.0,5.5");
    let (year, findings) = read_epw(text.as_bytes());
    assert_eq!(year.unwrap().hours()[0].dry_bulb_c, 0.006);
    assert_eq!(findings.len(), 1);
    let text = file(&rows(false)).replace("104.35,8.0", "-52.7,-3.0");
    let (year, _) = read_epw(text.as_bytes());
    assert_eq!(year.unwrap().hours()[3].dry_bulb_c, 0.0);
}

#[test]
fn humidity_above_saturation_is_held_at_saturation() {
    let (year, findings) = read_epw(replaced(8, 8, "105").as_bytes());
    assert_eq!(year.unwrap().hours()[0].relative_humidity, 1.0);
    assert_eq!(findings[0].value, "above 100 % in 1 rows");
}

#[test]
fn too_large_too_long_and_too_many_are_refused() {
    let large = vec![b'x'; EPW_BYTES_MAX as usize + 1];
    let (year, findings) = read_epw(&large);
    assert_eq!((year, findings.len()), (None, 1));

    let long = file(&rows(false)) + &"9,".repeat(EPW_LINE_BYTES_MAX);
    let (year, findings) = read_epw(long.as_bytes());
    assert_eq!((year, findings[0].field.as_str()), (None, "line"));

    let many = HEADER.to_owned() + &"x\n".repeat(EPW_ROWS_MAX + 5);
    let (year, findings) = read_epw(many.as_bytes());
    assert_eq!((year, findings.len()), (None, ERRORS_LISTED_MAX + 1));
    assert_eq!(findings[ERRORS_LISTED_MAX].value, "9901 more errors");
}

#[test]
fn bytes_outside_utf8_in_a_name_are_only_noted() {
    let mut bytes = file(&rows(false)).into_bytes();
    bytes[12] = 0xE9;
    let (year, findings) = read_epw(&bytes);
    assert!(year.is_some());
    assert_eq!(findings[0].field, "encoding");
}

#[test]
fn a_file_is_read_from_disk_and_a_folder_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weather.epw");
    fs_err::write(&path, file(&rows(false))).unwrap();
    assert!(read_epw_file(&path).unwrap().0.is_some());
    let (year, findings) = read_epw_file(folder.path()).unwrap();
    assert_eq!((year, findings.len()), (None, 1));
    assert!(read_epw_file(&folder.path().join("absent")).is_err());
}

#[test]
fn northway_has_its_published_free_cooling_hours() {
    let path = "weather/epw/USA_AK_Northway.AP.702910_TMY3.epw.xz";
    let Some(bytes) = unpacked("xz", path) else {
        return;
    };
    let (year, findings) = read_epw(&bytes);
    assert_eq!(findings, []);
    let year = year.unwrap();
    for (threshold_c, expected) in [(18.0, 8202), (22.0, 8575), (27.0, 8748)] {
        let found = year.hours_at_or_below(threshold_c);
        assert!(found.abs_diff(expected) <= 1, "{threshold_c} °C: {found}");
    }
    let below = |threshold_c: f64| {
        year.hours()
            .iter()
            .filter(|hour| hour.dry_bulb_c < threshold_c)
            .count()
    };
    assert!(below(-30.0).abs_diff(487) <= 1, "{}", below(-30.0));
    // Afternoon, 15:00 in Alaska standard time (9 h behind UTC), is warmer than early morning in June.
    let mean_c = |utc_hour: u8| -> f64 {
        HourOfYear::all()
            .filter(|hour| hour.month() == 6 && hour.hour_of_day() == utc_hour)
            .map(|hour| year.hour(hour).dry_bulb_c)
            .sum::<f64>()
            / 30.0
    };
    assert!(mean_c(0) > mean_c(13) + 5.0);
    assert_eq!(
        year.label().to_string(),
        "measured at Northway AP, USA, 702910 (TMY3, a typical year joined from months of several years)"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let (year, findings) = read_epw(&bytes);
        prop_assert!(year.is_none());
        prop_assert!(findings.iter().any(Finding::is_error));
    }

    #[test]
    fn a_mutated_file_never_panics_and_is_never_silently_wrong(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = file(&rows(false)).into_bytes();
        for (position, byte, near_start) in edits {
            // Half of the edits hit the header, which is a thousandth of the file.
            let length = if near_start { 600 } else { bytes.len() };
            bytes[position.index(length)] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let (year, findings) = read_epw(&bytes);
        prop_assert_eq!(year.is_none(), findings.iter().any(Finding::is_error));
    }

    #[test]
    fn any_text_in_a_field_never_panics(text in "\\PC{0,20}", row in 0usize..8760, field in 0usize..11) {
        let (year, findings) = read_epw(replaced(row, field, &text).as_bytes());
        prop_assert_eq!(year.is_none(), findings.iter().any(Finding::is_error));
    }
}
