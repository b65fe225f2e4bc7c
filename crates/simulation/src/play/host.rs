//! One host: merging what its tasks demand, step by step.
//!
//! # What it computes
//! Work demanded, served and lost, and energy, of a host in every step. Demand on the grid of steps is summed as
//! columns; pieces between the steps cut the steps they begin or end in. Only where the sum exceeds the capacity are
//! single tasks looked at, and the capacity shared among them.
//!
//! # Assumptions
//! What a host cannot serve at once is lost. Power follows what is served; an idle host draws its idle power.

use angara_workload::{Demand, DemandForm, Fragment};

use super::columns::{ServiceWork, StepColumns};
use super::piece::{Piece, Pieces};
use super::power::HostPower;
use super::sharing::max_min_shares;
use crate::Clock;

/// Steps played at a time: the rows of a host's tasks then stay in the cache.
pub(crate) const BLOCK_STEPS: usize = 768;

/// A task on its host.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HostTask {
    pub(crate) row: u32,
    pub(crate) service: u32,
    pub(crate) start_ms: i64,
    pub(crate) end_ms: i64,
}

/// What does not change while a host is played.
#[derive(Clone, Copy)]
pub(crate) struct HostSetting<'a> {
    pub(crate) capacity_milli: u64,
    pub(crate) resource: usize,
    pub(crate) power: &'a HostPower,
    pub(crate) demand: &'a dyn Demand,
    pub(crate) clock: Clock,
}

/// Energy and work of a host over the run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct HostSums {
    pub(crate) energy_j: f64,
    /// Work served [milli-unit·ms].
    pub(crate) served: u128,
    /// Values of demand that were merged.
    pub(crate) samples: u64,
}

/// Buffers of one host after the other.
#[derive(Debug, Default)]
pub(crate) struct Player {
    /// Demand of each task on the grid, a row of [`BLOCK_STEPS`] each.
    rows: Vec<u32>,
    /// Service of each row.
    row_services: Vec<u32>,
    totals: Vec<u64>,
    pieces: Pieces,
    fragments: Vec<Fragment>,
    /// Pieces that reach into the step at hand.
    active: Vec<Piece>,
    next_piece: usize,
    cuts_ms: Vec<i64>,
    demands: Vec<u32>,
    demand_services: Vec<u32>,
    order: Vec<u32>,
    shares: Vec<u32>,
}

impl Player {
    /// Plays a host through all steps and adds to the sums of its chunk.
    pub(crate) fn play(
        &mut self,
        setting: &HostSetting<'_>,
        tasks: &[HostTask],
        columns: &mut StepColumns,
        services: &mut [ServiceWork],
    ) -> HostSums {
        let mut sums = HostSums::default();
        let steps = setting.clock.steps;
        for first_step in (0..steps).step_by(BLOCK_STEPS) {
            let length = BLOCK_STEPS.min(steps - first_step);
            sums.samples += self.read_block(setting, tasks, first_step, length, services);
            self.play_block(setting, first_step, length, columns, services, &mut sums);
        }
        sums
    }

    /// Reads what the tasks demand in a block of steps; returns the number of values.
    fn read_block(
        &mut self,
        setting: &HostSetting<'_>,
        tasks: &[HostTask],
        first_step: usize,
        length: usize,
        services: &mut [ServiceWork],
    ) -> u64 {
        let step_ms = setting.clock.step_ms;
        let block_ms = first_step as i64 * step_ms;
        let block_end_ms = block_ms + length as i64 * step_ms;
        self.totals.clear();
        self.totals.resize(length, 0);
        self.pieces.clear(length);
        self.row_services.clear();
        let mut samples = 0;
        for (slot, task) in tasks.iter().enumerate() {
            let from_ms = task.start_ms.max(block_ms);
            let to_ms = task.end_ms.min(block_end_ms);
            if from_ms >= to_ms {
                continue;
            }
            let service = &mut services[task.service as usize];
            match setting.demand.form(task.row as usize) {
                DemandForm::Steps => {
                    let from = ((from_ms - block_ms) / step_ms) as usize;
                    let to = ((to_ms - block_ms) / step_ms) as usize;
                    let row = self.row_services.len() * BLOCK_STEPS;
                    if self.rows.len() < row + BLOCK_STEPS {
                        self.rows.resize(row + BLOCK_STEPS, 0);
                    }
                    self.row_services.push(task.service);
                    self.rows[row..row + from].fill(0);
                    self.rows[row + to..row + length].fill(0);
                    let values = &mut self.rows[row + from..row + to];
                    setting
                        .demand
                        .steps(task.row as usize, first_step + from, values);
                    let mut sum = 0;
                    for (total, value) in self.totals[from..to].iter_mut().zip(values) {
                        *total += u64::from(*value);
                        sum += u64::from(*value);
                    }
                    service.demanded_steps += u128::from(sum) * step_ms as u128;
                    samples += (to - from) as u64;
                }
                DemandForm::Fragments => {
                    self.fragments.clear();
                    setting.demand.fragments(
                        task.row as usize,
                        from_ms - task.start_ms,
                        to_ms - task.start_ms,
                        &mut self.fragments,
                    );
                    samples += self.fragments.len() as u64;
                    let mut begin_ms = from_ms;
                    for fragment in &self.fragments {
                        let end_ms = task.start_ms.saturating_add(fragment.end_ms).min(to_ms);
                        if end_ms <= begin_ms {
                            continue;
                        }
                        if fragment.demand_milli > 0 {
                            let piece = Piece {
                                from_ms: begin_ms,
                                to_ms: end_ms,
                                slot: slot as u32,
                                service: task.service,
                                demand_milli: fragment.demand_milli,
                            };
                            service.demanded_fragments +=
                                (end_ms - begin_ms) as u128 * u128::from(fragment.demand_milli);
                            self.pieces.add(piece, block_ms, setting.clock);
                        }
                        begin_ms = end_ms;
                    }
                }
            }
        }
        self.pieces.sort();
        samples
    }

