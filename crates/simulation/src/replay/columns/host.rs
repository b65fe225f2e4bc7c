//! One host: the columns of its tasks merged in time.
//!
//! Tasks come and go; between two changes the demand is constant. While a single task is on the host its columns are
//! run through one after the other; with several, the next boundary among them is looked for. Energy of the common
//! power models is worked out without a branch in the inner loop.

use std::slice;

use super::super::HostKind;
use super::filling::Filling;
use super::grid::{Cells, Grid};
use super::store::FragmentBlock;
use crate::power::PowerModel;
use crate::sharing::SharingPolicy;

/// Evaluates an expression with the power model of a host as a function, so that inner loops have no branch for the
/// common models.
macro_rules! with_power {
    ($model:expr, |$power:ident| $run:expr) => {
        match $model {
            PowerModel::Linear(model) => {
                let $power = |utilisation: f64| model.power_w(utilisation);
                $run
            }
            PowerModel::SquareRoot(model) => {
                let $power = |utilisation: f64| model.power_w(utilisation);
                $run
            }
            PowerModel::Square(model) => {
                let $power = |utilisation: f64| model.power_w(utilisation);
                $run
            }
            PowerModel::Cubic(model) => {
                let $power = |utilisation: f64| model.power_w(utilisation);
                $run
            }
            other => {
                let $power = |utilisation: f64| other.power_w(utilisation);
                $run
            }
        }
    };
}
pub(super) use with_power;

/// A task on a host.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stay {
    pub(super) task: u32,
    pub(super) start_ms: i64,
    pub(super) end_ms: i64,
    /// Length [ms] and demand [Hz] of the only fragment, so that it need not be looked for in memory; no length where
    /// there are more, or it is not at hand.
    pub(super) only_ms: u32,
    pub(super) only_hz: u64,
}

impl Stay {
    /// Work that the only fragment demands, where it is at hand [Hz ms].
    pub(super) fn only_work(&self) -> Option<u128> {
        (self.only_ms > 0).then(|| u128::from(self.only_hz) * u128::from(self.only_ms))
    }
}

/// Sums of a host.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HostPlay {
    /// Work given [Hz ms].
    pub(super) served: u128,
    /// Work demanded and not given [Hz ms].
    pub(super) unserved: u128,
    /// Energy [J].
    pub(super) energy_j: f64,
}

impl HostPlay {
    pub(super) fn add(&mut self, other: Self) {
        self.served += other.served;
        self.unserved += other.unserved;
        self.energy_j += other.energy_j;
    }
}

/// A task being played.
#[derive(Debug, Clone, Copy)]
struct Live<'a> {
    /// Place of the task among those of the host.
    place: usize,
    /// Lengths and demands of its fragments, and which of them it is at.
    durations_ms: &'a [u32],
    demands_hz: &'a [u64],
    row: usize,
    demand_hz: u64,
}

/// Plays hosts one after the other; its scratch is kept.
#[derive(Debug, Default)]
pub(super) struct Player<'a> {
    live: Vec<Live<'a>>,
    /// End of the fragment of each live task [ms].
    ends_ms: Vec<i64>,
    /// Since when the work of each live task has not been counted [ms].
    since_ms: Vec<i64>,
    demands: Vec<u64>,
    supplies: Vec<u64>,
    loads: Vec<(u64, u64)>,
}

