//! Curve sets of chillers at their reference points.

use angara_facility::cooling::chiller::curves::{Biquadratic, ChillerCurves};
use serde_json::Value;

use crate::row::Row;
use crate::shared;

const MODELICA: &str = "plant/electric_eir_chillers.json";
const COPPER: &str = "plant/copper_chiller_curves.json";
const ZERO_CELSIUS_K: f64 = 273.15;

/// A record and the point at which its curves should be 1.
struct Record {
    curves: ChillerCurves,
    leaving_c: f64,
    entering_c: f64,
}

/// Distances of the curves from 1 at the reference point.
struct Distances {
    capacity: Vec<f64>,
    input_ratio: Vec<f64>,
    part_load: Vec<f64>,
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    match shared::text(MODELICA).and_then(|text| serde_json::from_str::<Value>(&text).ok()) {
        Some(records) => {
            rows.extend(mcquay(&records));
            rows.extend(summary(
                "EnergyPlus/Modelica electric EIR records",
                &records
                    .as_array()
                    .map_or_else(Vec::new, |all| all.iter().filter_map(of_modelica).collect()),
            ));
        }
        None => rows.push(Row::absent("curve sets of chillers", MODELICA)),
    }
    match shared::text(COPPER).and_then(|text| serde_json::from_str::<Value>(&text).ok()) {
        Some(records) => {
            let found: Vec<Record> = records
                .as_object()
                .map_or_else(Vec::new, |all| all.values().filter_map(of_copper).collect());
            rows.extend(summary("PNNL copper records by entering condenser", &found));
        }
        None => rows.push(Row::absent("curve sets of chillers", COPPER)),
    }
    rows
}

fn numbers<const N: usize>(value: &Value) -> Option<[f64; N]> {
    let found: Vec<f64> = value.as_array()?.iter().filter_map(Value::as_f64).collect();
    found.try_into().ok()
}

fn of_modelica(record: &Value) -> Option<Record> {
    let number = |name: &str| record[name].as_f64();
    Some(Record {
        curves: ChillerCurves {
            reference_cop: number("COP_nominal")?,
            capacity: Biquadratic(numbers(&record["capFunT"])?),
            input_ratio: Biquadratic(numbers(&record["EIRFunT"])?),
            part_load: numbers(&record["EIRFunPLR"])?,
            leaving_min_c: number("TEvaLvgMin")? - ZERO_CELSIUS_K,
            leaving_max_c: number("TEvaLvgMax")? - ZERO_CELSIUS_K,
            entering_min_c: number("TConEntMin")? - ZERO_CELSIUS_K,
            entering_max_c: number("TConEntMax")? - ZERO_CELSIUS_K,
            lift_offset_k: 0.0,
        },
        leaving_c: number("TEvaLvg_nominal")? - ZERO_CELSIUS_K,
        entering_c: number("TConEnt_nominal")? - ZERO_CELSIUS_K,
    })
}

/// Records over the entering condenser temperature; those over the leaving one have another curve.
fn of_copper(record: &Value) -> Option<Record> {
    let set = &record["set_of_curves"];
    let coefficients = |curve: &str| -> Option<Vec<f64>> {
        (1..=6)
            .map(|index| set[curve][format!("coeff{index}")].as_f64())
            .collect()
    };
    let (capacity, input_ratio) = (coefficients("cap-f-t")?, coefficients("eir-f-t")?);
    let part_load = coefficients("eir-f-plr")?;
    if set["eir-f-plr"]["type"] != "quad" || record["model"] != "ect_lwt" {
        return None;
    }
    let limit = |name: &str| set["eir-f-t"][name].as_f64();
    Some(Record {
        curves: ChillerCurves {
            reference_cop: 1.0,
            capacity: Biquadratic(capacity.try_into().ok()?),
            input_ratio: Biquadratic(input_ratio.try_into().ok()?),
            part_load: [part_load[0], part_load[1], part_load[2]],
            leaving_min_c: limit("x_min")?,
            leaving_max_c: limit("x_max")?,
            entering_min_c: limit("y_min")?,
            entering_max_c: limit("y_max")?,
            lift_offset_k: 0.0,
        },
        leaving_c: limit("ref_lwt")?,
        entering_c: limit("ref_ect")?,
    })
}

/// The record with published evaluations.
fn mcquay(records: &Value) -> Vec<Row> {
    let record = records.as_array().and_then(|all| {
        all.iter()
            .find(|record| record["name"] == "ElectricEIRChiller_McQuay_WSC_471kW_5_89COP_Vanes")
            .and_then(of_modelica)
    });
    let Some(record) = record else {
        return vec![Row::absent("chiller McQuay WSC", MODELICA)];
    };
    [
        (8.89, 26.67, 1.0, 80.1938),
        (8.89, 20.0, 0.6, 53.6842),
        (10.0, 15.0, 0.4, 31.2699),
    ]
    .map(|(leaving_c, entering_c, part_load, expected_kw)| {
        let curves = &record.curves;
        let ours_kw = 471.2 / curves.reference_cop
            * curves.capacity.at(leaving_c, entering_c)
            * curves.input_ratio.at(leaving_c, entering_c)
            * curves.input_ratio_part_load(part_load);
        Row::value(
            format!("chiller McQuay WSC at {leaving_c} °C, {entering_c} °C, {part_load} [kW]"),
            "EnergyPlus Electric EIR",
            (expected_kw, ours_kw),
            1e-3,
            4,
        )
    })
    .to_vec()
}

/// How near to 1 the curves of all records are at their own reference points.
fn summary(reference: &str, records: &[Record]) -> Vec<Row> {
    let distances = |value: &dyn Fn(&Record) -> f64| -> Vec<f64> {
        let mut found: Vec<f64> = records
            .iter()
            .map(|record| (value(record) - 1.0).abs())
            .collect();
        found.sort_by(f64::total_cmp);
        found
    };
    let found = Distances {
        capacity: distances(&|record| {
            record
                .curves
                .capacity
                .at(record.leaving_c, record.entering_c)
        }),
        input_ratio: distances(&|record| {
            record
                .curves
                .input_ratio
                .at(record.leaving_c, record.entering_c)
        }),
        part_load: distances(&|record| record.curves.input_ratio_part_load(1.0)),
    };
    let mut rows = Vec::new();
    for (curve, sorted) in [
        ("CAPFT", &found.capacity),
        ("EIRFT", &found.input_ratio),
        ("EIRFPLR", &found.part_load),
    ] {
        let count = sorted.len();
        if count == 0 {
            continue;
        }
        rows.push(Row::distance(
            format!("{curve} at the records' reference points, median distance from 1"),
            reference,
            count,
            (sorted[count / 2], 0.02),
            "",
        ));
        let within = sorted.iter().filter(|distance| **distance <= 0.02).count();
        rows.push(Row::reported(
            format!("{curve}: records within 2 %, and the farthest"),
            reference,
            count,
            format!("{within} of {count}; {:.1} %", sorted[count - 1] * 100.0),
        ));
    }
    rows
}
