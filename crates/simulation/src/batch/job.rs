//! A job, the policies it can be scheduled by, and what comes out.

use super::BatchError;

/// A job of a batch queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchJob {
    /// When it is submitted [s on the clock of the log].
    pub submit_s: i64,
    /// How long it runs [s], at least 1.
    pub run_s: i64,
    /// How long the scheduler believes it may run [s], at least the run time.
    pub estimate_s: i64,
    /// Processors it holds while it runs, at least 1.
    pub processors: u64,
}

/// How the queue is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueuePolicy {
    /// First come, first served: no job starts before one submitted earlier.
    Fcfs,
    /// A reservation for the head of the queue; others start early where they do not delay it.
    Easy,
    /// A reservation for every job; others start early where they delay none.
    Conservative,
}

impl QueuePolicy {
    /// All policies.
    pub const ALL: [Self; 3] = [Self::Fcfs, Self::Easy, Self::Conservative];

    /// Its name in lower-case letters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fcfs => "fcfs",
            Self::Easy => "easy",
            Self::Conservative => "conservative",
        }
    }
}

/// When jobs start, row for row beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// When each starts [s on the clock of the log].
    pub start_s: Vec<i64>,
    /// The first start the policy guaranteed to each [s on the clock of the log], never before the start: under
    /// conservative backfilling when it was submitted, under EASY when it came to the head of the queue. The start
    /// itself where the job started without a guarantee.
    pub promised_s: Vec<i64>,
}

impl Schedule {
    /// A schedule to be filled in.
    pub(super) fn unset(jobs: usize) -> Self {
        Self {
            start_s: vec![i64::MAX; jobs],
            promised_s: vec![i64::MAX; jobs],
        }
    }

    /// From the order of the queue to that of the rows.
    pub(super) fn in_rows(&self, order: &[usize]) -> Self {
        let mut rows = Self::unset(order.len());
        for (place, row) in order.iter().enumerate() {
            rows.start_s[*row] = self.start_s[place];
            rows.promised_s[*row] = self.promised_s[place];
        }
        rows
    }
}

/// Rows in the order of submission, those submitted together in the order given.
pub(super) fn submission_order(jobs: &[BatchJob]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|row| jobs[*row].submit_s);
    order
}

/// Makes sure that every job can run and that no end and no wait leaves the numbers: no policy lets the machine idle
/// while jobs wait, so that all is over by the last submission plus all run times.
pub(super) fn check(jobs: &[BatchJob], processors: u64) -> Result<(), BatchError> {
    if processors == u64::MAX {
        return Err(BatchError::TooManyProcessors { processors });
    }
    for (row, job) in jobs.iter().enumerate() {
        if job.run_s < 1 {
            let run_s = job.run_s;
            return Err(BatchError::WithoutRun { row, run_s });
        }
        if job.estimate_s < job.run_s {
            return Err(BatchError::Underestimated {
                row,
                run_s: job.run_s,
                estimate_s: job.estimate_s,
            });
        }
        if job.processors == 0 || job.processors > processors {
            return Err(BatchError::DoesNotFit {
                row,
                needed: job.processors,
                processors,
            });
        }
    }
    let longest = jobs.iter().map(|job| i128::from(job.run_s)).sum::<i128>();
    let first = jobs.iter().map(|job| job.submit_s).min().unwrap_or(0);
    let last = jobs.iter().map(|job| job.submit_s).max().unwrap_or(0);
    let end = i128::from(last) + longest;
    if end >= i128::from(i64::MAX) || end - i128::from(first) >= i128::from(i64::MAX) {
        return Err(BatchError::TooLong { jobs: jobs.len() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(submit_s: i64, run_s: i64, estimate_s: i64, processors: u64) -> BatchJob {
        BatchJob {
            submit_s,
            run_s,
            estimate_s,
            processors,
        }
    }

    #[test]
    fn jobs_that_cannot_run_are_refused_by_row() {
        let good = job(0, 1, 1, 1);
        let refused = |bad: BatchJob| check(&[good, bad], 4).unwrap_err();
        assert_eq!(
            refused(job(0, 0, 5, 1)),
            BatchError::WithoutRun { row: 1, run_s: 0 }
        );
        assert!(matches!(
            refused(job(0, 2, 1, 1)),
            BatchError::Underestimated { row: 1, .. }
        ));
        for processors in [0, 5] {
            assert!(matches!(
                refused(job(0, 1, 1, processors)),
                BatchError::DoesNotFit { row: 1, .. }
            ));
        }
    }

    #[test]
    fn a_log_that_outlasts_the_numbers_is_refused_and_a_long_estimate_is_not() {
        let long = job(0, i64::MAX / 2, i64::MAX, 1);
        assert_eq!(check(&[long], 1), Ok(()));
        assert_eq!(
            check(&[long, long, long], 1),
            Err(BatchError::TooLong { jobs: 3 })
        );
        let apart = [job(i64::MIN, 1, 1, 1), job(1, 1, 1, 1)];
        assert_eq!(check(&apart, 1), Err(BatchError::TooLong { jobs: 2 }));
        assert_eq!(check(&apart[..1], 1), Ok(()));
    }

    #[test]
    fn jobs_of_the_same_second_keep_their_order() {
        let jobs = [
            job(5, 1, 1, 1),
            job(-3, 1, 1, 1),
            job(5, 1, 1, 1),
            job(-3, 1, 1, 1),
        ];
        assert_eq!(submission_order(&jobs), [1, 3, 0, 2]);
    }
}
