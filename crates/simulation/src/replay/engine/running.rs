//! A task on a host: where it stands in its fragments, what it demands and what it is given.

use super::super::{Checkpoints, Fragments, Play};

/// What is left of a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Left {
    /// Time, for fragments that end by the clock [ms].
    pub(super) ms: i64,
    /// Work on processors, for fragments that end when it is done [Hz ms].
    pub(super) cpu: u128,
    /// Work on accelerators, likewise [Hz ms].
    pub(super) gpu: u128,
}

impl Left {
    fn of(play: Play, duration_ms: i64, cpu_hz: u64, gpu_hz: u64) -> Self {
        let work = |hz: u64| u128::from(hz) * duration_ms as u128;
        match play {
            Play::Stretch if cpu_hz > 0 || gpu_hz > 0 => Self {
                ms: 0,
                cpu: work(cpu_hz),
                gpu: work(gpu_hz),
            },
            Play::Drop | Play::Stretch => Self {
                ms: duration_ms,
                cpu: 0,
                gpu: 0,
            },
        }
    }

    fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// A task on a host.
#[derive(Debug, Clone)]
pub(super) struct Running {
    pub(super) task: u32,
    /// Row of the current fragment.
    pub(super) fragment: usize,
    /// Row after the last fragment.
    end: usize,
    play: Play,
    pub(super) left: Left,
    /// What is left of the current fragment while a checkpoint interrupts it.
    interrupted: Option<Left>,
    /// Demands of what is being played [Hz].
    cpu_hz: u64,
    gpu_hz: u64,
    pub(super) cpu_supply_hz: u64,
    pub(super) gpu_supply_hz: u64,
    /// Highest demand on processors [Hz].
    cpu_max_hz: u64,
    pub(super) next_checkpoint_ms: i64,
    checkpoint_interval_ms: f64,
    /// Whether anything of its fragments was played since it was saved last.
    pub(super) has_moved: bool,
    /// Time spent on checkpoints so far on this host [ms].
    pub(super) checkpoint_ms: i64,
    /// Work given, and demanded but not given, so far on this host [Hz ms].
    pub(super) done: u128,
    pub(super) lost: u128,
    pub(super) gpu_done: u128,
    pub(super) gpu_lost: u128,
    /// Work of all that was begun [Hz ms].
    pub(super) begun: u128,
}

/// Where a task starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Snapshot {
    fragment: usize,
    left: Left,
}

impl Running {
    /// Starts a task at an instant, at the beginning or where it was saved.
    pub(super) fn start(
        task: u32,
        fragments: &Fragments,
        play: Play,
        snapshot: Option<Snapshot>,
        checkpoints: Option<&Checkpoints>,
        now_ms: i64,
    ) -> Self {
        let rows = fragments.of(task as usize);
        let mut running = Self {
            task,
            fragment: rows.start,
            end: rows.end,
            play,
            left: Left::default(),
            interrupted: None,
            cpu_hz: 0,
            gpu_hz: 0,
            cpu_supply_hz: 0,
            gpu_supply_hz: 0,
            cpu_max_hz: if checkpoints.is_some() {
                fragments.cpu_max_hz(task as usize)
            } else {
                0
            },
            next_checkpoint_ms: checkpoints.map_or(i64::MAX, |checkpoints| {
                now_ms.saturating_add(checkpoints.interval_ms)
            }),
            checkpoint_interval_ms: checkpoints
                .map_or(0.0, |checkpoints| checkpoints.interval_ms as f64),
            has_moved: false,
            checkpoint_ms: 0,
            done: 0,
            lost: 0,
            gpu_done: 0,
            gpu_lost: 0,
            begun: 0,
        };
        if let Some(snapshot) = snapshot {
            running.fragment = snapshot.fragment;
            running.begin(fragments);
            running.take_up(snapshot.left);
        } else if running.fragment < running.end {
            running.begin(fragments);
        }
        running
    }

    /// Begins the current fragment.
    fn begin(&mut self, fragments: &Fragments) {
        let row = self.fragment;
        self.cpu_hz = fragments.cpu_hz[row];
        self.gpu_hz = fragments.gpu_hz(row);
        let duration_ms = i64::from(fragments.duration_ms[row]);
        self.left = Left::of(self.play, duration_ms, self.cpu_hz, self.gpu_hz);
        self.begun += u128::from(self.cpu_hz) * duration_ms as u128;
    }

    /// Goes on where a fragment was left.
    fn take_up(&mut self, left: Left) {
        self.begun -= self.cpu_work(self.left) - self.cpu_work(left);
        self.left = left;
    }

    /// Work on processors in what is left of something of the present demand [Hz ms].
    fn cpu_work(&self, left: Left) -> u128 {
        match self.play {
            Play::Stretch => left.cpu,
            Play::Drop => u128::from(self.cpu_hz) * left.ms as u128,
        }
    }

    /// Work begun and not played [Hz ms]; for a task that is stopped.
    pub(super) fn unplayed(&self, fragments: &Fragments) -> u128 {
        let rest = match (self.interrupted, self.play) {
            (None, _) => 0,
            (Some(left), Play::Stretch) => left.cpu,
            (Some(left), Play::Drop) => {
                u128::from(fragments.cpu_hz[self.fragment]) * left.ms as u128
            }
        };
        self.cpu_work(self.left) + rest
    }

