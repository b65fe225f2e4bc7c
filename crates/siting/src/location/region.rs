//! The neighbourhood of a decision as a small core of its own.
//!
//! # What it computes
//! What a decision does to the bound, by raising only the multipliers of the clients around it. Everybody else keeps
//! what they pay; a site's opening cost is what it is then worth to them, less the price of a site.
//!
//! # Assumptions
//! The price of a site stays. The bound found is one of the whole core at that price, so it is a true one.
//!
//! # Valid range
//! Any decision; useful where few clients are near it.

use super::branching::Decision;
use super::core::Core;
use super::hunt::Hunt;
use super::interchange::Reverse;
use super::relaxation::carried;
use super::tree::{PACE, Tree, WEIGHT_MAX};
use crate::ascent::Ascent;

/// A core at its best multipliers, with what regions need to know of it.
pub(super) struct Whole<'a> {
    pub(super) core: &'a Core,
    pub(super) ascent: &'a Ascent,
    pub(super) reverse: Reverse,
    /// Worth of each site less the price of a site.
    pub(super) reduced: Vec<f64>,
    pub(super) bound: f64,
}

/// Multipliers and means around a decision, to begin a node with.
#[derive(Debug, Clone, Default)]
pub(super) struct Warm {
    clients: Vec<(u32, f64, f64)>,
    sites: Vec<(u32, f64)>,
}

impl Warm {
    /// Puts them into an ascent on a core with the same numbers.
    pub(super) fn put(&self, core: &Core, ascent: &mut Ascent) {
        for &(client, price, direction) in &self.clients {
            if let Ok(place) = core.clients.binary_search(&client) {
                ascent.u[place] = price.min(core.limit[place]);
                ascent.direction[place] = direction;
            }
        }
        for &(site, mean) in &self.sites {
            if let Ok(place) = core.sites.binary_search(&site) {
                ascent.mean[place] = mean;
            }
        }
    }
}

/// A region after a decision.
pub(super) struct Region {
    core: Core,
    ascent: Ascent,
    /// Bound of everything outside.
    rest: f64,
}

impl Region {
    /// The bound of the whole.
    pub(super) fn bound(&self) -> f64 {
        self.ascent.bound + self.rest
    }

    /// Sets the pace of the ascent.
    pub(super) fn pace(&mut self) {
        self.ascent.set_pace(PACE, WEIGHT_MAX);
    }

    /// What a node may begin with.
    pub(super) fn warm(&self) -> Warm {
        let clients = self.core.clients.iter().enumerate();
        let sites = self.core.sites.iter().zip(&self.ascent.mean);
        Warm {
            clients: clients
                .map(|(place, &client)| {
                    (client, self.ascent.u[place], self.ascent.direction[place])
                })
                .collect(),
            sites: sites.map(|(&site, &mean)| (site, mean)).collect(),
        }
    }
}

impl<'a> Whole<'a> {
    /// Evaluates the core at the ascent's multipliers.
    pub(super) fn new(tree: &mut Tree<'_>, core: &'a Core, ascent: &'a Ascent) -> Self {
        let bound = tree.relaxation.evaluate(core, &ascent.u);
        let price = tree.relaxation.price(core);
        let worth = tree.relaxation.worth.iter();
        Self {
            core,
            ascent,
            reverse: Reverse::new(core),
            reduced: worth.map(|worth| worth - price).collect(),
            bound,
        }
    }

    /// The region of a decision, which is then made; none where it is most of the core.
    pub(super) fn around(&self, decision: Decision) -> Option<Region> {
        let (core, u) = (self.core, &self.ascent.u);
        let mut near = vec![false; core.clients.len()];
        let mut clients = Vec::new();
        let mut seen = vec![false; core.sites.len()];
        let mut ring: Vec<u32> = decision.sites(core);
        let mut client = decision.client();
        for _ in 0..2 {
            for &site in &ring {
                seen[site as usize] = true;
            }
            let first = clients.len();
            let alone = client.take().filter(|&client| !near[client]);
            if let Some(client) = alone {
                near[client] = true;
                clients.push(client);
            }
            for &site in &ring {
                for (client, cost) in self.reverse.links(site as usize) {
                    if cost < u[client] && !near[client] {
                        near[client] = true;
                        clients.push(client);
                    }
                }
            }
            if clients.len() * 3 > core.clients.len() {
                return None;
            }
            ring.clear();
            for &client in &clients[first..] {
                for link in core.links(client) {
                    let site = core.link_site[link];
                    if core.link_cost[link] >= u[client] {
                        break;
                    }
                    if !seen[site as usize] {
                        seen[site as usize] = true;
                        ring.push(site);
                    }
                }
            }
        }
        clients.sort_unstable();
        Some(self.cut_out(&clients, decision))
    }

    fn cut_out(&self, clients: &[usize], decision: Decision) -> Region {
        let (core, u) = (self.core, &self.ascent.u);
        // A site may have no client that would pay for it.
        let mut sites = decision.sites(core);
        for &client in clients {
            sites.extend_from_slice(&core.link_site[core.links(client)]);
        }
        sites.sort_unstable();
        sites.dedup();
        let mut small = Core::bare(None);
        let mut own = 0.0;
        for &site in &sites {
            let reduced = self.reduced[site as usize];
            own += reduced.min(0.0);
            small.sites.push(core.sites[site as usize]);
            small.opening.push(reduced);
        }
        for &client in clients {
            own += u[client];
            for link in core.links(client) {
                let place = sites.binary_search(&core.link_site[link]).unwrap_or(0);
                let cost = core.link_cost[link];
                small.link_site.push(place as u32);
                small.link_cost.push(cost);
                small.opening[place] += (u[client] - cost).max(0.0);
            }
            small.clients.push(core.clients[client]);
            small.starts.push(small.link_site.len());
            small.limit.push(core.limit[client]);
            small.tail.push(core.tail[client]);
        }
        let place = |site: usize| sites.binary_search(&(site as u32)).unwrap_or(0);
        let inner = |client: usize| clients.binary_search(&client).unwrap_or(0);
        let decision = match decision {
            Decision::Site(site, open) => Decision::Site(place(site), open),
            Decision::Near(client, most) => Decision::Near(inner(client), most),
            Decision::Far(client, most) => Decision::Far(inner(client), most),
        };
        let ascent = self
            .ascent
            .continued(
                clients.iter().map(|&client| u[client]).collect(),
                sites
                    .iter()
                    .map(|&site| self.ascent.mean[site as usize])
                    .collect(),
                own,
            )
            .directed(
                clients
                    .iter()
                    .map(|&client| self.ascent.direction[client])
                    .collect(),
                self.ascent.is_directed(),
            );
        let decided = decision.applied(&small);
        Region {
            ascent: carried(&ascent, &small, &decided),
            core: decided,
            rest: self.bound - own,
        }
    }
}

impl Tree<'_> {
    /// Raises the bound of a region.
    pub(super) fn ascend_region(&mut self, region: &mut Region, iterations: usize, hunt: &Hunt) {
        let inner = Hunt::new(hunt.goal - region.rest, 0.0);
        self.ascend(&region.core, &mut region.ascent, iterations, true, &inner);
    }
}
