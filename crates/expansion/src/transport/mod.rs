//! What it computes: the cheapest way to serve every place of one period from sites of given capacity, kept optimal
//! while capacities change.
//!
//! Assumptions: places are many, sites are few. The residual network is contracted to the sites: the arc a→b costs
//! what the cheapest place served by a would cost more from b. A site that lost capacity sends its excess along
//! shortest paths to spare capacity; a site that gained capacity draws along the most negative path. One more site,
//! the last, stands for "not served": unlimited, at a price no path can beat.
//!
//! Valid range: whole powers and costs; costs below 2^60.
//!
//! References: Ahuja, Magnanti, Orlin, "Network Flows" (1993), chapter 9 (successive shortest paths).

mod arc;
mod network;
mod search;

use crate::instance::Instance;
use arc::Arc;
pub(crate) use network::Network;
use search::Search;

const FAR: i64 = i64::MAX / 4;
const NOBODY: u32 = u32::MAX;

/// Power that a site serves to a place.
#[derive(Clone, Copy)]
pub(crate) struct Share {
    pub(crate) place: u32,
    pub(crate) rate: u32,
    pub(crate) power: i64,
}

/// An optimal service of one period.
#[derive(Clone)]
pub(crate) struct Transport {
    carriage: i64,
    /// Cost of a kilowatt served by site; the last is the price of not serving.
    serving: Vec<i64>,
    capacity: Vec<i64>,
    load: Vec<i64>,
    /// Price of capacity by site, at which nobody would rather be served elsewhere [minor unit/kW].
    price: Vec<i64>,
    /// Who is served, by site.
    pub(crate) shares: Vec<Vec<Share>>,
    /// Cheapest moves by the network's position.
    arcs: Vec<Arc>,
    /// Cost of service, the price of what is not served included.
    pub(crate) cost: i128,
}

impl Transport {
    /// Nothing is open yet: nobody is served.
    pub(crate) fn unserved(network: &Network, instance: &Instance, t: usize, penalty: i64) -> Self {
        let nodes = network.sites + 1;
        let mut serving: Vec<i64> = instance.sites.iter().map(|site| site.serving[t]).collect();
        serving.push(penalty);
        let waiting: Vec<Share> = instance
            .places
            .iter()
            .enumerate()
            .filter(|(_, place)| place.demand_kw[t] > 0)
            .map(|(j, place)| Share {
                place: j as u32,
                rate: 0,
                power: place.demand_kw[t],
            })
            .collect();
        let demand: i64 = waiting.iter().map(|share| share.power).sum();
        let mut transport = Self {
            carriage: instance.carriage[t],
            serving,
            capacity: vec![0; nodes],
            load: vec![0; nodes],
            price: vec![0; nodes],
            shares: vec![Vec::new(); nodes],
            arcs: vec![Arc::default(); network.arcs()],
            cost: i128::from(demand) * i128::from(penalty),
        };
        transport.capacity[network.sites] = FAR;
        transport.load[network.sites] = demand;
        transport.shares[network.sites] = waiting;
        transport.refresh(network, network.sites);
        transport
    }

    /// Opens many sites at once, from nothing: each place at its cheapest open site, then excess is moved.
    pub(crate) fn open(&mut self, network: &Network, capacities: &[i64]) {
        let last = network.sites;
        self.capacity[..last].copy_from_slice(capacities);
        for share in std::mem::take(&mut self.shares[last]) {
            let best = network
                .links_of(share.place)
                .iter()
                .filter(|(site, _)| capacities[*site as usize] > 0)
                .map(|&(site, rate)| {
                    (
                        self.serving[site as usize] + i64::from(rate) * self.carriage,
                        site,
                        rate,
                    )
                })
                .min();
            let (unit, site, rate) = best.unwrap_or((self.serving[last], last as u32, 0));
            self.load[last] -= share.power;
            self.load[site as usize] += share.power;
            self.cost += i128::from(unit - self.serving[last]) * i128::from(share.power);
            self.shares[site as usize].push(Share { rate, ..share });
        }
        for site in 0..=last {
            self.refresh(network, site);
        }
        for site in 0..last {
            self.send_excess(network, site);
        }
    }

