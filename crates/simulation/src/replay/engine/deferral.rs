//! Tasks that wait for clean or cheap power.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::{Deferral, DeferralSignal, ReplayInput};
use crate::intensity::IntensitySeries;

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// Tasks put off.
#[derive(Debug)]
pub(super) struct Deferred<'a> {
    rule: Option<(Deferral, &'a IntensitySeries)>,
    clock_ms: i64,
    /// Latest starts of the tasks put off [ms], and the tasks.
    latest: BinaryHeap<Reverse<(i64, u32)>>,
    submission_ms: &'a [i64],
    /// When the intensity next changes [ms].
    next_change_ms: i64,
}

impl<'a> Deferred<'a> {
    pub(super) fn new(input: &ReplayInput<'a>, clock_ms: i64) -> Self {
        // The grid of the first cluster that has one speaks for all.
        let clusters = &input.topology.clusters;
        let signal = input.options.deferral.unwrap_or_default().signal;
        let series = match signal {
            DeferralSignal::Carbon => clusters
                .iter()
                .find_map(|cluster| cluster.carbon)
                .map(|row| &input.carbon[row]),
            DeferralSignal::Price => {
                let mut prices = input.options.prices.iter();
                prices.find_map(|price| price.as_deref())
            }
        };
        Self {
            rule: input.options.deferral.zip(series),
            clock_ms,
            latest: BinaryHeap::new(),
            submission_ms: &input.tasks.submission_ms,
            next_change_ms: i64::MAX,
        }
    }

    /// True where power is cleaner or cheaper soon.
    fn should_wait(&self, now_ms: i64) -> bool {
        let Some((rule, series)) = self.rule else {
            return false;
        };
        let from_ms = self.clock_ms.saturating_add(now_ms);
        let mut coming: Vec<f64> = (0..=i64::from(rule.hours))
            .map(|hour| series.at(from_ms.saturating_add(hour * HOUR_MS)))
            .collect();
        let now = coming[0];
        coming.sort_by(f64::total_cmp);
        let place = (rule.quantile * (coming.len() - 1) as f64).round() as usize;
        now > coming[place.min(coming.len() - 1)]
    }

    /// Puts a task off that may start until some instant; false where it should start now.
    pub(super) fn put_off(&mut self, task: u32, latest_ms: i64, now_ms: i64) -> bool {
        let Some((_, series)) = self.rule else {
            return false;
        };
        if latest_ms <= now_ms || !self.should_wait(now_ms) {
            return false;
        }
        let clock_ms = self.clock_ms;
        let Some(change_ms) = series.next_change_after(clock_ms.saturating_add(now_ms)) else {
            return false;
        };
        self.latest.push(Reverse((latest_ms, task)));
        self.next_change_ms = self.next_change_ms.min(change_ms - clock_ms);
        true
    }

    /// When a task may have to start [ms].
    pub(super) fn next_ms(&self) -> i64 {
        match self.latest.peek() {
            Some(Reverse((latest_ms, _))) => self.next_change_ms.min(*latest_ms),
            None => i64::MAX,
        }
    }

    /// Tasks that start now, in the order of submission.
    pub(super) fn due(&mut self, now_ms: i64) -> Vec<u32> {
        if self.next_ms() > now_ms {
            return Vec::new();
        }
        let mut due = Vec::new();
        if self.should_wait(now_ms) {
            while let Some(Reverse((latest_ms, task))) = self.latest.peek().copied()
                && latest_ms <= now_ms
            {
                due.push(task);
                self.latest.pop();
            }
        } else {
            due.extend(self.latest.drain().map(|Reverse((_, task))| task));
        }
        if let Some((_, series)) = self.rule {
            let clock_ms = self.clock_ms;
            self.next_change_ms = series
                .next_change_after(clock_ms.saturating_add(now_ms))
                .map_or(i64::MAX, |change_ms| change_ms - clock_ms);
            if self.next_change_ms == i64::MAX {
                due.extend(self.latest.drain().map(|Reverse((_, task))| task));
            }
        }
        due.sort_unstable_by_key(|task| (self.submission_ms[*task as usize], *task));
        due
    }
}
