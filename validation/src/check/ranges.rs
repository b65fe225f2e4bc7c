//! Our large sites in the ranges that Lei and Masanet publish for climate zones.

use angara_facility::{CoolingTopology, DesignConditions, Plant, mean_year};

use super::free_cooling::air;
use crate::row::Row;
use crate::shared;

const REFERENCE: &str = "Lei and Masanet 2022, 5 to 95 %";
const RATED_W: f64 = 30e6;
const LOAD_SHARE: f64 = 0.7;

/// Zone, file, topology, and the ranges of PUE and, where published, of WUE \[l/kWh\].
type Case = (
    &'static str,
    &'static str,
    CoolingTopology,
    [f64; 2],
    Option<[f64; 2]>,
);

const CHICAGO: &str = "epw/USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw.xz";
const FALLS: &str = "epw/USA_MN_International.Falls.Intl.AP.727470_TMY3.epw.xz";
const NORTHWAY: &str = "epw/USA_AK_Northway.AP.702910_TMY3.epw.xz";

const CASES: &[Case] = &[
    (
        "5A",
        CHICAGO,
        CoolingTopology::AirEconomiser,
        [1.100, 1.213],
        None,
    ),
    (
        "7",
        FALLS,
        CoolingTopology::AirEconomiser,
        [1.099, 1.199],
        Some([0.07, 0.52]),
    ),
    (
        "8",
        NORTHWAY,
        CoolingTopology::AirEconomiser,
        [1.077, 1.174],
        None,
    ),
    (
        "7",
        FALLS,
        CoolingTopology::CoolingTower,
        [1.077, 1.187],
        Some([1.73, 2.60]),
    ),
    ("7", FALLS, CoolingTopology::DxSmall, [1.859, 2.284], None),
];

pub(crate) fn rows() -> Vec<Row> {
    CASES.iter().flat_map(rows_of).collect()
}

fn rows_of((zone, file, topology, pue, wue): &Case) -> Vec<Row> {
    let Some(record) = shared::weather(file, None) else {
        return vec![Row::absent(
            format!("PUE in zone {zone} as {topology}"),
            file,
        )];
    };
    let air = air(&record);
    let year = DesignConditions::from_hours(&air).and_then(|design| {
        mean_year(&Plant::new(*topology, RATED_W, &design), &air, LOAD_SHARE).ok()
    });
    let Some(year) = year else {
        return Vec::new();
    };
    let mut rows = vec![
        Row::range(
            format!("PUE in climate zone {zone} as {topology}"),
            REFERENCE,
            *pue,
            year.mean_pue.unwrap_or(f64::NAN),
            3,
        )
        .explained(),
    ];
    if let Some(wue) = wue {
        rows.push(
            Row::range(
                format!("WUE in climate zone {zone} as {topology} [l/kWh]"),
                REFERENCE,
                *wue,
                year.wue_l_per_kwh().unwrap_or(f64::NAN),
                2,
            )
            .explained(),
        );
    }
    rows
}
