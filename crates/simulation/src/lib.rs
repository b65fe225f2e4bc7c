//! The engine: tasks on hosts, placement, contention, power.
//!
//! A run has two phases. [`schedule`] decides for each site, event by event, which task starts where and when:
//! only submissions and ends are global. [`play`] then merges what the tasks of each host demand, host by host and
//! in parallel, because between two scheduling decisions hosts do not touch one another. Contention is resolved only
//! where demand exceeds capacity. The engine knows no weather and no money, reads no file and no clock; the same
//! input gives the same bits on any number of threads.
//!
//! [`packing`] stands apart: pods that arrive and stay on the nodes of one accelerator cluster, and how much of it they
//! leave in fragments.

pub mod batch;
pub mod battery;
mod book;
mod error;
pub mod failure;
mod input;
pub mod intensity;
mod outcome;
pub mod packing;
mod placement;
mod play;
pub mod power;
mod progress;
pub mod replay;
mod residual;
mod schedule;
pub mod sharing;
mod simulate;

pub use error::SimulationError;
pub use input::{Clock, Placement, PlacementRule, SimulationInput, SiteInput};
pub use outcome::{
    HostOutcome, Outcome, ResourceSteps, ServiceOutcome, SiteOutcome, UnplacedTasks, Waits,
};
pub use progress::{Progress, Silent};
pub use residual::Residuals;
pub use simulate::simulate;