    /// Price of capacity at a site: what one kilowatt more would save at first [minor unit/kW].
    pub(crate) fn price(&self, site: usize) -> i64 {
        self.price[site]
    }

    /// Power that is not served [kW].
    pub(crate) fn missing(&self) -> i64 {
        self.load[self.capacity.len() - 1]
    }

    /// Changes the capacity of one site and makes service optimal again.
    pub(crate) fn set_capacity(&mut self, network: &Network, site: usize, capacity: i64) {
        let grows = capacity > self.capacity[site];
        if self.capacity[site] == 0 {
            self.price[site] = self.entry_price(network, site);
        }
        self.capacity[site] = capacity;
        if grows {
            self.draw(network, site);
        } else {
            self.send_excess(network, site);
        }
    }

    fn nodes(&self) -> usize {
        self.capacity.len()
    }

    fn unit(&self, site: usize, rate: u32) -> i64 {
        self.serving[site] + i64::from(rate) * self.carriage
    }

    /// The cheapest move between two sites: cost and place.
    fn arc(&self, network: &Network, from: usize, to: usize) -> Option<(i64, u32)> {
        self.arcs[network.slot(from, to)?].first()
    }

    /// Recomputes the arcs out of `site`.
    fn refresh(&mut self, network: &Network, site: usize) {
        self.arcs[network.row(site)].fill(Arc::default());
        for index in 0..self.shares[site].len() {
            self.offer(network, site, self.shares[site][index]);
        }
    }

    /// Lets arcs out of `site` know of one of its places.
    fn offer(&mut self, network: &Network, site: usize, share: Share) {
        let unit = self.unit(site, share.rate);
        for &(to, rate) in network.links_of(share.place) {
            if let Some(slot) = network.slot(site, to as usize) {
                let more = self.unit(to as usize, rate) - unit;
                self.arcs[slot].insert(more, share.place);
            }
        }
        if let Some(slot) = network.slot(site, network.sites) {
            let more = self.serving[network.sites] - unit;
            self.arcs[slot].insert(more, share.place);
        }
    }

    /// Lets arcs out of `site` forget one of its places.
    fn withdraw(&mut self, network: &Network, site: usize, place: u32) {
        let links = network.links_of(place).iter().map(|link| link.0 as usize);
        let mut whole = true;
        for to in links.chain([network.sites]) {
            if let Some(slot) = network.slot(site, to) {
                whole &= self.arcs[slot].remove(place);
            }
        }
        if !whole {
            self.refresh(network, site);
        }
    }

    /// Moves what `site` cannot hold.
    fn send_excess(&mut self, network: &Network, site: usize) {
        while self.load[site] > self.capacity[site] {
            let Some((path, room)) = self.way_out(network, site) else {
                return;
            };
            let excess = self.load[site] - self.capacity[site];
            self.push(network, &path, excess.min(room));
        }
    }

    /// Shortest path from `site` to spare capacity, and that capacity; raises the prices of sites on this side of it.
    fn way_out(&mut self, network: &Network, site: usize) -> Option<(Vec<usize>, i64)> {
        let nodes = self.nodes();
        let mut search = Search::new(nodes, site);
        while let Some((reach, a)) = search.next() {
            if a != site && self.capacity[a] > self.load[a] {
                for &b in &search.settled {
                    self.price[b] += (reach - search.distance[b]).max(0);
                }
                let mut path = search.trace(a);
                path.reverse();
                return Some((path, self.capacity[a] - self.load[a]));
            }
            for &b in network.neighbours(a) {
                let b = b as usize;
                if self.capacity[b] > 0
                    && let Some((cost, _)) = self.arc(network, a, b)
                {
                    search.reach(b, reach + cost + self.price[b] - self.price[a], a);
                }
            }
        }
        None
    }

