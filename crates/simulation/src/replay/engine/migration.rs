//! Tasks that are moved while they run.
//!
//! # What it computes
//! A move copies the memory of a task while it goes on at its host, `memory / bandwidth × (1 + dirty rounds)`; then the
//! task stands still for the downtime, and goes on at the other host. It holds what it reserves on both hosts all the
//! while, and copying takes a share of the task's cores on both.
//!
//! # Assumptions
//! Links are not shared: a move does not slow another. What is written meanwhile is a fixed part of the memory, so
//! that copying is always done after a known time, at least a millisecond. The overhead of all moves of a host is at
//! most half of its processors. While a task stands still, its clock does. A task that ends or fails while its memory
//! is copied ends its move; so does an outage of the other host. An outage of either host while the task stands
//! still is a failure of the task.
//!
//! # References
//! Clark et al., Live migration of virtual machines, NSDI 2005 (pre-copy rounds and a short stop); Voorsluys, Broberg,
//! Venugopal and Buyya, Cost of virtual machine live migration in clouds, `CloudCom` 2009 (slower while it lasts);
//! Beloglazov and Buyya, Concurrency and Computation 24 (2012), for a tenth of the processors of the task.

use super::super::Migration;
use super::super::placement::Need;
use super::run::Run;
use super::running::Running;

/// A task on its way.
#[derive(Debug)]
struct Move {
    task: u32,
    from: u32,
    to: u32,
    /// When it stops, or arrives where it has stopped [ms].
    next_ms: i64,
    downtime_ms: i64,
    overhead_hz: u64,
    /// The task, while it stands still.
    stopped: Option<Running>,
}

/// All tasks on their way.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// In the order in which they began.
    moves: Vec<Move>,
}

impl Moves {
    /// When the next of them goes on [ms].
    pub(super) fn next_ms(&self) -> i64 {
        let next = self.moves.iter().map(|step| step.next_ms).min();
        next.unwrap_or(i64::MAX)
    }

    /// True where tasks move to or from a host.
    pub(super) fn touch(&self, host: u32) -> bool {
        self.moves
            .iter()
            .any(|step| step.from == host || step.to == host)
    }

    /// True where tasks move from a host.
    pub(super) fn leave(&self, host: u32) -> bool {
        self.moves.iter().any(|step| step.from == host)
    }

    /// A task that stands still on its way.
    pub(super) fn stopped(&self, task: u32) -> Option<&Running> {
        let found = self.moves.iter().find(|step| step.task == task)?;
        found.stopped.as_ref()
    }
}