    fn play_block(
        &mut self,
        setting: &HostSetting<'_>,
        first_step: usize,
        length: usize,
        columns: &mut StepColumns,
        services: &mut [ServiceWork],
        sums: &mut HostSums,
    ) {
        let step_ms = setting.clock.step_ms as u64;
        let step_s = step_ms as f64 / 1e3;
        let block = first_step..first_step + length;
        let energies_j = &mut columns.energy_j[block.clone()];
        let demanded = &mut columns.demanded[setting.resource][block.clone()];
        let served = &mut columns.served[setting.resource][block];
        self.active.clear();
        self.next_piece = 0;
        let mut whole_steps = 0i64;
        let steps = energies_j.iter_mut().zip(demanded).zip(served);
        for (step, ((energy_j, demanded), served)) in steps.enumerate() {
            whole_steps += self.pieces.change(step);
            let total = self.totals[step] + whole_steps as u64;
            let done = if total > setting.capacity_milli || self.pieces.is_broken(step) {
                self.play_step(setting, first_step, step, services)
            } else {
                StepSums {
                    demanded: total * step_ms,
                    served: total * step_ms,
                    energy_j: setting.power.power_w(total) * step_s,
                }
            };
            *energy_j += done.energy_j;
            *demanded += done.demanded;
            *served += done.served;
            sums.energy_j += done.energy_j;
            sums.served += u128::from(done.served);
        }
    }

    /// Plays a step that is cut by pieces or in which demand exceeds capacity.
    fn play_step(
        &mut self,
        setting: &HostSetting<'_>,
        first_step: usize,
        step: usize,
        services: &mut [ServiceWork],
    ) -> StepSums {
        let start_ms = (first_step + step) as i64 * setting.clock.step_ms;
        let end_ms = start_ms + setting.clock.step_ms;
        while let Some(piece) = self.pieces.list.get(self.next_piece) {
            if piece.from_ms >= end_ms {
                break;
            }
            self.active.push(*piece);
            self.next_piece += 1;
        }
        self.active.retain(|piece| piece.to_ms > start_ms);
        self.cuts_ms.clear();
        self.cuts_ms.push(end_ms);
        for piece in &self.active {
            for cut_ms in [piece.from_ms, piece.to_ms] {
                if cut_ms > start_ms && cut_ms < end_ms {
                    self.cuts_ms.push(cut_ms);
                }
            }
        }
        self.cuts_ms.sort_unstable();
        self.cuts_ms.dedup();
        let mut sums = StepSums::default();
        let mut from_ms = start_ms;
        for cut in 0..self.cuts_ms.len() {
            let to_ms = self.cuts_ms[cut];
            self.play_interval(setting, step, from_ms, to_ms, services, &mut sums);
            from_ms = to_ms;
        }
        sums
    }

    /// Plays an interval within a step in which all demands are constant.
    fn play_interval(
        &mut self,
        setting: &HostSetting<'_>,
        step: usize,
        from_ms: i64,
        to_ms: i64,
        services: &mut [ServiceWork],
        sums: &mut StepSums,
    ) {
        let reaching = |piece: &&Piece| piece.from_ms <= from_ms && piece.to_ms >= to_ms;
        let pieces_milli: u64 = self
            .active
            .iter()
            .filter(reaching)
            .map(|piece| u64::from(piece.demand_milli))
            .sum();
        let total = self.totals[step] + pieces_milli;
        let served = total.min(setting.capacity_milli);
        let length_ms = (to_ms - from_ms) as u64;
        sums.demanded += total * length_ms;
        sums.served += served * length_ms;
        sums.energy_j += setting.power.power_w(served) * length_ms as f64 / 1e3;
        if total == served {
            return;
        }
        self.demands.clear();
        self.demand_services.clear();
        for (row, service) in self.row_services.iter().enumerate() {
            self.demands.push(self.rows[row * BLOCK_STEPS + step]);
            self.demand_services.push(*service);
        }
        for piece in self.active.iter().filter(reaching) {
            self.demands.push(piece.demand_milli);
            self.demand_services.push(piece.service);
        }
        max_min_shares(
            &self.demands,
            setting.capacity_milli,
            &mut self.order,
            &mut self.shares,
        );
        for ((demand, share), service) in self
            .demands
            .iter()
            .zip(&self.shares)
            .zip(&self.demand_services)
        {
            let lost = u128::from(demand - share) * u128::from(length_ms);
            services[*service as usize].lost += lost;
        }
    }
}

/// Work and energy of a step.
#[derive(Debug, Clone, Copy, Default)]
struct StepSums {
    demanded: u64,
    served: u64,
    energy_j: f64,
}
