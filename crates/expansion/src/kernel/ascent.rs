//! What it computes: prices that make the bound high, and the share of relaxed solutions that hold each level, which
//! guides the plan.
//!
//! Assumptions: the volume method: the direction is a running average of how far constraints are missed, steps start
//! from the best prices known, length after Polyak against a target. The price of a kilowatt moves by the missed
//! share of its demand, so that cities and villages converge alike.
//!
//! Valid range: any start; the bound never falls.
//!
//! References: Barahona, Anbil, "The volume algorithm: producing primal solutions with a subgradient method",
//! Mathematical Programming 87 (2000).

use super::relax::{Relaxed, relax};
use super::{Model, Prices, Windows};

/// How an ascent steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// First step factor \[1\].
    pub(crate) factor: f64,
    /// Weight of the newest solution in the average \[1\].
    pub(crate) newest: f64,
    /// Iterations without a better bound before steps shrink.
    pub(crate) patience: usize,
}

/// An ascent that can be continued.
pub(crate) struct Ascent<'m> {
    model: &'m Model,
    windows: &'m Windows,
    settings: Settings,
    factor: f64,
    stalled: usize,
    missed: Option<Missed>,
    /// Best bound so far [minor unit].
    pub(crate) bound: f64,
    /// Prices of the best bound.
    pub(crate) prices: Prices,
    /// Share of solutions by site, period, level \[1\]; levels of a site lie together.
    pub(crate) shares: Vec<f64>,
    /// Levels of the latest relaxed solution by site, then period.
    pub(crate) paths: Vec<u8>,
    next: Prices,
}

/// How far constraints are missed, on average [kW], [minor unit].
#[derive(Clone)]
struct Missed {
    demand: Vec<f64>,
    supply: Vec<f64>,
    budget: Vec<f64>,
    cuts: Vec<f64>,
}

impl<'m> Ascent<'m> {
    pub(crate) fn new(
        model: &'m Model,
        windows: &'m Windows,
        start: Prices,
        settings: Settings,
    ) -> Self {
        let cells: usize = model.sites.iter().map(|s| s.levels() * model.periods).sum();
        Self {
            model,
            windows,
            settings,
            factor: settings.factor,
            stalled: 0,
            missed: None,
            bound: f64::NEG_INFINITY,
            prices: start.clone(),
            shares: vec![0.0; cells],
            paths: Vec::new(),
            next: start,
        }
    }

    /// One step towards `target`, the cost of the best plan known; false when no plan lies in the windows.
    pub(crate) fn step(&mut self, target: Option<f64>) -> bool {
        let Some(relaxed) = relax(self.model, &self.next, self.windows) else {
            self.bound = f64::INFINITY;
            return false;
        };
        let fresh = self.missed_by(&relaxed);
        let better = relaxed.value > self.bound;
        let along = self
            .missed
            .as_ref()
            .map_or(1.0, |missed| missed.along(&fresh, self.model));
        let newest = if self.missed.is_none() {
            1.0
        } else {
            self.settings.newest
        };
        self.average(fresh, &relaxed.paths, newest);
        if better {
            self.bound = relaxed.value;
            std::mem::swap(&mut self.prices, &mut self.next);
            self.stalled = 0;
            if along > 0.0 {
                self.factor = (self.factor * 1.1).min(2.0);
            }
        } else {
            self.stalled += 1;
            if self.stalled >= self.settings.patience {
                self.stalled = 0;
                self.factor *= 0.66;
            }
        }
        self.paths = relaxed.paths;
        self.advance(target);
        true
    }

    /// Whether steps have become too short to matter.
    pub(crate) fn settled(&self) -> bool {
        self.factor < 1e-5
    }

    /// Takes `prices` from elsewhere if they give a better bound.
    pub(crate) fn try_prices(&mut self, prices: Prices) {
        if let Some(relaxed) = relax(self.model, &prices, self.windows)
            && relaxed.value > self.bound
        {
            self.bound = relaxed.value;
            self.prices = prices;
        }
    }

