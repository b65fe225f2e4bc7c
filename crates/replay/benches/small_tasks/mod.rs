//! A million tasks of one fragment on 1,000 hosts, of which about two thirds are busy.

use angara_replay::opendc::parse_topology;
use angara_simulation::replay::{
    FragmentBuilder, Fragments, PlacementPolicy, PlacementSpec, ReplayInput, ReplayOptions,
    ReplaySilent, ReplayTask, ReplayTasks, Topology, replay_columns,
};

/// Number of tasks.
pub(crate) const TASKS: u64 = 1_000_000;
/// Interval of the series [ms].
const STEP_MS: i64 = 3_600_000;

/// Hosts and tasks.
pub(crate) struct SmallTasks {
    topology: Topology,
    tasks: ReplayTasks,
    fragments: Fragments,
}

impl SmallTasks {
    /// The same tasks each time: a fixed mixture of sizes and lengths.
    pub(crate) fn new() -> Self {
        let text = r#"{"clusters": [{"name": "C", "hosts": [{"name": "H", "count": 1000,
            "cpu": {"coreCount": 64, "coreSpeed": 2000}, "memory": {"memorySize": 100000},
            "cpuPowerModel": {"modelType": "linear", "idlePower": 32.0, "maxPower": 180.0}}]}]}"#;
        let (file, _) = parse_topology(text, "topology.json", false);
        let mut tasks = ReplayTasks::default();
        let mut fragments = FragmentBuilder::default();
        for row in 0..TASKS {
            let mixed = row.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            let cores = 1 + (mixed % 8) as u32;
            tasks.push(ReplayTask {
                id: row as i64,
                submission_ms: (row * 100) as i64,
                cores,
                memory_mib: 1_000,
                ..ReplayTask::default()
            });
            let demand_hz = u64::from(cores) * 1_500_000_000;
            fragments.push(600_000 + (mixed % 600_000) as i64, demand_hz, 0);
            fragments.end_task();
        }
        Self {
            topology: file.expect("the topology is sound").topology,
            tasks,
            fragments: fragments.finish(),
        }
    }

    /// Places and plays all of them; returns the makespan [ms].
    pub(crate) fn replay(&self, policy: PlacementPolicy) -> i64 {
        let options = ReplayOptions {
            placement: PlacementSpec {
                policy,
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
        replayed
            .expect("the tasks can be replayed")
            .outcome
            .makespan_ms
    }
}
