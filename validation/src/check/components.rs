//! Towers and dry coolers.

use angara_facility::Redundancy;
use angara_facility::cooling::tower::york_calc::ApproachCurve;
use angara_facility::cooling::{DryCooler, DryCoolerDesign};

use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let cases = [
        (25.56, 5.56, 1.0, 3.84252),
        (25.56, 5.56, 0.5, 1.42141),
        (20.0, 5.56, 1.0, 5.05802),
        (10.0, 5.56, 1.0, 7.77061),
        (0.0, 5.56, 1.0, 11.15985),
        (18.0, 8.0, 1.2, 9.04333),
    ];
    let worst = cases
        .map(|(wet_bulb_c, range_k, ratio, expected)| {
            (ApproachCurve::new(wet_bulb_c, range_k).approach_k(ratio) - expected).abs()
        })
        .into_iter()
        .fold(0.0, f64::max);
    let cooler = DryCooler::new(&DryCoolerDesign {
        heat_w: 2.931e6,
        return_c: 46.11,
        supply_c: 40.55,
        ambient_c: 35.0,
        air_rise_k: 5.56,
        pressure_pa: 101_325.0,
        redundancy: Redundancy::N,
    });
    let fan_kw = cooler.cool(2.931e6, 46.11, 1.0, 35.0).fan_w / 1e3;
    vec![
        Row::distance(
            "approach of a cooling tower, greatest distance",
            "YorkCalc, EnergyPlus coefficients",
            cases.len(),
            (worst, 1e-5),
            " K",
        ),
        Row::value(
            "fans of a dry cooler of 2.9 MW [kW]",
            "BAC TDFS1238N, catalogue rating",
            (117.68, fan_kw),
            2.4,
            2,
        ),
    ]
}
