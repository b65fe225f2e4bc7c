//! Which task starts where and when: from submissions and ends alone.

use super::super::engine::queue::{Attempt, Queue, Turn};
use super::super::fragments::RUN_MAX_MS;
use super::super::placement::policy::{Policy, policy_of};
use super::super::placement::{Hosts, Need};
use super::super::{ReplayInput, TaskResults, TaskState};
use super::Stays;
use super::alone::is_alone;
use super::ends::{End, Ends};
use super::host::Stay;
use super::store::FragmentStore;

/// All starts and ends.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) results: TaskResults,
    pub(super) makespan_ms: i64,
    pub(super) fragments: u64,
    pub(super) pending_max: u64,
    pub(super) running_max: u64,
    /// Tasks with their hosts in the order of their starts.
    started: Vec<Stay>,
    /// Their hosts.
    hosts: Vec<u32>,
    /// Running and waiting tasks at the end of each step.
    counts: Vec<(u64, u64)>,
}

impl Schedule {
    /// Tasks of each host in the order of their starts.
    /// Where `may_be_alone`, hosts of one task at a time are marked.
    pub(super) fn stays_by_host(&self, hosts: usize, may_be_alone: bool) -> Stays {
        let mut starts = vec![0; hosts + 1];
        for host in &self.hosts {
            starts[*host as usize + 1] += 1;
        }
        for host in 0..hosts {
            starts[host + 1] += starts[host];
        }
        let mut next = starts.clone();
        let mut stays = vec![Stay::default(); self.started.len()];
        for (host, stay) in self.hosts.iter().zip(&self.started) {
            let place = &mut next[*host as usize];
            // A run may have been cut short.
            stays[*place] = Stay {
                end_ms: stay.end_ms.min(self.makespan_ms),
                ..*stay
            };
            *place += 1;
        }
        let alone = (0..hosts)
            .map(|host| may_be_alone && is_alone(&stays[starts[host]..starts[host + 1]]))
            .collect();
        Stays {
            starts,
            rows: stays,
            alone,
        }
    }

    /// Tasks that ran and waited at the end of a step.
    pub(super) fn counts_at(&self, step: usize) -> (u64, u64) {
        self.counts.get(step).copied().unwrap_or((0, 0))
    }
}

/// Places all tasks.
pub(super) fn schedule(
    input: &ReplayInput<'_>,
    store: &dyn FragmentStore,
    step_ms: i64,
) -> Schedule {
    let mut placing = Placing::new(input, store, step_ms);
    while placing.ended < input.tasks.len()
        && let Some(next_ms) = placing.next_instant_ms()
    {
        placing.count_until(next_ms);
        placing.now_ms = next_ms;
        placing.end_tasks();
        placing.submit();
        if placing.cycle_wanted && next_ms % input.options.quantum_ms == 0 {
            placing.place();
        }
        let schedule = &mut placing.schedule;
        schedule.pending_max = schedule.pending_max.max(placing.queue.len() as u64);
        schedule.running_max = schedule.running_max.max(placing.ends.len() as u64);
    }
    placing.give_up_rest();
    placing.schedule.makespan_ms = placing.now_ms;
    placing.count_until(i64::MAX);
    placing.schedule
}

struct Placing<'a> {
    input: &'a ReplayInput<'a>,
    store: &'a dyn FragmentStore,
    clock_ms: i64,
    now_ms: i64,
    step_ms: i64,
    hosts: Hosts<'a>,
    policy: Box<dyn Policy>,
    queue: Queue,
    order: Vec<u32>,
    submitted: usize,
    ends: Ends,
    /// Scratch.
    ended_now: Vec<End>,
    cycle_wanted: bool,
    /// Tasks in a final state.
    ended: usize,
    schedule: Schedule,
}

impl<'a> Placing<'a> {
    fn new(input: &'a ReplayInput<'a>, store: &'a dyn FragmentStore, step_ms: i64) -> Self {
        let options = input.options;
        let hosts = Hosts::new(input.topology, &options.placement.filters);
        Self {
            input,
            store,
            clock_ms: input.tasks.first_ms(),
            now_ms: 0,
            step_ms,
            policy: policy_of(&options.placement.policy, &hosts, options.seed),
            hosts,
            queue: Queue::new(input.tasks),
            order: input.tasks.by_submission(),
            submitted: 0,
            ends: Ends::new(),
            ended_now: Vec::new(),
            cycle_wanted: false,
            ended: 0,
            schedule: Schedule {
                results: TaskResults::new(input.tasks.len()),
                makespan_ms: 0,
                fragments: 0,
                pending_max: 0,
                running_max: 0,
                started: Vec::with_capacity(input.tasks.len()),
                hosts: Vec::with_capacity(input.tasks.len()),
                counts: Vec::new(),
            },
        }
    }

    /// Notes how many tasks run and wait at the ends of the steps before an instant.
    fn count_until(&mut self, next_ms: i64) {
        let counts = (self.ends.len() as u64, self.queue.len() as u64);
        let mut end_ms = (self.schedule.counts.len() as i64 + 1).saturating_mul(self.step_ms);
        if next_ms == i64::MAX {
            self.schedule.counts.push(counts);
            return;
        }
        while end_ms < next_ms {
            self.schedule.counts.push(counts);
            end_ms = end_ms.saturating_add(self.step_ms);
        }
    }

    fn submission_ms(&self, place: usize) -> i64 {
        let task = self.order[place] as usize;
        self.input.tasks.submission_ms[task].saturating_sub(self.clock_ms)
    }

