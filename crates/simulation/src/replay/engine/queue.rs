//! Tasks that wait: for parents, or for a host.

use std::collections::{BTreeMap, VecDeque};

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
    /// By falling priority, those of one priority as they came; only the last lane may be empty.
    lanes: BTreeMap<i64, VecDeque<u32>>,
    len: usize,
    /// Parents that have not completed, by task; empty where no task has any.
    open_parents: Vec<u32>,
    /// In the order of submission.
    children: Vec<Vec<u32>>,
    /// Times each task was passed over; empty until one is.
    passed_over: Vec<u32>,
    /// Scratch.
    tried: Vec<u32>,
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
        self.len
    }

    pub(in crate::replay) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// True where all parents of a task have completed.
    pub(in crate::replay) fn is_ready(&self, task: u32) -> bool {
        self.open_parents
            .get(task as usize)
            .is_none_or(|open| *open == 0)
    }

    /// Puts a task at the end of those of its priority.
    pub(in crate::replay) fn push(&mut self, task: u32, priority: i32) {
        let lane = self.lanes.entry(-i64::from(priority)).or_default();
        lane.push_back(task);
        self.len += 1;
    }

    /// Takes the first task out, whatever it needs.
    pub(in crate::replay) fn pop_first(&mut self) -> Option<u32> {
        let key = self.first_lane()?;
        self.remove(key, 0)
    }

    /// The first lane in which a task waits.
    fn first_lane(&self) -> Option<i64> {
        let mut waiting = self.lanes.iter().filter(|(_, lane)| !lane.is_empty());
        waiting.next().map(|(key, _)| *key)
    }

    /// Takes a task out of its lane; its memory is kept where it is the only one.
    fn remove(&mut self, key: i64, place: usize) -> Option<u32> {
        let lane = self.lanes.get_mut(&key)?;
        let task = lane.remove(place)?;
        self.len -= 1;
        if lane.is_empty() && self.lanes.len() > 1 {
            self.lanes.remove(&key);
        }
        Some(task)
    }

    /// Takes the next task out that can be placed or never will be, first come first served: later ones are tried only
    /// as far as the lookahead goes, and not past one that has been passed over too often.
    pub(in crate::replay) fn next_turn(
        &mut self,
        spec: &PlacementSpec,
        tasks: &ReplayTasks,
        mut attempt: impl FnMut(&Need) -> Attempt,
    ) -> Option<Turn> {
        let (key, place, turn) = self.look(spec, tasks, &mut attempt)?;
        self.remove(key, place);
        if matches!(turn, Turn::Place { .. }) && !self.tried.is_empty() {
            self.pass_over_tried();
        }
        Some(turn)
    }

    /// Looks for the next turn; the tasks that were tried in vain before it are noted.
    fn look(
        &mut self,
        spec: &PlacementSpec,
        tasks: &ReplayTasks,
        attempt: &mut impl FnMut(&Need) -> Attempt,
    ) -> Option<(i64, usize, Turn)> {
        self.tried.clear();
        for (key, lane) in &self.lanes {
            for (place, task) in lane.iter().enumerate() {
                let task = *task;
                let need = Need::of(tasks, task as usize);
                match attempt(&need) {
                    Attempt::Host(host) => {
                        return Some((*key, place, Turn::Place { task, host, need }));
                    }
                    Attempt::Never => return Some((*key, place, Turn::GiveUp(task))),
                    Attempt::NotNow => self.tried.push(task),
                }
                let passed_over = self.passed_over.get(task as usize).copied().unwrap_or(0);
                if passed_over >= spec.passed_over_max || self.tried.len() >= spec.lookahead {
                    return None;
                }
            }
        }
        None
    }

    pub(in crate::replay) fn clear(&mut self) {
        self.lanes.clear();
        self.len = 0;
    }

    /// Counts that a later task was preferred to those that were tried.
    fn pass_over_tried(&mut self) {
        for task in &self.tried {
            let task = *task as usize;
            if self.passed_over.len() <= task {
                self.passed_over.resize(task + 1, 0);
            }
            self.passed_over[task] += 1;
        }
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
