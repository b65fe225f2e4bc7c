//! What can be wrong with jobs before they are scheduled.

use thiserror::Error;

/// Jobs that cannot be scheduled; each is fatal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BatchError {
    /// A job that runs for no time.
    #[error("job {row} runs for {run_s} s; a job runs for at least a second")]
    WithoutRun {
        /// Row of the job.
        row: usize,
        /// Its run time [s].
        run_s: i64,
    },
    /// A job whose estimate is below its run time.
    #[error("job {row} runs for {run_s} s and is estimated at {estimate_s} s, which is less")]
    Underestimated {
        /// Row of the job.
        row: usize,
        /// Its run time [s].
        run_s: i64,
        /// Its estimate [s].
        estimate_s: i64,
    },
    /// A job without processors, or larger than the machine.
    #[error("job {row} needs {needed} processors; the machine has {processors}")]
    DoesNotFit {
        /// Row of the job.
        row: usize,
        /// Processors it needs.
        needed: u64,
        /// Processors of the machine.
        processors: u64,
    },
    /// A machine with more processors than are counted.
    #[error("a machine of {processors} processors is too large to count")]
    TooManyProcessors {
        /// Processors of the machine.
        processors: u64,
    },
    /// Submissions and run times that together exceed the numbers.
    #[error(
        "the submissions and run times of {jobs} jobs together are too long to count in seconds"
    )]
    TooLong {
        /// Jobs.
        jobs: usize,
    },
}
