//! A host: the tasks on it, what they share, the power it takes.

use super::super::sample::{GpuSample, HostSample};
use super::super::{Checkpoints, Fragments, HostKind, HostStates, HostTotals};
use super::running::{Running, Snapshot};
use super::states::PowerState;
use crate::sharing::SharingPolicy;

/// An accelerator of a host.
#[derive(Debug, Clone, Copy, Default)]
struct Gpu {
    demand_hz: u64,
    supply_hz: u64,
    power_w: f64,
    served: u128,
    sampled_served: u128,
}

/// What a host did until its tasks last changed.
#[derive(Debug, Clone, Default)]
struct Before {
    changed_ms: i64,
    cpu_demand_hz: u64,
    cpu_supply_hz: u64,
    power_w: f64,
    gpus: Vec<Gpu>,
}

/// Sums at the last sample.
#[derive(Debug, Clone, Copy, Default)]
struct Sampled {
    at_ms: i64,
    totals: HostTotals,
    terminated: u32,
}

/// A host at work.
#[derive(Debug, Clone)]
pub(super) struct Host<'a> {
    pub(super) kind: &'a HostKind,
    pub(super) cluster: usize,
    /// Outages in progress.
    pub(super) outages: u32,
    pub(super) running: Vec<Running>,
    pub(super) state: PowerState,
    states: Option<&'a HostStates>,
    /// When the state changes of itself [ms].
    pub(super) next_state_ms: i64,
    /// Tasks that start when it is awake.
    pub(super) arriving: Vec<u32>,
    /// Speed that moving tasks takes [Hz].
    pub(super) overhead_hz: u64,
    since_ms: i64,
    capacity_hz: u64,
    cpu_demand_hz: u64,
    cpu_supply_hz: u64,
    pub(super) power_w: f64,
    gpus: Vec<Gpu>,
    pub(super) totals: HostTotals,
    pub(super) terminated: u32,
    sampled: Sampled,
    before: Before,
    /// When a fragment or a checkpoint next begins or ends [ms].
    pub(super) next_ms: i64,
    /// Where the turns of a round robin stand, and when they move on [ms].
    turn: usize,
    pub(super) next_turn_ms: i64,
}

/// Scratch of all hosts.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    demands: Vec<u64>,
    supplies: Vec<u64>,
    units: Vec<u64>,
    unit_loads: Vec<(u64, u64)>,
}

impl<'a> Host<'a> {
    pub(super) fn new(kind: &'a HostKind, cluster: usize, states: Option<&'a HostStates>) -> Self {
        let mut host = Self {
            kind,
            cluster,
            outages: 0,
            running: Vec::new(),
            state: PowerState::Awake,
            states,
            next_state_ms: i64::MAX,
            arriving: Vec::new(),
            overhead_hz: 0,
            since_ms: 0,
            capacity_hz: kind.capacity_hz(),
            cpu_demand_hz: 0,
            cpu_supply_hz: 0,
            power_w: 0.0,
            gpus: vec![Gpu::default(); kind.gpus.len()],
            totals: HostTotals::default(),
            terminated: 0,
            sampled: Sampled::default(),
            before: Before {
                changed_ms: i64::MIN,
                ..Before::default()
            },
            next_ms: i64::MAX,
            turn: 0,
            next_turn_ms: i64::MAX,
        };
        host.set_power();
        host
    }

    pub(super) fn is_up(&self) -> bool {
        self.outages == 0
    }

    /// Speed that moving tasks takes; at most half, so that tasks always go on [Hz].
    fn taken_hz(&self) -> u64 {
        self.overhead_hz.min(self.capacity_hz / 2)
    }

    /// Plays on to an instant at the present supply; returns the energy [J].
    pub(super) fn advance(&mut self, to_ms: i64) -> f64 {
        let interval_ms = to_ms - self.since_ms;
        if interval_ms <= 0 {
            return 0.0;
        }
        self.since_ms = to_ms;
        let interval = interval_ms as u128;
        let overhead_hz = self.taken_hz();
        let (mut served, mut unserved) = (0, 0);
        for running in &mut self.running {
            let given = running.advance(interval_ms);
            served += given.cpu;
            unserved += given.cpu_lost;
        }
        if unserved == 0 && self.cpu_demand_hz > self.cpu_supply_hz {
            unserved = u128::from(self.cpu_demand_hz - self.cpu_supply_hz) * interval;
        }
        let totals = &mut self.totals;
        totals.served += served;
        totals.unserved += unserved;
        totals.overhead += u128::from(overhead_hz) * interval;
        totals.idle += u128::from(self.capacity_hz - overhead_hz) * interval - served;
        if self.outages == 0 {
            totals.up_ms += interval_ms;
            self.state
                .count(interval_ms, !self.running.is_empty(), &mut totals.times);
        } else {
            totals.down_ms += interval_ms;
        }
        for gpu in &mut self.gpus {
            gpu.served += u128::from(gpu.supply_hz) * interval;
        }
        let energy_j = self.power_w * interval_ms as f64 * 0.001;
        totals.energy_j += energy_j;
        energy_j
    }

