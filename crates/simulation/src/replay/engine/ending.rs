//! Tasks that end, and the run that ends with them.

use super::super::placement::Need;
use super::super::{ReplayError, ReplayOutcome, TaskState, WorkTotals};
use super::run::Run;
use super::running::Running;

/// Largest relative difference between the energy of hosts and of sources.
const ENERGY_TOLERANCE: f64 = 1e-9;
/// Largest rounding of the charge of a battery, against its capacity.
const CHARGE_TOLERANCE: f64 = 1e-12;

impl Run<'_> {
    /// A task leaves its host.
    pub(super) fn leave(&mut self, host: u32, running: &Running, state: TaskState) {
        let task = running.task as usize;
        let need = Need::of(self.input.tasks, task);
        self.rooms.give(host, &need);
        self.cancel_move(running.task);
        self.running -= 1;
        self.begun += running.begun - running.unplayed(self.input.fragments);
        let results = &mut self.results;
        results.cpu_done[task] += running.done;
        results.cpu_lost[task] += running.lost;
        results.checkpoint_ms[task] += running.checkpoint_ms;
        self.outcome.gpu_work.done += running.gpu_done;
        self.gpu_lost += running.gpu_lost;
        self.end(running.task, state);
        self.rest(host);
    }

    /// A task ends, or waits again.
    pub(super) fn end(&mut self, task: u32, state: TaskState) {
        let row = task as usize;
        self.results.state[row] = state;
        match state {
            TaskState::Completed => {
                self.completed += 1;
                self.results.end_ms[row] = Some(self.now_ms);
                self.idle_outages = 0;
                self.snapshots.remove(&task);
                for child in self.queue.complete(task) {
                    if self.is_submitted(child)
                        && self.results.state[child as usize] == TaskState::Pending
                    {
                        self.enqueue(child);
                    }
                }
            }
            TaskState::Terminated => {
                self.terminated += 1;
                self.results.end_ms[row] = Some(self.now_ms);
                self.idle_outages = 0;
                self.give_up_children(task);
            }
            TaskState::Pending | TaskState::Running => {}
        }
        self.cycle_wanted = true;
    }

    /// Gives up all that waits for a task.
    fn give_up_children(&mut self, task: u32) {
        let mut open = self.queue.children(task).to_vec();
        while let Some(child) = open.pop() {
            let state = &mut self.results.state[child as usize];
            if !state.is_final() {
                *state = TaskState::Terminated;
                self.results.end_ms[child as usize] = Some(self.now_ms);
                self.terminated += 1;
                open.extend_from_slice(self.queue.children(child));
            }
        }
    }

    /// Gives up a task that has no host.
    pub(super) fn give_up(&mut self, task: u32) {
        self.end(task, TaskState::Terminated);
    }

    /// Gives up all tasks that run.
    pub(super) fn give_up_running(&mut self) {
        self.give_up_moving();
        self.give_up_arriving();
        for host in 0..self.hosts.len() as u32 {
            if self.hosts[host as usize].running.is_empty() {
                continue;
            }
            self.advance(host);
            let stopped = std::mem::take(&mut self.hosts[host as usize].running);
            for running in stopped {
                self.hosts[host as usize].terminated += 1;
                self.leave(host, &running, TaskState::Terminated);
            }
            self.policy.changed(&self.rooms, host);
            self.share(host);
        }
    }

    /// Gives up all tasks to which nothing can happen any more.
    pub(super) fn give_up_all(&mut self) {
        self.give_up_running();
        self.queue.clear();
        for task in 0..self.results.state.len() as u32 {
            if !self.results.state[task as usize].is_final() {
                self.give_up(task);
            }
        }
    }

    /// Checks that nothing was lost on the way.
    pub(super) fn close(mut self) -> Result<ReplayOutcome, ReplayError> {
        for cluster in 0..self.sources.len() {
            self.advance_cluster(cluster);
        }
        let now_ms = self.now_ms;
        self.outcome.sources = self
            .sources
            .iter_mut()
            .map(|source| source.close(now_ms))
            .collect();
        self.outcome.hosts = self.hosts.iter().map(|host| host.totals).collect();
        self.outcome.makespan_ms = now_ms;
        let served: u128 = self.outcome.hosts.iter().map(|host| host.served).sum();
        let done: u128 = self.results.cpu_done.iter().sum();
        let lost: u128 = self.results.cpu_lost.iter().sum();
        let work = |submitted, accounted| {
            if submitted == accounted {
                Ok(())
            } else {
                Err(ReplayError::Work {
                    submitted,
                    accounted,
                })
            }
        };
        work(self.begun, done + lost)?;
        work(served, done)?;
        self.outcome.cpu_work = WorkTotals {
            demanded: self.begun,
            done,
            lost,
        };
        self.outcome.gpu_work.lost = self.gpu_lost;
        self.outcome.gpu_work.demanded = self.gpu_lost + self.outcome.gpu_work.done;
        let hosts_j: f64 = self.outcome.hosts.iter().map(|host| host.energy_j).sum();
        let sources_j: f64 = self
            .outcome
            .sources
            .iter()
            .map(|source| source.energy_j - source.battery_change_j)
            .sum();
        // What a battery took is the difference of two charges, which are rounded as such.
        let batteries = self.input.topology.clusters.iter();
        let charge_j: f64 = batteries
            .filter_map(|cluster| cluster.battery.as_ref())
            .map(|(_, battery)| battery.capacity_j)
            .sum();
        let tolerance_j = ENERGY_TOLERANCE * hosts_j.abs().max(1.0) + CHARGE_TOLERANCE * charge_j;
        if (hosts_j - sources_j).abs() > tolerance_j {
            return Err(ReplayError::Energy { hosts_j, sources_j });
        }
        self.outcome.tasks = self.results;
        Ok(self.outcome)
    }
}
