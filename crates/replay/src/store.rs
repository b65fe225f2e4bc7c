//! Fragments of an `OpenDC` trace as the columnar engine wants them: in memory, or row group by row group from the file.

use std::collections::HashMap;
use std::sync::Mutex;

use angara_simulation::replay::{
    FragmentBlock, FragmentBuilder, FragmentStore, Fragments, RunTaker, StoreError,
};
use angara_workload::trace::{Findings, FragmentGroups, TraceTasks};
use rayon::prelude::*;

/// Fragments of a file that are read at once, by each thread.
const FRAGMENTS_AT_ONCE: u64 = 8 << 20;
/// Fragments that room is made for in advance.
const EXPECTED_MAX: usize = 1 << 26;

/// Takes all fragments of a trace into columns.
pub(crate) struct ColumnSink {
    builder: FragmentBuilder,
    /// Task and end of each run of rows that lie together.
    runs: Vec<(u32, usize)>,
}

impl ColumnSink {
    /// With room made for so many fragments, as far as that is believed.
    pub(crate) fn with_room_for(fragments: u64) -> Self {
        Self::reusing(FragmentBuilder::default(), fragments)
    }

    fn reusing(mut builder: FragmentBuilder, fragments: u64) -> Self {
        let room = usize::try_from(fragments).unwrap_or(usize::MAX);
        builder.reserve(room.min(EXPECTED_MAX));
        Self {
            builder,
            runs: Vec::new(),
        }
    }

    /// Adds fragments of a task.
    pub(crate) fn add(&mut self, task: u32, durations_ms: &[i64], demands_mhz: &[f64]) {
        self.builder.extend(durations_ms, demands_mhz);
        let end = self.builder.len();
        match self.runs.last_mut() {
            Some((last, to)) if *last == task => *to = end,
            _ => self.runs.push((task, end)),
        }
    }

    /// The columns, for so many tasks.
    pub(crate) fn finish(self, tasks: usize) -> Fragments {
        let mut runs_of = vec![0_u32; tasks];
        for (task, _) in &self.runs {
            runs_of[*task as usize] += 1;
        }
        let mut ranges = vec![(0, 0); tasks];
        let mut cut = Vec::new();
        let mut from = 0;
        for (task, to) in &self.runs {
            if runs_of[*task as usize] == 1 {
                ranges[*task as usize] = (from, *to);
            } else {
                cut.push((*task, from, *to));
            }
            from = *to;
        }
        let mut fragments = self.builder.finish_with(ranges);
        // Copies of the few tasks that the file cuts are put at the end.
        cut.sort_by_key(|(task, from, _)| (*task, *from));
        for runs in cut.chunk_by(|one, other| one.0 == other.0) {
            fragments.append_copies(
                runs[0].0 as usize,
                runs.iter().map(|(_, from, to)| *from..*to),
            );
        }
        fragments
    }
}

/// Fragments in their file, read part by part.
pub(crate) struct FileStore<'a> {
    groups: &'a FragmentGroups,
    run_ms: Vec<i64>,
    fragments: Vec<u64>,
    /// First and last row group of each task.
    span: Vec<(u32, u32)>,
    /// Row in the file's table of tasks of each task that is kept.
    kept: Vec<u32>,
    /// Place among the kept ones of each row of the file's table of tasks.
    place_of_row: Vec<u32>,
    /// Time since its start at which a task goes on in a row group, where that is not its beginning [ms].
    goes_on_at: HashMap<(u32, u32), i64>,
    /// Whether lengths are those that the table of tasks tells.
    is_trusting: bool,
    /// Memory of fragments that are no longer needed.
    spare: Mutex<Vec<Fragments>>,
}

impl<'a> FileStore<'a> {
    /// Takes the lengths of tasks that their table tells for true; none where it does not tell all.
    pub(crate) fn trusting(groups: &'a FragmentGroups, tasks: &TraceTasks) -> Option<Self> {
        let is_told = tasks.duration_ms.iter().all(|length_ms| *length_ms > 0);
        is_told.then(|| Self {
            run_ms: tasks.duration_ms.clone(),
            is_trusting: true,
            ..Self::new(groups, tasks.len())
        })
    }

    /// Of unknown lengths.
    fn new(groups: &'a FragmentGroups, tasks: usize) -> Self {
        Self {
            groups,
            run_ms: vec![0; tasks],
            fragments: vec![0; tasks],
            span: vec![(u32::MAX, 0); tasks],
            kept: (0..tasks as u32).collect(),
            place_of_row: Vec::new(),
            goes_on_at: HashMap::new(),
            is_trusting: false,
            spare: Mutex::default(),
        }
    }

