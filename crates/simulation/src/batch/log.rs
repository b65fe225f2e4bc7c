//! From a recorded batch log to jobs.

use angara_workload::trace::BatchJobs;

use super::BatchJob;

/// What becomes of a job that ran for longer than it asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overrun {
    /// It is ended at the time it asked for.
    Kill,
    /// It runs on, and the scheduler is told its run time instead of the time it asked for.
    Extend,
}

/// Why a row of a log is not scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// It ran for no time, or its run time is unknown.
    WithoutRun,
    /// It had no processors, or their number is unknown.
    WithoutProcessors,
    /// It needs more processors than the machine has.
    LargerThanMachine,
}

/// The jobs of a log that can be scheduled, and the rows that cannot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogJobs {
    /// Jobs, in the order of the log.
    pub jobs: Vec<BatchJob>,
    /// Row of the log that each comes from.
    pub rows: Vec<usize>,
    /// Rows left out, each with the first reason that applies.
    pub skipped: Vec<(usize, SkipReason)>,
}

impl LogJobs {
    /// Rows left out for a reason.
    pub fn skipped_for(&self, reason: SkipReason) -> usize {
        self.skipped
            .iter()
            .filter(|(_, found)| *found == reason)
            .count()
    }
}

/// The jobs of a log on a machine of so many processors; the log's own number is in its header, if at all.
///
/// A job takes the processors it was given, else those it asked for. One that asked for no time, or for an unknown
/// time, is estimated at its run time. Where the submission is unknown (-1), that of the row before is taken, in front
/// of all known ones the first of these.
pub fn jobs_of(log: &BatchJobs, processors: u64, overrun: Overrun) -> LogJobs {
    let mut found = LogJobs::default();
    let known = |submit_s: &&i64| **submit_s != UNKNOWN;
    let mut submit_s = log.submit_s.iter().find(known).copied().unwrap_or(0);
    for row in 0..log.len() {
        if log.submit_s[row] != UNKNOWN {
            submit_s = log.submit_s[row];
        }
        let (run_s, asked_s) = (log.run_s[row], log.time_requested_s[row]);
        let needed = u64::try_from(log.processors(row)).unwrap_or(0);
        let reason = if run_s <= 0 {
            Some(SkipReason::WithoutRun)
        } else if needed == 0 {
            Some(SkipReason::WithoutProcessors)
        } else if needed > processors {
            Some(SkipReason::LargerThanMachine)
        } else {
            None
        };
        if let Some(reason) = reason {
            found.skipped.push((row, reason));
            continue;
        }
        let run_s = match overrun {
            Overrun::Kill if asked_s > 0 => run_s.min(asked_s),
            Overrun::Kill | Overrun::Extend => run_s,
        };
        found.rows.push(row);
        found.jobs.push(BatchJob {
            submit_s,
            run_s,
            estimate_s: run_s.max(asked_s),
            processors: needed,
        });
    }
    found
}

/// What the format writes for a number it does not know.
const UNKNOWN: i64 = -1;

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of submission, run time, processors given, processors asked for, time asked for.
    fn log(rows: &[[i64; 5]]) -> BatchJobs {
        let column = |field: usize| rows.iter().map(|row| row[field]).collect();
        BatchJobs {
            job: (0..rows.len() as i64).collect(),
            submit_s: column(0),
            run_s: column(1),
            processors_allocated: column(2),
            processors_requested: column(3),
            time_requested_s: column(4),
            ..BatchJobs::default()
        }
    }

    #[test]
    fn rows_that_cannot_run_are_left_out_with_their_reason() {
        let log = log(&[
            [0, 0, 1, 1, 5],
            [0, -1, 1, 1, 5],
            [0, 5, -1, -1, 5],
            [0, 5, 0, 0, 5],
            [0, 5, 9, 4, 5],
            [0, 5, -1, 4, 5],
        ]);
        let found = jobs_of(&log, 8, Overrun::Extend);
        assert_eq!(found.skipped_for(SkipReason::WithoutRun), 2);
        assert_eq!(found.skipped_for(SkipReason::WithoutProcessors), 2);
        assert_eq!(found.skipped_for(SkipReason::LargerThanMachine), 1);
        assert_eq!(found.rows, [5]);
        assert_eq!(found.jobs[0].processors, 4);
        assert_eq!(found.jobs.len() + found.skipped.len(), log.len());
    }

    #[test]
    fn a_job_over_its_time_is_cut_or_its_estimate_raised() {
        let log = log(&[[0, 9, 1, 1, 5], [0, 5, 1, 1, 9], [0, 5, 1, 1, -1]]);
        let times = |overrun| -> Vec<(i64, i64)> {
            let jobs = jobs_of(&log, 1, overrun).jobs;
            jobs.iter().map(|job| (job.run_s, job.estimate_s)).collect()
        };
        assert_eq!(times(Overrun::Kill), [(5, 5), (5, 9), (5, 5)]);
        assert_eq!(times(Overrun::Extend), [(9, 9), (5, 9), (5, 5)]);
    }

    #[test]
    fn an_unknown_submission_is_that_of_the_row_before() {
        let log = log(&[
            [-1, 1, 1, 1, 1],
            [800, 1, 1, 1, 1],
            [-1, 1, 1, 1, 1],
            [-40, 1, 1, 1, 1],
            [-1, 0, 1, 1, 1],
            [-1, 1, 1, 1, 1],
        ]);
        let jobs = jobs_of(&log, 1, Overrun::Kill).jobs;
        let submitted: Vec<i64> = jobs.iter().map(|job| job.submit_s).collect();
        assert_eq!(submitted, [800, 800, 800, -40, -40]);
    }
}