    /// Demand on processors [Hz].
    pub(super) fn cpu_demand_hz(&self) -> u64 {
        match self.play {
            Play::Stretch if self.left.cpu == 0 => 0,
            Play::Drop | Play::Stretch => self.cpu_hz,
        }
    }

    /// Demand on accelerators [Hz].
    pub(super) fn gpu_demand_hz(&self) -> u64 {
        match self.play {
            Play::Stretch if self.left.gpu == 0 => 0,
            Play::Drop | Play::Stretch => self.gpu_hz,
        }
    }

    /// Plays on for some time.
    pub(super) fn advance(&mut self, interval_ms: i64) -> Given {
        let interval = interval_ms as u128;
        let offered = |hz: u64| u128::from(hz) * interval;
        let given = match self.play {
            Play::Drop => Given {
                cpu: offered(self.cpu_supply_hz),
                cpu_lost: offered(self.cpu_hz - self.cpu_supply_hz),
                gpu: offered(self.gpu_supply_hz),
                gpu_lost: offered(self.gpu_hz - self.gpu_supply_hz),
            },
            Play::Stretch => Given {
                cpu: offered(self.cpu_supply_hz).min(self.left.cpu),
                cpu_lost: 0,
                gpu: offered(self.gpu_supply_hz).min(self.left.gpu),
                gpu_lost: 0,
            },
        };
        if self.play == Play::Stretch {
            self.left.cpu -= given.cpu;
            self.left.gpu -= given.gpu;
        }
        // A checkpoint is no part of the fragments.
        self.has_moved |=
            self.interrupted.is_none() && (self.left.ms > 0 || given.cpu > 0 || given.gpu > 0);
        self.left.ms = (self.left.ms - interval_ms).max(0);
        self.done += given.cpu;
        self.lost += given.cpu_lost;
        self.gpu_done += given.gpu;
        self.gpu_lost += given.gpu_lost;
        given
    }

    /// Time until something about it changes at the present supply [ms]; none while nothing supplies it.
    pub(super) fn next_change_ms(&self) -> Option<i64> {
        let until = |work: u128, supply_hz: u64| {
            (work > 0 && supply_hz > 0).then(|| work.div_ceil(u128::from(supply_hz)))
        };
        let times = [
            (self.left.ms > 0).then_some(self.left.ms as u128),
            until(self.left.cpu, self.cpu_supply_hz),
            until(self.left.gpu, self.gpu_supply_hz),
        ];
        let next = times.into_iter().flatten().min()?;
        Some(i64::try_from(next).unwrap_or(i64::MAX))
    }

    /// Goes on to what is to be played now; false at the end of the task.
    pub(super) fn go_on(&mut self, fragments: &Fragments, now_ms: i64) -> bool {
        while self.left.is_nothing() {
            if let Some(left) = self.interrupted.take() {
                self.cpu_hz = fragments.cpu_hz[self.fragment];
                self.gpu_hz = fragments.gpu_hz(self.fragment);
                self.left = left;
                self.await_checkpoint(now_ms);
                continue;
            }
            self.fragment += 1;
            if self.fragment >= self.end {
                return false;
            }
            self.begin(fragments);
        }
        true
    }

    fn await_checkpoint(&mut self, now_ms: i64) {
        self.next_checkpoint_ms = now_ms.saturating_add(self.checkpoint_interval_ms.round() as i64);
    }

    /// Saves the state of the task where it is time to; the task then spends time on it. A task that has not moved
    /// since it was saved is not saved again, so that none saves for ever and does nothing else.
    pub(super) fn save(&mut self, checkpoints: &Checkpoints, now_ms: i64) -> Option<Snapshot> {
        if now_ms < self.next_checkpoint_ms || !self.has_moved {
            return None;
        }
        let left = self.left;
        let duration_ms = checkpoints.duration_ms;
        self.has_moved = false;
        self.checkpoint_interval_ms =
            (self.checkpoint_interval_ms * checkpoints.interval_scaling).clamp(1.0, 1e14);
        if duration_ms > 0 {
            self.interrupted = Some(left);
            self.cpu_hz = self.cpu_max_hz;
            self.gpu_hz = 0;
            self.left = Left::of(self.play, duration_ms, self.cpu_hz, 0);
            self.begun += u128::from(self.cpu_hz) * duration_ms as u128;
            self.checkpoint_ms += duration_ms;
            // The next interval begins when this checkpoint has ended, however long it takes.
            self.next_checkpoint_ms = i64::MAX;
        } else {
            self.await_checkpoint(now_ms);
        }
        Some(Snapshot {
            fragment: self.fragment,
            left,
        })
    }
}

/// What a task was given over an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Given {
    /// Work on processors [Hz ms].
    pub(super) cpu: u128,
    /// Work on processors demanded and not given [Hz ms].
    pub(super) cpu_lost: u128,
    /// Work on accelerators [Hz ms].
    pub(super) gpu: u128,
    /// Work on accelerators demanded and not given [Hz ms].
    pub(super) gpu_lost: u128,
}
