//! Runs that never end there, and end here.

use angara_simulation::replay::{Play, TaskState};
use serde_json::json;

use super::support::{Recorder, prepare};

fn host(cores: u32, core_speed: f64, model: &str) -> serde_json::Value {
    json!({"clusters": [{"name": "C01", "hosts": [{"name": "H01",
        "cpu": {"coreCount": cores, "coreSpeed": core_speed},
        "memory": {"memorySize": 100_000},
        "cpuPowerModel": {"modelType": model, "power": 400.0, "idlePower": 100.0, "maxPower": 200.0}}]}]})
}

fn task(scaling: &str, cores: u32, fragments: &[(i64, f64)]) -> serde_json::Value {
    let fragments: Vec<_> = fragments
        .iter()
        .map(|(duration_ms, cpu_mhz)| json!({"duration_ms": duration_ms, "cpu_mhz": cpu_mhz, "gpu_mhz": 0.0}))
        .collect();
    json!({"id": 0, "submission_time": "1970-01-01T00:00", "cpu_core_count": cores, "mem_mib": 0,
        "scaling": scaling, "fragments": fragments})
}

fn makespan_ms(topology: &serde_json::Value, tasks: &[serde_json::Value]) -> i64 {
    let run = json!({"topology": topology, "tasks": tasks});
    let prepared = prepare(&run, 60_000);
    let outcome = prepared.replay(&mut Recorder::default());
    assert_eq!(outcome.tasks.count(TaskState::Completed), tasks.len());
    assert_eq!(prepared.options.play, Play::Stretch);
    outcome.makespan_ms
}

#[test]
fn stretched_work_that_does_not_divide_ends_with_its_last_millisecond() {
    for (megahertz, speed) in [(3000.1, 2000.0), (3333.0, 2000.0), (2_500.7, 2_100.0)] {
        let work = megahertz * 600_001.0;
        let found = makespan_ms(
            &host(1, speed, "linear"),
            &[task("Perfect", 1, &[(600_001, megahertz)])],
        );
        assert_eq!(found, (work / speed).ceil() as i64);
    }
}

#[test]
fn stretched_work_without_contention_takes_the_time_that_was_recorded() {
    let fragments: Vec<_> = (1..500)
        .map(|step| (300_000, f64::from(step) * 7.333_333_3))
        .collect();
    let found = makespan_ms(
        &host(16, 2_100.0, "linear"),
        &[task("Perfect", 16, &fragments)],
    );
    assert_eq!(found, 499 * 300_000);
}

#[test]
fn an_idle_fragment_takes_its_time() {
    let fragments = [(600_000, 1_000.0), (600_000, 0.0), (600_000, 1_000.0)];
    let found = makespan_ms(
        &host(1, 2_000.0, "linear"),
        &[task("Perfect", 1, &fragments)],
    );
    assert_eq!(found, 1_800_000);
}

#[test]
fn a_host_of_constant_power_supplies_its_tasks() {
    let found = makespan_ms(
        &host(1, 2_000.0, "constant"),
        &[task("Perfect", 1, &[(600_000, 1_000.0)])],
    );
    assert_eq!(found, 600_000);
}

#[test]
fn overcommitted_cores_end() {
    let run = json!({
        "topology": host(1, 2_000.0, "linear"),
        "tasks": [task("Perfect", 1, &[(600_000, 2_000.0)]), task("Perfect", 1, &[(600_000, 2_000.0)])],
    });
    let mut prepared = prepare(&run, 60_000);
    prepared.options.placement.filters =
        vec![angara_simulation::replay::Filter::Cores { ratio: 2.0 }];
    let outcome = prepared.replay(&mut Recorder::default());
    assert_eq!(outcome.makespan_ms, 1_200_000);
    assert_eq!(outcome.running_max, 2);
}
