//! Samples of hosts.

use angara_results::{ResultsError, RunFolder, TableFile};
use angara_simulation::intensity::EMBODIED_HOST_G_PER_MS;
use angara_simulation::replay::HostSample;

use super::{Instant, Subject, megahertz, whole_ms};
use crate::rows::{Cell, ColumnSpec, Kind, start_with};

const COLUMNS: [ColumnSpec; 26] = [
    (
        "timestamp",
        "ms",
        "Time since the first submission",
        Kind::Whole,
    ),
    (
        "timestamp_absolute",
        "ms",
        "Time since 1970, or of the trace's own clock",
        Kind::Whole,
    ),
    ("host_name", "", "Host", Kind::Text),
    ("cluster_name", "", "Cluster of the host", Kind::Text),
    ("core_count", "1", "Cores", Kind::Small),
    ("mem_capacity", "MiB", "Memory", Kind::Whole),
    (
        "tasks_terminated",
        "1",
        "Tasks given up on the host since the last sample",
        Kind::Small,
    ),
    ("tasks_running", "1", "Tasks that run", Kind::Small),
    (
        "tasks_error",
        "1",
        "Always 0: no task has this state",
        Kind::Small,
    ),
    (
        "tasks_invalid",
        "1",
        "Always 0: no task has this state",
        Kind::Small,
    ),
    ("cpu_capacity", "MHz", "Speed of all cores", Kind::Real),
    ("cpu_usage", "MHz", "Speed given to tasks", Kind::Real),
    ("cpu_demand", "MHz", "Speed that tasks demand", Kind::Real),
    (
        "cpu_utilization",
        "1",
        "Speed given over capacity",
        Kind::Real,
    ),
    (
        "cpu_time_active",
        "ms",
        "Time busy since the last sample, weighed by capacity",
        Kind::Whole,
    ),
    (
        "cpu_time_idle",
        "ms",
        "Time idle since the last sample, weighed by capacity",
        Kind::Whole,
    ),
    (
        "cpu_time_steal",
        "ms",
        "Demand not given since the last sample, in time of the host",
        Kind::Whole,
    ),
    (
        "cpu_time_lost",
        "ms",
        "Always 0: no interference is modelled",
        Kind::Whole,
    ),
    ("power_draw", "W", "Power", Kind::Real),
    (
        "energy_usage",
        "J",
        "Energy since the last sample",
        Kind::Real,
    ),
    (
        "embodied_carbon",
        "g",
        "Share of the making of the host since the last sample",
        Kind::Real,
    ),
    ("uptime", "ms", "Time up since the last sample", Kind::Whole),
    (
        "downtime",
        "ms",
        "Time down since the last sample",
        Kind::Whole,
    ),
    (
        "boot_time",
        "ms",
        "Start of the host since the first submission; empty after a failure",
        Kind::OptionalWhole,
    ),
    (
        "boot_time_absolute",
        "ms",
        "Start of the host; empty after a failure",
        Kind::OptionalWhole,
    ),
    ("is_up", "1", "1 where the host is up", Kind::Small),
];

/// Columns of each accelerator.
const GPU_COLUMNS: [(&str, &str, &str, Kind); 9] = [
    (
        "gpu_capacity",
        "MHz",
        "Speed of the accelerator",
        Kind::Real,
    ),
    ("gpu_usage", "MHz", "Speed given to tasks", Kind::Real),
    ("gpu_demand", "MHz", "Speed that tasks demand", Kind::Real),
    (
        "gpu_utilization",
        "1",
        "Speed given over capacity",
        Kind::Real,
    ),
    (
        "gpu_time_active",
        "ms",
        "Time busy since the last sample, weighed by capacity",
        Kind::OptionalWhole,
    ),
    (
        "gpu_time_idle",
        "ms",
        "Time idle since the last sample, weighed by capacity",
        Kind::OptionalWhole,
    ),
    ("gpu_time_steal", "ms", "Not counted", Kind::OptionalWhole),
    (
        "gpu_time_lost",
        "ms",
        "Always 0: no interference is modelled",
        Kind::OptionalWhole,
    ),
    (
        "gpu_power_draw",
        "W",
        "Power of the accelerator",
        Kind::Real,
    ),
];

