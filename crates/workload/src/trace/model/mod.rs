//! The common model of all traces: columns of tasks, columns of fragments, and what only one format has.

mod detail;
mod fragments;
mod parents;
mod task_ids;
mod tasks;

pub use detail::{
    BatchHeader, BatchJobs, Detail, Machines, Pods, Requests, VirtualMachines, Workflow,
};
pub(super) use fragments::Collector;
pub use fragments::{DemandUnit, FragmentBlock, FragmentSink, TraceFragments};
pub use parents::Parents;
pub use task_ids::{TaskIds, TextColumn};
pub use tasks::{TaskRow, TraceTasks, UNKNOWN_MS};

use super::Format;

/// What the times of a trace count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    Epoch,
    /// Milliseconds since the start of the trace.
    Relative {
        /// The start of the trace, where the file tells [ms since 1970].
        start_ms: Option<i64>,
    },
}

/// One figure about a trace that its reader computed on the way, for example a mean over all samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// What it is, in lower-case words.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its value.
    pub value: f64,
}

/// A recorded workload.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Where it comes from.
    pub format: Format,
    /// What its times count from.
    pub clock: Clock,
    /// Tasks, jobs, pods, virtual machines or requests; empty for lists of machines.
    pub tasks: TraceTasks,
    /// Demand over time of each task; without any, a task demands what it reserves for as long as it runs.
    pub fragments: TraceFragments,
    /// Columns that only this format has.
    pub detail: Detail,
    /// Share of the capacity that was in use, by the rule of the format [1].
    pub utilisation: Option<f64>,
    /// Further figures.
    pub measures: Vec<Measure>,
}

impl Trace {
    /// A trace without rows.
    pub(crate) fn empty(format: Format, clock: Clock) -> Self {
        Self {
            format,
            clock,
            tasks: TraceTasks::default(),
            fragments: TraceFragments::empty(format.demand_unit()),
            detail: Detail::None,
            utilisation: None,
            measures: Vec::new(),
        }
    }

    /// How long a task runs when nothing slows it: the end of its fragments, else its recorded duration [ms]; `None`
    /// where neither is known.
    pub fn run_ms(&self, task: usize) -> Option<i64> {
        self.fragments
            .end_ms(task)
            .or_else(|| self.tasks.known_duration_ms(task))
    }

    /// Demand of one fragment [milli-cores], see [`TraceFragments::milli_cores`].
    pub fn fragment_milli_cores(&self, task: usize, fragment: usize, core_mhz: f64) -> u32 {
        self.fragments
            .milli_cores(&self.tasks, task, fragment, core_mhz)
    }

    /// A measure by its name.
    pub fn measure(&self, name: &str) -> Option<f64> {
        self.measures
            .iter()
            .find(|measure| measure.name == name)
            .map(|measure| measure.value)
    }

    pub(crate) fn add_measure(&mut self, name: &'static str, unit: &'static str, value: f64) {
        if value.is_finite() {
            self.measures.push(Measure { name, unit, value });
        }
    }
}
