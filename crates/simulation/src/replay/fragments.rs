//! Fragments as columns: per task one contiguous slice of (duration, demand).

use std::ops::Range;

use super::hertz;

/// Longest fragment kept as one; a longer one is kept as several of the same demand [ms].
const DURATION_MAX_MS: i64 = u32::MAX as i64;
/// Longest run of one task that is accepted, about 3,000 years [ms]; what is longer is cut there.
pub(crate) const RUN_MAX_MS: i64 = crate::failure::HORIZON_MS;

/// Demand over time of all tasks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fragments {
    /// Length of each fragment [ms].
    pub(crate) duration_ms: Vec<u32>,
    /// Demand on processors during each [Hz].
    pub(crate) cpu_hz: Vec<u64>,
    /// Demand on accelerators during each [Hz]; empty where no task has any.
    pub(crate) gpu_hz: Vec<u64>,
    /// Rows of each task.
    ranges: Vec<(usize, usize)>,
}

impl Fragments {
    /// Rows of the fragments of a task, in the order they are played.
    pub fn of(&self, task: usize) -> Range<usize> {
        let (from, to) = self.ranges[task];
        from..to
    }

    /// The fragments of some tasks only, by their rows.
    #[must_use]
    pub fn select(mut self, tasks: &[usize]) -> Self {
        self.ranges = tasks.iter().map(|task| self.ranges[*task]).collect();
        self
    }

    /// Demand on processors during each fragment of all tasks [Hz].
    pub fn cpu_hz(&self) -> &[u64] {
        &self.cpu_hz
    }

    /// Number of tasks.
    pub fn tasks(&self) -> usize {
        self.ranges.len()
    }

    /// Number of fragments.
    pub fn len(&self) -> usize {
        self.duration_ms.len()
    }

    /// True where no task has a fragment.
    pub fn is_empty(&self) -> bool {
        self.duration_ms.is_empty()
    }

    /// The fragments of some tasks, in the order given.
    #[must_use]
    pub fn of_tasks(&self, tasks: &[u32]) -> Self {
        let mut chosen = FragmentBuilder::default();
        for task in tasks {
            for fragment in self.of(*task as usize) {
                let duration_ms = i64::from(self.duration_ms[fragment]);
                chosen.push(duration_ms, self.cpu_hz[fragment], self.gpu_hz(fragment));
            }
            chosen.end_task();
        }
        chosen.finish()
    }

    /// Demand of a fragment on accelerators [Hz].
    pub(crate) fn gpu_hz(&self, fragment: usize) -> u64 {
        self.gpu_hz.get(fragment).copied().unwrap_or(0)
    }

    /// Lets the rows of a task be copies of some runs of rows, put at the end.
    pub fn append_copies(&mut self, task: usize, runs: impl Iterator<Item = Range<usize>>) {
        let from = self.duration_ms.len();
        for run in runs {
            self.duration_ms.extend_from_within(run.clone());
            self.cpu_hz.extend_from_within(run.clone());
            if !self.gpu_hz.is_empty() {
                self.gpu_hz.extend_from_within(run);
            }
        }
        self.ranges[task] = (from, self.duration_ms.len());
    }

    /// How long a task runs when nothing slows it [ms].
    pub fn run_ms(&self, task: usize) -> i64 {
        self.duration_ms[self.of(task)]
            .iter()
            .map(|duration_ms| i64::from(*duration_ms))
            .sum()
    }

    /// Highest demand of a task on processors [Hz].
    pub(crate) fn cpu_max_hz(&self, task: usize) -> u64 {
        self.cpu_hz[self.of(task)]
            .iter()
            .copied()
            .max()
            .unwrap_or(0)
    }
}

/// Makes [`Fragments`] from one task after the other.
#[derive(Debug, Default)]
pub struct FragmentBuilder {
    fragments: Fragments,
    /// Rows before the task that is being added.
    from: usize,
    run_ms: i64,
}

impl FragmentBuilder {
    /// Goes on with the memory of fragments that are no longer needed.
    pub fn reusing(mut fragments: Fragments) -> Self {
        fragments.duration_ms.clear();
        fragments.cpu_hz.clear();
        fragments.gpu_hz.clear();
        fragments.ranges.clear();
        Self {
            fragments,
            ..Self::default()
        }
    }