#[derive(Debug)]
pub(super) struct HostTable<'a> {
    pub(super) rows: TableFile,
    subject: Subject<'a>,
    /// Accelerators of the host that has most.
    gpus: usize,
    has_failed: Vec<bool>,
    start_ms: i64,
}

impl<'a> HostTable<'a> {
    pub(super) fn start(
        subject: Subject<'a>,
        folder: &RunFolder,
        path: &str,
    ) -> Result<Self, ResultsError> {
        let topology = subject.topology;
        let gpus = topology.kinds.iter().map(|kind| kind.gpus.len());
        let gpus = gpus.max().unwrap_or(0);
        let mut of_gpus = Vec::new();
        for gpu in 0..gpus {
            for (name, unit, description, kind) in &GPU_COLUMNS {
                let description = format!("Accelerator {gpu}: {description}");
                of_gpus.push((format!("{name}_{gpu}"), *unit, description, *kind));
            }
        }
        let of_gpus = of_gpus.iter().map(|(name, unit, description, kind)| {
            (name.as_str(), *unit, description.as_str(), *kind)
        });
        let columns = COLUMNS.iter().copied().chain(of_gpus);
        Ok(Self {
            rows: start_with(folder, path, "host", columns)?,
            subject,
            gpus,
            has_failed: vec![false; topology.hosts.len()],
            start_ms: subject.workload.tasks.first_ms(),
        })
    }

    pub(super) fn take(
        &mut self,
        at: Instant,
        sample: &HostSample<'_>,
    ) -> Result<(), ResultsError> {
        let topology = self.subject.topology;
        let host = &topology.hosts[sample.host];
        let kind = &topology.kinds[host.kind as usize];
        let share = |part: u64, whole: u64| {
            if whole == 0 {
                0.0
            } else {
                part as f64 / whole as f64
            }
        };
        let failed = &mut self.has_failed[sample.host];
        *failed |= sample.down_ms > 0 || !sample.is_up;
        let booted = |at_ms: i64| {
            if *failed {
                Cell::Empty
            } else {
                Cell::Whole(at_ms)
            }
        };
        let mut cells = vec![
            Cell::Whole(at.now_ms),
            Cell::Whole(at.absolute_ms),
            Cell::Text(&host.name),
            Cell::Text(&topology.clusters[host.cluster as usize].name),
            Cell::Whole(kind.cores.into()),
            Cell::count(kind.memory_mib),
            Cell::Whole(sample.terminated.into()),
            Cell::Whole(sample.running.into()),
            Cell::Whole(0),
            Cell::Whole(0),
            Cell::Real(megahertz(kind.capacity_hz())),
            Cell::Real(megahertz(sample.cpu_supply_hz)),
            Cell::Real(megahertz(sample.cpu_demand_hz)),
            Cell::Real(share(sample.cpu_supply_hz, kind.capacity_hz())),
            Cell::Whole(whole_ms(sample.active_ms)),
            Cell::Whole(whole_ms(sample.idle_ms)),
            Cell::Whole(whole_ms(sample.steal_ms)),
            Cell::Whole(0),
            Cell::Real(sample.power_w),
            Cell::Real(sample.energy_j),
            Cell::Real(EMBODIED_HOST_G_PER_MS * at.interval_ms as f64),
            Cell::Whole(sample.up_ms),
            Cell::Whole(sample.down_ms),
            booted(0),
            booted(self.start_ms),
            Cell::Whole(sample.is_up.into()),
        ];
        for gpu in 0..self.gpus {
            let Some(gpu) = sample.gpus.get(gpu) else {
                cells.extend([Cell::Real(0.0); 4]);
                cells.extend([Cell::Empty; 4]);
                cells.push(Cell::Real(0.0));
                continue;
            };
            cells.extend([
                Cell::Real(megahertz(gpu.capacity_hz)),
                Cell::Real(megahertz(gpu.supply_hz)),
                Cell::Real(megahertz(gpu.demand_hz)),
                Cell::Real(share(gpu.supply_hz, gpu.capacity_hz)),
                Cell::Whole(whole_ms(gpu.active_ms)),
                Cell::Whole(whole_ms(gpu.idle_ms)),
                Cell::Empty,
                Cell::Whole(0),
                Cell::Real(gpu.power_w),
            ]);
        }
        self.rows.push(&cells)
    }
}