    /// Looks up how long every task runs.
    pub(crate) fn looking_up(
        groups: &'a FragmentGroups,
        tasks: &TraceTasks,
    ) -> Result<Self, Findings> {
        let mut store = Self::new(groups, tasks.len());
        let parts = (0..store.groups.len())
            .into_par_iter()
            .with_max_len(1)
            .map(|group| store.groups.runs(group))
            .collect::<Result<Vec<_>, _>>()?;
        for (group, parts) in parts.into_iter().enumerate() {
            for part in parts {
                let task = part.task as usize;
                if store.run_ms[task] > 0 && store.span[task].1 < group as u32 {
                    store
                        .goes_on_at
                        .insert((group as u32, part.task), store.run_ms[task]);
                }
                store.run_ms[task] = store.run_ms[task].saturating_add(part.run_ms);
                store.fragments[task] += u64::from(part.fragments);
                let span = &mut store.span[task];
                *span = (span.0.min(group as u32), span.1.max(group as u32));
            }
        }
        Ok(store)
    }

    /// Keeps only the tasks that run for some time; their rows.
    pub(crate) fn keep(&mut self) -> Vec<usize> {
        let all = self.run_ms.len();
        let kept: Vec<usize> = (0..all).filter(|task| self.run_ms[*task] > 0).collect();
        self.run_ms = kept.iter().map(|task| self.run_ms[*task]).collect();
        self.fragments = kept.iter().map(|task| self.fragments[*task]).collect();
        self.span = kept.iter().map(|task| self.span[*task]).collect();
        self.kept = kept.iter().map(|task| *task as u32).collect();
        self.place_of_row = vec![u32::MAX; all];
        for (place, task) in kept.iter().enumerate() {
            self.place_of_row[*task] = place as u32;
        }
        kept
    }
}

impl FragmentStore for FileStore<'_> {
    fn tasks(&self) -> usize {
        self.run_ms.len()
    }

    fn run_ms(&self, task: usize) -> i64 {
        self.run_ms[task]
    }

    fn fragments(&self, task: usize) -> u64 {
        self.fragments[task]
    }

    fn fragments_at_once(&self) -> u64 {
        FRAGMENTS_AT_ONCE
    }

    fn parts(&self) -> usize {
        self.groups.len()
    }

    fn is_trusting(&self) -> bool {
        self.is_trusting
    }

    fn run_through(&self, part: usize, take: &mut RunTaker<'_>) -> Result<(), StoreError> {
        let group = part as u32;
        let mut current = u32::MAX;
        let mut elapsed_ms = 0;
        // Tasks that lie in several places of the file, and how far each has come.
        let mut cut: HashMap<u32, i64> = HashMap::new();
        self.groups
            .fragments(part, |row, durations_ms, demands_mhz| {
                if row != current {
                    if current != u32::MAX {
                        cut.insert(current, elapsed_ms);
                    }
                    current = row;
                    let before = cut.get(&row).or_else(|| self.goes_on_at.get(&(group, row)));
                    elapsed_ms = before.copied().unwrap_or(0);
                }
                let place = self.place_of_row[row as usize];
                if place != u32::MAX {
                    let since_ms = (!self.is_trusting).then_some(elapsed_ms);
                    take(place, since_ms, durations_ms, demands_mhz);
                }
                if !self.is_trusting {
                    for duration_ms in durations_ms {
                        elapsed_ms = elapsed_ms.saturating_add(*duration_ms);
                    }
                }
            })
            .map_err(|findings| StoreError::Unreadable(findings.to_string()))
    }

    fn read(&self, tasks: &[u32]) -> Result<FragmentBlock<'_>, StoreError> {
        let mut place_of = vec![u32::MAX; self.place_of_row.len()];
        for (place, task) in tasks.iter().enumerate() {
            place_of[self.kept[*task as usize] as usize] = place as u32;
        }
        let mut wanted = vec![false; self.groups.len()];
        let mut rows = 0;
        for task in tasks {
            let (first, last) = self.span[*task as usize];
            for group in first..=last {
                wanted[group as usize] = true;
            }
            rows += self.fragments[*task as usize];
        }
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let builder = spare.map_or_else(FragmentBuilder::default, FragmentBuilder::reusing);
        let mut sink = ColumnSink::reusing(builder, rows);
        for group in (0..wanted.len()).filter(|group| wanted[*group]) {
            self.groups
                .fragments(group, |task, durations_ms, demands_mhz| {
                    let place = place_of[task as usize];
                    if place != u32::MAX {
                        sink.add(place, durations_ms, demands_mhz);
                    }
                })
                .map_err(|findings| StoreError::Unreadable(findings.to_string()))?;
        }
        Ok(FragmentBlock::Part(sink.finish(tasks.len())))
    }

    fn give_back(&self, block: FragmentBlock<'_>) {
        if let FragmentBlock::Part(fragments) = block
            && let Ok(mut spare) = self.spare.lock()
        {
            spare.push(fragments);
        }
    }
}
