//! What is seen at each sample; differences count from the sample before.

use super::TaskState;
use crate::battery::BatteryState;

/// A host at a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct HostSample<'a> {
    /// Row of the host.
    pub host: usize,
    /// Tasks that run on it.
    pub running: u32,
    /// Tasks that were given up on it since the last sample.
    pub terminated: u32,
    /// Demand on its processors [Hz].
    pub cpu_demand_hz: u64,
    /// Supply of its processors [Hz].
    pub cpu_supply_hz: u64,
    /// Time its processors were busy since the last sample, weighed by capacity [ms].
    pub active_ms: f64,
    /// Time its processors were idle since the last sample, weighed by capacity [ms].
    pub idle_ms: f64,
    /// Demand not given since the last sample, in time of the whole host [ms].
    pub steal_ms: f64,
    /// Power [W].
    pub power_w: f64,
    /// Energy since the last sample [J].
    pub energy_j: f64,
    /// Time up since the last sample [ms].
    pub up_ms: i64,
    /// Time down since the last sample [ms].
    pub down_ms: i64,
    /// Whether it is up.
    pub is_up: bool,
    /// Its accelerators.
    pub gpus: &'a [GpuSample],
}

/// An accelerator at a sample.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GpuSample {
    /// Speed [Hz].
    pub capacity_hz: u64,
    /// Demand [Hz].
    pub demand_hz: u64,
    /// Supply [Hz].
    pub supply_hz: u64,
    /// Time busy since the last sample, weighed by capacity [ms].
    pub active_ms: f64,
    /// Time idle since the last sample, weighed by capacity [ms].
    pub idle_ms: f64,
    /// Power [W].
    pub power_w: f64,
}

/// A task at a sample, from the first after its submission to the first after its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskSample {
    /// Row of the task.
    pub task: usize,
    /// Host it runs on.
    pub host: Option<u32>,
    /// State.
    pub state: TaskState,
    /// Demand on processors [Hz].
    pub cpu_demand_hz: u64,
    /// Supply of processors [Hz].
    pub cpu_supply_hz: u64,
    /// Demand on accelerators [Hz].
    pub gpu_demand_hz: u64,
    /// Supply of accelerators [Hz].
    pub gpu_supply_hz: u64,
    /// Work given since the last sample [Hz ms].
    pub done: u128,
    /// Work demanded and not given since the last sample [Hz ms].
    pub lost: u128,
    /// When it started last [ms since the first submission].
    pub start_ms: Option<i64>,
    /// When it ended [ms since the first submission].
    pub end_ms: Option<i64>,
    /// Times a failure stopped it.
    pub failures: u32,
    /// Time spent on checkpoints [ms].
    pub checkpoint_ms: i64,
    /// How long it has waited for a host [ms].
    pub wait_ms: i64,
}

/// A source of power at a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceSample {
    /// Row of the cluster.
    pub cluster: usize,
    /// Power drawn [W].
    pub power_w: f64,
    /// Energy since the last sample [J].
    pub energy_j: f64,
    /// Carbon intensity [g/kWh].
    pub intensity: f64,
    /// Emissions since the last sample [g].
    pub carbon_g: f64,
}

/// A battery at a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BatterySample {
    /// Row of the cluster.
    pub cluster: usize,
    /// Power it takes for charging [W].
    pub charging_w: f64,
    /// Charge [J].
    pub charge_j: f64,
    /// Capacity [J].
    pub capacity_j: f64,
    /// What it does.
    pub state: BatteryState,
    /// Share of its making since the last sample [g].
    pub embodied_g: f64,
}

/// All tasks and hosts at a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ServiceSample {
    /// Hosts that are up.
    pub hosts_up: u64,
    /// Hosts that are down.
    pub hosts_down: u64,
    /// Tasks submitted so far.
    pub submitted: u64,
    /// Tasks that wait for a host.
    pub pending: u64,
    /// Tasks that run.
    pub running: u64,
    /// Tasks completed.
    pub completed: u64,
    /// Tasks given up.
    pub terminated: u64,
}

/// Takes samples as they are made.
pub trait SampleSink {
    /// Whether samples of hosts are wanted.
    fn wants_hosts(&self) -> bool;
    /// Whether samples of tasks are wanted.
    fn wants_tasks(&self) -> bool;
    /// A sample of everything at one instant begins [ms since the first submission].
    fn begin(&mut self, at_ms: i64);
    /// A host.
    fn host(&mut self, sample: &HostSample<'_>);
    /// A task.
    fn task(&mut self, sample: &TaskSample);
    /// A source of power.
    fn source(&mut self, sample: &SourceSample);
    /// A battery.
    fn battery(&mut self, sample: &BatterySample);
    /// All tasks and hosts.
    fn service(&mut self, sample: &ServiceSample);
}

/// Takes no samples.
pub struct NoSamples;

impl SampleSink for NoSamples {
    fn wants_hosts(&self) -> bool {
        false
    }
    fn wants_tasks(&self) -> bool {
        false
    }
    fn begin(&mut self, _at_ms: i64) {}
    fn host(&mut self, _sample: &HostSample<'_>) {}
    fn task(&mut self, _sample: &TaskSample) {}
    fn source(&mut self, _sample: &SourceSample) {}
    fn battery(&mut self, _sample: &BatterySample) {}
    fn service(&mut self, _sample: &ServiceSample) {}
}
