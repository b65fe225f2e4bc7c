//! Replay of recorded workloads: `OpenDC` experiments, traces on a topology, batch logs.
//!
//! Reads what the user has, hands it to the engine, and writes what the engine yields as tables and figures.

pub mod columns;
mod fault;
pub mod opendc;
mod store;
mod workload;

pub use fault::ReplayFault;
pub use workload::{WorkloadOptions, workload_of};
