//! Replay of recorded workloads: `OpenDC` experiments, traces on a topology, batch logs.
//!
//! Reads what the user has, hands it to the engine, and writes what the engine yields as tables and figures.

mod batch;
pub mod columns;
mod document;
mod draw;
mod fault;
mod figures;
mod load;
mod loading;
pub mod opendc;
mod packing;
mod plan;
mod policy;
mod rows;
mod run;
mod samples;
mod series;
mod settings;
mod store;
mod tables;
mod workload;
mod write;

pub use batch::{BatchPlan, SKIP_REASONS, plan_of_log, write_batch};
pub use fault::ReplayFault;
pub use figures::RunFigures;
pub use load::{TraceRequest, plan_of_experiment, plan_of_trace};
pub use packing::{
    POLICIES, PackingFigures, PackingPlan, plan_of_pods, policy_name, write_packing,
};
pub use plan::{
    PlannedExport, PlannedFailure, PlannedRun, PlannedTopology, PlannedWorkload, ReplayPlan,
};
pub use policy::{allocation_named, policy_names};
pub use run::{NoListener, ReplayListener};
pub use series::SeriesPoint;
pub use settings::{FailureProcess, HostGroups, PlannedSettings, Scope};
pub use workload::{WorkloadOptions, names_of, workload_of};
pub use write::{Page, ReplayRecord, write_replay};