    /// Makes room.
    pub fn reserve(&mut self, fragments: usize) {
        let more = fragments.saturating_sub(self.fragments.duration_ms.len());
        let _ = self.fragments.duration_ms.try_reserve_exact(more);
        let _ = self.fragments.cpu_hz.try_reserve_exact(more);
    }

    /// Adds a fragment to the current task; without length it is left out.
    pub fn push(&mut self, duration_ms: i64, cpu_hz: u64, gpu_hz: u64) {
        let mut left_ms = duration_ms.min(RUN_MAX_MS - self.run_ms);
        while left_ms > 0 {
            let piece_ms = left_ms.min(DURATION_MAX_MS);
            let fragments = &mut self.fragments;
            if gpu_hz > 0 || !fragments.gpu_hz.is_empty() {
                fragments.gpu_hz.resize(fragments.duration_ms.len(), 0);
                fragments.gpu_hz.push(gpu_hz);
            }
            fragments.duration_ms.push(piece_ms as u32);
            fragments.cpu_hz.push(cpu_hz);
            left_ms -= piece_ms;
            self.run_ms += piece_ms;
        }
    }

    /// Adds fragments of processors alone to the current task; demands in megahertz.
    pub fn extend(&mut self, durations_ms: &[i64], demands_mhz: &[f64]) {
        // Without a branch for each, so that many are looked at in one instruction: negative where one is too short or
        // too long for a row.
        let (mut total_ms, mut signs) = (0_i64, 0_i64);
        for duration_ms in durations_ms {
            total_ms = total_ms.wrapping_add(*duration_ms);
            signs |= duration_ms.wrapping_sub(1) | DURATION_MAX_MS.wrapping_sub(*duration_ms);
        }
        let is_plain = signs >= 0
            && durations_ms.len() < 1 << 30
            && self.fragments.gpu_hz.is_empty()
            && total_ms <= RUN_MAX_MS - self.run_ms;
        if is_plain {
            let fragments = &mut self.fragments;
            fragments
                .duration_ms
                .extend(durations_ms.iter().map(|duration_ms| *duration_ms as u32));
            fragments
                .cpu_hz
                .extend(demands_mhz.iter().map(|megahertz| hertz(*megahertz)));
            self.run_ms += total_ms;
        } else {
            for (duration_ms, megahertz) in durations_ms.iter().zip(demands_mhz) {
                self.push(*duration_ms, hertz(*megahertz), 0);
            }
        }
    }

    /// Ends the current task.
    pub fn end_task(&mut self) {
        let to = self.fragments.duration_ms.len();
        self.fragments.ranges.push((self.from, to));
        self.from = to;
        self.run_ms = 0;
    }

    /// Fragments added so far.
    pub fn len(&self) -> usize {
        self.fragments.duration_ms.len()
    }

    /// True where nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All fragments, where the rows of each task are told; for rows that were added out of the order of the tasks.
    pub fn finish_with(self, ranges: Vec<(usize, usize)>) -> Fragments {
        let rows = self.fragments.duration_ms.len();
        debug_assert!(ranges.iter().all(|(from, to)| from <= to && *to <= rows));
        Fragments {
            ranges,
            ..self.fragments
        }
    }

    /// All fragments.
    pub fn finish(self) -> Fragments {
        self.fragments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_too_long_for_one_row_is_kept_as_several_of_its_demand() {
        let mut builder = FragmentBuilder::default();
        builder.push(10_000_000_000, 7, 0);
        builder.push(0, 9, 0);
        builder.push(-5, 9, 0);
        builder.end_task();
        builder.push(5, 1, 2);
        builder.end_task();
        let fragments = builder.finish();
        assert_eq!((fragments.of(0), fragments.of(1)), (0..3, 3..4));
        assert_eq!(
            (fragments.run_ms(0), fragments.run_ms(1)),
            (10_000_000_000, 5)
        );
        assert_eq!(fragments.cpu_hz, [7, 7, 7, 1]);
        assert_eq!((fragments.gpu_hz(0), fragments.gpu_hz(3)), (0, 2));
        let last = fragments.of_tasks(&[1]);
        assert_eq!((last.tasks(), last.run_ms(0), last.gpu_hz(0)), (1, 5, 2));
    }
}
