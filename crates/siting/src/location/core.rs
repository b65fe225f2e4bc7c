//! The part of an instance that a node of the search still has to look at.
//!
//! For each client the free sites that may serve it, nearest first, up to a limit. Sites decided to be open are gone:
//! the nearest of them is the client's limit, the cost it never exceeds. Clients that nothing free can serve better
//! are gone too: what they cost is in the offset.

use super::problem::Problem;
use crate::certificate::{MULTIPLIER_BITS, fixed_point};
use crate::table::UNREACHABLE;

/// What lies beyond the end of a client's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Nothing: the limit is what the client then costs.
    Whole,
    /// Sites not looked at yet.
    Growable,
    /// Sites so far that a plan that needs them costs too much; for parts and bounds the limit stands for them.
    Cut,
}

/// Free sites, the clients they may serve, and sorted lists.
#[derive(Debug, Clone)]
pub(crate) struct Core {
    /// Number of each free site in the instance.
    pub(crate) sites: Vec<u32>,
    /// Cost of opening each.
    pub(crate) opening: Vec<f64>,
    /// Number of free sites to open; none where any number may be.
    pub(crate) count: Option<usize>,
    /// Number of each client in the instance.
    pub(crate) clients: Vec<u32>,
    /// First link of each client, and the end of the last.
    pub(crate) starts: Vec<usize>,
    /// Site of each link, as a place in `sites`.
    pub(crate) link_site: Vec<u32>,
    /// Cost of each link, rising within a client.
    pub(crate) link_cost: Vec<f64>,
    /// What the client costs if no listed site is open; where the list can still grow, the least that it costs.
    pub(crate) limit: Vec<f64>,
    /// What is beyond the list.
    pub(crate) tail: Vec<Tail>,
    /// Cost of what is decided.
    pub(crate) offset: f64,
    /// Sites decided to be open.
    pub(crate) chosen: Vec<u32>,
}

impl Core {
    /// Lists of all sites within the limits given per client.
    pub(crate) fn new(problem: &Problem<'_>, limits: &[i64]) -> Self {
        let table = problem.table;
        let sites = table.sites();
        let mut core = Self {
            sites: (0..sites as u32).collect(),
            opening: problem.opening.iter().map(|&cost| cost as f64).collect(),
            count: problem.count,
            clients: Vec::new(),
            starts: vec![0],
            link_site: Vec::new(),
            link_cost: Vec::new(),
            limit: Vec::with_capacity(limits.len()),
            tail: Vec::with_capacity(limits.len()),
            offset: 0.0,
            chosen: Vec::new(),
        };
        let mut found = Vec::new();
        for (client, &limit) in limits.iter().enumerate() {
            found.clear();
            let ceiling = table.ceiling(client);
            table.within(client, limit, &mut found);
            found.sort_unstable();
            let whole = limit >= ceiling || found.len() == sites;
            // Costs are whole numbers: the next unlisted one is at least one above the limit.
            let limit = if whole { ceiling } else { limit + 1 };
            let first = core.link_site.len();
            core.link_site.extend(found.iter().map(|link| link.1));
            core.link_cost
                .extend(found.iter().map(|link| link.0 as f64));
            let limit = (limit as f64).min(UNREACHABLE as f64);
            core.settle_or_keep(client as u32, first, limit, tail(whole));
        }
        core
    }

    /// Range of the links of a client.
    pub(crate) fn links(&self, client: usize) -> std::ops::Range<usize> {
        self.starts[client]..self.starts[client + 1]
    }

    /// A core without sites and clients.
    pub(crate) fn bare(count: Option<usize>) -> Self {
        Self {
            sites: Vec::new(),
            opening: Vec::new(),
            count,
            clients: Vec::new(),
            starts: vec![0],
            link_site: Vec::new(),
            link_cost: Vec::new(),
            limit: Vec::new(),
            tail: Vec::new(),
            offset: 0.0,
            chosen: Vec::new(),
        }
    }

