//! What can stand between a plan and its workload.

use thiserror::Error;

/// A workload that cannot be generated; each is fatal for the year it names.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum WorkloadError {
    /// An assignment names a row the scenario does not have.
    #[error("an assignment names {table} row {row}, but the scenario has {rows}")]
    UnknownRow {
        /// Table of the scenario.
        table: &'static str,
        /// Row named.
        row: usize,
        /// Rows there are.
        rows: usize,
    },
    /// A share is negative, infinite or not a number.
    #[error("service `{service}` for place `{place}` has a share of {share}")]
    InvalidShare {
        /// Service.
        service: String,
        /// Place.
        place: String,
        /// Share found [1].
        share: f64,
    },
    /// A service cannot be cut into tasks.
    #[error("service `{service}` cannot be cut into tasks: {reason}")]
    InvalidService {
        /// Service.
        service: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A time zone that the zone database does not know.
    #[error("place `{place}`: {reason}")]
    UnknownTimeZone {
        /// Place.
        place: String,
        /// What the zone database says.
        reason: String,
    },
    /// A calendar year or step length that the clock does not offer.
    #[error("the clock of the simulated year refuses: {0}")]
    InvalidClock(String),
    /// More platforms than a mask holds.
    #[error("the scenario names {0} processor platforms; at most 64 can be told apart")]
    TooManyPlatforms(usize),
    /// More tasks in a year than the engine takes.
    #[error(
        "the demand of {year} makes more than {limit} tasks; larger tasks (`task_units`) or fewer places make fewer"
    )]
    TooManyTasks {
        /// Calendar year.
        year: i32,
        /// Most tasks of a year.
        limit: usize,
    },
}
