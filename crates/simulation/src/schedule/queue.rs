//! Jobs that wait, first come, first served.

use std::collections::VecDeque;

use angara_fleet::Resource;
use angara_workload::Tasks;

/// Waiting jobs that the same hosts can take.
#[derive(Debug, Clone)]
struct Queue {
    resource: Resource,
    platforms: u64,
    rows: VecDeque<u32>,
    /// False once its head has been tried in vain, until a host it can use gives room back.
    awake: bool,
}

/// One queue for each resource and set of platforms that jobs name, in the order first named.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queues {
    queues: Vec<Queue>,
}

impl Queues {
    /// The queue of a resource and a set of platforms.
    pub(crate) fn of(&mut self, resource: Resource, platforms: u64) -> usize {
        let found = self
            .queues
            .iter()
            .position(|queue| queue.resource == resource && queue.platforms == platforms);
        found.unwrap_or_else(|| {
            self.queues.push(Queue {
                resource,
                platforms,
                rows: VecDeque::new(),
                awake: false,
            });
            self.queues.len() - 1
        })
    }

    pub(crate) fn head(&self, queue: usize) -> Option<u32> {
        self.queues[queue].rows.front().copied()
    }

    pub(crate) fn push(&mut self, queue: usize, row: u32) {
        self.queues[queue].rows.push_back(row);
    }

    pub(crate) fn pop(&mut self, queue: usize) {
        self.queues[queue].rows.pop_front();
    }

    /// Lets the heads that could use a host of a platform be tried again.
    pub(crate) fn wake(&mut self, resource: Resource, platform: u32) {
        for queue in &mut self.queues {
            if queue.resource == resource && queue.platforms >> platform & 1 == 1 {
                queue.awake = true;
            }
        }
    }

    pub(crate) fn put_to_sleep(&mut self, queue: usize) {
        self.queues[queue].awake = false;
    }

    /// The head that was submitted first among the queues awake, and its queue.
    pub(crate) fn first_awake(&self, tasks: &Tasks) -> Option<(usize, u32)> {
        self.queues
            .iter()
            .enumerate()
            .filter(|(_, queue)| queue.awake)
            .filter_map(|(index, queue)| Some((index, *queue.rows.front()?)))
            .min_by_key(|(_, row)| (tasks.submission_ms[*row as usize], *row))
    }
}
