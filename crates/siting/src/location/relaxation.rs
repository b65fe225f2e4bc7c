//! The Lagrangian relaxation of "every client is served once".
//!
//! # What it computes
//! For multipliers u (what each client would pay): `rho_i = f_i + sum_j min(0, c_ij - u_j)`, and the bound
//! `sum_j u_j` + the least sum of rho over the sites that may be opened together.
//!
//! # Assumptions
//! No client's multiplier exceeds the limit of its list.
//!
//! # Valid range
//! The bound holds for every u; at the best u it is that of the strong linear program.
//!
//! # References
//! Cornuejols, Fisher, Nemhauser (1977); Beasley (1993).

use super::core::{Core, Tail};
use crate::ascent::{Ascent, Relaxed};

/// The relaxation of one core.
pub(crate) struct OnCore<'a> {
    pub(crate) core: &'a Core,
    pub(crate) relaxation: &'a mut Relaxation,
}

impl Relaxed for OnCore<'_> {
    fn evaluate(&mut self, u: &[f64]) -> f64 {
        self.relaxation.evaluate(self.core, u)
    }

    fn slack(&self) -> &[f64] {
        &self.relaxation.slack
    }

    fn open(&self) -> &[bool] {
        &self.relaxation.open
    }

    fn limit(&self, client: usize) -> f64 {
        self.core.limit[client]
    }
}

/// Carries an ascent over to a core with some of the sites and clients of the old one. The bound stays true where the
/// rest was decided.
pub(crate) fn carried(ascent: &Ascent, old: &Core, core: &Core) -> Ascent {
    let mut place = 0;
    let mut mean = Vec::with_capacity(core.sites.len());
    for &site in &core.sites {
        while old.sites[place] != site {
            place += 1;
        }
        mean.push(ascent.mean[place]);
    }
    let mut place = 0;
    let mut u = Vec::with_capacity(core.clients.len());
    let mut direction = Vec::with_capacity(core.clients.len());
    for (index, &client) in core.clients.iter().enumerate() {
        while old.clients[place] != client {
            place += 1;
        }
        let price = ascent.u[place];
        u.push(price.min(core.limit[index]));
        // What sites that are gone served, somebody else has to serve now.
        let gone = old.served(place, price, &ascent.mean) - core.served(index, price, &mean);
        direction.push(ascent.direction[place] + gone);
    }
    let known = ascent.is_directed();
    ascent
        .continued(u, mean, ascent.bound)
        .directed(direction, known)
}

impl Core {
    /// How often the mean of the sites serves a client that pays at most `price`.
    fn served(&self, client: usize, price: f64, mean: &[f64]) -> f64 {
        let links = self.links(client);
        let costs = self.link_cost[links.clone()].iter();
        self.link_site[links]
            .iter()
            .zip(costs)
            .take_while(|(_, cost)| **cost < price)
            .map(|(&site, _)| mean[site as usize])
            .sum()
    }
}

/// Room for one evaluation, and its results.
#[derive(Debug, Default)]
pub(crate) struct Relaxation {
    /// Worth of opening each site: the lower the better.
    pub(crate) worth: Vec<f64>,
    /// Sites that the relaxation opens.
    pub(crate) open: Vec<bool>,
    /// 1 - number of open sites that serve the client.
    pub(crate) slack: Vec<f64>,
    /// Largest worth of an open site.
    pub(crate) last_in: f64,
    /// Smallest worth of a site that stays closed.
    pub(crate) first_out: f64,
    /// Cost of the open sites with each client at the nearest of its list; infinite where a list has none.
    pub(crate) plan_cost: f64,
    order: Vec<(f64, u32)>,
    served: Vec<u32>,
}

impl Relaxation {
    /// Evaluates the bound at `u`.
    pub(crate) fn evaluate(&mut self, core: &Core, u: &[f64]) -> f64 {
        let sites = core.sites.len();
        self.worth.clear();
        self.worth.extend_from_slice(&core.opening);
        self.served.clear();
        let mut total = core.offset;
        for (client, &price) in u.iter().enumerate() {
            total += price;
            let range = core.links(client);
            let mut within = 0;
            for (&site, &cost) in core.link_site[range.clone()]
                .iter()
                .zip(&core.link_cost[range])
            {
                let difference = cost - price;
                if difference >= 0.0 {
                    break;
                }
                self.worth[site as usize] += difference;
                within += 1;
            }
            self.served.push(within);
        }
        self.open.clear();
        self.open.resize(sites, false);
        self.order.clear();
        for site in 0..sites {
            self.order.push((self.worth[site], site as u32));
        }
        total += self.choose(core);
        self.measure(core);
        total
    }

    /// What one site more is worth: between the last that is in and the first that is out; nothing where any number may
    /// be opened.
    pub(crate) fn price(&self, core: &Core) -> f64 {
        match core.count {
            None => 0.0,
            Some(_) if self.first_out.is_finite() && self.last_in.is_finite() => {
                f64::midpoint(self.last_in, self.first_out)
            }
            Some(_) if self.last_in.is_finite() => self.last_in,
            Some(_) => self.first_out,
        }
    }

    /// Opens the best sites; the sum of their worth.
    fn choose(&mut self, core: &Core) -> f64 {
        let take = match core.count {
            Some(count) => count.min(self.order.len()),
            None => self.order.iter().filter(|entry| entry.0 < 0.0).count(),
        };
        if take > 0 && take < self.order.len() {
            self.order
                .select_nth_unstable_by(take - 1, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        let (chosen, left) = self.order.split_at(take);
        // Summed by place in the core, so that the result does not depend on the order of selection.
        for entry in chosen {
            self.open[entry.1 as usize] = true;
        }
        self.last_in = chosen
            .iter()
            .map(|entry| entry.0)
            .fold(f64::NEG_INFINITY, f64::max);
        self.first_out = left
            .iter()
            .map(|entry| entry.0)
            .fold(f64::INFINITY, f64::min);
        (0..core.sites.len())
            .filter(|&site| self.open[site])
            .map(|site| self.worth[site])
            .sum()
    }

    fn measure(&mut self, core: &Core) {
        self.slack.clear();
        let opened: f64 = (0..core.sites.len())
            .filter(|&site| self.open[site])
            .map(|site| core.opening[site])
            .sum();
        let mut cost = core.offset + opened;
        for client in 0..core.clients.len() {
            let range = core.links(client);
            let within = self.served[client] as usize;
            let mut number = 0;
            let mut nearest = None;
            for link in range.start..range.start + within {
                if self.open[core.link_site[link] as usize] {
                    nearest = nearest.or(Some(link));
                    number += 1;
                }
            }
            if nearest.is_none() {
                nearest = (range.start + within..range.end)
                    .find(|&link| self.open[core.link_site[link] as usize]);
            }
            cost += match nearest {
                Some(link) => core.link_cost[link],
                None if core.tail[client] != Tail::Whole => f64::INFINITY,
                None => core.limit[client],
            };
            self.slack.push(1.0 - f64::from(number));
        }
        self.plan_cost = if cost < crate::table::UNREACHABLE as f64 {
            cost
        } else {
            f64::INFINITY
        };
    }
}
