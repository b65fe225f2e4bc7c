//! Arrivals of batch jobs.
//!
//! # What it computes
//! Instants and durations of jobs: a Poisson process whose rate follows the activity of the service, and
//! exponential durations. With a rate of `peak / (width · mean duration)` at full activity the jobs keep, if none
//! has to wait, `peak` units busy on average at the peak hour (Little's law).
//!
//! # Assumptions
//! The year before looked like this one: jobs that arrived in it and still run are there at the start of the
//! year with what remains of them, so that January does not begin empty. Eight mean durations are looked back,
//! at most a year: less than one job in 2,900 is older.
//!
//! # Valid range
//! Mean durations above zero; each job lasts at least one millisecond.
//!
//! # References
//! Cinlar, Introduction to Stochastic Processes (1975), time change of a Poisson process; Little (1961).

use rand_chacha::ChaCha8Rng;

use crate::shape::Shape;
use crate::stream::exponential;

const HOUR_MS: f64 = 3.6e6;

/// One job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Job {
    pub(crate) submission_ms: i64,
    pub(crate) duration_ms: i64,
}

/// Jobs of a year in order of submission; `rate_per_hour` holds at full activity [1/h].
pub(crate) fn jobs_of_year(
    generator: &mut ChaCha8Rng,
    shape: &Shape,
    rate_per_hour: f64,
    mean_duration_ms: f64,
) -> Vec<Job> {
    let year_hours = shape.len() as i64;
    let looked_back = (8.0 * mean_duration_ms / HOUR_MS).ceil() as i64;
    let mut jobs = Vec::new();
    // What is left of the current gap between two jobs, in units of expected jobs.
    let mut gap = exponential(generator);
    for hour in -looked_back.min(year_hours)..year_hours {
        let expected = rate_per_hour * shape.share(hour.rem_euclid(year_hours) as usize);
        let mut passed = 0.0;
        while gap <= expected - passed {
            passed += gap;
            let arrival_ms = ((hour as f64 + passed / expected) * HOUR_MS).floor() as i64;
            let duration_ms = (mean_duration_ms * exponential(generator)).ceil().max(1.0) as i64;
            let end_ms = arrival_ms.saturating_add(duration_ms);
            if end_ms > 0 {
                let submission_ms = arrival_ms.clamp(0, year_hours * HOUR_MS as i64 - 1);
                jobs.push(Job {
                    submission_ms,
                    duration_ms: end_ms - arrival_ms.max(0),
                });
            }
            gap = exponential(generator);
        }
        gap -= expected - passed;
    }
    jobs
}
