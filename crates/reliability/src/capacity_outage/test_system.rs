//! The load of the IEEE Reliability Test System of 1979 and two systems of units under it.

use super::CapacityOutageTable;
use crate::error::assert_near;

const WEEKLY_PERCENT: [f64; 52] = [
    86.2, 90.0, 87.8, 83.4, 88.0, 84.1, 83.2, 80.6, 74.0, 73.7, 71.5, 72.7, 70.4, 75.0, 72.1, 80.0,
    75.4, 83.7, 87.0, 88.0, 85.6, 81.1, 90.0, 88.7, 89.6, 86.1, 75.5, 81.6, 80.1, 88.0, 72.2, 77.6,
    80.0, 72.9, 72.6, 70.5, 78.0, 69.5, 72.4, 72.4, 74.3, 74.4, 80.0, 88.1, 88.5, 90.9, 94.0, 89.0,
    94.2, 97.0, 100.0, 95.2,
];

/// Monday to Sunday.
const DAILY_PERCENT: [f64; 7] = [93.0, 100.0, 98.0, 96.0, 94.0, 77.0, 75.0];

/// Winter, summer, spring and autumn; weekday, weekend.
const HOURLY_PERCENT: [[[u8; 24]; 2]; 3] = [
    [
        [
            67, 63, 60, 59, 59, 60, 74, 86, 95, 96, 96, 95, 95, 95, 93, 94, 99, 100, 100, 96, 91,
            83, 73, 63,
        ],
        [
            78, 72, 68, 66, 64, 65, 66, 70, 80, 88, 90, 91, 90, 88, 87, 87, 91, 100, 99, 97, 94,
            92, 87, 81,
        ],
    ],
    [
        [
            64, 60, 58, 56, 56, 58, 64, 76, 87, 95, 99, 100, 99, 100, 100, 97, 96, 96, 93, 92, 92,
            93, 87, 72,
        ],
        [
            74, 70, 66, 65, 64, 62, 62, 66, 81, 86, 91, 93, 93, 92, 91, 91, 92, 94, 95, 95, 100,
            93, 88, 80,
        ],
    ],
    [
        [
            63, 62, 60, 58, 59, 65, 72, 85, 95, 99, 100, 99, 93, 92, 90, 88, 90, 92, 96, 98, 96,
            90, 80, 70,
        ],
        [
            75, 73, 69, 66, 65, 65, 68, 74, 83, 89, 92, 94, 91, 90, 90, 86, 85, 88, 92, 100, 97,
            95, 90, 85,
        ],
    ],
];

fn days(peak_mw: f64) -> Vec<(usize, usize, f64)> {
    let mut days = Vec::new();
    for (index, weekly) in WEEKLY_PERCENT.iter().enumerate() {
        let season = match index + 1 {
            1..=8 | 44..=52 => 0,
            18..=30 => 1,
            _ => 2,
        };
        for (day, daily) in DAILY_PERCENT.iter().enumerate() {
            days.push((
                season,
                usize::from(day >= 5),
                peak_mw * weekly * daily / 1e4,
            ));
        }
    }
    days
}

fn check(units: &[(usize, usize, f64)], peak_mw: f64, expected: [f64; 3], relative: f64) {
    let mut table = CapacityOutageTable::default();
    for (count, capacity_mw, outage) in units {
        for _ in 0..*count {
            table.add_unit(*capacity_mw, *outage).unwrap();
        }
    }
    let days = days(peak_mw);
    let hours: Vec<f64> = days
        .iter()
        .flat_map(|(season, weekend, peak)| {
            HOURLY_PERCENT[*season][*weekend].map(|percent| peak * f64::from(percent) / 100.0)
        })
        .collect();
    assert_eq!(hours.len(), 8736);
    let hourly = table.over(&hours);
    assert_near(hourly.loss_of_load, expected[0], relative);
    assert_near(hourly.unserved, expected[1], relative);
    let peaks: Vec<f64> = days.iter().map(|day| day.2).collect();
    assert_near(table.over(&peaks).loss_of_load, expected[2], relative);
}

#[test]
fn r34_reliability_test_system() {
    let units = [
        (5, 12, 0.02),
        (4, 20, 0.10),
        (6, 50, 0.01),
        (4, 76, 0.02),
        (3, 100, 0.04),
        (4, 155, 0.04),
        (3, 197, 0.05),
        (1, 350, 0.08),
        (2, 400, 0.12),
    ];
    check(&units, 2850.0, [9.394175, 1176.298, 1.368863], 1e-6);
}

#[test]
fn r35_roy_billinton_test_system() {
    let units = [
        (2, 5, 0.01),
        (1, 10, 0.02),
        (4, 20, 0.015),
        (1, 20, 0.025),
        (1, 40, 0.02),
        (2, 40, 0.03),
    ];
    check(&units, 185.0, [1.09156, 9.86135, 0.146946], 1e-5);
}
