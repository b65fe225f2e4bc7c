//! Which task starts where and when.
//!
//! # What it computes
//! For each task of a site its host and its start, event by event in the order (time, ends before submissions, row).
//!
//! # Assumptions
//! A task keeps its host to its end, and its end does not depend on contention. Interactive tasks do not wait: one
//! that finds no room when it is submitted is lost. Jobs wait first come, first served, in one queue for each
//! resource and set of platforms: a job behind a head that does not fit waits too, but jobs for other machines do
//! not. A task that no host of the site could hold even when empty is lost at once.
//!
//! # Valid range
//! Tasks of at least a millisecond with a need above zero.

mod pools;
mod queue;
mod set_aside;
mod steps;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use angara_workload::{LoadKind, Tasks};

use crate::placement::{PlacementPolicy, Room, policy_of};
use crate::{Clock, Placement};
pub(crate) use pools::{Pools, SiteHosts};
use queue::Queues;
pub(crate) use steps::mean_counts;

/// What became of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Started on a host, a row of the site, at an instant.
    Started { host: u32, start_ms: i64 },
    /// Still waiting at the end.
    Waiting,
    /// Submitted at or after the end of the run.
    Beyond,
    /// No host of the site offers the resource on one of the platforms.
    NoPlatform,
    /// No host of the site is large enough.
    TooLarge,
    /// Interactive, and no host had room.
    NoRoom,
}

/// Fates of the tasks of a site, by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) fates: Vec<Fate>,
}

/// Schedules the tasks of one site.
pub(crate) fn schedule(
    tasks: &Tasks,
    hosts: &SiteHosts<'_>,
    clock: Clock,
    placement: Placement,
) -> Schedule {
    let mut site = Site {
        tasks,
        pools: Pools::new(hosts, tasks, clock, placement),
        queues: Queues::default(),
        interactive: policy_of(placement.interactive),
        batch: policy_of(placement.batch),
        ends: BinaryHeap::new(),
        fates: vec![Fate::Beyond; tasks.len()],
    };
    let mut order: Vec<u32> = (0..tasks.len() as u32).collect();
    order.sort_by_key(|row| (tasks.submission_ms[*row as usize], *row));
    let end_ms = clock.end_ms();
    let mut submissions = order.into_iter().peekable();
    loop {
        let submission = submissions
            .peek()
            .map(|row| tasks.submission_ms[*row as usize])
            .filter(|instant| *instant < end_ms);
        let end = site.ends.peek().map(|Reverse(event)| event.0);
        let end = end.filter(|instant| *instant < end_ms);
        match (end, submission) {
            (Some(end), submission) if submission.is_none_or(|instant| end <= instant) => {
                site.end_tasks(end);
            }
            (_, Some(now)) => {
                if let Some(row) = submissions.next() {
                    site.submit(row, now);
                }
            }
            _ => break,
        }
    }
    Schedule { fates: site.fates }
}

/// State of a site between two events.
struct Site<'a> {
    tasks: &'a Tasks,
    pools: Pools,
    queues: Queues,
    interactive: &'static dyn PlacementPolicy,
    batch: &'static dyn PlacementPolicy,
    /// Running tasks by end and row, with their host.
    ends: BinaryHeap<Reverse<(i64, u32, u32)>>,
    fates: Vec<Fate>,
}

impl Site<'_> {
    fn need(&self, row: u32) -> Room {
        Room {
            milli: u64::from(self.tasks.reserved_milli[row as usize]),
            memory_bytes: self.tasks.memory_bytes[row as usize],
        }
    }

    fn submit(&mut self, row: u32, now: i64) {
        let task = row as usize;
        let (resource, platforms) = (self.tasks.resource[task], self.tasks.platforms[task]);
        if let Some(fate) = self.pools.refusal(resource, platforms, self.need(row)) {
            self.fates[task] = fate;
            return;
        }
        match self.tasks.kind[task] {
            LoadKind::Interactive => {
                if !self.start(row, now, self.interactive) {
                    self.fates[task] = Fate::NoRoom;
                }
            }
            LoadKind::Batch => {
                let queue = self.queues.of(resource, platforms);
                if self.queues.head(queue).is_some() || !self.start(row, now, self.batch) {
                    self.queues.push(queue, row);
                    self.fates[task] = Fate::Waiting;
                }
            }
        }
    }

    /// Starts a task where its policy finds room.
    fn start(&mut self, row: u32, now: i64, policy: &dyn PlacementPolicy) -> bool {
        let task = row as usize;
        let need = self.need(row);
        let host = self.pools.choose(
            policy,
            self.tasks.kind[task],
            self.tasks.resource[task],
            self.tasks.platforms[task],
            need,
        );
        let Some(host) = host else {
            return false;
        };
        self.pools.take(host, need);
        let end_ms = now.saturating_add(self.tasks.duration_ms[task]);
        self.ends.push(Reverse((end_ms, row, host)));
        self.fates[task] = Fate::Started {
            host,
            start_ms: now,
        };
        true
    }

    /// Ends all tasks of an instant, then starts what waits, the longest waiting head first.
    fn end_tasks(&mut self, now: i64) {
        while let Some(Reverse((end_ms, row, host))) = self.ends.peek().copied() {
            if end_ms != now {
                break;
            }
            self.ends.pop();
            self.pools.give(host, self.need(row));
            self.queues
                .wake(self.pools.resource_of(host), self.pools.platform_of(host));
        }
        while let Some((queue, row)) = self.queues.first_awake(self.tasks) {
            if self.start(row, now, self.batch) {
                self.queues.pop(queue);
            } else {
                self.queues.put_to_sleep(queue);
            }
        }
    }
}
