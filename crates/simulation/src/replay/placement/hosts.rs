//! What hosts have free, and which of them may take a task.

use std::collections::HashMap;

use super::{AntiAffinity, Filter};
use crate::replay::{HostKind, ReplayTasks, Topology};

/// What a task needs of its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Need {
    /// Stream of random numbers of the task: its identity, which no order of rows changes.
    pub(crate) stream: u64,
    pub(crate) cores: u64,
    pub(crate) memory_mib: u64,
    pub(crate) gpu_cores: u64,
    /// Speed of the cores together [Hz].
    pub(crate) capacity_hz: u64,
    pub(crate) group: Option<u32>,
    pub(crate) platform: Option<u32>,
    pub(crate) zone: Option<u32>,
}

impl Need {
    #[inline]
    pub(crate) fn of(tasks: &ReplayTasks, task: usize) -> Self {
        Self {
            stream: tasks.id[task] as u64,
            cores: u64::from(tasks.cores[task]),
            memory_mib: tasks.memory_mib[task],
            gpu_cores: u64::from(tasks.gpu_cores[task]),
            capacity_hz: tasks.capacity_hz[task],
            group: tasks.group[task],
            platform: tasks.platform[task],
            zone: tasks.zone[task],
        }
    }

    /// Speed of one core, in whole megahertz [MHz].
    pub(crate) fn core_mhz(&self) -> u64 {
        self.capacity_hz / self.cores.max(1) / 1_000_000
    }
}

/// What is set aside on a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Taken {
    cores: u64,
    memory_mib: u64,
    gpu_cores: u64,
    tasks: u32,
    is_down: bool,
}

/// Most that hosts of a kind promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limits {
    cores: u64,
    memory_mib: u64,
    gpu_cores: u64,
    tasks: u32,
    core_mhz: u64,
    platform: u32,
}

/// Hosts of a topology by what they have free.
#[derive(Debug, Clone)]
pub(crate) struct Hosts<'a> {
    topology: &'a Topology,
    limits: Vec<Limits>,
    taken: Vec<Taken>,
    filters: &'a [Filter],
    /// True where some filter is no amount.
    has_conditions: bool,
    /// Running tasks of each group at each host, rack, cluster or zone; only looked up, never walked through.
    groups: HashMap<(AntiAffinity, u32, u32), u32>,
}

impl<'a> Hosts<'a> {
    pub(crate) fn new(topology: &'a Topology, filters: &'a [Filter]) -> Self {
        Self {
            limits: topology
                .kinds
                .iter()
                .map(|kind| limits_of(kind, filters))
                .collect(),
            taken: vec![Taken::default(); topology.hosts.len()],
            topology,
            filters,
            has_conditions: filters.iter().any(|filter| {
                matches!(
                    filter,
                    Filter::CoreSpeed | Filter::Platform | Filter::Zone | Filter::Apart(_)
                )
            }),
            groups: HashMap::new(),
        }
    }

    /// Number of hosts.
    pub(crate) fn len(&self) -> usize {
        self.taken.len()
    }