    /// What remains when `closed` and `opened` are decided.
    pub(crate) fn reduced(&self, closed: &[bool], opened: &[bool]) -> Self {
        let mut place = vec![u32::MAX; self.sites.len()];
        let newly = opened.iter().filter(|&&open| open).count();
        let mut core = Self {
            offset: self.offset,
            chosen: self.chosen.clone(),
            ..Self::bare(self.count.map(|count| count.saturating_sub(newly)))
        };
        for site in 0..self.sites.len() {
            if opened[site] {
                core.chosen.push(self.sites[site]);
                core.offset += self.opening[site];
            } else if !closed[site] {
                place[site] = core.sites.len() as u32;
                core.sites.push(self.sites[site]);
                core.opening.push(self.opening[site]);
            }
        }
        for client in 0..self.clients.len() {
            let (mut limit, mut tail) = (self.limit[client], self.tail[client]);
            let first = core.link_site.len();
            for link in self.links(client) {
                let site = self.link_site[link] as usize;
                if opened[site] {
                    limit = limit.min(self.link_cost[link]);
                    tail = Tail::Whole;
                    break;
                }
                if place[site] != u32::MAX {
                    core.link_site.push(place[site]);
                    core.link_cost.push(self.link_cost[link]);
                }
            }
            core.settle_or_keep(self.clients[client], first, limit, tail);
        }
        core
    }

    /// What remains when a client must be served at a cost of at most `most`.
    pub(crate) fn served_within(&self, client: usize, most: f64) -> Self {
        let mut core = self.clone();
        let range = self.links(client);
        let kept = self.link_cost[range.clone()]
            .iter()
            .take_while(|&&cost| cost <= most)
            .count();
        let gone = range.start + kept..range.end;
        for start in &mut core.starts[client + 1..] {
            *start -= gone.len();
        }
        core.link_site.drain(gone.clone());
        core.link_cost.drain(gone);
        if self.limit[client] > most {
            core.limit[client] = UNREACHABLE as f64;
        }
        core.tail[client] = Tail::Whole;
        core
    }

    /// Whether each site serves a client at a cost of at most `most`.
    pub(crate) fn sites_within(&self, client: usize, most: f64) -> Vec<bool> {
        let mut within = vec![false; self.sites.len()];
        for link in self.links(client) {
            within[self.link_site[link] as usize] = self.link_cost[link] <= most;
        }
        within
    }

    /// The same core with lists up to what clients pay at `u` and `slack` more.
    pub(crate) fn shortened(&self, problem: &Problem<'_>, u: &[f64], slack: f64) -> Self {
        let wanted = |client: usize| {
            let most = most_of(u[client], slack);
            let short = self.tail[client] == Tail::Growable && self.limit[client] <= most;
            if short { most as i64 } else { -1 }
        };
        let limits: Vec<i64> = (0..self.clients.len()).map(wanted).collect();
        if limits.iter().all(|&limit| limit < 0) {
            return self.clipped(u, slack);
        }
        let grown = self.grown(problem, &limits);
        let mut place = 0;
        let prices = grown.clients.iter().map(|&client| {
            while self.clients[place] != client {
                place += 1;
            }
            u[place]
        });
        let prices: Vec<f64> = prices.collect();
        grown.clipped(&prices, slack)
    }

    /// The same core without what is beyond what clients pay at `u` and `slack` more.
    pub(crate) fn clipped(&self, u: &[f64], slack: f64) -> Self {
        let mut core = Self {
            sites: self.sites.clone(),
            opening: self.opening.clone(),
            offset: self.offset,
            chosen: self.chosen.clone(),
            ..Self::bare(self.count)
        };
        for (client, &price) in u.iter().enumerate() {
            let most = most_of(price, slack);
            let first = core.link_site.len();
            let range = self.links(client);
            let costs = &self.link_cost[range.clone()];
            let kept = costs.partition_point(|&cost| cost <= most);
            core.link_site
                .extend_from_slice(&self.link_site[range.start..range.start + kept]);
            core.link_cost.extend_from_slice(&costs[..kept]);
            let (limit, tail) = if self.limit[client] > most {
                (most + 1.0, Tail::Cut)
            } else {
                (self.limit[client], self.tail[client])
            };
            core.settle_or_keep(self.clients[client], first, limit, tail);
        }
        core
    }

    /// Whether every list is whole, or may be taken for whole.
    pub(crate) fn is_whole(&self) -> bool {
        self.tail.iter().all(|&tail| tail != Tail::Growable)
    }

    /// Ends a client whose links begin at `first`: those at its limit are of no use.
    fn settle_or_keep(&mut self, client: u32, first: usize, limit: f64, tail: Tail) {
        while self.link_cost.len() > first
            && self.link_cost.last().is_some_and(|&cost| cost >= limit)
        {
            self.link_cost.pop();
            self.link_site.pop();
        }
        if self.link_site.len() == first && tail == Tail::Whole {
            self.offset += limit;
        } else {
            self.clients.push(client);
            self.starts.push(self.link_site.len());
            self.limit.push(limit);
            self.tail.push(tail);
        }
    }

