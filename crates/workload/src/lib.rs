//! Tasks and fragments, generated from service profiles.
//!
//! [`Tasks`] are columns: who needs how much of what from when to when. What a task demands over time stands
//! behind the one trait [`Demand`], in blocks, so that a year of it is never in memory and a trace reader can
//! take the place of the generator. [`generate`] makes both from a scenario and its plan.

mod arrivals;
mod demand;
mod error;
mod generate;
mod noise;
mod service_demand;
mod shape;
mod stream;
mod task;
pub mod trace;

pub use angara_scenario::LoadKind;
pub use demand::{Demand, DemandForm, Fragment};
pub use error::WorkloadError;
pub use generate::{SiteWorkload, generate};
pub use service_demand::ServiceDemand;
pub use task::{Task, Tasks};