    /// Moves every task to what it plays from now on; tasks at their end are put aside in `ended`, and saved states in
    /// `saved`.
    pub(super) fn go_on(
        &mut self,
        now_ms: i64,
        fragments: &Fragments,
        checkpoints: Option<&Checkpoints>,
        ended: &mut Vec<Running>,
        saved: &mut Vec<(u32, Snapshot)>,
    ) {
        let mut place = 0;
        while place < self.running.len() {
            let running = &mut self.running[place];
            if !running.go_on(fragments, now_ms) {
                ended.push(self.running.remove(place));
                continue;
            }
            if let Some(checkpoints) = checkpoints
                && let Some(snapshot) = running.save(checkpoints, now_ms)
            {
                saved.push((running.task, snapshot));
            }
            place += 1;
        }
    }

    /// Shares the host among its tasks anew.
    pub(super) fn share(&mut self, now_ms: i64, scratch: &mut Scratch) {
        if self.before.changed_ms != now_ms {
            self.before.changed_ms = now_ms;
            self.before.cpu_demand_hz = self.cpu_demand_hz;
            self.before.cpu_supply_hz = self.cpu_supply_hz;
            self.before.power_w = self.power_w;
            self.before.gpus.clone_from(&self.gpus);
        }
        self.share_cpu(scratch);
        if !self.gpus.is_empty() {
            self.share_gpus(scratch);
        }
        self.set_power();
        let mut next_ms = i64::MAX;
        for running in &self.running {
            if let Some(change_ms) = running.next_change_ms() {
                next_ms = next_ms.min(now_ms.saturating_add(change_ms));
                // A task that nothing supplies has nothing to save.
                let earliest_ms = now_ms + i64::from(!running.has_moved);
                next_ms = next_ms.min(running.next_checkpoint_ms.max(earliest_ms));
            }
        }
        self.next_ms = next_ms;
        self.set_turn(now_ms);
    }

    fn share_cpu(&mut self, scratch: &mut Scratch) {
        let demand_hz = self
            .running
            .iter()
            .map(Running::cpu_demand_hz)
            .fold(0, u64::saturating_add);
        self.cpu_demand_hz = demand_hz;
        let available_hz = self.capacity_hz - self.taken_hz();
        if self.kind.cpu_sharing == SharingPolicy::MaxMinFair && demand_hz <= available_hz {
            for running in &mut self.running {
                running.cpu_supply_hz = running.cpu_demand_hz();
            }
            self.cpu_supply_hz = demand_hz;
            return;
        }
        scratch.demands.clear();
        scratch
            .demands
            .extend(self.running.iter().map(Running::cpu_demand_hz));
        self.kind.cpu_sharing.share(
            self.turn,
            &scratch.demands,
            &[available_hz],
            &mut scratch.supplies,
            &mut scratch.unit_loads,
        );
        for (running, supply_hz) in self.running.iter_mut().zip(&scratch.supplies) {
            running.cpu_supply_hz = (*supply_hz).min(running.cpu_demand_hz());
        }
        self.cpu_supply_hz = scratch
            .unit_loads
            .first()
            .map_or(0, |(_, supply_hz)| *supply_hz);
    }

    fn share_gpus(&mut self, scratch: &mut Scratch) {
        scratch.demands.clear();
        scratch
            .demands
            .extend(self.running.iter().map(Running::gpu_demand_hz));
        scratch.units.clear();
        scratch
            .units
            .extend(self.kind.gpus.iter().map(|gpu| gpu.capacity_hz));
        self.kind.gpu_sharing.share(
            self.turn,
            &scratch.demands,
            &scratch.units,
            &mut scratch.supplies,
            &mut scratch.unit_loads,
        );
        let users = scratch.demands.iter().filter(|demand| **demand > 0).count();
        let virtualisation = self.kind.virtualisation;
        for (running, supply_hz) in self.running.iter_mut().zip(&scratch.supplies) {
            running.gpu_supply_hz = virtualisation
                .left_hz(*supply_hz, users)
                .min(running.gpu_demand_hz());
        }
        for (gpu, (demand_hz, supply_hz)) in self.gpus.iter_mut().zip(&scratch.unit_loads) {
            gpu.demand_hz = *demand_hz;
            gpu.supply_hz = virtualisation.left_hz(*supply_hz, users);
        }
    }

