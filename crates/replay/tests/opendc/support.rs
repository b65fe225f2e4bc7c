//! What the comparisons share: where the references are, inline workloads, recorded samples.

use std::collections::BTreeMap;
use std::path::PathBuf;

use angara_replay::opendc::{Allocation, TopologyFile, carbon_series, parse_topology, prefab};
use angara_simulation::failure::{FailureModel, FailureRow, FailureSequence};
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::replay::{
    BatterySample, Checkpoints, Filter, FragmentBuilder, Fragments, GpuSample, HostSample,
    PlacementPolicy, Play, ReplayInput, ReplayOptions, ReplayOutcome, ReplaySilent, ReplayTask,
    ReplayTasks, SampleSink, ServiceSample, SourceSample, TaskSample, Weigher, hertz, replay,
};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

/// The shared references, where they are there.
pub(crate) fn shared() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    if path.is_dir() {
        Some(path)
    } else {
        println!("skipped: {} is not there", path.display());
        None
    }
}

/// The reference file of cases and measured runs.
pub(crate) fn reference() -> Option<Value> {
    let path = shared()?.join("reference/simulation/opendc_cases.json");
    let text = fs_err::read_to_string(path).expect("the reference can be read");
    Some(serde_json::from_str(&text).expect("the reference is JSON"))
}

/// Everything samples show, by name.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) at_ms: Vec<i64>,
    pub(crate) hosts: BTreeMap<usize, Vec<(HostSample<'static>, Vec<GpuSample>)>>,
    pub(crate) tasks: BTreeMap<usize, Vec<TaskSample>>,
    pub(crate) sources: Vec<SourceSample>,
    pub(crate) services: Vec<ServiceSample>,
    pub(crate) only_sources: bool,
}

impl SampleSink for Recorder {
    fn wants_hosts(&self) -> bool {
        !self.only_sources
    }
    fn wants_tasks(&self) -> bool {
        !self.only_sources
    }
    fn begin(&mut self, at_ms: i64) {
        self.at_ms.push(at_ms);
    }
    fn host(&mut self, sample: &HostSample<'_>) {
        let gpus = sample.gpus.to_vec();
        let sample = HostSample {
            gpus: &[],
            ..sample.clone()
        };
        self.hosts
            .entry(sample.host)
            .or_default()
            .push((sample, gpus));
    }
    fn task(&mut self, sample: &TaskSample) {
        self.tasks.entry(sample.task).or_default().push(*sample);
    }
    fn source(&mut self, sample: &SourceSample) {
        self.sources.push(*sample);
    }
    fn battery(&mut self, _sample: &BatterySample) {}
    fn service(&mut self, sample: &ServiceSample) {
        self.services.push(*sample);
    }
}

/// A run of the references, ready to be replayed.
pub(crate) struct Prepared {
    pub(crate) topology: TopologyFile,
    pub(crate) tasks: ReplayTasks,
    pub(crate) fragments: Fragments,
    pub(crate) carbon: Vec<IntensitySeries>,
    pub(crate) options: ReplayOptions,
}

impl Prepared {
    pub(crate) fn replay(&self, recorder: &mut Recorder) -> ReplayOutcome {
        let input = ReplayInput {
            topology: &self.topology.topology,
            tasks: &self.tasks,
            fragments: &self.fragments,
            carbon: &self.carbon,
            options: &self.options,
        };
        replay(&input, Some(recorder), &ReplaySilent).expect("the run can be replayed")
    }
}

pub(crate) fn topology_of(value: &Value) -> TopologyFile {
    let (topology, findings) = parse_topology(&value.to_string(), "topology.json", false);
    assert!(!findings.has_errors(), "{findings:?}");
    topology.expect("the topology is sound")
}

/// A carbon trace of `OpenDC`'s tests by its path.
pub(crate) fn carbon_of(path: &str) -> IntensitySeries {
    let midnight_ms = 1_640_995_200_000;
    if path.ends_with("single_100.parquet") {
        return IntensitySeries::carbon([(midnight_ms, 100.0)]).expect("ascending");
    }
    if path.ends_with("two_80_120.parquet") {
        // Any change from 72 s (when the battery is full) to 1320 s gives what the cases ask for.
        let points = [(midnight_ms, 80.0), (midnight_ms + 900_000, 120.0)];
        return IntensitySeries::carbon(points).expect("ascending");
    }
    let data = shared()
        .expect("the references are there")
        .join("data/carbon");
    let name = path.rsplit('/').next().unwrap_or(path);
    if data.join(name).exists() {
        return carbon_series(&data.join(name)).expect("the carbon trace can be read");
    }
    let zone = path.trim_end_matches(".parquet");
    let zone = &zone[zone.len() - 2..];
    let file = data.join(format!("{zone}_2022.parquet"));
    carbon_series(&file).expect("the carbon trace can be read")
}

