//! Every value that `OpenDC`'s own tests ask for, but those that come from a defect there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::support::{Prepared, Recorder, prepare, reference};

/// Cases there are; a reference that loses some must not pass.
const CASES: usize = 55;

#[test]
fn all_results_of_its_own_tests_are_equal_against_opendc() {
    let Some(reference) = reference() else { return };
    let cases = reference["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), CASES);
    let mut wrong = Vec::new();
    let (mut compared, mut quirks) = (0, 0);
    for case in cases {
        let id = case["id"].as_str().expect("an id");
        let interval_ms = case["export_interval_ms"].as_i64().expect("an interval");
        let mut monitors = BTreeMap::new();
        for run in case["runs"].as_array().expect("runs") {
            let prepared = prepare(run, interval_ms);
            let mut recorder = Recorder::default();
            let outcome = prepared.replay(&mut recorder);
            let name = run["monitor"].as_str().unwrap_or("monitor").to_owned();
            monitors.insert(name, (prepared, recorder, outcome.makespan_ms));
        }
        for assertion in case["assertions"].as_array().expect("assertions") {
            if assertion["quirk"].as_bool() == Some(true) || assertion["quirk"].is_string() {
                quirks += 1;
                continue;
            }
            compared += 1;
            let monitor = assertion["monitor"].as_str().unwrap_or("monitor");
            let (prepared, recorder, makespan_ms) = &monitors[monitor];
            let expected = assertion["expected"].as_f64().expect("a number");
            let found = value_of(assertion, prepared, recorder, *makespan_ms);
            let is_equal = found.is_some_and(|found| is_near(found, expected, assertion));
            if !is_equal {
                wrong.push(format!(
                    "{id}: {} is {found:?}, expected {expected}",
                    assertion["expr"]
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {compared}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        compared == 478 && quirks == 10,
        "{compared} compared, {quirks} quirks"
    );
}

/// Energy and emissions to 1e-9; all else exactly, or to what the test itself allows.
fn is_near(found: f64, expected: f64, assertion: &Value) -> bool {
    let allowed = assertion["tolerance"].as_f64().unwrap_or(0.0);
    let metric = assertion["metric"].as_str().expect("a metric");
    let relative = if metric.contains("nergy") || metric.contains("carbon") {
        1e-9 * expected.abs()
    } else {
        0.0
    };
    (found - expected).abs() <= allowed.max(relative)
}

fn value_of(
    assertion: &Value,
    prepared: &Prepared,
    recorder: &Recorder,
    makespan_ms: i64,
) -> Option<f64> {
    let metric = assertion["metric"].as_str().expect("a metric");
    if metric == "makespan_ms" {
        assert_eq!(recorder.at_ms.last(), Some(&makespan_ms));
        return Some(makespan_ms as f64);
    }
    if assertion["agg"] == "count_keys" {
        let keys = if metric.starts_with("host") {
            recorder.hosts.len()
        } else {
            recorder.tasks.len()
        };
        return Some(keys as f64);
    }
    let series = series_of(metric, assertion, prepared, recorder)?;
    match assertion["agg"].as_str().expect("an aggregate") {
        "sum" => Some(series.iter().sum()),
        "sample" => {
            let place = assertion["sample_index"].as_u64().expect("a place");
            series.get(place as usize).copied()
        }
        other => panic!("unknown aggregate {other}"),
    }
}

fn series_of(
    metric: &str,
    assertion: &Value,
    prepared: &Prepared,
    recorder: &Recorder,
) -> Option<Vec<f64>> {
    let megahertz = |hertz: u64| hertz as f64 / 1e6;
    if let Some(metric) = metric.strip_prefix("powerSource.") {
        return Some(
            recorder
                .sources
                .iter()
                .map(|sample| match metric {
                    "energyUsages" => sample.energy_j,
                    "powerDraws" => sample.power_w,
                    "carbonIntensities" => sample.intensity,
                    "carbonEmissions" => sample.carbon_g,
                    other => panic!("unknown metric {other}"),
                })
                .collect(),
        );
    }
    if metric.starts_with("task") {
        let id = assertion["key"]
            .as_i64()
            .or_else(|| assertion["key"].as_str()?.parse().ok())
            .expect("the id of a task");
        let row = prepared.tasks.id.iter().position(|other| *other == id)?;
        return Some(
            recorder
                .tasks
                .get(&row)?
                .iter()
                .map(|sample| match metric {
                    "taskCpuDemands" => megahertz(sample.cpu_demand_hz),
                    "taskCpuSupplied" => megahertz(sample.cpu_supply_hz),
                    "taskGpuDemands" => megahertz(sample.gpu_demand_hz),
                    "taskGpuSupplied" => megahertz(sample.gpu_supply_hz),
                    other => panic!("unknown metric {other}"),
                })
                .collect(),
        );
    }
    let name = assertion["key"].as_str().expect("the name of a host");
    let hosts = &prepared.topology.topology.hosts;
    let row = hosts.iter().position(|host| host.name == name)?;
    let gpu = assertion["gpu_index"].as_u64().map(|row| row as usize);
    Some(
        recorder
            .hosts
            .get(&row)?
            .iter()
            .map(|(sample, gpus)| match (metric, gpu) {
                ("hostCpuIdleTimes", _) => sample.idle_ms,
                ("hostCpuActiveTimes", _) => sample.active_ms,
                ("hostCpuStealTimes", _) => sample.steal_ms,
                ("hostCpuDemands", _) => megahertz(sample.cpu_demand_hz),
                ("hostCpuSupplied", _) => megahertz(sample.cpu_supply_hz),
                ("hostEnergyUsages", _) => sample.energy_j,
                ("hostPowerDraws", _) => sample.power_w,
                ("hostGpuIdleTimes", Some(gpu)) => gpus[gpu].idle_ms,
                ("hostGpuActiveTimes", Some(gpu)) => gpus[gpu].active_ms,
                ("hostGpuDemands", Some(gpu)) => megahertz(gpus[gpu].demand_hz),
                ("hostGpuSupplied", Some(gpu)) => megahertz(gpus[gpu].supply_hz),
                (other, _) => panic!("unknown metric {other}"),
            })
            .collect(),
    )
}
