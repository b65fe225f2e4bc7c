//! Batch queue scheduling of a recorded log on one machine whose processors are all alike.
//!
//! # What it computes
//! When each job of a log starts under a queue policy: [`QueuePolicy::Fcfs`] (strict order of submission),
//! [`QueuePolicy::Easy`] (a reservation for the head of the queue, the others may overtake where they do not delay
//! it) or [`QueuePolicy::Conservative`] (a reservation for every job). [`jobs_of`] turns a log into jobs,
//! [`schedule`] gives the starts, [`BatchFigures`] the figures such studies publish.
//!
//! # Assumptions
//! Processors are shared in space only: a job holds all of its processors from its start to its end, wherever they
//! are. A policy sees the estimate of a job, never its run time, and the estimate is never below the run time
//! ([`Overrun`] says how a log gets there). Jobs queue in the order of submission, those of the same second in the
//! order of the log. At each instant ends come first, then submissions, then starts.
//!
//! # Valid range
//! Times are whole seconds on any clock, negative ones too. Estimates may be as long as the numbers go; one that
//! reaches past them is an end that never comes. A log whose last submission plus all run times does not fit the
//! numbers is refused. Every iteration of each policy submits, starts or ends a job, so that no log runs for ever.
//!
//! # References
//! Lifka, The ANL/IBM SP scheduling system, JSSPP 1995 (EASY). Mu'alem and Feitelson, Utilization, predictability,
//! workloads, and user runtime estimates in scheduling the IBM SP2 with backfilling, IEEE Transactions on Parallel
//! and Distributed Systems 12(6), 2001 (both kinds of backfilling). Feitelson, Metrics for parallel job scheduling
//! and their convergence, JSSPP 2001 (bounded slowdown).

mod conservative;
mod easy;
mod error;
mod fcfs;
mod figures;
mod job;
mod log;
mod profile;
mod running;
mod waiting;

pub use error::BatchError;
pub use figures::BatchFigures;
pub use job::{BatchJob, QueuePolicy, Schedule};
pub use log::{LogJobs, Overrun, SkipReason, jobs_of};

use job::{check, submission_order};

/// Starts of all jobs on a machine.
///
/// # Errors
/// The first job that is not possible (see [`BatchError`]), or a log or machine too large to count.
pub fn schedule(
    jobs: &[BatchJob],
    processors: u64,
    policy: QueuePolicy,
) -> Result<Schedule, BatchError> {
    check(jobs, processors)?;
    let order = submission_order(jobs);
    let queue: Vec<BatchJob> = order.iter().map(|row| jobs[*row]).collect();
    let queued = match policy {
        QueuePolicy::Fcfs => fcfs::schedule(&queue, processors),
        QueuePolicy::Easy => easy::schedule(&queue, processors),
        QueuePolicy::Conservative => conservative::schedule(&queue, processors),
    };
    Ok(queued.in_rows(&order))
}