    /// Longer lists for the clients with a limit above -1, up to that limit.
    pub(crate) fn grown(&self, problem: &Problem<'_>, limits: &[i64]) -> Self {
        let mut place = vec![u32::MAX; problem.table.sites()];
        for (index, &site) in self.sites.iter().enumerate() {
            place[site as usize] = index as u32;
        }
        let mut core = Self {
            sites: self.sites.clone(),
            opening: self.opening.clone(),
            offset: self.offset,
            chosen: self.chosen.clone(),
            ..Self::bare(self.count)
        };
        let mut found = Vec::new();
        for (client, &wanted) in limits.iter().enumerate() {
            let number = self.clients[client] as usize;
            let first = core.link_site.len();
            if wanted < 0 {
                let links = self.links(client);
                core.link_site
                    .extend_from_slice(&self.link_site[links.clone()]);
                core.link_cost.extend_from_slice(&self.link_cost[links]);
                core.settle_or_keep(number as u32, first, self.limit[client], self.tail[client]);
                continue;
            }
            // The nearest decided site, if any, is where the list ends.
            let most = problem.client_cost(number, &self.chosen);
            found.clear();
            problem.table.within(number, wanted.min(most), &mut found);
            let whole = wanted >= most || found.len() == problem.table.sites();
            found.retain_mut(|link| {
                link.1 = place[link.1 as usize];
                link.1 != u32::MAX
            });
            found.sort_unstable();
            for &(cost, site) in &found {
                core.link_site.push(site);
                core.link_cost.push(cost as f64);
            }
            let limit = if whole { most } else { wanted + 1 };
            core.settle_or_keep(number as u32, first, limit as f64, tail(whole));
        }
        core
    }

    /// Parts that share no client, each with places of its sites and clients here; largest last.
    pub(crate) fn parts(&self) -> Vec<(Vec<u32>, Vec<u32>)> {
        let mut parent: Vec<u32> = (0..self.sites.len() as u32).collect();
        let root = |parent: &mut Vec<u32>, mut site: u32| {
            while parent[site as usize] != site {
                parent[site as usize] = parent[parent[site as usize] as usize];
                site = parent[site as usize];
            }
            site
        };
        for client in 0..self.clients.len() {
            let links = &self.link_site[self.links(client)];
            let Some(&first) = links.first() else {
                continue;
            };
            let first = root(&mut parent, first);
            for &site in links {
                let other = root(&mut parent, site);
                parent[other as usize] = first;
            }
        }
        let mut number = vec![u32::MAX; self.sites.len()];
        let mut parts: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        for site in 0..self.sites.len() as u32 {
            let top = root(&mut parent, site) as usize;
            if number[top] == u32::MAX {
                number[top] = parts.len() as u32;
                parts.push((Vec::new(), Vec::new()));
            }
            parts[number[top] as usize].0.push(site);
        }
        for client in 0..self.clients.len() {
            if let Some(&first) = self.link_site[self.links(client)].first() {
                let top = root(&mut parent, first) as usize;
                parts[number[top] as usize].1.push(client as u32);
            }
        }
        parts.sort_by_key(|part| (part.0.len(), part.0[0]));
        parts
    }

    /// One part as a core of its own, with `count` sites to open.
    pub(crate) fn part(&self, sites: &[u32], clients: &[u32], count: Option<usize>) -> Self {
        let mut core = Self::bare(count);
        let mut place = std::collections::BTreeMap::new();
        for &site in sites {
            place.insert(site, core.sites.len() as u32);
            core.sites.push(self.sites[site as usize]);
            core.opening.push(self.opening[site as usize]);
        }
        for &client in clients {
            let client = client as usize;
            for link in self.links(client) {
                core.link_site.push(place[&self.link_site[link]]);
                core.link_cost.push(self.link_cost[link]);
            }
            core.clients.push(self.clients[client]);
            core.starts.push(core.link_site.len());
            core.limit.push(self.limit[client]);
            // A part knows no sites but its own: what the limit stands for is all there is.
            core.tail.push(Tail::Whole);
        }
        core
    }
}

fn tail(whole: bool) -> Tail {
    if whole { Tail::Whole } else { Tail::Growable }
}

/// What a client pays at most, to the unit as the proof has it: the check must come to the same.
fn most_of(price: f64, slack: f64) -> f64 {
    (fixed_point(price).saturating_add(fixed_point(slack)) >> MULTIPLIER_BITS) as f64
}
