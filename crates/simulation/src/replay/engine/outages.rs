//! Hosts that fail and come up again.

use std::cmp::Reverse;

use super::super::TaskState;
use super::run::Run;
use super::running::Running;

/// Outages in a row without a task being placed or ending, after which it is asked whether anything still can.
const IDLE_OUTAGES_MAX: u64 = 100_000;

impl Run<'_> {
    /// Hosts come up.
    pub(super) fn repair(&mut self) {
        while let Some(Reverse((at_ms, ..))) = self.repairs.peek()
            && *at_ms <= self.now_ms
        {
            let Some(Reverse((_, _, hosts))) = self.repairs.pop() else {
                break;
            };
            for host in hosts {
                self.advance(host);
                let state = &mut self.hosts[host as usize];
                state.outages -= 1;
                if state.is_up() {
                    self.rooms.set_down(host, false);
                    self.policy.changed(&self.rooms, host);
                    self.rest(host);
                    self.cycle_wanted = true;
                }
            }
        }
    }

    /// Hosts fail.
    pub(super) fn fail(&mut self) {
        while let Some(outage) = &self.next_outage
            && outage.from_ms <= self.now_ms
        {
            let outage = std::mem::replace(&mut self.next_outage, self.outages.next());
            let Some(outage) = outage else { break };
            self.idle_outages += 1;
            for host in &outage.hosts {
                self.fail_host(*host);
            }
            self.repairs
                .push(Reverse((outage.to_ms, self.outages_begun, outage.hosts)));
            self.outages_begun += 1;
            self.cycle_wanted = true;
            if self.idle_outages > IDLE_OUTAGES_MAX {
                self.idle_outages = 0;
                self.give_up_if_stuck();
            }
        }
    }

    /// Gives up what outages that go on for ever would let wait for ever: the first of the queue, or, where none waits,
    /// the tasks that nothing supplies. What is supplied will end of itself.
    fn give_up_if_stuck(&mut self) {
        if self.arriving > 0 || self.hosts.iter().any(|host| host.next_ms < i64::MAX) {
            return;
        }
        if let Some(task) = self.queue.pop_first() {
            self.give_up(task);
        } else {
            self.give_up_running();
        }
    }

    fn fail_host(&mut self, host: u32) {
        self.advance(host);
        let state = &mut self.hosts[host as usize];
        state.outages += 1;
        state.totals.outages += 1;
        if state.outages > 1 {
            return;
        }
        self.rooms.set_down(host, true);
        self.stop_waking(host);
        self.stop_moves(host);
        let state = &mut self.hosts[host as usize];
        let stopped = std::mem::take(&mut state.running);
        for running in stopped {
            self.fail_task(host, &running);
        }
        self.policy.changed(&self.rooms, host);
        self.touch(host);
    }

    /// A failure stops a task of a host.
    pub(super) fn fail_task(&mut self, host: u32, running: &Running) {
        // What ended at this very instant has ended.
        let mut last = running.clone();
        if !last.go_on(self.input.fragments, self.now_ms) {
            self.leave(host, running, TaskState::Completed);
            return;
        }
        let task = running.task as usize;
        self.results.failures[task] += 1;
        if self.results.failures[task] >= self.input.options.failures_max {
            self.hosts[host as usize].terminated += 1;
            self.leave(host, running, TaskState::Terminated);
        } else {
            self.leave(host, running, TaskState::Pending);
            self.waits_since_ms[task] = self.now_ms;
            self.queue
                .push(task as u32, self.input.tasks.priority[task]);
        }
    }
}
