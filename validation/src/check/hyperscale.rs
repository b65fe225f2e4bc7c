//! Published PUE of large sites, against our plants under synthetic years.
//!
//! Operators differ in design, load and boundary; nothing is fitted, and the same plant stands at every site. The rank
//! correlation says whether the weather orders sites as their operators report, the bias how far the level is off.

use angara_facility::{CoolingTopology, DesignConditions, HourAir, Plant, mean_year};
use angara_series::normals_table::NormalsTable;
use angara_series::{SyntheticOptions, synthetic_year};

use super::free_cooling::air;
use crate::row::Row;
use crate::shared;

const SITES: &str = "plant/published_pue_2025.csv";
const NORMALS: &str = "weather/normals/cru_cl2_gsod_stations_monthly.csv.gz";
/// Rated power of a site \[W\] and the share of it that is drawn.
const RATED_W: f64 = 30e6;
const LOAD_SHARE: f64 = 0.7;
/// Warming since the normals of 1961-90 \[K\].
const WARMING_K: f64 = 1.0;

struct Site {
    operator: String,
    published: f64,
    air: Vec<HourAir>,
}

pub(crate) fn rows() -> Vec<Row> {
    let table = NormalsTable::read_file(&shared::path(NORMALS))
        .ok()
        .and_then(|read| read.0);
    let (Some(text), Some(table)) = (shared::text(SITES), table) else {
        return vec![Row::absent("published PUE of large sites", SITES)];
    };
    let sites: Vec<Site> = (0..)
        .zip(shared::rows(&text))
        .filter_map(|(stream, fields)| site(stream, &fields, &table))
        .collect();
    let mut rows = Vec::new();
    for topology in [
        CoolingTopology::AirEconomiser,
        CoolingTopology::DryCoolerTrim,
        CoolingTopology::CoolingTower,
    ] {
        for operator in ["google", "microsoft"] {
            let of_operator: Vec<&Site> = sites
                .iter()
                .filter(|site| site.operator == operator)
                .collect();
            rows.extend(compare(operator, topology, &of_operator));
        }
    }
    rows
}

fn site(stream: u64, fields: &[String], table: &NormalsTable) -> Option<Site> {
    let number = |index: usize| fields.get(index)?.parse::<f64>().ok();
    let point = table.at(number(2)?, number(3)?, None).ok()?;
    let options = SyntheticOptions {
        seed: 1,
        stream,
        warming_k: WARMING_K,
    };
    let year = synthetic_year(&point.normals, options).ok()?;
    Some(Site {
        operator: fields.first()?.clone(),
        published: number(4)?,
        air: air(&year.into()),
    })
}

fn compare(operator: &str, topology: CoolingTopology, sites: &[&Site]) -> Option<Row> {
    let pairs: Vec<(f64, f64)> = sites
        .iter()
        .filter_map(|site| {
            let design = DesignConditions::from_hours(&site.air)?;
            let plant = Plant::new(topology, RATED_W, &design);
            let ours = mean_year(&plant, &site.air, LOAD_SHARE).ok()?.mean_pue?;
            Some((site.published, ours))
        })
        .collect();
    let count = pairs.len() as f64;
    let bias = pairs
        .iter()
        .map(|(theirs, ours)| ours - theirs)
        .sum::<f64>()
        / count;
    let published: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
    let ours: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let correlation = correlation(&ranks(&published), &ranks(&ours))?;
    Some(Row::reported(
        format!("PUE of {operator} sites as {topology}: rank correlation, bias"),
        "published, 2025",
        pairs.len(),
        format!("{correlation:+.2}, {bias:+.3}"),
    ))
}

/// Ranks with ties at their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    values
        .iter()
        .map(|value| {
            let below = values.iter().filter(|other| *other < value).count() as f64;
            let same = values.iter().filter(|other| *other == value).count() as f64;
            below + (same - 1.0) / 2.0
        })
        .collect()
}

fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let products = |a: &[f64], mean_a: f64, b: &[f64], mean_b: f64| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| (a - mean_a) * (b - mean_b))
            .sum()
    };
    let both = products(one, mean_one, other, mean_other);
    let scale =
        products(one, mean_one, one, mean_one) * products(other, mean_other, other, mean_other);
    (scale > 0.0).then(|| both / scale.sqrt())
}