    fn next_instant_ms(&self) -> Option<i64> {
        let mut next_ms = i64::MAX;
        if self.submitted < self.order.len() {
            next_ms = self.submission_ms(self.submitted);
        }
        if let Some(end_ms) = self.ends.next_ms() {
            next_ms = next_ms.min(end_ms);
        }
        if self.cycle_wanted && !self.queue.is_empty() {
            let quantum_ms = self.input.options.quantum_ms;
            let cycle_ms = (self.now_ms.div_euclid(quantum_ms) + 1).saturating_mul(quantum_ms);
            next_ms = next_ms.min(cycle_ms);
        }
        (next_ms <= RUN_MAX_MS).then_some(next_ms)
    }

    fn end_tasks(&mut self) {
        let mut ended = std::mem::take(&mut self.ended_now);
        self.ends.take_at(self.now_ms, &mut ended);
        for End { host, task, .. } in &ended {
            self.hosts
                .give(*host, &Need::of(self.input.tasks, *task as usize));
            self.policy.changed(&self.hosts, *host);
            self.end(*task, TaskState::Completed);
        }
        self.ended_now = ended;
    }

    fn end(&mut self, task: u32, state: TaskState) {
        self.schedule.results.state[task as usize] = state;
        self.schedule.results.end_ms[task as usize] = Some(self.now_ms);
        self.cycle_wanted = true;
        self.ended += 1;
        if state == TaskState::Completed {
            for child in self.queue.complete(task) {
                let submission_ms = self.input.tasks.submission_ms[child as usize];
                if submission_ms.saturating_sub(self.clock_ms) <= self.now_ms
                    && self.schedule.results.state[child as usize] == TaskState::Pending
                {
                    self.enqueue(child);
                }
            }
        } else {
            let mut open = self.queue.children(task).to_vec();
            while let Some(child) = open.pop() {
                let state = &mut self.schedule.results.state[child as usize];
                if !state.is_final() {
                    *state = TaskState::Terminated;
                    self.schedule.results.end_ms[child as usize] = Some(self.now_ms);
                    self.ended += 1;
                    open.extend_from_slice(self.queue.children(child));
                }
            }
        }
    }

    fn submit(&mut self) {
        while self.submitted < self.order.len() && self.submission_ms(self.submitted) <= self.now_ms
        {
            let task = self.order[self.submitted];
            self.submitted += 1;
            if self.schedule.results.state[task as usize] == TaskState::Pending
                && self.queue.is_ready(task)
            {
                self.enqueue(task);
            }
        }
    }

    fn enqueue(&mut self, task: u32) {
        self.queue
            .push(task, self.input.tasks.priority[task as usize]);
        self.cycle_wanted = true;
    }

    /// Places waiting tasks until one fits nowhere.
    fn place(&mut self) {
        while let Some(turn) = self.next_turn() {
            match turn {
                Turn::Place { task, host, need } => self.start(task, host, &need),
                Turn::GiveUp(task) => self.end(task, TaskState::Terminated),
            }
        }
        self.cycle_wanted = false;
        // An empty fleet that cannot take the first task never will.
        if self.ends.is_empty()
            && let Some(task) = self.queue.pop_first()
        {
            self.end(task, TaskState::Terminated);
        }
    }

    /// The next task to be placed or given up.
    fn next_turn(&mut self) -> Option<Turn> {
        let (hosts, policy) = (&self.hosts, &mut self.policy);
        self.queue.next_turn(
            &self.input.options.placement,
            self.input.tasks,
            |need| match policy.choose(hosts, need) {
                Some(host) => Attempt::Host(host),
                None if hosts.can_ever_admit(need) => Attempt::NotNow,
                None => Attempt::Never,
            },
        )
    }

    fn start(&mut self, task: u32, host: u32, need: &Need) {
        let row = task as usize;
        let submission_ms = self.input.tasks.submission_ms[row].saturating_sub(self.clock_ms);
        let results = &mut self.schedule.results;
        results.host[row] = Some(host);
        results.start_ms[row] = Some(self.now_ms);
        results.wait_ms[row] = self.now_ms - submission_ms;
        let run_ms = self.store.run_ms(row);
        self.schedule.fragments += self.store.fragments(row);
        let (only_ms, only_hz) = self.store.only(row).unwrap_or((0, 0));
        let stay = Stay {
            task,
            start_ms: self.now_ms,
            end_ms: self.now_ms + run_ms,
            only_ms,
            only_hz,
        };
        // Most often all of it will be given; where not, it is put right when the host is played.
        results.cpu_done[row] = stay.only_work().unwrap_or(0);
        self.schedule.started.push(stay);
        self.schedule.hosts.push(host);
        if run_ms == 0 {
            self.end(task, TaskState::Completed);
            return;
        }
        self.schedule.results.state[row] = TaskState::Running;
        self.hosts.take(host, need);
        self.policy.changed(&self.hosts, host);
        let order = self.schedule.started.len() as u32;
        self.ends.push(End {
            at_ms: stay.end_ms,
            host,
            order,
            task,
        });
    }

    /// Gives up what nothing can happen to any more.
    fn give_up_rest(&mut self) {
        for End { task, .. } in self.ends.take_all() {
            self.end(task, TaskState::Terminated);
        }
        for task in 0..self.schedule.results.state.len() as u32 {
            if !self.schedule.results.state[task as usize].is_final() {
                self.end(task, TaskState::Terminated);
            }
        }
    }
}
