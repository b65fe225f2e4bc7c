//! Machines with a week of five-minute samples, ten on each host of 64 cores at 150 to 350 W: the workload on which
//! other simulators were measured. All play one recorded series, shifted, scaled and rounded to whole percent.

use std::path::Path;

use angara_replay::opendc::parse_topology;
use angara_replay::{WorkloadOptions, workload_of};
use angara_simulation::replay::{
    FragmentBuilder, Fragments, PlacementPolicy, PlacementSpec, ReplayInput, ReplayOptions,
    ReplaySilent, ReplayTask, ReplayTasks, Topology, replay_columns,
};
use angara_workload::trace::{self, Limits};

/// Samples of a machine.
pub(crate) const SAMPLES: usize = 2_016;
/// Length of a sample [ms].
const SAMPLE_MS: i64 = 300_000;
/// Interval of the series [ms].
const STEP_MS: i64 = 3_600_000;
/// Cores of a machine, and the speed of one [Hz].
const CORES: u32 = 6;
const CORE_HZ: u64 = 2_000_000_000;

/// A recorded series in whole percent of the machine: that of the busiest of those recorded long enough.
pub(crate) fn recorded_percent(archive: &Path) -> Option<Vec<u64>> {
    let (trace, _) = trace::read(&[archive], &Limits::default()).ok()?;
    let (tasks, fragments) = workload_of(&trace, &WorkloadOptions::default());
    let series_of = |task: usize| {
        let rows = fragments.of(task);
        let all = fragments.cpu_hz().get(rows)?.get(..SAMPLES)?;
        let capacity_hz = tasks.capacity_hz[task].max(1);
        let percent = all.iter().map(|hz| (hz * 100 / capacity_hz).min(100));
        Some(percent.collect::<Vec<u64>>())
    };
    let all = (0..tasks.len()).filter_map(series_of);
    all.max_by_key(|percent| percent.iter().sum::<u64>())
}

/// Machines and their hosts.
pub(crate) struct SampledMachines {
    topology: Topology,
    tasks: ReplayTasks,
    fragments: Fragments,
}

impl SampledMachines {
    pub(crate) fn new(machines: usize, percent: &[u64]) -> Self {
        let text = format!(
            r#"{{"clusters": [{{"name": "C", "hosts": [{{"name": "H", "count": {},
            "cpu": {{"coreCount": 64, "coreSpeed": 2000}}, "memory": {{"memorySize": 100000}},
            "cpuPowerModel": {{"modelType": "linear", "idlePower": 150.0, "maxPower": 350.0}}}}]}}]}}"#,
            machines / 10
        );
        let (file, _) = parse_topology(&text, "topology.json", false);
        let mut tasks = ReplayTasks::default();
        let mut fragments = FragmentBuilder::default();
        for machine in 0..machines {
            tasks.push(ReplayTask {
                id: machine as i64,
                cores: CORES,
                capacity_hz: u64::from(CORES) * CORE_HZ,
                memory_mib: 1_000,
                ..ReplayTask::default()
            });
            let scale_percent = 50 + (machine % 11 * 10) as u64;
            for sample in 0..SAMPLES {
                let recorded = percent[(sample + machine * 37) % percent.len()];
                let percent = (recorded * scale_percent / 100).min(100);
                let demand_hz = u64::from(CORES) * CORE_HZ / 100 * percent;
                fragments.push(SAMPLE_MS, demand_hz, 0);
            }
            fragments.end_task();
        }
        Self {
            topology: file.expect("the topology is sound").topology,
            tasks,
            fragments: fragments.finish(),
        }
    }

    /// Places and plays all of them; returns the energy [J].
    pub(crate) fn replay(&self) -> f64 {
        let options = ReplayOptions {
            placement: PlacementSpec {
                policy: PlacementPolicy::WorstFit,
                ..PlacementSpec::default()
            },
            ..ReplayOptions::default()
        };
        let input = ReplayInput {
            topology: &self.topology,
            tasks: &self.tasks,
            fragments: &self.fragments,
            carbon: &[],
            options: &options,
        };
        let replayed = replay_columns(&input, &self.fragments, STEP_MS, &ReplaySilent);
        let sources = replayed
            .expect("the machines can be replayed")
            .outcome
            .sources;
        sources.iter().map(|source| source.energy_j).sum()
    }
}
