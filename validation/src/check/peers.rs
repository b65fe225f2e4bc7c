//! PUE of a peer's model from its inputs.

use serde_json::Value;

use crate::lei_masanet::{Outdoor, Parameters};
use crate::row::Row;
use crate::shared;

const FILE: &str = "plant/lei_masanet_pue_oracle.json";

pub(crate) fn rows() -> Vec<Row> {
    let oracle = shared::text(FILE).and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let Some(oracle) = oracle else {
        return vec![Row::absent("PUE of three large sites", FILE)];
    };
    let outdoor = Outdoor {
        dry_bulb_c: 20.0,
        relative_humidity: 0.40,
        pressure_pa: 101_325.0,
    };
    [
        ("AE", "air economiser, adiabatic cooling"),
        ("WEC", "water-side economiser, cooling towers"),
        ("WES", "water-side economiser, sea water"),
    ]
    .into_iter()
    .filter_map(|(name, words)| {
        let case = &oracle[name];
        let names = case["order"].as_array()?.iter().filter_map(Value::as_str);
        let values = case["w"].as_array()?.iter().filter_map(Value::as_f64);
        let parameters = Parameters::new(names.collect(), values.collect());
        let ours = match name {
            "AE" => parameters.air_economiser(&outdoor),
            "WEC" => parameters.tower_economiser(&outdoor),
            _ => parameters.sea_economiser(20.0, outdoor.pressure_pa),
        };
        Some(Row::value(
            format!("PUE, {words}, 20 °C and 40 % or sea of 20 °C"),
            "Lei and Masanet 2020",
            (case["pue"].as_f64()?, ours),
            1e-6,
            9,
        ))
    })
    .collect()
}
