//! Hosts that sleep.
//!
//! # What it computes
//! When idle hosts go to sleep and off, and when they are awake again: a host on which nothing is set aside for
//! `sleep_after_ms` goes to sleep, and `off_after_ms` later off; a task that is placed on it wakes it.
//!
//! # Assumptions
//! Waking cannot be broken off but by an outage. Going to sleep takes no time. A host that was down comes up awake.
//!
//! # References
//! Meisner, Gold and Wenisch, `PowerNap`: eliminating server idle power, ASPLOS 2009 (sleep and its transitions);
//! Gandhi, Harchol-Balter, Raghunathan and Kozuch, `AutoScale`, ACM TOCS 2012 (a wait before going off).

use std::cmp::Reverse;

use super::super::placement::Need;
use super::super::{HostStates, ReplayError, StateTimes, TaskState};
use super::run::Run;

/// What a host does when it is not down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PowerState {
    /// It may run tasks.
    #[default]
    Awake,
    Asleep,
    Off,
    Waking,
}

impl PowerState {
    /// Power of the whole host; none where it follows from its load [W].
    pub(super) fn power_w(self, states: &HostStates) -> Option<f64> {
        match self {
            Self::Awake => None,
            Self::Asleep => Some(states.sleep_w),
            Self::Off => Some(states.off_w),
            Self::Waking => Some(states.wake_w),
        }
    }

    /// Counts time in the state.
    pub(super) fn count(self, interval_ms: i64, has_tasks: bool, times: &mut StateTimes) {
        let time_ms = match self {
            Self::Awake if has_tasks => &mut times.busy_ms,
            Self::Awake => &mut times.idle_ms,
            Self::Asleep => &mut times.asleep_ms,
            Self::Off => &mut times.off_ms,
            Self::Waking => &mut times.waking_ms,
        };
        *time_ms += interval_ms;
    }
}

/// Refuses times and powers that cannot be.
pub(super) fn check(states: &HostStates) -> Result<(), ReplayError> {
    let times = [
        ("time to sleep", states.sleep_after_ms),
        ("time to off", states.off_after_ms.unwrap_or(0)),
        ("time to wake from sleep", states.wake_from_sleep_ms),
        ("time to wake from off", states.wake_from_off_ms),
    ];
    for (option, value) in times {
        if value < 0 {
            return Err(ReplayError::Option {
                option,
                value: format!("{value} ms"),
                expected: "at least 0 ms",
            });
        }
    }
    let powers = [
        ("power asleep", states.sleep_w),
        ("power off", states.off_w),
        ("power while waking", states.wake_w),
    ];
    for (option, value) in powers {
        if !(value.is_finite() && value >= 0.0) {
            return Err(ReplayError::Option {
                option,
                value: format!("{value} W"),
                expected: "a number from 0 W",
            });
        }
    }
    Ok(())
}

