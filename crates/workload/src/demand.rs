//! Demand over time, in blocks: the one door between workloads and the engine.

/// One constant-demand stretch of a task; it begins where the one before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// End of the stretch [ms since the start of the task].
    pub end_ms: i64,
    /// Demand during it [milli-cores or milli-accelerators].
    pub demand_milli: u32,
}

/// How the demand of a task is tied to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemandForm {
    /// To the calendar: constant within each step of the run, whenever the task started. Such a task is
    /// submitted and ends on the boundary of a step.
    Steps,
    /// To the start of the task: fragments are played one after the other from the instant it starts.
    Fragments,
}

/// Demand of the tasks of one site.
///
/// Each call yields one block, always the same for the same arguments, in any order and from any thread.
pub trait Demand: Sync {
    /// Length of the steps that [`Self::steps`] speaks of [ms]; `None` where no task has that form.
    fn step_ms(&self) -> Option<i64>;

    /// How the demand of a task is tied to time.
    fn form(&self, task: usize) -> DemandForm;

    /// Demand of a task of form [`DemandForm::Steps`] in the steps from `first_step` on [milli-cores or
    /// milli-accelerators].
    fn steps(&self, task: usize, first_step: usize, demand_milli: &mut [u32]);

    /// Appends the fragments of a task of form [`DemandForm::Fragments`] that overlap an interval, the first with
    /// its true end, the last reaching to the interval's end or to the end of the task.
    fn fragments(&self, task: usize, from_ms: i64, to_ms: i64, fragments: &mut Vec<Fragment>);
}