    fn set_power(&mut self) {
        let share = |supply_hz: u64, capacity_hz: u64| {
            if capacity_hz == 0 {
                0.0
            } else {
                supply_hz as f64 / capacity_hz as f64
            }
        };
        if let Some(states) = self.states
            && let Some(power_w) = self.state.power_w(states)
        {
            for gpu in &mut self.gpus {
                gpu.power_w = 0.0;
            }
            self.power_w = power_w;
            return;
        }
        let utilisation = share(self.cpu_supply_hz + self.taken_hz(), self.capacity_hz);
        let mut power_w = self.kind.cpu_power.power_w(utilisation);
        for (gpu, kind) in self.gpus.iter_mut().zip(&self.kind.gpus) {
            gpu.power_w = kind.power.power_w(share(gpu.supply_hz, kind.capacity_hz));
            power_w += gpu.power_w;
        }
        self.power_w = power_w;
    }

    /// Turns move on only while tasks have to take them.
    fn set_turn(&mut self, now_ms: i64) {
        let takes_turns =
            [self.kind.cpu_sharing, self.kind.gpu_sharing].contains(&SharingPolicy::BestEffort);
        // Where something is supplied and something is not; else a turn changes nothing.
        self.next_turn_ms = if takes_turns && self.next_ms < i64::MAX && self.is_short() {
            // Turns change at whole multiples of the interval, whatever happens in between.
            let turn_ms = self.kind.turn_ms.max(1);
            (now_ms / turn_ms + 1).saturating_mul(turn_ms)
        } else {
            i64::MAX
        };
    }

    /// True where tasks demand more than they are given.
    fn is_short(&self) -> bool {
        self.running.iter().any(|running| {
            running.cpu_supply_hz < running.cpu_demand_hz()
                || running.gpu_supply_hz < running.gpu_demand_hz()
        })
    }

    /// Gives the next task in the round robin the first turn.
    pub(super) fn move_turn(&mut self) {
        self.turn = (self.turn + 1) % self.running.len().max(1);
    }

    /// Power up to an instant that everything has been played up to [W].
    pub(super) fn power_until_w(&self, now_ms: i64) -> f64 {
        if self.before.changed_ms == now_ms {
            self.before.power_w
        } else {
            self.power_w
        }
    }

    /// What is seen of the host, with differences since the sample before; its load is what it begins now, or, for a
    /// sample `of_the_past`, what it did up to now.
    pub(super) fn sample(
        &mut self,
        host: usize,
        now_ms: i64,
        of_the_past: bool,
        gpus: &mut Vec<GpuSample>,
    ) -> HostSample<'_> {
        let is_past = of_the_past && self.before.changed_ms == now_ms;
        let capacity = self.capacity_hz as f64;
        let interval_ms = (now_ms - self.sampled.at_ms) as f64;
        gpus.clear();
        for (place, (gpu, kind)) in self.gpus.iter_mut().zip(&self.kind.gpus).enumerate() {
            let load = self
                .before
                .gpus
                .get(place)
                .filter(|_| is_past)
                .unwrap_or(gpu);
            let (demand_hz, supply_hz) = (load.demand_hz, load.supply_hz);
            let served = (gpu.served - gpu.sampled_served) as f64;
            gpu.sampled_served = gpu.served;
            let active_ms = if kind.capacity_hz == 0 {
                0.0
            } else {
                served / kind.capacity_hz as f64
            };
            gpus.push(GpuSample {
                capacity_hz: kind.capacity_hz,
                demand_hz,
                supply_hz,
                active_ms,
                idle_ms: interval_ms - active_ms,
                power_w: gpu.power_w,
            });
        }
        let power_w = self.power_until_w(now_ms);
        let (cpu_demand_hz, cpu_supply_hz) = if is_past {
            (self.before.cpu_demand_hz, self.before.cpu_supply_hz)
        } else {
            (self.cpu_demand_hz, self.cpu_supply_hz)
        };
        let before = self.sampled;
        self.sampled = Sampled {
            at_ms: now_ms,
            totals: self.totals,
            terminated: self.terminated,
        };
        let totals = &self.totals;
        let time_ms = |now: u128, then: u128| (now - then) as f64 / capacity;
        HostSample {
            host,
            running: self.running.len() as u32,
            terminated: self.terminated - before.terminated,
            cpu_demand_hz,
            cpu_supply_hz,
            active_ms: time_ms(totals.served, before.totals.served),
            idle_ms: time_ms(totals.idle, before.totals.idle),
            steal_ms: time_ms(totals.unserved, before.totals.unserved),
            power_w,
            energy_j: totals.energy_j - before.totals.energy_j,
            up_ms: totals.up_ms - before.totals.up_ms,
            down_ms: totals.down_ms - before.totals.down_ms,
            is_up: self.outages == 0,
            gpus: &[],
        }
    }
}
