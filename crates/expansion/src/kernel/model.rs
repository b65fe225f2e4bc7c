//! The instance as the kernel reads it: the same numbers in floating point, costs of steps spelled out.

use super::CapacityCut;
use crate::instance::{Instance, Site};

/// The instance in floating point.
pub(crate) struct Model {
    pub(crate) periods: usize,
    pub(crate) places: usize,
    /// Demand by period, then place [kW].
    pub(crate) demand: Vec<f64>,
    pub(crate) carriage: Vec<f64>,
    pub(crate) supply: Vec<Option<f64>>,
    pub(crate) budget: Vec<Option<f64>>,
    pub(crate) sites: Vec<SiteModel>,
    pub(crate) cuts: Vec<CapacityCut>,
}

/// One site in floating point.
pub(crate) struct SiteModel {
    pub(crate) initial: usize,
    /// Capacity by level [kW].
    pub(crate) capacity: Vec<f64>,
    /// Cost of a step by period, level before, level after; infinite where not allowed.
    pub(crate) step: Vec<f64>,
    /// Cost of opening by period; infinite where not allowed.
    opening: Vec<f64>,
    /// Cost of the step to each level from the one below by period, level; infinite where not allowed.
    climb: Vec<f64>,
    /// Cost of standing by period, level.
    pub(crate) running: Vec<f64>,
    pub(crate) serving: Vec<f64>,
    pub(crate) place: Vec<u32>,
    pub(crate) rate: Vec<f64>,
}

impl SiteModel {
    fn new(site: &Site, periods: usize) -> Self {
        let levels = site.levels.len() + 1;
        let earliest = site.earliest;
        let allowed = move |t: usize, cost: i64| {
            if t >= earliest {
                cost as f64
            } else {
                f64::INFINITY
            }
        };
        let mut step = Vec::with_capacity(periods * levels * levels);
        for t in 0..periods {
            for from in 0..levels {
                step.extend(
                    (0..levels)
                        .map(|to| site.step(from, to, t).map_or(f64::INFINITY, |c| c as f64)),
                );
            }
        }
        Self {
            initial: site.initial,
            capacity: (0..levels).map(|l| site.capacity_kw(l) as f64).collect(),
            step,
            opening: (0..periods).map(|t| allowed(t, site.opening[t])).collect(),
            climb: (0..periods)
                .flat_map(|t| {
                    let steps = site
                        .levels
                        .iter()
                        .map(move |level| allowed(t, level.step[t]));
                    std::iter::once(0.0).chain(steps)
                })
                .collect(),
            running: (0..periods)
                .flat_map(|t| (0..levels).map(move |l| site.running(l, t) as f64))
                .collect(),
            serving: site.serving.iter().map(|&c| c as f64).collect(),
            place: site.links.iter().map(|link| link.place).collect(),
            rate: site.links.iter().map(|link| f64::from(link.rate)).collect(),
        }
    }

    /// Number of levels, the closed one counted.
    pub(crate) fn levels(&self) -> usize {
        self.capacity.len()
    }

    /// Cost of a step; infinite where not allowed.
    pub(crate) fn step(&self, t: usize, from: usize, to: usize) -> f64 {
        self.step[(t * self.levels() + from) * self.levels() + to]
    }

    /// Cost of opening beside that of the first level; infinite where not allowed.
    pub(crate) fn opening(&self, t: usize) -> f64 {
        self.opening[t]
    }

    /// Cost of the step to a level from the one below, opening not counted.
    pub(crate) fn climb(&self, t: usize, to: usize) -> f64 {
        self.climb[t * self.levels() + to]
    }

    /// Cost of standing at a level for a period.
    pub(crate) fn running(&self, t: usize, level: usize) -> f64 {
        self.running[t * self.levels() + level]
    }

    /// Newly installed capacity of a step [kW].
    pub(crate) fn added(&self, from: usize, to: usize) -> f64 {
        (self.capacity[to] - self.capacity[from]).max(0.0)
    }

    /// Cost of a whole path of levels; infinite where a step is not allowed.
    pub(crate) fn path_cost(&self, path: &[u8]) -> f64 {
        let mut before = self.initial;
        let mut cost = 0.0;
        for (t, &level) in path.iter().enumerate() {
            let level = usize::from(level);
            cost += self.step(t, before, level) + self.running(t, level);
            before = level;
        }
        cost
    }
}

impl Model {
    pub(crate) fn new(instance: &Instance) -> Self {
        let periods = instance.periods();
        Self {
            periods,
            places: instance.places.len(),
            demand: (0..periods)
                .flat_map(|t| instance.places.iter().map(move |p| p.demand_kw[t] as f64))
                .collect(),
            carriage: instance.carriage.iter().map(|&c| c as f64).collect(),
            supply: real(&instance.supply_kw),
            budget: real(&instance.budget),
            sites: instance
                .sites
                .iter()
                .map(|site| SiteModel::new(site, periods))
                .collect(),
            cuts: CapacityCut::all(instance),
        }
    }
}

fn real(limits: &[Option<i64>]) -> Vec<Option<f64>> {
    limits.iter().map(|l| l.map(|l| l as f64)).collect()
}

/// Levels still allowed by site and period, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Windows {
    periods: usize,
    range: Vec<(u8, u8)>,
}

impl Windows {
    /// Everything that the instance allows.
    pub(crate) fn all(model: &Model) -> Self {
        Self {
            periods: model.periods,
            range: model
                .sites
                .iter()
                .flat_map(|site| vec![(0, (site.levels() - 1) as u8); model.periods])
                .collect(),
        }
    }

    /// Lowest level of every window, by site, then period.
    pub(crate) fn lowest(&self) -> Vec<u8> {
        self.range.iter().map(|window| window.0).collect()
    }

    /// Windows of one site, by period.
    pub(crate) fn site(&self, site: usize) -> &[(u8, u8)] {
        &self.range[site * self.periods..(site + 1) * self.periods]
    }

    /// The window of one site and period.
    pub(crate) fn at(&mut self, site: usize, period: usize) -> &mut (u8, u8) {
        &mut self.range[site * self.periods + period]
    }

    /// The first of the widest windows with more than one level: site, period, its middle.
    pub(crate) fn widest(&self) -> Option<(usize, usize, u8)> {
        let wide = |&(_, (low, high)): &(usize, (u8, u8))| high - low;
        let cells = self.range.iter().copied().enumerate();
        let (cell, (low, high)) = cells.rev().max_by_key(wide)?;
        (low < high).then(|| {
            let middle = low + (high - low - 1) / 2;
            (cell / self.periods, cell % self.periods, middle)
        })
    }
}
