//! Hosts, the kinds they are of, and the clusters that share a source of power.

use crate::battery::BatterySpec;
use crate::power::PowerModel;
use crate::sharing::SharingPolicy;

/// Where tasks run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topology {
    /// Groups of hosts behind one source of power.
    pub clusters: Vec<Cluster>,
    /// Kinds of host.
    pub kinds: Vec<HostKind>,
    /// All hosts, those of a cluster together.
    pub hosts: Vec<ReplayHost>,
}

/// Hosts behind one source of power.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Name.
    pub name: String,
    /// Name of its source of power.
    pub source: String,
    /// Row of its carbon series among those of the run; without one, no carbon is counted.
    pub carbon: Option<usize>,
    /// Battery between the source and the hosts.
    pub battery: Option<(String, BatterySpec)>,
    /// Zone that tasks may ask for.
    pub zone: u32,
}

/// A host.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayHost {
    /// Name.
    pub name: String,
    /// Row of its kind.
    pub kind: u32,
    /// Row of its cluster.
    pub cluster: u32,
    /// Rack it stands in, for anti-affinity; each host of its own where not told.
    pub rack: Option<u32>,
}

/// Hosts of one make.
#[derive(Debug, Clone, PartialEq)]
pub struct HostKind {
    /// Cores.
    pub cores: u32,
    /// Speed of one core [Hz].
    pub core_hz: u64,
    /// Memory [MiB].
    pub memory_mib: u64,
    /// Power of the processors against their utilisation.
    pub cpu_power: PowerModel,
    /// How tasks share the processors.
    pub cpu_sharing: SharingPolicy,
    /// Accelerators.
    pub gpus: Vec<GpuKind>,
    /// How tasks share the accelerators.
    pub gpu_sharing: SharingPolicy,
    /// What sharing an accelerator costs.
    pub virtualisation: Virtualisation,
    /// How long a turn lasts where tasks are served in turns [ms].
    pub turn_ms: i64,
    /// Platform that tasks may ask for.
    pub platform: u32,
}

impl HostKind {
    /// Speed of all cores together [Hz].
    pub fn capacity_hz(&self) -> u64 {
        u64::from(self.cores)
            .saturating_mul(self.core_hz)
            .min(super::HERTZ_MAX)
    }

    /// Cores of all accelerators together.
    pub fn gpu_cores(&self) -> u64 {
        self.gpus.iter().map(|gpu| u64::from(gpu.cores)).sum()
    }
}

/// An accelerator.
#[derive(Debug, Clone, PartialEq)]
pub struct GpuKind {
    /// Cores.
    pub cores: u32,
    /// Speed of all its cores together [Hz].
    pub capacity_hz: u64,
    /// Power against its utilisation.
    pub power: PowerModel,
}

/// Part of an accelerator's supply that its virtualisation takes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Virtualisation {
    /// Nothing.
    #[default]
    None,
    /// A fixed share of what each task is given [1].
    Constant(f64),
    /// Each of n tasks is left with one n-th of what it is given.
    ShareBased,
}

impl Virtualisation {
    /// What is left of a supply shared by so many tasks [Hz].
    pub(crate) fn left_hz(self, supply_hz: u64, tasks: usize) -> u64 {
        match self {
            Self::None => supply_hz,
            Self::Constant(share) => (supply_hz as f64 * (1.0 - share)).round() as u64,
            Self::ShareBased => supply_hz / tasks.max(1) as u64,
        }
    }
}
