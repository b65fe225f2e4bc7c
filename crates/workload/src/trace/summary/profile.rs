//! What is kept of the fragments when they themselves are not.

use super::Timeline;
use crate::trace::model::{DemandUnit, FragmentBlock, FragmentSink, TraceTasks};

/// Counts, sums and the timeline of all fragments seen.
#[derive(Debug, Clone, Default)]
pub(in crate::trace) struct Profile {
    fragments: u64,
    /// End of the last fragment of each task so far [ms]; `None` before its first.
    elapsed_ms: Vec<Option<i64>>,
    timeline: Timeline,
    /// Demand times duration, by the unit of the trace and in cores.
    work: f64,
    /// Reserved speed [MHz] and reserved cores times duration.
    reserved_mhz_ms: f64,
    reserved_core_ms: f64,
    unit: DemandUnit,
}

impl Profile {
    /// An empty profile of fragments whose demand has a unit.
    pub(in crate::trace) fn new(unit: DemandUnit) -> Self {
        Self {
            unit,
            ..Self::default()
        }
    }

    pub(super) fn fragments(&self) -> u64 {
        self.fragments
    }

    pub(super) fn elapsed_ms(&self, task: usize) -> Option<i64> {
        self.elapsed_ms.get(task).copied().flatten()
    }

    pub(super) fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Demand over what the tasks reserve, both over time [1].
    pub(super) fn utilisation(&self) -> Option<f64> {
        let reserved = match self.unit {
            DemandUnit::Megahertz => self.reserved_mhz_ms,
            DemandUnit::PercentOfReserved => self.reserved_core_ms,
        };
        (reserved > 0.0).then(|| self.work / reserved)
    }
}

impl FragmentSink for Profile {
    fn expect(&mut self, _fragments: usize) {}

    fn take(&mut self, tasks: &TraceTasks, block: FragmentBlock<'_>) {
        if self.elapsed_ms.len() < tasks.len() {
            self.elapsed_ms.resize(tasks.len(), None);
        }
        let cores = f64::from(tasks.cpu_milli[block.task]) / 1_000.0;
        let scale = match self.unit {
            DemandUnit::Megahertz => 1.0,
            DemandUnit::PercentOfReserved => cores / 100.0,
        };
        let submission_ms = tasks.submission_ms[block.task];
        let before_ms = self.elapsed_ms[block.task].unwrap_or(0);
        let mut elapsed_ms = before_ms;
        for (duration_ms, demand) in block.duration_ms.iter().zip(block.demand) {
            let from_ms = submission_ms.saturating_add(elapsed_ms);
            elapsed_ms = elapsed_ms.saturating_add(*duration_ms);
            let to_ms = submission_ms.saturating_add(elapsed_ms);
            let quantity = demand * scale;
            self.timeline.add(from_ms, to_ms, quantity);
            self.work += quantity * *duration_ms as f64;
        }
        let length_ms = (elapsed_ms - before_ms) as f64;
        self.reserved_mhz_ms += tasks.cpu_capacity_mhz[block.task] * length_ms;
        self.reserved_core_ms += cores * length_ms;
        self.elapsed_ms[block.task] = Some(elapsed_ms);
        self.fragments += block.demand.len() as u64;
    }
}