    fn missed_by(&self, relaxed: &Relaxed) -> Missed {
        let over = |used: &[f64], limits: &[Option<f64>]| -> Vec<f64> {
            used.iter()
                .zip(limits)
                .map(|(used, limit)| limit.map_or(0.0, |limit| used - limit))
                .collect()
        };
        Missed {
            demand: self
                .model
                .demand
                .iter()
                .zip(&relaxed.served)
                .map(|(demand, served)| demand - served)
                .collect(),
            supply: over(&relaxed.installed, &self.model.supply),
            budget: over(&relaxed.spent, &self.model.budget),
            cuts: self
                .model
                .cuts
                .iter()
                .zip(&relaxed.worth)
                .zip(&self.prices.active)
                .map(|((cut, worth), active)| if *active { cut.least - worth } else { 0.0 })
                .collect(),
        }
    }

    fn average(&mut self, fresh: Missed, paths: &[u8], newest: f64) {
        let keep = 1.0 - newest;
        for share in &mut self.shares {
            *share *= keep;
        }
        let mut start = 0;
        for (site, path) in self
            .model
            .sites
            .iter()
            .zip(paths.chunks(self.model.periods))
        {
            for (t, &level) in path.iter().enumerate() {
                self.shares[start + t * site.levels() + usize::from(level)] += newest;
            }
            start += site.levels() * self.model.periods;
        }
        let Some(missed) = &mut self.missed else {
            self.missed = Some(fresh);
            return;
        };
        let blend = |old: &mut [f64], new: &[f64]| {
            for (old, new) in old.iter_mut().zip(new) {
                *old = *old * keep + new * newest;
            }
        };
        blend(&mut missed.demand, &fresh.demand);
        blend(&mut missed.supply, &fresh.supply);
        blend(&mut missed.budget, &fresh.budget);
        blend(&mut missed.cuts, &fresh.cuts);
    }

    /// Next prices: best prices plus a step along what is missed.
    fn advance(&mut self, target: Option<f64>) {
        let Some(missed) = &self.missed else { return };
        let model = self.model;
        let mean = self.prices.mean(model).max(f64::MIN_POSITIVE);
        let rows = |limits: &[Option<f64>], worth: f64| -> Vec<f64> {
            limits
                .iter()
                .map(|limit| limit.map_or(0.0, |limit| 1.0 / (limit.max(1.0) * worth)))
                .collect()
        };
        let supply = rows(&model.supply, 1.0);
        let budget = rows(&model.budget, mean);
        let mut norm = 0.0;
        for (miss, demand) in missed.demand.iter().zip(&model.demand) {
            norm += miss * miss / demand.max(1.0);
        }
        // A limit that is kept and has no price does not steer.
        for (misses, prices, weights) in [
            (&missed.supply, &self.prices.supply, &supply),
            (&missed.budget, &self.prices.budget, &budget),
        ] {
            for ((miss, price), weight) in misses.iter().zip(prices).zip(weights) {
                if *miss > 0.0 || *price > 0.0 {
                    norm += miss * miss * weight;
                }
            }
        }
        for ((miss, price), cut) in missed.cuts.iter().zip(&self.prices.cuts).zip(&model.cuts) {
            if *miss > 0.0 || *price > 0.0 {
                norm += miss * miss / cut.least;
            }
        }
        if norm <= 0.0 {
            self.next.clone_from(&self.prices);
            return;
        }
        let target = target.unwrap_or(self.bound + self.bound.abs() * 0.05);
        let distance = (target - self.bound).max(self.bound.abs() * 1e-5);
        let length = self.factor * distance / norm;
        for (((next, price), miss), demand) in self
            .next
            .demand
            .iter_mut()
            .zip(&self.prices.demand)
            .zip(&missed.demand)
            .zip(&model.demand)
        {
            *next = (price + length * miss / demand.max(1.0)).max(0.0);
        }
        for (number, cut) in model.cuts.iter().enumerate() {
            let price = self.prices.cuts[number] + length * missed.cuts[number] / cut.least;
            self.next.cuts[number] = price.max(0.0);
        }
        for t in 0..model.periods {
            self.next.supply[t] =
                (self.prices.supply[t] + length * missed.supply[t] * supply[t]).max(0.0);
            self.next.budget[t] =
                (self.prices.budget[t] + length * missed.budget[t] * budget[t]).max(0.0);
        }
    }
}

impl Missed {
    /// Whether the average and the fresh direction agree: positive if so.
    fn along(&self, fresh: &Self, model: &Model) -> f64 {
        self.demand
            .iter()
            .zip(&fresh.demand)
            .zip(&model.demand)
            .map(|((average, fresh), demand)| average * fresh / demand.max(1.0))
            .sum()
    }
}
