//! First come, first served: each job starts as soon as it fits after all jobs before it have started.
//!
//! # What it computes
//! The start of each job in one pass over the queue: no earlier than its submission, than the start of the job
//! before it, and than the end that leaves it enough processors.
//!
//! # Assumptions
//! Estimates play no part.
//!
//! # Valid range
//! Jobs in the order of submission, each within the machine.
//!
//! # References
//! Mu'alem and Feitelson (2001), section 1: the baseline of both kinds of backfilling.

use super::running::Running;
use super::{BatchJob, Schedule};

pub(super) fn schedule(queue: &[BatchJob], processors: u64) -> Schedule {
    let mut schedule = Schedule::unset(queue.len());
    let mut running = Running::default();
    let mut free = processors;
    let mut now_s = i64::MIN;
    for (place, job) in queue.iter().enumerate() {
        now_s = now_s.max(job.submit_s);
        loop {
            while let Some(ended) = running.take_ended(now_s) {
                free += queue[ended].processors;
            }
            if free >= job.processors {
                break;
            }
            now_s = running
                .next_end_s()
                .expect("a job within the machine fits once all others have ended");
        }
        free -= job.processors;
        schedule.start_s[place] = now_s;
        schedule.promised_s[place] = now_s;
        running.start(place, now_s.saturating_add(job.run_s));
    }
    schedule
}
