//! What a schedule is judged by.

use super::{BatchJob, Schedule};

/// Run time that shorter jobs count as, so that they do not rule the mean slowdown [s].
const BOUND_S: f64 = 10.0;

/// Figures of a schedule; all zero without jobs.
///
/// The bounded slowdown of a job is `max(1, (wait + run) / max(run, 10 s))`; per processor, the run time in the
/// denominator is that of all its processors together, `max(run * processors, 10 s)`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BatchFigures {
    /// Jobs.
    pub jobs: usize,
    /// From the first submission to the last end [s].
    pub makespan_s: i64,
    /// Share of the processors in use over the makespan [1].
    pub utilisation: f64,
    /// Mean wait [s].
    pub mean_wait_s: f64,
    /// Wait that half of the jobs do not exceed [s].
    pub median_wait_s: i64,
    /// Wait that 95 of 100 jobs do not exceed [s].
    pub p95_wait_s: i64,
    /// Longest wait [s].
    pub longest_wait_s: i64,
    /// Jobs that waited.
    pub waiting_jobs: usize,
    /// Mean bounded slowdown [1].
    pub mean_bounded_slowdown: f64,
    /// Mean bounded slowdown per processor [1].
    pub mean_bounded_slowdown_per_processor: f64,
}

impl BatchFigures {
    /// Figures of a schedule of these jobs on a machine, as [`super::schedule`] gave it.
    pub fn of(jobs: &[BatchJob], schedule: &Schedule, processors: u64) -> Self {
        if jobs.is_empty() {
            return Self::default();
        }
        let placed = || jobs.iter().zip(&schedule.start_s);
        let first_s = jobs.iter().map(|job| job.submit_s).min().unwrap_or(0);
        let last_s = placed()
            .map(|(job, start_s)| start_s.saturating_add(job.run_s))
            .max()
            .unwrap_or(0);
        let makespan_s = last_s.saturating_sub(first_s);
        let mut waits_s: Vec<i64> = placed()
            .map(|(job, start_s)| start_s.saturating_sub(job.submit_s))
            .collect();
        let count = jobs.len() as f64;
        let mean_slowdown = |weight: &dyn Fn(&BatchJob) -> f64| {
            let slowdown = |(job, wait_s): (&BatchJob, &i64)| {
                let flow_s = *wait_s as f64 + job.run_s as f64;
                (flow_s / (job.run_s as f64 * weight(job)).max(BOUND_S)).max(1.0)
            };
            jobs.iter().zip(&waits_s).map(slowdown).sum::<f64>() / count
        };
        let mean_bounded_slowdown = mean_slowdown(&|_| 1.0);
        let mean_bounded_slowdown_per_processor = mean_slowdown(&|job| job.processors as f64);
        let work: f64 = jobs
            .iter()
            .map(|job| job.run_s as f64 * job.processors as f64)
            .sum();
        let waited: i128 = waits_s.iter().map(|wait_s| i128::from(*wait_s)).sum();
        waits_s.sort_unstable();
        Self {
            jobs: jobs.len(),
            makespan_s,
            utilisation: work / (processors as f64 * makespan_s as f64),
            mean_wait_s: waited as f64 / count,
            median_wait_s: share_of(&waits_s, 50),
            p95_wait_s: share_of(&waits_s, 95),
            longest_wait_s: share_of(&waits_s, 100),
            waiting_jobs: waits_s.iter().filter(|wait_s| **wait_s > 0).count(),
            mean_bounded_slowdown,
            mean_bounded_slowdown_per_processor,
        }
    }
}

/// The least of ascending values that so many percent of them do not exceed (nearest rank).
fn share_of(values: &[i64], percent: usize) -> i64 {
    let rank = (values.len() as u128 * percent as u128).div_ceil(100) as usize;
    values[rank.max(1) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_three_jobs_follow_by_hand() {
        let job = |submit_s, run_s, processors| BatchJob {
            submit_s,
            run_s,
            estimate_s: run_s,
            processors,
        };
        let jobs = [job(-10, 20, 2), job(-10, 5, 1), job(0, 100, 1)];
        let schedule = Schedule {
            start_s: vec![-10, 10, 10],
            promised_s: vec![-10, 10, 10],
        };
        let figures = BatchFigures::of(&jobs, &schedule, 2);
        assert_eq!((figures.jobs, figures.waiting_jobs), (3, 2));
        assert_eq!(figures.makespan_s, 120);
        assert_eq!(figures.utilisation, (40.0 + 5.0 + 100.0) / 240.0);
        assert_eq!(figures.mean_wait_s, 10.0);
        assert_eq!(
            (
                figures.median_wait_s,
                figures.p95_wait_s,
                figures.longest_wait_s
            ),
            (10, 20, 20)
        );
        // 20 / 20, 25 / 10 and 110 / 100.
        assert_eq!(figures.mean_bounded_slowdown, (1.0 + 2.5 + 1.1) / 3.0);
        let wide = [job(0, 8, 4)];
        let late = Schedule {
            start_s: vec![56],
            promised_s: vec![56],
        };
        let figures = BatchFigures::of(&wide, &late, 4);
        assert_eq!(figures.mean_bounded_slowdown, 6.4);
        assert_eq!(figures.mean_bounded_slowdown_per_processor, 2.0);
    }

    #[test]
    fn no_jobs_have_figures_of_zero() {
        let figures = BatchFigures::of(&[], &Schedule::default(), 4);
        assert_eq!(figures, BatchFigures::default());
    }

    #[test]
    fn a_share_is_the_nearest_rank() {
        let values: Vec<i64> = (1..=20).collect();
        assert_eq!(share_of(&values, 95), 19);
        assert_eq!(share_of(&values, 50), 10);
        assert_eq!(share_of(&[7], 1), 7);
    }
}
