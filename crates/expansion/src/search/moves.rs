//! What it computes: the best path of levels of one site while all others stand still.
//!
//! Assumptions: service cost is convex in capacity, and the prices of the present service bound it from below. So a
//! shortest path over levels with these estimates is optimistic: if it saves nothing, no path of this site does. If it
//! does, the service at its levels is computed exactly; the price of capacity found there bounds the cost at all other
//! levels too (a cut), and the path is sought again. What counts in the end are exactly computed levels alone.
//!
//! Valid range: any fleet; the value never rises.
//!
//! References: Geoffrion, "Generalized Benders decomposition", JOTA 10 (1972), for the estimate.

use rayon::prelude::*;

use super::fleet::{BUDGET_PENALTY, Fleet};
use crate::kernel::{Offers, cheapest_path};
use crate::transport::Transport;

/// Exact evaluations of one site before it is left for now.
const TRIALS: usize = 6;

/// What is known of one site's alternatives.
struct Table {
    /// Change of service cost by period, then level; estimates until computed.
    change: Vec<f64>,
    exact: Vec<Option<Transport>>,
}

impl Fleet<'_> {
    /// What each of `sites` could save at the very best [minor unit]; 0 where nothing.
    pub(crate) fn potentials(&mut self, sites: &[usize]) -> Vec<f64> {
        self.refresh_prices();
        let highest = self.highest();
        sites
            .par_chunks(8)
            .flat_map_iter(|chunk| {
                let mut offers = Offers::default();
                chunk
                    .iter()
                    .map(|&site| {
                        let change = self.estimates(site, &mut offers, &highest);
                        let now = self.path_value(site, self.path(site), &change);
                        let (best, _) = self.best_path(site, &change);
                        (now - best).max(0.0)
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// Gives one site its best path, if that saves anything; says whether it did.
    pub(crate) fn improve(&mut self, site: usize) -> bool {
        self.refresh_prices();
        let levels = self.model.sites[site].levels();
        let mut table = Table {
            change: self.estimates(site, &mut Offers::default(), &self.highest()),
            exact: (0..self.installed.len() * levels).map(|_| None).collect(),
        };
        let now = self.path_value(site, self.path(site), &table.change);
        // Below this, a saving is rounding.
        let least = (now.abs() * 1e-12).max(0.5);
        for _ in 0..TRIALS {
            let (best, path) = self.best_path(site, &table.change);
            if now - best < least {
                break;
            }
            let unknown: Vec<usize> = path
                .iter()
                .enumerate()
                .filter(|&(t, &level)| level != self.path(site)[t])
                .map(|(t, &level)| t * levels + usize::from(level))
                .filter(|&cell| table.exact[cell].is_none())
                .collect();
            if unknown.is_empty() {
                self.adopt(site, &path, &mut table);
                return true;
            }
            self.compute(site, &unknown, &mut table);
        }
        // The best of what is known exactly.
        let known: Vec<f64> = (0..table.change.len())
            .map(|cell| {
                let stays = cell % levels == usize::from(self.path(site)[cell / levels]);
                let known = stays || table.exact[cell].is_some();
                if known {
                    table.change[cell]
                } else {
                    f64::INFINITY
                }
            })
            .collect();
        let (best, path) = self.best_path(site, &known);
        let saves = now - best >= least;
        if saves {
            self.adopt(site, &path, &mut table);
        }
        saves
    }

    /// Computes service at some cells (period, then level) and tightens the estimates of the others.
    fn compute(&self, site: usize, cells: &[usize], table: &mut Table) {
        let capacity = &self.model.sites[site].capacity;
        let levels = capacity.len();
        let computed: Vec<Transport> = cells
            .par_iter()
            .map(|&cell| {
                let mut period = self.periods[cell / levels].clone();
                let capacity = self.instance.sites[site].capacity_kw(cell % levels);
                period.set_capacity(self.network, site, capacity);
                period
            })
            .collect();
        for (&cell, period) in cells.iter().zip(computed) {
            let (t, level) = (cell / levels, cell % levels);
            let change = (period.cost - self.periods[t].cost) as f64;
            let price = period.price(site) as f64;
            for other in 0..levels {
                let cut = change - price * (capacity[other] - capacity[level]);
                let row = t * levels + other;
                if table.exact[row].is_none() && usize::from(self.path(site)[t]) != other {
                    table.change[row] = table.change[row].max(cut);
                }
            }
            table.change[cell] = change;
            table.exact[cell] = Some(period);
        }
    }

    /// Sets a site's path whatever it costs.
    pub(crate) fn force(&mut self, site: usize, path: &[u8]) {
        let levels = self.model.sites[site].levels();
        let changed: Vec<usize> = (0..path.len())
            .filter(|&t| path[t] != self.path(site)[t])
            .map(|t| t * levels + usize::from(path[t]))
            .collect();
        let mut table = Table {
            change: vec![0.0; path.len() * levels],
            exact: (0..path.len() * levels).map(|_| None).collect(),
        };
        self.compute(site, &changed, &mut table);
        self.adopt(site, path, &mut table);
    }

    fn adopt(&mut self, site: usize, path: &[u8], table: &mut Table) {
        let (levels, periods) = (self.model.sites[site].levels(), path.len());
        self.account(site, -1);
        for (t, &level) in path.iter().enumerate() {
            if let Some(period) = table.exact[t * levels + usize::from(level)].take() {
                self.periods[t] = period;
                self.stale[t] = true;
            }
        }
        self.levels[site * periods..(site + 1) * periods].copy_from_slice(path);
        self.account(site, 1);
    }

    fn highest(&self) -> Vec<f64> {
        self.prices
            .chunks(self.model.places)
            .map(|row| row.iter().copied().fold(0.0, f64::max))
            .collect()
    }

    /// Least possible change of service cost by period, then level.
    fn estimates(&self, site: usize, offers: &mut Offers, highest: &[f64]) -> Vec<f64> {
        let model = &self.model.sites[site];
        offers.fill(self.model, model, &self.prices, highest);
        let mut change = offers.gain.clone();
        for (row, &level) in change.chunks_mut(model.levels()).zip(self.path(site)) {
            let present = row[usize::from(level)];
            for cell in row {
                *cell -= present;
            }
        }
        change
    }

    /// Cost of a step, with the penalty of what goes beyond the limits because of it.
    fn step_value(&self, site: usize, others: &Others, t: usize, from: usize, to: usize) -> f64 {
        let model = &self.model.sites[site];
        let step = model.step(t, from, to);
        let over = |limit: Option<f64>, others: f64, own: f64| {
            limit.map_or(0.0, |limit| (others + own - limit).max(0.0))
        };
        step + over(
            self.model.supply[t],
            others.installed[t],
            model.added(from, to),
        ) * self.penalty as f64
            + over(self.model.budget[t], others.spent[t], step) * BUDGET_PENALTY as f64
    }

    fn path_value(&self, site: usize, path: &[u8], change: &[f64]) -> f64 {
        let (model, others) = (&self.model.sites[site], self.others(site));
        let mut before = model.initial;
        let mut value = 0.0;
        for (t, &level) in path.iter().enumerate() {
            let level = usize::from(level);
            value += self.step_value(site, &others, t, before, level);
            value += model.running(t, level) + change[t * model.levels() + level];
            before = level;
        }
        value
    }

    fn best_path(&self, site: usize, change: &[f64]) -> (f64, Vec<u8>) {
        let (model, others) = (&self.model.sites[site], self.others(site));
        let periods = self.installed.len();
        let windows = vec![(0, (model.levels() - 1) as u8); periods];
        cheapest_path(
            model,
            periods,
            &windows,
            |t, level| model.running(t, level) + change[t * model.levels() + level],
            |t, from, to| self.step_value(site, &others, t, from, to),
        )
        .unwrap_or_else(|| (f64::INFINITY, self.path(site).to_vec()))
    }

    fn others(&self, number: usize) -> Others {
        let site = &self.instance.sites[number];
        let mut others = Others {
            installed: self.installed.iter().map(|&kw| kw as f64).collect(),
            spent: self.spent.iter().map(|&money| money as f64).collect(),
        };
        let mut before = site.initial;
        for (t, &level) in self.path(number).iter().enumerate() {
            let level = usize::from(level);
            let added = (site.capacity_kw(level) - site.capacity_kw(before)).max(0);
            others.installed[t] -= added as f64;
            others.spent[t] -= site.step(before, level, t).unwrap_or(0) as f64;
            before = level;
        }
        others
    }
}

/// What all other sites use of the limits, by period.
struct Others {
    installed: Vec<f64>,
    spent: Vec<f64>,
}
