//! `deferral` and `checkpoints`: tasks that wait for clean or cheap power, and state that tasks save.

use angara_simulation::replay::{Checkpoints, Deferral, DeferralSignal};

use super::time_ms;
use crate::document::{Dimension, Fields};
use crate::plan::PlannedWorkload;

/// How long a checkpoint takes where it is not told [ms].
const CHECKPOINT_MS: i64 = 300_000;

/// What is set about tasks that may wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DeferralSettings {
    /// When they start.
    pub(super) rule: Deferral,
    /// Whether all tasks may wait.
    pub(super) all_tasks: bool,
    /// Longest time that a task waits that has no deadline [ms].
    pub(super) wait_max_ms: Option<i64>,
}

impl DeferralSettings {
    pub(super) fn waits_for_price(self) -> bool {
        self.rule.signal == DeferralSignal::Price
    }

    /// Lets the tasks of a workload wait; a deadline of their own stays.
    pub(super) fn apply(self, workload: &mut PlannedWorkload) {
        for task in 0..workload.tasks.len() {
            workload.tasks.deferrable[task] |= self.all_tasks;
            if let Some(wait_max_ms) = self.wait_max_ms
                && workload.tasks.deadline_ms[task].is_none()
            {
                let latest_ms = workload.tasks.submission_ms[task].saturating_add(wait_max_ms);
                let end_ms = latest_ms.saturating_add(workload.fragments.run_ms(task));
                workload.tasks.deadline_ms[task] = Some(end_ms);
            }
        }
    }
}

pub(super) fn deferral(deferral: Fields<'_>) -> DeferralSettings {
    let defaults = Deferral::default();
    let signals = [
        ("carbon", DeferralSignal::Carbon),
        ("price", DeferralSignal::Price),
    ];
    let quantile = deferral.number("quantile", Dimension::Plain, 0.0, 1.0);
    let hours = deferral.whole("hours", 1, 10_000);
    let settings = DeferralSettings {
        rule: Deferral {
            signal: deferral.choice("signal", &signals).unwrap_or_default(),
            quantile: quantile.unwrap_or(defaults.quantile),
            hours: hours.map_or(defaults.hours, |hours| hours as u32),
        },
        all_tasks: deferral.truth("all_tasks").unwrap_or(false),
        wait_max_ms: time_ms(&deferral, "wait_max", 0.0),
    };
    deferral.finish();
    settings
}

pub(super) fn checkpoints(checkpoints: Fields<'_>) -> Checkpoints {
    checkpoints.required("interval");
    let scaling = checkpoints.number("interval_scaling", Dimension::Plain, 1e-6, 1e6);
    let read = Checkpoints {
        interval_ms: time_ms(&checkpoints, "interval", 1.0).unwrap_or(1),
        duration_ms: time_ms(&checkpoints, "duration", 0.0).unwrap_or(CHECKPOINT_MS),
        interval_scaling: scaling.unwrap_or(1.0),
    };
    checkpoints.finish();
    read
}
