//! Where the columns of fragments are: in memory, or wherever else they can be read from task by task.

use super::super::Fragments;

/// Fragments of all tasks, of which some are read at a time.
pub trait FragmentStore: Sync {
    /// Number of tasks.
    fn tasks(&self) -> usize;
    /// How long a task runs when nothing slows it [ms].
    fn run_ms(&self, task: usize) -> i64;
    /// Number of fragments of a task.
    fn fragments(&self, task: usize) -> u64;
    /// Length [ms] and demand [Hz] of the fragment of a task that has but one, where they are at hand.
    fn only(&self, _task: usize) -> Option<(u32, u64)> {
        None
    }
    /// Fragments that are best read at once; zero where it does not matter.
    fn fragments_at_once(&self) -> u64 {
        0
    }
    /// Parts in which the fragments lie, each of which can be run through by itself; zero where none can.
    fn parts(&self) -> usize {
        0
    }
    /// True where lengths are taken from elsewhere than the fragments. Only [`Self::run_through`] may then be called,
    /// and a replay fails with [`StoreError::Lengths`] where it needs more, or finds other lengths.
    fn is_trusting(&self) -> bool {
        false
    }
    /// Runs through a part. `take` is told the task, the time since its start at which the run begins [ms], lengths
    /// [ms] and demands [MHz]; the runs of a task come in their order. A trusting store does not know the time.
    ///
    /// # Errors
    /// Fragments that cannot be read; `take` has then seen some.
    fn run_through(&self, _part: usize, _take: &mut RunTaker<'_>) -> Result<(), StoreError> {
        Ok(())
    }
    /// The fragments of some tasks.
    ///
    /// # Errors
    /// Fragments that cannot be read.
    fn read(&self, tasks: &[u32]) -> Result<FragmentBlock<'_>, StoreError>;
    /// Takes back what was read, whose memory may serve for the next.
    fn give_back(&self, _block: FragmentBlock<'_>) {}
}

/// Takes a run of fragments.
pub type RunTaker<'a> = dyn FnMut(u32, Option<i64>, &[i64], &[f64]) + 'a;

/// Fragments that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// They are no fragments.
    #[error("the fragments cannot be read: {0}")]
    Unreadable(String),
    /// Lengths of tasks are not those that were trusted, or not enough.
    #[error("the lengths of the tasks must be looked up in their fragments")]
    Lengths,
}

/// Fragments of some tasks.
#[derive(Debug)]
pub enum FragmentBlock<'a> {
    /// Those of all tasks, by their rows; which ones are meant, in their order.
    Whole(&'a Fragments, Vec<u32>),
    /// Only those asked for, in the order in which they were asked for.
    Part(Fragments),
}

impl FragmentBlock<'_> {
    /// Durations [ms] and demands [Hz] of a task, by its place among those asked for.
    pub(super) fn of(&self, place: usize) -> (&[u32], &[u64]) {
        let (fragments, task) = match self {
            Self::Whole(fragments, tasks) => (*fragments, tasks[place] as usize),
            Self::Part(fragments) => (fragments, place),
        };
        let rows = fragments.of(task);
        (
            &fragments.duration_ms[rows.clone()],
            &fragments.cpu_hz[rows],
        )
    }
}

impl FragmentStore for Fragments {
    fn tasks(&self) -> usize {
        Self::tasks(self)
    }

    fn run_ms(&self, task: usize) -> i64 {
        Self::run_ms(self, task)
    }

    fn fragments(&self, task: usize) -> u64 {
        self.of(task).len() as u64
    }

    fn only(&self, task: usize) -> Option<(u32, u64)> {
        let rows = self.of(task);
        (rows.len() == 1).then(|| (self.duration_ms[rows.start], self.cpu_hz[rows.start]))
    }

    fn read(&self, tasks: &[u32]) -> Result<FragmentBlock<'_>, StoreError> {
        Ok(FragmentBlock::Whole(self, tasks.to_vec()))
    }
}