impl Run<'_> {
    /// Begins to move a running task.
    pub(super) fn begin_move(&mut self, task: u32, from: u32, to: u32, cost: &Migration) {
        let row = task as usize;
        let need = Need::of(self.input.tasks, row);
        self.rooms.take(to, &need);
        self.policy.changed(&self.rooms, to);
        self.hosts[to as usize].next_state_ms = i64::MAX;
        let copied_mib = need.memory_mib as f64 * (1.0 + cost.dirty_rounds);
        // A float that does not fit saturates.
        let copy_ms = (copied_mib / cost.bandwidth_mib_per_s * 1e3).ceil() as i64;
        let core_hz = self.hosts[from as usize].kind.core_hz;
        let overhead_hz = (cost.cpu_share * need.cores as f64 * core_hz as f64).round() as u64;
        self.moves.moves.push(Move {
            task,
            from,
            to,
            next_ms: self.now_ms.saturating_add(copy_ms.max(1)),
            downtime_ms: cost.downtime_ms,
            overhead_hz,
            stopped: None,
        });
        self.change_overhead(from, to, |host_hz| host_hz.saturating_add(overhead_hz));
    }

    fn change_overhead(&mut self, from: u32, to: u32, change: impl Fn(u64) -> u64) {
        for host in [from, to] {
            self.advance(host);
            let state = &mut self.hosts[host as usize];
            state.overhead_hz = change(state.overhead_hz);
            self.touch(host);
        }
    }

    /// Takes a move from the list and ends what it took of both hosts.
    fn end_move(&mut self, place: usize) -> Move {
        let ended = self.moves.moves.remove(place);
        self.change_overhead(ended.from, ended.to, |host_hz| {
            host_hz.saturating_sub(ended.overhead_hz)
        });
        self.cycle_wanted = true;
        ended
    }

    /// Gives up what a move has set aside at its end.
    fn give_back(&mut self, host: u32, task: u32) {
        let need = Need::of(self.input.tasks, task as usize);
        self.rooms.give(host, &need);
        self.policy.changed(&self.rooms, host);
        self.rest(host);
    }

    /// Tasks whose memory has been copied stop, and those that have stopped arrive.
    pub(super) fn go_on_moving(&mut self) {
        if self.moves.next_ms() > self.now_ms {
            return;
        }
        let mut place = 0;
        while place < self.moves.moves.len() {
            let step = &self.moves.moves[place];
            if step.next_ms > self.now_ms {
                place += 1;
            } else if step.stopped.is_none() {
                // It goes on to the next only where it waits for its arrival.
                self.stop_to_move(place);
            } else {
                self.arrive(place);
            }
        }
    }

    fn stop_to_move(&mut self, place: usize) {
        let (task, from) = (self.moves.moves[place].task, self.moves.moves[place].from);
        self.advance(from);
        let tasks = &mut self.hosts[from as usize].running;
        let Some(found) = tasks.iter().position(|running| running.task == task) else {
            // A task that has left its host has ended its move.
            self.cancel_move(task);
            return;
        };
        let mut running = tasks.remove(found);
        running.cpu_supply_hz = 0;
        running.gpu_supply_hz = 0;
        self.touch(from);
        let step = &mut self.moves.moves[place];
        step.next_ms = self.now_ms.saturating_add(step.downtime_ms);
        step.stopped = Some(running);
    }

    fn arrive(&mut self, place: usize) {
        let ended = self.end_move(place);
        let Some(running) = ended.stopped else { return };
        let row = ended.task as usize;
        self.give_back(ended.from, ended.task);
        self.hosts[ended.to as usize].running.push(running);
        self.results.host[row] = Some(ended.to);
        self.results.migrations[row] += 1;
        self.results.downtime_ms[row] += ended.downtime_ms;
        self.outcome.migrations.completed += 1;
        self.outcome.migrations.downtime_ms += ended.downtime_ms;
    }

    /// Ends the move of a task that leaves its host for another reason.
    pub(super) fn cancel_move(&mut self, task: u32) {
        let moves = &self.moves.moves;
        let Some(place) = moves.iter().position(|step| step.task == task) else {
            return;
        };
        let ended = self.end_move(place);
        self.outcome.migrations.cancelled += 1;
        self.give_back(ended.to, task);
    }

    /// An outage of a host ends the moves to it, and fails the tasks that stand still on their way to or from it.
    pub(super) fn stop_moves(&mut self, host: u32) {
        let is_hit = |step: &Move| step.to == host || step.from == host && step.stopped.is_some();
        while let Some(place) = self.moves.moves.iter().position(is_hit) {
            let (task, from) = (self.moves.moves[place].task, self.moves.moves[place].from);
            let stopped = self.moves.moves[place].stopped.take();
            self.cancel_move(task);
            if let Some(running) = stopped {
                self.fail_task(from, &running);
                self.policy.changed(&self.rooms, from);
            }
        }
    }

    /// Puts the tasks that stand still back, for them to be given up with the others.
    pub(super) fn give_up_moving(&mut self) {
        while let Some(step) = self.moves.moves.first_mut() {
            let (task, from) = (step.task, step.from);
            let stopped = step.stopped.take();
            self.cancel_move(task);
            if let Some(running) = stopped {
                self.hosts[from as usize].running.push(running);
            }
        }
    }
}
