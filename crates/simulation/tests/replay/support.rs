//! Cases as values: a topology, tasks with their fragments, options; and how they are run.

use std::sync::atomic::{AtomicU32, Ordering};

use angara_simulation::intensity::IntensitySeries;
use angara_simulation::power::{Linear, PowerModel};
use angara_simulation::replay::{
    BatterySample, Cluster, FragmentBuilder, HostKind, HostSample, ReplayHost, ReplayInput,
    ReplayOptions, ReplayOutcome, ReplayProgress, ReplayStatus, ReplayTask, ReplayTasks,
    SampleSink, ServiceSample, SourceSample, TaskSample, Topology, Virtualisation, replay,
};
use angara_simulation::sharing::SharingPolicy;

/// A gigahertz [Hz].
pub(crate) const GHZ: u64 = 1_000_000_000;

/// A fragment: duration [ms], demand on processors [Hz], demand on accelerators [Hz].
pub(crate) type Fragment = (i64, u64, u64);

/// Messages of progress, one in 16,384 instants, that no case here comes near.
const MESSAGES_MAX: u32 = 1_000;

/// Fails a run that goes on and on.
struct Patience(AtomicU32);

impl ReplayProgress for Patience {
    fn replayed(&self, status: ReplayStatus) {
        let messages = self.0.fetch_add(1, Ordering::Relaxed);
        assert!(messages < MESSAGES_MAX, "no end in sight: {status:?}");
    }
}

/// Everything a run depends on.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) topology: Topology,
    pub(crate) tasks: Vec<(ReplayTask, Vec<Fragment>)>,
    pub(crate) carbon: Vec<IntensitySeries>,
    pub(crate) options: ReplayOptions,
}

impl Case {
    /// Runs the case; books that do not close fail the test.
    pub(crate) fn run(&self) -> ReplayOutcome {
        self.run_into(None)
    }

    /// Runs the case and hands its samples over.
    pub(crate) fn run_into(&self, samples: Option<&mut dyn SampleSink>) -> ReplayOutcome {
        let mut tasks = ReplayTasks::default();
        let mut fragments = FragmentBuilder::default();
        for (task, rows) in &self.tasks {
            tasks.push(task.clone());
            for (duration_ms, cpu_hz, gpu_hz) in rows {
                fragments.push(*duration_ms, *cpu_hz, *gpu_hz);
            }
            fragments.end_task();
        }
        let input = ReplayInput {
            topology: &self.topology,
            tasks: &tasks,
            fragments: &fragments.finish(),
            carbon: &self.carbon,
            options: &self.options,
        };
        let patience = Patience(AtomicU32::new(0));
        replay(&input, samples, &patience).expect("a run that ends with its books closed")
    }

    /// Capacity of the processors of a host [Hz].
    pub(crate) fn capacity_hz(&self, host: usize) -> u64 {
        let kind = &self.topology.kinds[self.topology.hosts[host].kind as usize];
        u64::from(kind.cores) * kind.core_hz
    }
}

/// A host of so many cores of 1 GHz and 64 GiB, 100 W idle and 200 W at full load.
pub(crate) fn kind(cores: u32) -> HostKind {
    HostKind {
        cores,
        core_hz: GHZ,
        memory_mib: 65_536,
        cpu_power: PowerModel::Linear(Linear::new(100.0, 200.0).expect("a range")),
        cpu_sharing: SharingPolicy::MaxMinFair,
        gpus: Vec::new(),
        gpu_sharing: SharingPolicy::MaxMinFair,
        virtualisation: Virtualisation::None,
        turn_ms: 1_000,
        platform: 0,
    }
}

/// A cluster without carbon and battery.
pub(crate) fn cluster(zone: u32) -> Cluster {
    Cluster {
        name: format!("cluster {zone}"),
        source: format!("source {zone}"),
        carbon: None,
        battery: None,
        zone,
    }
}

/// Hosts of one kind, by cluster and rack.
pub(crate) fn hosts_of(cores: u32, places: &[(u32, Option<u32>)]) -> Topology {
    let clusters = places.iter().map(|place| place.0).max().unwrap_or(0) + 1;
    Topology {
        clusters: (0..clusters).map(cluster).collect(),
        kinds: vec![kind(cores)],
        hosts: places
            .iter()
            .enumerate()
            .map(|(row, (cluster, rack))| ReplayHost {
                name: format!("host {row}"),
                kind: 0,
                cluster: *cluster,
                rack: *rack,
            })
            .collect(),
    }
}

/// Hosts of one kind in one cluster.
pub(crate) fn hosts(cores: u32, count: usize) -> Topology {
    hosts_of(cores, &vec![(0, None); count])
}

/// A task that keeps its cores of 1 GHz busy for a while.
pub(crate) fn busy(
    id: i64,
    submission_ms: i64,
    cores: u32,
    duration_ms: i64,
) -> (ReplayTask, Vec<Fragment>) {
    let task = ReplayTask {
        id,
        submission_ms,
        cores,
        memory_mib: 1_024,
        ..ReplayTask::default()
    };
    (task, vec![(duration_ms, u64::from(cores) * GHZ, 0)])
}

/// Tasks on hosts, with placement at every millisecond.
pub(crate) fn case(topology: Topology, tasks: Vec<(ReplayTask, Vec<Fragment>)>) -> Case {
    Case {
        topology,
        tasks,
        carbon: Vec::new(),
        options: ReplayOptions {
            quantum_ms: 1,
            ..ReplayOptions::default()
        },
    }
}

/// Sums of samples.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    pub(crate) samples: usize,
    /// By host: energy [J], time up and down [ms], time busy [ms].
    pub(crate) hosts: Vec<(f64, i64, i64, f64)>,
    /// By source: energy [J] and emissions [g].
    pub(crate) sources: Vec<(f64, f64)>,
    /// By task: work done and lost [Hz ms].
    pub(crate) tasks: Vec<(u128, u128)>,
    pub(crate) last: ServiceSample,
}

fn at<T: Default + Clone>(all: &mut Vec<T>, row: usize) -> &mut T {
    if all.len() <= row {
        all.resize(row + 1, T::default());
    }
    &mut all[row]
}

impl SampleSink for Sums {
    fn wants_hosts(&self) -> bool {
        true
    }
    fn wants_tasks(&self) -> bool {
        true
    }
    fn begin(&mut self, _at_ms: i64) {
        self.samples += 1;
    }
    fn host(&mut self, sample: &HostSample<'_>) {
        let sum = at(&mut self.hosts, sample.host);
        sum.0 += sample.energy_j;
        sum.1 += sample.up_ms;
        sum.2 += sample.down_ms;
        sum.3 += sample.active_ms;
    }
    fn task(&mut self, sample: &TaskSample) {
        let sum = at(&mut self.tasks, sample.task);
        sum.0 += sample.done;
        sum.1 += sample.lost;
    }
    fn source(&mut self, sample: &SourceSample) {
        let sum = at(&mut self.sources, sample.cluster);
        sum.0 += sample.energy_j;
        sum.1 += sample.carbon_g;
    }
    fn battery(&mut self, _sample: &BatterySample) {}
    fn service(&mut self, sample: &ServiceSample) {
        self.last = *sample;
    }
}