impl Run<'_> {
    /// Notes that a host may have nothing set aside any more: from now on it is idle.
    pub(super) fn rest(&mut self, host: u32) {
        let Some(states) = &self.input.options.host_states else {
            return;
        };
        let state = &mut self.hosts[host as usize];
        if self.rooms.tasks(host) == 0 && state.is_up() && state.state == PowerState::Awake {
            state.next_state_ms = self.now_ms.saturating_add(states.sleep_after_ms);
            self.dozings.push(Reverse((state.next_state_ms, host)));
        }
    }

    /// When the next host goes to sleep or off [ms].
    pub(super) fn next_doze_ms(&mut self) -> i64 {
        while let Some(Reverse((at_ms, host))) = self.dozings.peek() {
            let state = &self.hosts[*host as usize];
            if state.next_state_ms == *at_ms && state.state != PowerState::Waking {
                return *at_ms;
            }
            self.dozings.pop();
        }
        i64::MAX
    }

    /// When the next host is awake [ms].
    pub(super) fn next_awake_ms(&mut self) -> i64 {
        while let Some(Reverse((at_ms, host))) = self.wakings.peek() {
            let state = &self.hosts[*host as usize];
            if state.next_state_ms == *at_ms && state.state == PowerState::Waking {
                return *at_ms;
            }
            self.wakings.pop();
        }
        i64::MAX
    }

    /// Idle hosts go to sleep, and sleeping ones off.
    pub(super) fn doze(&mut self) {
        let Some(states) = self.input.options.host_states else {
            return;
        };
        while self.next_doze_ms() <= self.now_ms {
            let Some(Reverse((_, host))) = self.dozings.pop() else {
                break;
            };
            self.advance(host);
            let state = &mut self.hosts[host as usize];
            state.next_state_ms = i64::MAX;
            if state.state == PowerState::Asleep {
                state.state = PowerState::Off;
            } else {
                state.state = PowerState::Asleep;
                if let Some(off_after_ms) = states.off_after_ms {
                    state.next_state_ms = self.now_ms.saturating_add(off_after_ms);
                    self.dozings.push(Reverse((state.next_state_ms, host)));
                }
                self.dozing.insert(host);
                self.mask(host, states.prefer_awake);
            }
            self.share(host);
        }
    }

    /// Hides a host from placement, or shows it again.
    fn mask(&mut self, host: u32, is_hidden: bool) {
        self.rooms.set_down(host, is_hidden);
        self.policy.changed(&self.rooms, host);
    }

    /// A host for a task, awake where that is preferred and can be.
    pub(super) fn choose(&mut self, need: &Need) -> Option<u32> {
        let found = self.policy.choose(&self.rooms, need);
        let prefers_awake = self
            .input
            .options
            .host_states
            .is_some_and(|states| states.prefer_awake);
        if found.is_some() || !prefers_awake || self.dozing.is_empty() {
            return found;
        }
        let dozing = std::mem::take(&mut self.dozing);
        for host in &dozing {
            self.mask(*host, false);
        }
        let found = self.policy.choose(&self.rooms, need);
        for host in &dozing {
            self.mask(*host, true);
        }
        self.dozing = dozing;
        found
    }

    /// A task that was placed on a host that is not awake starts when it is.
    pub(super) fn arrive_when_awake(&mut self, task: u32, host: u32) {
        self.arriving += 1;
        self.hosts[host as usize].arriving.push(task);
        let Some(states) = self.input.options.host_states else {
            return;
        };
        let wake_ms = match self.hosts[host as usize].state {
            PowerState::Asleep => states.wake_from_sleep_ms,
            PowerState::Off => states.wake_from_off_ms,
            PowerState::Awake | PowerState::Waking => return,
        };
        self.advance(host);
        let state = &mut self.hosts[host as usize];
        state.state = PowerState::Waking;
        state.next_state_ms = self.now_ms.saturating_add(wake_ms);
        self.wakings.push(Reverse((state.next_state_ms, host)));
        self.dozing.remove(&host);
        self.mask(host, false);
        self.touch(host);
    }

    /// Hosts are awake: the tasks that were placed on them start.
    pub(super) fn awake(&mut self) {
        while self.next_awake_ms() <= self.now_ms {
            let Some(Reverse((_, host))) = self.wakings.pop() else {
                break;
            };
            self.advance(host);
            let state = &mut self.hosts[host as usize];
            state.next_state_ms = i64::MAX;
            state.state = PowerState::Awake;
            for task in self.take_arriving(host) {
                self.begin(task, host);
            }
            self.touch(host);
        }
    }

    fn take_arriving(&mut self, host: u32) -> Vec<u32> {
        let arriving = std::mem::take(&mut self.hosts[host as usize].arriving);
        self.arriving -= arriving.len() as u64;
        arriving
    }

    /// An outage ends sleep and waking; what was placed on the host waits again.
    pub(super) fn stop_waking(&mut self, host: u32) {
        let state = &mut self.hosts[host as usize];
        state.state = PowerState::Awake;
        state.next_state_ms = i64::MAX;
        self.dozing.remove(&host);
        for task in self.take_arriving(host) {
            let need = Need::of(self.input.tasks, task as usize);
            self.rooms.give(host, &need);
            self.queue
                .push(task, self.input.tasks.priority[task as usize]);
        }
    }

    /// Gives up the tasks that wait for hosts to be awake.
    pub(super) fn give_up_arriving(&mut self) {
        for host in 0..self.hosts.len() as u32 {
            for task in self.take_arriving(host) {
                let need = Need::of(self.input.tasks, task as usize);
                self.rooms.give(host, &need);
                self.end(task, TaskState::Terminated);
            }
        }
    }
}
