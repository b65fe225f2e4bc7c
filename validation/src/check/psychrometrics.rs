//! Moist air.

use angara_facility::{Air, HourAir};
use angara_psychrometrics as psychrometrics;

use crate::row::Row;
use crate::shared;

const VECTORS: &str = "PsychroLib test vectors (ASHRAE)";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vectors();
    rows.extend(points());
    rows
}

fn vectors() -> Vec<Row> {
    let ratio = psychrometrics::humidity_ratio_from_relative_humidity(7.0, 0.61, 100_000.0);
    let saturation = [
        (-20.0, 103.24),
        (-5.0, 401.74),
        (5.0, 872.6),
        (25.0, 3169.7),
        (50.0, 12_351.3),
        (100.0, 101_418.0),
        (150.0, 476_101.4),
    ];
    let worst = saturation
        .map(|(temperature_c, expected)| {
            (psychrometrics::saturation_pressure_pa(temperature_c) / expected - 1.0).abs()
        })
        .into_iter()
        .fold(0.0, f64::max);
    vec![
        Row::distance(
            "saturation pressure, -20 to 150 °C, greatest relative distance",
            VECTORS,
            saturation.len(),
            (worst, 3e-4),
            "",
        ),
        Row::value(
            "wet bulb at 7 °C, 61 %, 100 kPa, where an old iteration diverged [°C]",
            VECTORS,
            (
                3.92667433781955,
                psychrometrics::wet_bulb_c(7.0, ratio, 100_000.0),
            ),
            3.9e-3,
            6,
        ),
        Row::value(
            "enthalpy of moist air at 30 °C, 20 g/kg [J/kg]",
            VECTORS,
            (81_316.0, psychrometrics::enthalpy_j_per_kg(30.0, 0.02)),
            24.4,
            1,
        ),
        Row::value(
            "density of moist air at 30 °C, 20 g/kg, 95.461 kPa [kg/m³]",
            VECTORS,
            (
                1.08411986348219,
                psychrometrics::density_kg_per_m3(30.0, 0.02, 95_461.0),
            ),
            3.3e-4,
            6,
        ),
    ]
}

/// The reference points of real climates.
fn points() -> Vec<Row> {
    const FILE: &str = "plant/psychrometrics_reference_si.csv";
    let Some(text) = shared::text(FILE) else {
        return vec![Row::absent("air of real climates", FILE)];
    };
    let (mut wet, mut dew, mut enthalpy, mut count) = (0.0_f64, 0.0_f64, 0.0_f64, 0);
    for line in text.lines().skip(1) {
        let fields: Vec<f64> = line
            .rsplitn(10, ',')
            .take(9)
            .filter_map(|field| field.parse().ok())
            .collect();
        let [
            _,
            heat,
            dew_point,
            wet_bulb,
            _,
            _,
            pressure,
            humidity,
            dry_bulb,
        ] = fields[..]
        else {
            continue;
        };
        let air = HourAir::from(Air::from_relative_humidity(dry_bulb, humidity, pressure));
        wet = wet.max((air.wet_bulb_c - wet_bulb).abs());
        dew = dew.max((air.dew_point_c - dew_point).abs());
        enthalpy = enthalpy.max((air.enthalpy_j_per_kg - heat).abs());
        count += 1;
    }
    let reference = "PsychroLib 2.5.0";
    let row = |what: &str, distance: f64, allowed: f64, unit: &str| {
        let what = format!("{what} of air of real climates, -46 to 45 °C, greatest distance");
        Row::distance(what, reference, count, (distance, allowed), unit)
    };
    vec![
        row("wet bulb", wet, 2e-3, " K"),
        row("dew point", dew, 2e-3, " K"),
        row("enthalpy", enthalpy, 0.1, " J/kg"),
    ]
}
