//! Replay: a recorded workload on a topology, as a simulator of one data centre plays it.
//!
//! The replay takes tasks with fragments (constant demand for a while) and hosts with processors and accelerators,
//! places every task, shares each host among its tasks, and accounts work, energy, carbon and time. Its results
//! equal those of `OpenDC` where that tool is right; `engine` says what happens at one instant in which order.
//!
//! Speeds are whole hertz and times whole milliseconds, so work (hertz times milliseconds) is counted without
//! rounding; only power and what follows from it are floating point.

mod columns;
mod engine;
mod error;
mod fragments;
mod options;
mod outcome;
mod placement;
mod progress;
mod sample;
mod tasks;
mod topology;

pub use columns::{
    ColumnOutcome, FragmentBlock, FragmentStore, RunTaker, Series, StoreError, replay_columns,
    suits_columns,
};
pub use engine::replay;
pub use error::ReplayError;
pub use fragments::{FragmentBuilder, Fragments};
pub use options::{
    Checkpoints, Consolidation, Deferral, DeferralSignal, HostStates, Migration, Play, ReplayInput,
    ReplayOptions,
};
pub use outcome::{
    HostTotals, MigrationTotals, ReplayOutcome, SourceTotals, StateTimes, TaskResults, TaskState,
    WorkTotals,
};
pub use placement::{AntiAffinity, Filter, PlacementPolicy, PlacementSpec, Weigher};
pub use progress::{ReplayProgress, ReplaySilent, ReplayStatus};
pub use sample::{
    BatterySample, GpuSample, HostSample, NoSamples, SampleSink, ServiceSample, SourceSample,
    TaskSample,
};
pub use tasks::{ReplayTask, ReplayTasks};
pub use topology::{Cluster, GpuKind, HostKind, ReplayHost, Topology, Virtualisation};

/// Hertz of a speed in megahertz, to the nearest; what is not a positive number becomes zero.
pub fn hertz(megahertz: f64) -> u64 {
    // A float that does not fit saturates, and what is no number becomes zero. Half is added instead of rounding, and the
    // conversion is to a signed number, because both cost a fraction of the other.
    ((megahertz * 1e6 + 0.5) as i64).clamp(0, HERTZ_MAX as i64) as u64
}

/// Fastest speed of one task or host [Hz].
pub const HERTZ_MAX: u64 = 1 << 52;
