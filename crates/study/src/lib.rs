//! The pipeline: plan, prove, repair.
//!
//! [`run`] plans a checked scenario, plays a year of workload through every host of every year of the plan under the
//! weather of its sites, and holds what happened against the promises. What breaks goes back to the planner as a
//! repair, at most as often as the scenario allows. [`tables`] puts the whole study into the tables of a run folder,
//! [`write_run`] writes them. Only the latter touches files.

mod certified;
mod climate;
mod error;
mod futures;
mod money;
mod pipeline;
mod planned;
mod plant;
mod progress;
mod promise;
mod proof;
mod reasons;
mod repair;
mod study;
mod tables;
mod verdict;
mod write;

pub use certified::{Certified, CertifiedTables, certified};
pub use climate::{ClimateYear, climate_years};
pub use error::StudyError;
pub use futures::FutureOutcome;
pub use money::Accounts;
pub use pipeline::run;
pub use progress::{Progress, Silent};
pub use promise::{Kept, PromiseKind};
pub use proof::{SiteMonth, SiteYear, YearDetail, YearProof};
pub use reasons::plan_reasons;
pub use study::Study;
pub use tables::tables;
pub use verdict::Verdict;
pub use write::{RunRecord, write_run};