    /// Lets a site with new room take what is cheaper there.
    fn draw(&mut self, network: &Network, site: usize) {
        while self.capacity[site] > self.load[site] && self.price[site] > 0 {
            let path = self.way_in(network, site);
            if path.len() > 1 {
                self.push(network, &path, self.capacity[site] - self.load[site]);
            }
        }
    }

    /// The path to `site` that saves most, `site` alone if none saves; lowers the prices of sites on it.
    fn way_in(&mut self, network: &Network, site: usize) -> Vec<usize> {
        let nodes = self.nodes();
        let mut search = Search::new(nodes, site);
        let (mut least, mut start) = (self.price[site], site);
        while let Some((reach, b)) = search.next() {
            if reach >= least {
                break;
            }
            if reach + self.price[b] < least {
                least = reach + self.price[b];
                start = b;
            }
            for &a in network.neighbours(b) {
                let a = a as usize;
                // What lies beyond the best known end needs no visit.
                if let Some((cost, _)) = self.arc(network, a, b) {
                    let next = reach + cost + self.price[b] - self.price[a];
                    if next < least {
                        search.reach(a, next, b);
                    }
                }
            }
        }
        for &b in &search.settled {
            self.price[b] -= (least - search.distance[b]).max(0);
        }
        search.trace(start)
    }

    /// The least price at which nobody served elsewhere would be cheaper at a site that was closed.
    fn entry_price(&self, network: &Network, site: usize) -> i64 {
        network
            .neighbours(site)
            .iter()
            .filter_map(|&a| Some((a as usize, self.arc(network, a as usize, site)?.0)))
            .map(|(a, cost)| self.price[a] - cost)
            .fold(0, i64::max)
    }

    /// Moves at most `most` along a path of sites, by the cheapest place of each arc.
    fn push(&mut self, network: &Network, path: &[usize], most: i64) {
        let mut power = most;
        let mut moves = Vec::with_capacity(path.len());
        for pair in path.windows(2) {
            let (_, place) = self
                .arc(network, pair[0], pair[1])
                .expect("a path leads over arcs");
            let held = self.shares[pair[0]]
                .iter()
                .position(|share| share.place == place)
                .expect("an arc stands for a place that its site serves");
            power = power.min(self.shares[pair[0]][held].power);
            moves.push((pair[0], pair[1], place));
        }
        for (from, to, place) in moves {
            self.move_share(network, from, to, place, power);
        }
    }

    fn move_share(&mut self, network: &Network, from: usize, to: usize, place: u32, power: i64) {
        let held = self.shares[from]
            .iter()
            .position(|share| share.place == place)
            .expect("an arc stands for a place that its site serves");
        let before = self.unit(from, self.shares[from][held].rate);
        self.shares[from][held].power -= power;
        let gone = self.shares[from][held].power == 0;
        if gone {
            self.shares[from].swap_remove(held);
        }
        self.load[from] -= power;
        self.load[to] += power;
        let rate = network
            .links_of(place)
            .iter()
            .find(|(site, _)| *site as usize == to)
            .map_or(0, |(_, rate)| *rate);
        self.cost += i128::from(self.unit(to, rate) - before) * i128::from(power);
        if let Some(share) = self.shares[to].iter_mut().find(|s| s.place == place) {
            share.power += power;
        } else {
            let share = Share { place, rate, power };
            self.shares[to].push(share);
            self.offer(network, to, share);
        }
        if gone {
            self.withdraw(network, from, place);
        }
    }

    /// Price of service by place, for which service is optimal [minor unit/kW].
    pub(crate) fn place_prices(&self, prices: &mut [f64]) {
        for (site, shares) in self.shares.iter().enumerate() {
            for share in shares {
                prices[share.place as usize] =
                    (self.unit(site, share.rate) + self.price[site]) as f64;
            }
        }
    }
}