    pub(crate) fn kind(&self, host: u32) -> &'a HostKind {
        &self.topology.kinds[self.topology.hosts[host as usize].kind as usize]
    }

    fn limit(&self, host: u32) -> &Limits {
        &self.limits[self.topology.hosts[host as usize].kind as usize]
    }

    /// Cores that a host may still promise; none while it is down.
    pub(crate) fn free_cores(&self, host: u32) -> u64 {
        let taken = &self.taken[host as usize];
        if taken.is_down {
            return 0;
        }
        self.limit(host).cores.saturating_sub(taken.cores)
    }

    /// Cores that are set aside on a host.
    pub(crate) fn taken_cores(&self, host: u32) -> u64 {
        self.taken[host as usize].cores
    }

    /// Memory that a host may still promise [MiB].
    pub(crate) fn free_memory_mib(&self, host: u32) -> u64 {
        let taken = self.taken[host as usize].memory_mib;
        self.limit(host).memory_mib.saturating_sub(taken)
    }

    /// Accelerator cores that a host may still promise.
    pub(crate) fn free_gpu_cores(&self, host: u32) -> u64 {
        let taken = self.taken[host as usize].gpu_cores;
        self.limit(host).gpu_cores.saturating_sub(taken)
    }

    /// Tasks on a host.
    pub(crate) fn tasks(&self, host: u32) -> u32 {
        self.taken[host as usize].tasks
    }

    /// True where all filters let a host take a task.
    pub(crate) fn admits(&self, host: u32, need: &Need) -> bool {
        let taken = &self.taken[host as usize];
        let limit = self.limit(host);
        !taken.is_down
            && need.cores <= limit.cores.saturating_sub(taken.cores)
            && need.memory_mib <= limit.memory_mib.saturating_sub(taken.memory_mib)
            && need.gpu_cores <= limit.gpu_cores.saturating_sub(taken.gpu_cores)
            && taken.tasks < limit.tasks
            && (!self.has_conditions || self.meets_conditions(host, need))
    }

    /// Filters that are no amounts.
    fn meets_conditions(&self, host: u32, need: &Need) -> bool {
        self.filters.iter().all(|filter| match filter {
            Filter::CoreSpeed => self.limit(host).core_mhz >= need.core_mhz(),
            Filter::Platform => need
                .platform
                .is_none_or(|platform| platform == self.limit(host).platform),
            Filter::Zone => need.zone.is_none_or(|zone| zone == self.zone(host)),
            Filter::Apart(scope) => need
                .group
                .is_none_or(|group| !self.groups.contains_key(&self.place(*scope, host, group))),
            Filter::Cores { .. }
            | Filter::Memory { .. }
            | Filter::Accelerators { .. }
            | Filter::TasksMax(_) => true,
        })
    }

    fn zone(&self, host: u32) -> u32 {
        let cluster = self.topology.hosts[host as usize].cluster;
        self.topology.clusters[cluster as usize].zone
    }

    fn place(&self, scope: AntiAffinity, host: u32, group: u32) -> (AntiAffinity, u32, u32) {
        let row = &self.topology.hosts[host as usize];
        match scope {
            AntiAffinity::Rack => match row.rack {
                Some(rack) => (scope, rack, group),
                None => (AntiAffinity::Host, host, group),
            },
            AntiAffinity::Host => (scope, host, group),
            AntiAffinity::Cluster => (scope, row.cluster, group),
            AntiAffinity::Zone => (scope, self.zone(host), group),
        }
    }

    /// True where some host could take a task if it were up and empty.
    pub(crate) fn can_ever_admit(&self, need: &Need) -> bool {
        (0..self.len() as u32).any(|host| {
            let limit = self.limit(host);
            need.cores <= limit.cores
                && need.memory_mib <= limit.memory_mib
                && need.gpu_cores <= limit.gpu_cores
                && limit.tasks > 0
                && self.filters.iter().all(|filter| match filter {
                    Filter::CoreSpeed => limit.core_mhz >= need.core_mhz(),
                    Filter::Platform => need.platform.is_none_or(|row| row == limit.platform),
                    Filter::Zone => need.zone.is_none_or(|zone| zone == self.zone(host)),
                    _ => true,
                })
        })
    }

    /// Sets aside what a task needs.
    pub(crate) fn take(&mut self, host: u32, need: &Need) {
        let taken = &mut self.taken[host as usize];
        taken.cores += need.cores;
        taken.memory_mib += need.memory_mib;
        taken.gpu_cores += need.gpu_cores;
        taken.tasks += 1;
        self.count_group(host, need, true);
    }

    /// Gives back what a task needed.
    pub(crate) fn give(&mut self, host: u32, need: &Need) {
        let taken = &mut self.taken[host as usize];
        taken.cores -= need.cores;
        taken.memory_mib -= need.memory_mib;
        taken.gpu_cores -= need.gpu_cores;
        taken.tasks -= 1;
        self.count_group(host, need, false);
    }

    fn count_group(&mut self, host: u32, need: &Need, begins: bool) {
        let Some(group) = need.group else { return };
        for filter in self.filters {
            let Filter::Apart(scope) = filter else {
                continue;
            };
            let place = self.place(*scope, host, group);
            let count = self.groups.entry(place).or_insert(0);
            if begins {
                *count += 1;
            } else {
                *count -= 1;
                if *count == 0 {
                    self.groups.remove(&place);
                }
            }
        }
    }

    /// Says whether a host is down.
    pub(crate) fn set_down(&mut self, host: u32, is_down: bool) {
        self.taken[host as usize].is_down = is_down;
    }
}

fn limits_of(kind: &HostKind, filters: &[Filter]) -> Limits {
    let mut limits = Limits {
        cores: u64::MAX,
        memory_mib: u64::MAX,
        gpu_cores: u64::MAX,
        tasks: u32::MAX,
        core_mhz: kind.core_hz / 1_000_000,
        platform: kind.platform,
    };
    // A product that does not fit saturates.
    let promised = |there_is: u64, ratio: f64| (there_is as f64 * ratio).floor() as u64;
    for filter in filters {
        match filter {
            Filter::Cores { ratio } => {
                limits.cores = limits.cores.min(promised(u64::from(kind.cores), *ratio));
            }
            Filter::Memory { ratio } => {
                limits.memory_mib = limits.memory_mib.min(promised(kind.memory_mib, *ratio));
            }
            Filter::Accelerators { ratio } => {
                limits.gpu_cores = limits.gpu_cores.min(promised(kind.gpu_cores(), *ratio));
            }
            Filter::TasksMax(tasks) => limits.tasks = limits.tasks.min(*tasks),
            Filter::CoreSpeed | Filter::Platform | Filter::Zone | Filter::Apart(_) => {}
        }
    }
    limits
}
