//! A plan under improvement: levels of every site, and the optimal service of every period under them.

use rayon::prelude::*;

use crate::certificate::{Flow, Plan};
use crate::instance::Instance;
use crate::kernel::Model;
use crate::transport::{Network, Transport};

/// A plan under improvement.
#[derive(Clone)]
pub(crate) struct Fleet<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) model: &'a Model,
    pub(crate) network: &'a Network,
    /// Level by site, then period.
    pub(crate) levels: Vec<u8>,
    pub(crate) periods: Vec<Transport>,
    /// Prices of service by period, then place [minor unit/kW]; those of changed periods are stale.
    pub(crate) prices: Vec<f64>,
    pub(crate) stale: Vec<bool>,
    /// Newly installed capacity by period [kW].
    pub(crate) installed: Vec<i64>,
    /// Money spent on steps by period [minor unit].
    pub(crate) spent: Vec<i64>,
    /// Steps and standing of all sites [minor unit].
    pub(crate) fixed: i128,
    /// Price of a kilowatt that is not served, or is installed beyond supply [minor unit/kW].
    pub(crate) penalty: i64,
}

/// Budget units cost this many times themselves beyond the budget.
pub(crate) const BUDGET_PENALTY: i64 = 1_000;

impl<'a> Fleet<'a> {
    /// The fleet at `levels`, served as well as it can be.
    pub(crate) fn at(
        instance: &'a Instance,
        model: &'a Model,
        network: &'a Network,
        levels: Vec<u8>,
    ) -> Self {
        let penalty = penalty(instance);
        let periods = instance.periods();
        let transports = (0..periods)
            .into_par_iter()
            .map(|t| {
                let capacities: Vec<i64> = instance
                    .sites
                    .iter()
                    .enumerate()
                    .map(|(i, site)| site.capacity_kw(levels[i * periods + t].into()))
                    .collect();
                let mut transport = Transport::unserved(network, instance, t, penalty);
                transport.open(network, &capacities);
                transport
            })
            .collect();
        let mut fleet = Self {
            instance,
            model,
            network,
            levels,
            periods: transports,
            prices: vec![0.0; model.demand.len()],
            stale: vec![true; periods],
            installed: vec![0; periods],
            spent: vec![0; periods],
            fixed: 0,
            penalty,
        };
        for site in 0..instance.sites.len() {
            fleet.account(site, 1);
        }
        fleet
    }

    /// Adds (`sign` 1) or removes (−1) the steps and standing of a site to the fleet's sums.
    pub(crate) fn account(&mut self, number: usize, sign: i64) {
        let site = &self.instance.sites[number];
        let mut before = site.initial;
        for t in 0..self.installed.len() {
            let level = usize::from(self.path(number)[t]);
            // Paths come from the shortest path over allowed steps.
            let step = site.step(before, level, t).unwrap_or(0);
            self.installed[t] += sign * (site.capacity_kw(level) - site.capacity_kw(before)).max(0);
            self.spent[t] += sign * step;
            self.fixed += i128::from(sign * (step + site.running(level, t)));
            before = level;
        }
    }

    /// Levels of one site by period.
    pub(crate) fn path(&self, site: usize) -> &[u8] {
        let periods = self.installed.len();
        &self.levels[site * periods..(site + 1) * periods]
    }

    /// Cost with penalties [minor unit].
    pub(crate) fn value(&self) -> i128 {
        self.cost() + self.excess()
    }

    /// Cost of steps, standing and service, the price of what is not served included [minor unit].
    pub(crate) fn cost(&self) -> i128 {
        self.fixed + self.periods.iter().map(|period| period.cost).sum::<i128>()
    }

    fn excess(&self) -> i128 {
        let over = |used: &[i64], limits: &[Option<i64>]| -> i128 {
            used.iter()
                .zip(limits)
                .map(|(used, limit)| limit.map_or(0, |limit| i128::from((used - limit).max(0))))
                .sum()
        };
        over(&self.installed, &self.instance.supply_kw) * i128::from(self.penalty)
            + over(&self.spent, &self.instance.budget) * i128::from(BUDGET_PENALTY)
    }

    /// Whether every constraint is kept.
    pub(crate) fn feasible(&self) -> bool {
        self.periods.iter().all(|period| period.missing() == 0) && self.excess() == 0
    }

    /// Brings prices up to date with service.
    pub(crate) fn refresh_prices(&mut self) {
        let (places, periods) = (self.model.places, &self.periods);
        self.prices
            .par_chunks_mut(places)
            .zip(&mut self.stale)
            .zip(periods)
            .for_each(|((prices, stale), period)| {
                if *stale {
                    period.place_prices(prices);
                    *stale = false;
                }
            });
    }

    /// The plan as it is handed out, flows sorted.
    pub(crate) fn plan(&self) -> Plan {
        let periods = self.installed.len();
        let demand = |t: usize, place: u32| self.instance.places[place as usize].demand_kw[t];
        let mut flows = Vec::new();
        for (t, period) in self.periods.iter().enumerate() {
            for (site, shares) in period.shares[..self.network.sites].iter().enumerate() {
                flows.extend(shares.iter().map(|share| Flow {
                    period: t as u32,
                    site: site as u32,
                    place: share.place,
                    power_kw: (share.power != demand(t, share.place)).then_some(share.power),
                }));
            }
        }
        flows.sort_unstable();
        Plan {
            levels: self.levels.chunks(periods).map(<[u8]>::to_vec).collect(),
            flows,
        }
    }
}

/// More than any change of one site's levels, or any detour of a kilowatt, can cost.
fn penalty(instance: &Instance) -> i64 {
    let mut most = 0_i64;
    for site in &instance.sites {
        let top = site.levels.len();
        let mut total = 0_i64;
        for t in 0..instance.periods() {
            let steps: i64 = site.levels.iter().map(|level| level.step[t]).sum();
            let closing = site.closing.as_ref().map_or(0, |closing| closing[t]);
            total += site.opening[t] + steps + closing + site.running(top, t);
            let rate = site.links.last().map_or(0, |link| i64::from(link.rate));
            most = most.max(site.serving[t] + rate * instance.carriage[t]);
        }
        most = most.max(total);
    }
    most.clamp(1, 1 << 55) * 2
}
