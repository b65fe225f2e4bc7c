//! One run: the loop over instants.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use super::super::fragments::RUN_MAX_MS;
use super::super::placement::policy::{Policy, policy_of};
use super::super::placement::{Hosts, Need};
use super::super::{
    ReplayError, ReplayInput, ReplayOutcome, ReplayProgress, ReplayStatus, SampleSink, TaskResults,
    TaskState,
};
use super::deferral::Deferred;
use super::host::{Host, Scratch};
use super::migration::Moves;
use super::queue::{Attempt, Queue, Turn};
use super::running::{Running, Snapshot};
use super::source::Source;
use super::states::PowerState;
use crate::failure::{Outage, Outages};

/// Instants between two messages of progress.
const INSTANTS_PER_MESSAGE: u64 = 1 << 14;

/// A run at some instant.
pub(super) struct Run<'a> {
    pub(super) input: &'a ReplayInput<'a>,
    pub(super) sink: &'a mut dyn SampleSink,
    pub(super) progress: &'a dyn ReplayProgress,
    /// Zero of the run on the clock of the trace [ms].
    pub(super) clock_ms: i64,
    pub(super) now_ms: i64,
    pub(super) hosts: Vec<Host<'a>>,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) results: TaskResults,
    pub(super) rooms: Hosts<'a>,
    pub(super) policy: Box<dyn Policy>,
    pub(super) queue: Queue,
    pub(super) deferred: Deferred<'a>,
    /// Rows of the tasks in the order of submission, and how many have been submitted.
    pub(super) order: Vec<u32>,
    pub(super) submitted: usize,
    /// Submitted tasks that samples have begun to show, those of them that have not been seen at their end, and the
    /// work each had done and lost at the last sample.
    pub(super) seen: usize,
    pub(super) open: Vec<u32>,
    pub(super) sampled_work: HashMap<u32, (u128, u128)>,
    /// Since when each task waits [ms].
    pub(super) waits_since_ms: Vec<i64>,
    pub(super) snapshots: HashMap<u32, Snapshot>,
    /// When hosts next change of themselves; entries that no longer hold are skipped.
    pub(super) host_changes: BinaryHeap<Reverse<(i64, u32)>>,
    pub(super) turns: BinaryHeap<Reverse<(i64, u32)>>,
    pub(super) outages: Outages,
    pub(super) next_outage: Option<Outage>,
    pub(super) repairs: BinaryHeap<Reverse<(i64, u64, Vec<u32>)>>,
    pub(super) outages_begun: u64,
    pub(super) idle_outages: u64,
    pub(super) cycle_wanted: bool,
    pub(super) next_sample_ms: i64,
    pub(super) running: u64,
    pub(super) completed: u64,
    pub(super) terminated: u64,
    pub(super) outcome: ReplayOutcome,
    pub(super) begun: u128,
    pub(super) scratch: Scratch,
    pub(super) touched: Vec<u32>,
    pub(super) ended: Vec<Running>,
    pub(super) saved: Vec<(u32, Snapshot)>,
    pub(super) gpu_lost: u128,
    /// Tasks placed on hosts that are not awake yet.
    pub(super) arriving: u64,
    /// When hosts are awake, and when idle ones go to sleep or off; entries that no longer hold are skipped.
    pub(super) wakings: BinaryHeap<Reverse<(i64, u32)>>,
    pub(super) dozings: BinaryHeap<Reverse<(i64, u32)>>,
    /// Hosts asleep or off.
    pub(super) dozing: BTreeSet<u32>,
    pub(super) moves: Moves,
    pub(super) next_consolidation_ms: i64,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        input: &'a ReplayInput<'a>,
        sink: &'a mut dyn SampleSink,
        progress: &'a dyn ReplayProgress,
    ) -> Result<Self, ReplayError> {
        let (topology, tasks, options) = (input.topology, input.tasks, input.options);
        let clock_ms = tasks.first_ms();
        let sources = topology
            .clusters
            .iter()
            .enumerate()
            .map(|(row, cluster)| {
                let carbon = cluster.carbon.map(|series| &input.carbon[series]);
                let prices = options.prices.get(row).and_then(Option::as_deref);
                Source::new(cluster, carbon, prices, clock_ms)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let hosts: Vec<Host<'_>> = topology
            .hosts
            .iter()
            .map(|host| {
                let kind = &topology.kinds[host.kind as usize];
                Host::new(kind, host.cluster as usize, options.host_states.as_ref())
            })
            .collect();
        let rooms = Hosts::new(topology, &options.placement.filters);
        let policy = policy_of(&options.placement.policy, &rooms, options.seed);
        let failure_seed = options.failure_seed.unwrap_or(options.seed);
        let mut outages = Outages::new(&options.failures, hosts.len(), failure_seed)?;
        let next_outage = outages.next();
        let mut run = Self {
            input,
            sink,
            progress,
            clock_ms,
            now_ms: 0,
            hosts,
            sources,
            results: TaskResults::new(tasks.len()),
            rooms,
            policy,
            queue: Queue::new(tasks),
            deferred: Deferred::new(input, clock_ms),
            order: tasks.by_submission(),
            submitted: 0,
            seen: 0,
            open: Vec::new(),
            sampled_work: HashMap::new(),
            waits_since_ms: vec![0; tasks.len()],
            snapshots: HashMap::new(),
            host_changes: BinaryHeap::new(),
            turns: BinaryHeap::new(),
            outages,
            next_outage,
            repairs: BinaryHeap::new(),
            outages_begun: 0,
            idle_outages: 0,
            cycle_wanted: false,
            next_sample_ms: options.sample_ms.unwrap_or(i64::MAX),
            running: 0,
            completed: 0,
            terminated: 0,
            outcome: ReplayOutcome::default(),
            begun: 0,
            scratch: Scratch::default(),
            touched: Vec::new(),
            ended: Vec::new(),
            saved: Vec::new(),
            gpu_lost: 0,
            arriving: 0,
            wakings: BinaryHeap::new(),
            dozings: BinaryHeap::new(),
            dozing: BTreeSet::new(),
            moves: Moves::default(),
            next_consolidation_ms: options
                .consolidation
                .map_or(i64::MAX, |consolidation| consolidation.interval_ms),
        };
        for host in 0..run.hosts.len() {
            let (cluster, power_w) = (run.hosts[host].cluster, run.hosts[host].power_w);
            run.sources[cluster].change_load(0, 0.0, power_w);
            run.rest(host as u32);
        }
        Ok(run)
    }

    /// Runs until every task has ended.
    pub(super) fn play_out(mut self) -> Result<ReplayOutcome, ReplayError> {
        let mut instants = 0_u64;
        while !self.is_over() {
            let Some(next_ms) = self.next_instant_ms() else {
                self.give_up_all();
                break;
            };
            self.now_ms = next_ms;
            self.live();
            instants += 1;
            if instants.is_multiple_of(INSTANTS_PER_MESSAGE) {
                self.tell();
            }
        }
        if self.input.options.sample_ms.is_some() {
            self.sample(true);
        }
        self.tell();
        self.close()
    }

    fn tell(&self) {
        self.progress.replayed(ReplayStatus {
            now_ms: self.now_ms,
            ended: self.completed + self.terminated,
            tasks: self.results.state.len() as u64,
            pending: self.pending(),
            running: self.running,
        });
    }

    /// Tasks that wait for a host.
    pub(super) fn pending(&self) -> u64 {
        self.queue.len() as u64 + self.arriving
    }

    pub(super) fn is_over(&self) -> bool {
        self.completed + self.terminated == self.results.state.len() as u64
    }

    fn submission_ms(&self, place: usize) -> i64 {
        let task = self.order[place] as usize;
        self.input.tasks.submission_ms[task].saturating_sub(self.clock_ms)
    }

    /// The next instant at which anything happens; none where nothing could ever happen to a task any more.
    fn next_instant_ms(&mut self) -> Option<i64> {
        let mut next_ms = i64::MAX;
        if self.submitted < self.order.len() {
            next_ms = self.submission_ms(self.submitted);
        }
        while let Some(Reverse((at_ms, host))) = self.host_changes.peek() {
            if self.hosts[*host as usize].next_ms == *at_ms {
                next_ms = next_ms.min(*at_ms);
                break;
            }
            self.host_changes.pop();
        }
        next_ms = next_ms.min(self.deferred.next_ms());
        if self.cycle_wanted && !self.queue.is_empty() {
            let quantum_ms = self.input.options.quantum_ms;
            let cycle_ms = self.now_ms.div_euclid(quantum_ms) + 1;
            next_ms = next_ms.min(cycle_ms.saturating_mul(quantum_ms));
        }
        if let Some(Reverse((at_ms, ..))) = self.repairs.peek() {
            next_ms = next_ms.min(*at_ms);
        }
        while let Some(Reverse((at_ms, host))) = self.turns.peek() {
            if self.hosts[*host as usize].next_turn_ms == *at_ms {
                next_ms = next_ms.min(*at_ms);
                break;
            }
            self.turns.pop();
        }
        next_ms = next_ms.min(self.next_awake_ms()).min(self.moves.next_ms());
        // What follows changes nothing for a task that nothing above will ever change.
        let can_change = next_ms < i64::MAX;
        if let Some(outage) = &self.next_outage
            && can_change
        {
            next_ms = next_ms.min(outage.from_ms);
        }
        if !can_change || next_ms > RUN_MAX_MS {
            return None;
        }
        for source in &self.sources {
            next_ms = next_ms
                .min(source.next_change_ms())
                .min(source.next_limit_ms());
        }
        next_ms = next_ms
            .min(self.next_doze_ms())
            .min(self.next_consolidation_ms);
        Some(next_ms.min(self.next_sample_ms))
    }

    /// Everything that happens now.
    fn live(&mut self) {
        self.change_intensities();
        self.repair();
        self.fail();
        self.awake();
        self.end_fragments();
        self.go_on_moving();
        self.submit();
        for task in self.deferred.due(self.now_ms) {
            self.enqueue_now(task);
        }
        self.share_touched();
        if self.cycle_wanted && self.now_ms % self.input.options.quantum_ms == 0 {
            self.place();
        }
        if self.next_consolidation_ms <= self.now_ms {
            self.consolidate();
        }
        self.doze();
        for source in &mut self.sources {
            if source.next_limit_ms() <= self.now_ms {
                source.reach_limit(self.now_ms);
            }
        }
        let pending = self.pending();
        let outcome = &mut self.outcome;
        outcome.pending_max = outcome.pending_max.max(pending);
        outcome.running_max = outcome.running_max.max(self.running);
        if self.next_sample_ms <= self.now_ms {
            self.sample(false);
            self.next_sample_ms = self
                .next_sample_ms
                .saturating_add(self.input.options.sample_ms.unwrap_or(i64::MAX));
        }
        self.move_turns();
    }

    fn change_intensities(&mut self) {
        for cluster in 0..self.sources.len() {
            if self.sources[cluster].next_change_ms() <= self.now_ms {
                self.advance_cluster(cluster);
                self.sources[cluster].look_up(self.now_ms, self.clock_ms);
            }
        }
    }

    /// Brings all hosts of a cluster up to now.
    pub(super) fn advance_cluster(&mut self, cluster: usize) {
        for host in 0..self.hosts.len() {
            if self.hosts[host].cluster == cluster {
                self.advance(host as u32);
            }
        }
        self.sources[cluster].advance(self.now_ms);
    }

    pub(super) fn advance(&mut self, host: u32) {
        let host = &mut self.hosts[host as usize];
        let energy_j = host.advance(self.now_ms);
        self.sources[host.cluster].draw(energy_j);
    }

    pub(super) fn is_submitted(&self, task: u32) -> bool {
        let at_ms = self.input.tasks.submission_ms[task as usize].saturating_sub(self.clock_ms);
        at_ms <= self.now_ms
    }

    fn end_fragments(&mut self) {
        while let Some(Reverse((at_ms, host))) = self.host_changes.peek().copied()
            && at_ms <= self.now_ms
        {
            self.host_changes.pop();
            if self.hosts[host as usize].next_ms != at_ms {
                continue;
            }
            self.advance(host);
            let state = &mut self.hosts[host as usize];
            state.next_ms = i64::MAX;
            state.go_on(
                self.now_ms,
                self.input.fragments,
                self.input.options.checkpoints.as_ref(),
                &mut self.ended,
                &mut self.saved,
            );
            self.outcome.fragments += 1;
            for (task, snapshot) in self.saved.drain(..) {
                self.snapshots.insert(task, snapshot);
            }
            if !self.ended.is_empty() {
                let ended = std::mem::take(&mut self.ended);
                for running in &ended {
                    self.leave(host, running, TaskState::Completed);
                }
                self.ended = ended;
                self.ended.clear();
                self.policy.changed(&self.rooms, host);
            }
            self.touch(host);
        }
    }

    fn submit(&mut self) {
        while self.submitted < self.order.len() && self.submission_ms(self.submitted) <= self.now_ms
        {
            let task = self.order[self.submitted];
            self.submitted += 1;
            if self.results.state[task as usize] == TaskState::Pending {
                self.waits_since_ms[task as usize] = self.now_ms;
                if self.queue.is_ready(task) {
                    self.enqueue(task);
                }
            }
        }
    }

    pub(super) fn enqueue(&mut self, task: u32) {
        let row = task as usize;
        if self.input.tasks.deferrable[row] {
            let latest_ms = self.input.tasks.deadline_ms[row].map_or(i64::MAX, |deadline_ms| {
                deadline_ms
                    .saturating_sub(self.clock_ms)
                    .saturating_sub(self.input.fragments.run_ms(row))
            });
            if self.deferred.put_off(task, latest_ms, self.now_ms) {
                return;
            }
        }
        self.enqueue_now(task);
    }

    fn enqueue_now(&mut self, task: u32) {
        self.queue
            .push(task, self.input.tasks.priority[task as usize]);
        self.cycle_wanted = true;
    }

    /// Places waiting tasks, first come first served, until one fits nowhere.
    fn place(&mut self) {
        self.cycle_wanted = false;
        while let Some(turn) = self.next_turn() {
            match turn {
                Turn::Place { task, host, need } => self.start(task, host, &need),
                Turn::GiveUp(task) => self.give_up(task),
            }
        }
        self.share_touched();
        self.cycle_wanted = false;
        // An empty and healthy fleet that cannot take the first task never will.
        if self.running == 0
            && self.arriving == 0
            && self.repairs.is_empty()
            && let Some(task) = self.queue.pop_first()
        {
            self.give_up(task);
        }
    }

    /// The next task to be placed or given up.
    fn next_turn(&mut self) -> Option<Turn> {
        let input = self.input;
        let mut queue = std::mem::take(&mut self.queue);
        let turn = queue.next_turn(&input.options.placement, input.tasks, |need| {
            match self.choose(need) {
                Some(host) => Attempt::Host(host),
                None if self.rooms.can_ever_admit(need) => Attempt::NotNow,
                None => Attempt::Never,
            }
        });
        self.queue = queue;
        turn
    }

    /// Gives a task to a host, where it starts now or when the host is awake.
    fn start(&mut self, task: u32, host: u32, need: &Need) {
        self.rooms.take(host, need);
        self.policy.changed(&self.rooms, host);
        self.idle_outages = 0;
        self.hosts[host as usize].next_state_ms = match self.hosts[host as usize].state {
            PowerState::Waking => self.hosts[host as usize].next_state_ms,
            _ => i64::MAX,
        };
        if self.hosts[host as usize].state == PowerState::Awake {
            self.begin(task, host);
        } else {
            self.arrive_when_awake(task, host);
        }
    }

    /// A task starts on a host that is awake.
    pub(super) fn begin(&mut self, task: u32, host: u32) {
        let options = self.input.options;
        let row = task as usize;
        self.advance(host);
        let results = &mut self.results;
        results.state[row] = TaskState::Running;
        results.host[row] = Some(host);
        results.start_ms[row] = Some(self.now_ms);
        results.wait_ms[row] += self.now_ms - self.waits_since_ms[row];
        self.running += 1;
        let running = Running::start(
            task,
            self.input.fragments,
            options.play,
            self.snapshots.get(&task).copied(),
            options.checkpoints.as_ref(),
            self.now_ms,
        );
        let state = &mut self.hosts[host as usize];
        state.totals.tasks += 1;
        if self.input.fragments.of(row).is_empty() {
            self.leave(host, &running, TaskState::Completed);
            self.policy.changed(&self.rooms, host);
            return;
        }
        state.running.push(running);
        self.touch(host);
    }

    /// Notes that the tasks of a host have changed.
    pub(super) fn touch(&mut self, host: u32) {
        if self.touched.last() != Some(&host) {
            self.touched.push(host);
        }
    }

    /// Shares all hosts anew whose tasks have changed.
    pub(super) fn share_touched(&mut self) {
        let mut touched = std::mem::take(&mut self.touched);
        for host in touched.drain(..) {
            self.share(host);
        }
        self.touched = touched;
    }

    pub(super) fn share(&mut self, host: u32) {
        let state = &mut self.hosts[host as usize];
        let (next_before_ms, turn_before_ms) = (state.next_ms, state.next_turn_ms);
        let before_w = state.power_w;
        state.share(self.now_ms, &mut self.scratch);
        let (cluster, after_w) = (state.cluster, state.power_w);
        if state.next_ms < i64::MAX && state.next_ms != next_before_ms {
            self.host_changes.push(Reverse((state.next_ms, host)));
        }
        if state.next_turn_ms < i64::MAX && state.next_turn_ms != turn_before_ms {
            self.turns.push(Reverse((state.next_turn_ms, host)));
        }
        self.sources[cluster].change_load(self.now_ms, before_w, after_w);
    }

    fn move_turns(&mut self) {
        while let Some(Reverse((at_ms, host))) = self.turns.peek().copied()
            && at_ms <= self.now_ms
        {
            self.turns.pop();
            if self.hosts[host as usize].next_turn_ms == at_ms {
                self.advance(host);
                self.hosts[host as usize].move_turn();
                self.share(host);
            }
        }
    }
}