impl<'a> Player<'a> {
    /// Plays a host; `works` takes what each of its tasks demands and what of it is lost [Hz ms]. The tasks lie from
    /// place `first` on in the block.
    #[expect(
        clippy::too_many_arguments,
        reason = "one host of a chunk, with all that it shares with the others"
    )]
    pub(super) fn play(
        &mut self,
        kind: &HostKind,
        stays: &'a [Stay],
        block: &'a FragmentBlock<'_>,
        first: usize,
        grid: &Grid,
        cells: &mut Cells,
        works: &mut [(u128, u128)],
    ) -> HostPlay {
        let tasks = Tasks {
            stays,
            block,
            first,
            makespan_ms: grid.makespan_ms(),
        };
        with_power!(&kind.cpu_power, |power| self
            .run(kind, &tasks, grid, cells, works, power))
    }

    fn run<P: Fn(f64) -> f64>(
        &mut self,
        kind: &HostKind,
        tasks: &Tasks<'a>,
        grid: &Grid,
        cells: &mut Cells,
        works: &mut [(u128, u128)],
        power: P,
    ) -> HostPlay {
        let mut filling = Filling::begin(grid, cells, kind.capacity_hz(), power, 0);
        self.live.clear();
        self.ends_ms.clear();
        let mut now_ms = 0;
        let mut next = 0;
        loop {
            while next < tasks.stays.len() && tasks.stays[next].start_ms <= now_ms {
                self.begin(tasks, next);
                next += 1;
            }
            let next_start_ms = tasks.start_ms(next);
            now_ms = match self.live.len() {
                0 => {
                    if next_start_ms > now_ms {
                        filling.add(now_ms, next_start_ms, 0);
                    }
                    next_start_ms
                }
                1 => self.run_alone(now_ms, next_start_ms, &mut filling, works),
                _ => self.run_together(now_ms, next_start_ms, &mut filling, works),
            };
            // Tasks of a run that was cut short may be there still.
            let is_over = next == tasks.stays.len() && now_ms >= tasks.makespan_ms;
            if is_over && self.ends_ms.iter().all(|end_ms| *end_ms > now_ms) {
                break;
            }
        }
        filling.finish()
    }

    fn begin(&mut self, tasks: &Tasks<'a>, place: usize) {
        let (durations_ms, demands_hz) = tasks.columns(place);
        if let (Some(duration_ms), Some(demand_hz)) = (durations_ms.first(), demands_hz.first()) {
            self.live.push(Live {
                place,
                durations_ms,
                demands_hz,
                row: 0,
                demand_hz: *demand_hz,
            });
            self.ends_ms
                .push(tasks.stays[place].start_ms + i64::from(*duration_ms));
        }
    }

    /// Runs the only task on the host until it ends or another starts.
    fn run_alone<P: Fn(f64) -> f64>(
        &mut self,
        from_ms: i64,
        until_ms: i64,
        filling: &mut Filling<'_, P>,
        works: &mut [(u128, u128)],
    ) -> i64 {
        let live = &mut self.live[0];
        let end_ms = &mut self.ends_ms[0];
        let (durations_ms, demands_hz) = (live.durations_ms, live.demands_hz);
        let mut now_ms = from_ms;
        let mut lost = 0_u128;
        let before = filling.served();
        while *end_ms <= until_ms {
            let supply_hz = live.demand_hz.min(filling.capacity_hz);
            if live.demand_hz > supply_hz {
                lost += u128::from(live.demand_hz - supply_hz) * (*end_ms - now_ms) as u128;
            }
            filling.add(now_ms, *end_ms, supply_hz);
            now_ms = *end_ms;
            live.row += 1;
            if live.row == durations_ms.len() {
                let served = filling.served() - before;
                works[live.place].0 += served + lost;
                works[live.place].1 += lost;
                filling.sums.unserved += lost;
                self.live.clear();
                self.ends_ms.clear();
                return now_ms;
            }
            live.demand_hz = demands_hz[live.row];
            *end_ms = now_ms + i64::from(durations_ms[live.row]);
        }
        if now_ms < until_ms {
            let supply_hz = live.demand_hz.min(filling.capacity_hz);
            lost += u128::from(live.demand_hz - supply_hz) * (until_ms - now_ms) as u128;
            filling.add(now_ms, until_ms, supply_hz);
        }
        let served = filling.served() - before;
        works[live.place].0 += served + lost;
        works[live.place].1 += lost;
        filling.sums.unserved += lost;
        until_ms
    }

    /// Runs several tasks until the next start, or until one is left.
    fn run_together<P: Fn(f64) -> f64>(
        &mut self,
        from_ms: i64,
        until_ms: i64,
        filling: &mut Filling<'_, P>,
        works: &mut [(u128, u128)],
    ) -> i64 {
        let mut now_ms = from_ms;
        let mut demand_hz: u64 = self
            .live
            .iter()
            .fold(0, |sum, live| sum.saturating_add(live.demand_hz));
        self.since_ms.clear();
        self.since_ms.resize(self.live.len(), from_ms);
        while self.live.len() > 1 && now_ms <= until_ms {
            let next_ms = self
                .ends_ms
                .iter()
                .fold(until_ms, |least, end_ms| least.min(*end_ms));
            if next_ms > now_ms {
                let supply_hz = demand_hz.min(filling.capacity_hz);
                filling.add(now_ms, next_ms, supply_hz);
                if demand_hz > supply_hz {
                    self.lose((next_ms - now_ms) as u128, filling, works);
                }
                now_ms = next_ms;
            }
            let mut place = 0;
            let mut has_ended = false;
            while place < self.live.len() {
                if self.ends_ms[place] > now_ms {
                    place += 1;
                    continue;
                }
                has_ended = true;
                self.count(place, now_ms, works);
                let live = &mut self.live[place];
                demand_hz -= live.demand_hz;
                live.row += 1;
                if live.row == live.durations_ms.len() {
                    self.live.remove(place);
                    self.ends_ms.remove(place);
                    self.since_ms.remove(place);
                } else {
                    live.demand_hz = live.demands_hz[live.row];
                    demand_hz += live.demand_hz;
                    self.ends_ms[place] = now_ms + i64::from(live.durations_ms[live.row]);
                    place += 1;
                }
            }
            if !has_ended {
                break;
            }
        }
        for place in 0..self.live.len() {
            self.count(place, now_ms, works);
        }
        now_ms
    }

    /// Counts the work of a live task up to an instant.
    fn count(&mut self, place: usize, now_ms: i64, works: &mut [(u128, u128)]) {
        let live = self.live[place];
        let interval = (now_ms - self.since_ms[place]) as u128;
        works[live.place].0 += u128::from(live.demand_hz) * interval;
        self.since_ms[place] = now_ms;
    }

    /// Counts what each task loses over an interval in which the host is short.
    fn lose<P: Fn(f64) -> f64>(
        &mut self,
        interval_ms: u128,
        filling: &mut Filling<'_, P>,
        works: &mut [(u128, u128)],
    ) {
        self.demands.clear();
        self.demands
            .extend(self.live.iter().map(|live| live.demand_hz));
        SharingPolicy::MaxMinFair.share(
            0,
            &self.demands,
            &[filling.capacity_hz],
            &mut self.supplies,
            &mut self.loads,
        );
        for (live, supply_hz) in self.live.iter().zip(&self.supplies) {
            let lost = u128::from(live.demand_hz - supply_hz) * interval_ms;
            works[live.place].1 += lost;
            filling.sums.unserved += lost;
        }
    }
}

/// The tasks of a host.
struct Tasks<'a> {
    stays: &'a [Stay],
    block: &'a FragmentBlock<'a>,
    first: usize,
    makespan_ms: i64,
}

impl<'a> Tasks<'a> {
    fn columns(&self, place: usize) -> (&'a [u32], &'a [u64]) {
        let stay = &self.stays[place];
        if stay.only_ms > 0 {
            (
                slice::from_ref(&stay.only_ms),
                slice::from_ref(&stay.only_hz),
            )
        } else {
            self.block.of(self.first + place)
        }
    }

    /// Start of a task; the makespan after the last.
    fn start_ms(&self, place: usize) -> i64 {
        self.stays
            .get(place)
            .map_or(self.makespan_ms, |stay| stay.start_ms)
    }
}