pub(crate) fn instant_ms(text: &str) -> i64 {
    let civil: DateTime = text.parse().expect("a date and time");
    let zoned = civil.to_zoned(TimeZone::UTC).expect("within range");
    zoned.timestamp().as_millisecond()
}

/// The allocation policy that a test of `OpenDC` names in its own words.
pub(crate) fn allocation_of(scheduler: &str) -> Allocation {
    if scheduler.contains("Memorizing") {
        return prefab("TaskNumMemorizing").expect("a known policy");
    }
    let mut allocation = prefab("CoreMem").expect("a known policy");
    if scheduler.contains("VGpu") {
        let factor = if scheduler.contains("-1.0") {
            -1.0
        } else {
            1.0
        };
        allocation
            .placement
            .filters
            .push(Filter::Accelerators { ratio: 1.0 });
        allocation.placement.policy = PlacementPolicy::Weighed(vec![
            (Weigher::Cores, factor),
            (Weigher::Accelerators, factor),
        ]);
    }
    allocation
}

/// A run whose tasks are given inline.
pub(crate) fn prepare(run: &Value, export_interval_ms: i64) -> Prepared {
    let topology = topology_of(&run["topology"]);
    let given = run["tasks"].as_array().expect("tasks");
    let mut row_of_id = BTreeMap::new();
    let mut row = 0_u32;
    for task in given {
        row_of_id.insert(task["id"].as_i64().expect("an id"), row);
        row += task["repeat_task"].as_u64().unwrap_or(1) as u32;
    }
    let mut tasks = ReplayTasks::default();
    let mut fragments = FragmentBuilder::default();
    let mut checkpoints = None;
    let mut play = Play::Drop;
    for task in given {
        let whole = |name: &str| task[name].as_u64().unwrap_or(0);
        if task["scaling"] == "Perfect" {
            play = Play::Stretch;
        }
        if let Some(interval_ms) = task["checkpoint_interval_ms"].as_i64() {
            checkpoints = Some(Checkpoints {
                interval_ms,
                duration_ms: task["checkpoint_duration_ms"].as_i64().expect("a duration"),
                interval_scaling: 1.0,
            });
        }
        for _ in 0..task["repeat_task"].as_u64().unwrap_or(1) {
            let parents = task["parents"].as_array();
            tasks.push(ReplayTask {
                id: task["id"].as_i64().expect("an id"),
                submission_ms: instant_ms(task["submission_time"].as_str().expect("a time")),
                cores: whole("cpu_core_count") as u32,
                memory_mib: whole("mem_mib"),
                gpu_cores: whole("gpu_core_count") as u32,
                parents: parents
                    .into_iter()
                    .flatten()
                    .map(|parent| row_of_id[&parent.as_i64().expect("an id")])
                    .collect(),
                ..ReplayTask::default()
            });
            for fragment in task["fragments"].as_array().expect("fragments") {
                for _ in 0..fragment["repeat"].as_u64().unwrap_or(1) {
                    fragments.push(
                        fragment["duration_ms"].as_i64().expect("a duration"),
                        hertz(fragment["cpu_mhz"].as_f64().expect("a speed")),
                        hertz(fragment["gpu_mhz"].as_f64().expect("a speed")),
                    );
                }
            }
            fragments.end_task();
        }
    }
    let failures = match &run["failure_trace"] {
        Value::Null => FailureModel::None,
        trace => FailureModel::Sequence(FailureSequence {
            rows: trace["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| FailureRow {
                    interval_ms: row["failure_interval"].as_i64().expect("an interval"),
                    duration_ms: row["failure_duration"].as_i64().expect("a duration"),
                    intensity: row["failure_intensity"].as_f64().expect("a share"),
                })
                .collect(),
            repeat: trace["repeat"].as_bool().expect("true or false"),
            start_row: 0,
        }),
    };
    let carbon = topology
        .carbon_paths
        .iter()
        .map(|path| carbon_of(path))
        .collect();
    Prepared {
        topology,
        tasks,
        fragments: fragments.finish(),
        carbon,
        options: ReplayOptions {
            play,
            placement: allocation_of(run["scheduler"].as_str().unwrap_or("")).placement,
            checkpoints,
            failures,
            sample_ms: Some(export_interval_ms),
            ..ReplayOptions::default()
        },
    }
}
