//! Siting and capacity expansion on a mixed-integer solver.
//!
//! [`solve`] finds the plan of least net present cost that keeps every promise of a scenario, or the smallest
//! [`Conflict`] among the promises. [`check`] verifies a plan without a solver. [`serve_under`] asks what a plan can
//! still serve in another future. Everything here is pure.

#![expect(
    clippy::doc_markdown,
    reason = "equations in doc comments keep their symbols"
)]

mod branch;
mod certificate;
mod check;
mod columns;
mod conflict;
mod constraints;
mod error;
mod extract;
mod facts;
mod future;
mod input;
mod model;
mod objective;
mod operation;
mod promise;
mod reasons;
mod search;
mod solution;
mod solve;
mod statement;
mod strengthen;

pub use certificate::{Case, Certificate};
pub use check::{Violation, check};
pub use conflict::{BrokenPromise, Conflict};
pub use error::PlanningError;
pub use future::{FutureYear, demand_kw, serve_under};
pub use input::{Effort, PlanningInput, Repair, SiteFactors};
pub use operation::planned_operation;
pub use promise::Promise;
pub use reasons::{Binding, Reasons, SiteWorth, reasons};
pub use solution::{ModelSize, Solution};
pub use solve::{bound_by, solve};
