//! Serving all demand from given open sites at least cost.
//!
//! # What it computes
//! Amounts from sites to clients, their cost, and the prices of capacity and of serving that prove it least.
//!
//! # Assumptions
//! The open sites together have at least the capacity that is asked for.
//!
//! # Valid range
//! Few open sites (the paths are searched among sites only), any number of clients.
//!
//! # References
//! Ahuja, Magnanti, Orlin (1993), "Network flows", successive shortest paths.

use super::capacitated::Capacitated;

/// The cheapest way to serve from given sites.
pub(crate) struct Transport {
    /// Cost of serving, without opening.
    pub(crate) cost: f64,
    /// Site, client, amount.
    pub(crate) flows: Vec<(u32, u32, i64)>,
    /// What each client pays.
    pub(crate) prices: Vec<f64>,
}

struct Network<'a> {
    problem: &'a Capacitated,
    sites: &'a [usize],
    /// Amount of each client at each site, by site.
    amounts: Vec<Vec<i64>>,
    /// Clients of each site, those that have left included until the next look.
    members: Vec<Vec<u32>>,
    load: Vec<i64>,
    /// Cheapest move of one unit from site to site, and the client that moves.
    moves: Vec<(f64, u32)>,
}

/// Costs differ by more than this, or are the same.
const SAME: f64 = 1e-9;
const NOBODY: u32 = u32::MAX;

/// Serves all demand from `sites`; none where their capacity is too small.
pub(crate) fn transport(problem: &Capacitated, sites: &[usize]) -> Option<Transport> {
    let capacity: i64 = sites.iter().map(|&site| problem.capacities[site]).sum();
    if capacity < problem.demand_total || (sites.is_empty() && !problem.demands.is_empty()) {
        return None;
    }
    // A site without capacity is full and empty at once and would have no price.
    let useful = |&site: &usize| problem.capacities[site] > 0;
    let sites: Vec<usize> = sites.iter().copied().filter(useful).collect();
    let mut network = Network::new(problem, &sites);
    network.balance()?;
    Some(network.finish())
}

impl<'a> Network<'a> {
    fn new(problem: &'a Capacitated, sites: &'a [usize]) -> Self {
        let (count, clients) = (sites.len(), problem.demands.len());
        let mut network = Self {
            problem,
            sites,
            amounts: vec![vec![0; clients]; count],
            members: vec![Vec::new(); count],
            load: vec![0; count],
            moves: vec![(f64::INFINITY, NOBODY); count * count],
        };
        for client in 0..clients {
            let mut best = 0;
            for place in 1..count {
                if network.unit(place, client) < network.unit(best, client) {
                    best = place;
                }
            }
            network.amounts[best][client] = problem.demands[client];
            network.members[best].push(client as u32);
            network.load[best] += problem.demands[client];
        }
        for place in 0..count {
            network.look(place);
        }
        network
    }

    fn unit(&self, place: usize, client: usize) -> f64 {
        self.problem.units[self.sites[place] * self.problem.demands.len() + client]
    }

    /// Finds the cheapest moves out of a site anew.
    fn look(&mut self, from: usize) {
        let count = self.sites.len();
        let mut members = std::mem::take(&mut self.members[from]);
        members.retain(|&client| self.amounts[from][client as usize] > 0);
        let mut best = vec![(f64::INFINITY, NOBODY); count];
        for &client in &members {
            let here = self.unit(from, client as usize);
            for (to, best) in best.iter_mut().enumerate() {
                let change = self.unit(to, client as usize) - here;
                if change < best.0 {
                    *best = (change, client);
                }
            }
        }
        self.moves[from * count..(from + 1) * count].copy_from_slice(&best);
        self.moves[from * count + from] = (f64::INFINITY, NOBODY);
        self.members[from] = members;
    }

    fn spare(&self, place: usize) -> i64 {
        self.problem.capacities[self.sites[place]] - self.load[place]
    }

    /// Moves what is too much along cheapest paths until every site is within its capacity.
    fn balance(&mut self) -> Option<()> {
        let count = self.sites.len();
        while (0..count).any(|place| self.spare(place) < 0) {
            let start = |place: usize| {
                if self.spare(place) < 0 {
                    0.0
                } else {
                    f64::INFINITY
                }
            };
            let (distance, from) = self.paths((0..count).map(start).collect(), false);
            let target = (0..count)
                .filter(|&place| self.spare(place) > 0)
                .min_by(|&a, &b| distance[a].total_cmp(&distance[b]))?;
            distance[target].is_finite().then_some(())?;
            let mut path = vec![target];
            while let Some(&before) = path.last().map(|&last| &from[last])
                && before != usize::MAX
            {
                path.push(before);
                if path.len() > count {
                    return None;
                }
            }
            path.reverse();
            let mut amount = self.spare(target).min(-self.spare(path[0]));
            for pair in path.windows(2) {
                let client = self.moves[pair[0] * count + pair[1]].1 as usize;
                amount = amount.min(self.amounts[pair[0]][client]);
            }
            let steps: Vec<(usize, usize, u32)> = path
                .windows(2)
                .map(|pair| (pair[0], pair[1], self.moves[pair[0] * count + pair[1]].1))
                .collect();
            for (one, other, client) in steps {
                self.amounts[one][client as usize] -= amount;
                if self.amounts[other][client as usize] == 0 {
                    self.members[other].push(client);
                }
                self.amounts[other][client as usize] += amount;
                self.load[one] -= amount;
                self.load[other] += amount;
            }
            for &place in &path {
                self.members[place].dedup();
                self.look(place);
            }
        }
        Some(())
    }

    /// Shortest paths over moves from the sites that start at a finite distance; with `back` against the moves.
    fn paths(&self, mut distance: Vec<f64>, back: bool) -> (Vec<f64>, Vec<usize>) {
        let count = self.sites.len();
        let mut from = vec![usize::MAX; count];
        for _ in 0..=count {
            let mut changed = false;
            for one in 0..count {
                for other in 0..count {
                    let (cost, client) = if back {
                        self.moves[other * count + one]
                    } else {
                        self.moves[one * count + other]
                    };
                    if client != NOBODY
                        && distance[one] + cost < distance[other] - SAME * (1.0 + cost.abs())
                    {
                        distance[other] = distance[one] + cost;
                        from[other] = one;
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        (distance, from)
    }

    fn finish(self) -> Transport {
        let count = self.sites.len();
        let clients = self.problem.demands.len();
        let start = |place: usize| {
            if self.spare(place) > 0 {
                0.0
            } else {
                f64::INFINITY
            }
        };
        let mut start: Vec<f64> = (0..count).map(start).collect();
        if let Some(first) = start.first().copied()
            && start.iter().all(|value| value.is_infinite())
        {
            start[0] = first.min(0.0);
        }
        let (capacity_price, _) = self.paths(start, true);
        let lowest = capacity_price.iter().copied().fold(0.0, f64::min);
        let mut cost = 0.0;
        let mut flows = Vec::new();
        let mut prices = Vec::with_capacity(clients);
        for client in 0..clients {
            let mut unit = f64::INFINITY;
            for (place, price) in capacity_price.iter().enumerate() {
                unit = unit.min(self.unit(place, client) + price - lowest);
                let amount = self.amounts[place][client];
                if amount > 0 {
                    cost += self.unit(place, client) * amount as f64;
                    flows.push((self.sites[place] as u32, client as u32, amount));
                }
            }
            prices.push(unit * self.problem.demands[client] as f64);
        }
        Transport {
            cost,
            flows,
            prices,
        }
    }
}
