//! Tasks that wait: for parents, or for a host.

use std::collections::BTreeSet;

use super::super::placement::Need;
use super::super::{PlacementSpec, ReplayTasks};

/// What comes of looking for a host for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::replay) enum Attempt {
    /// This one takes it.
    Host(u32),
    /// None takes it now.
    NotNow,
    /// None ever will.
    Never,
}

/// What is to be done with a task that has been taken out of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::replay) enum Turn {
    /// It goes to a host.
    Place {
        /// The task.
        task: u32,
        /// The host.
        host: u32,
        /// What it needs there.
        need: Need,
    },
    /// It is given up.
    GiveUp(u32),
}

/// Waiting tasks in the order in which they are tried.
#[derive(Debug, Default)]
pub(in crate::replay) struct Queue {
    /// By falling priority, then as they came.
    waiting: BTreeSet<(i64, u64, u32)>,
    came: u64,
    /// Parents that have not completed, by task; empty where no task has any.
    open_parents: Vec<u32>,
    /// In the order of submission.
    children: Vec<Vec<u32>>,
    /// Times each task was passed over; empty until one is.
    passed_over: Vec<u32>,
    /// Scratch.
    tried: Vec<(i64, u64, u32)>,
}

impl Queue {
    pub(in crate::replay) fn new(tasks: &ReplayTasks) -> Self {
        let mut queue = Self::default();
        if tasks.are_independent() {
            return queue;
        }
        queue.open_parents = vec![0; tasks.len()];
        queue.children = vec![Vec::new(); tasks.len()];
        for task in 0..tasks.len() {
            let mut parents = tasks.parents(task).to_vec();
            parents.sort_unstable();
            parents.dedup();
            queue.open_parents[task] = parents.len() as u32;
            for parent in parents {
                queue.children[parent as usize].push(task as u32);
            }
        }
        for children in &mut queue.children {
            children.sort_by_key(|child| tasks.submission_ms[*child as usize]);
        }
        queue
    }

    pub(in crate::replay) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(in crate::replay) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// True where all parents of a task have completed.
    pub(in crate::replay) fn is_ready(&self, task: u32) -> bool {
        self.open_parents
            .get(task as usize)
            .is_none_or(|open| *open == 0)
    }

    /// Puts a task at the end of those of its priority.
    pub(in crate::replay) fn push(&mut self, task: u32, priority: i32) {
        self.waiting.insert((-i64::from(priority), self.came, task));
        self.came += 1;
    }

    /// Takes the first task out, whatever it needs.
    pub(in crate::replay) fn pop_first(&mut self) -> Option<u32> {
        self.waiting.pop_first().map(|(.., task)| task)
    }

    /// Takes the next task out that can be placed or never will be, first come first served: later ones are tried only
    /// as far as the lookahead goes, and not past one that has been passed over too often.
    pub(in crate::replay) fn next_turn(
        &mut self,
        spec: &PlacementSpec,
        tasks: &ReplayTasks,
        mut attempt: impl FnMut(&Need) -> Attempt,
    ) -> Option<Turn> {
        self.tried.clear();
        self.tried
            .extend(self.waiting.iter().take(spec.lookahead.max(1)));
        for place in 0..self.tried.len() {
            let entry = self.tried[place];
            let task = entry.2;
            let need = Need::of(tasks, task as usize);
            match attempt(&need) {
                Attempt::Host(host) => {
                    self.waiting.remove(&entry);
                    for passed in 0..place {
                        self.pass_over(self.tried[passed].2);
                    }
                    return Some(Turn::Place { task, host, need });
                }
                Attempt::Never => {
                    self.waiting.remove(&entry);
                    return Some(Turn::GiveUp(task));
                }
                Attempt::NotNow if self.times_passed_over(task) >= spec.passed_over_max => {
                    return None;
                }
                Attempt::NotNow => {}
            }
        }
        None
    }

    pub(in crate::replay) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Counts that a later task was preferred.
    fn pass_over(&mut self, task: u32) {
        let task = task as usize;
        if self.passed_over.len() <= task {
            self.passed_over.resize(task + 1, 0);
        }
        self.passed_over[task] += 1;
    }

    fn times_passed_over(&self, task: u32) -> u32 {
        self.passed_over.get(task as usize).copied().unwrap_or(0)
    }

    /// Tells that a task has completed; returns its children whose last parent it was.
    pub(in crate::replay) fn complete(&mut self, task: u32) -> Vec<u32> {
        let Some(children) = self.children.get(task as usize) else {
            return Vec::new();
        };
        let mut ready = Vec::new();
        for child in children {
            let open = &mut self.open_parents[*child as usize];
            *open -= 1;
            if *open == 0 {
                ready.push(*child);
            }
        }
        ready
    }

    /// Children of a task, whatever they wait for.
    pub(in crate::replay) fn children(&self, task: u32) -> &[u32] {
        self.children
            .get(task as usize)
            .map_or(&[], |children| children.as_slice())
    }
}
