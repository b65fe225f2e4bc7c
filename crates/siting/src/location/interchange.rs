//! Interchange: one site out, one site in, as long as it pays.
//!
//! # What it computes
//! A plan that no exchange (and, where the number of sites is free, no opening or closing) improves. Only sites near
//! what has changed are looked at again, so that a small disturbance costs little to repair, and can be taken back.
//!
//! # Assumptions
//! Costs beyond a client's list are taken as a little above its limit; the caller measures the true cost.
//!
//! # Valid range
//! Any plan with at least one open site.
//!
//! # References
//! Whitaker (1983); Resende, Werneck (2007), "A fast swap-based local search procedure".

use std::collections::VecDeque;

use super::core::{Core, Tail};

/// What an exchange must gain at least, against rounding.
const GAIN_MIN: f64 = 1e-6;
const NONE: u32 = u32::MAX;
/// Sites whose cheapest is kept together.
const RUN: usize = 64;

/// Links by site, built once per core.
#[derive(Debug)]
pub(crate) struct Reverse {
    starts: Vec<usize>,
    client: Vec<u32>,
    cost: Vec<f64>,
}

impl Reverse {
    pub(crate) fn new(core: &Core) -> Self {
        let mut starts = vec![0usize; core.sites.len() + 1];
        for &site in &core.link_site {
            starts[site as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut client = vec![0u32; core.link_site.len()];
        let mut cost = vec![0.0; core.link_site.len()];
        for index in 0..core.clients.len() {
            for link in core.links(index) {
                let place = &mut next[core.link_site[link] as usize];
                client[*place] = index as u32;
                cost[*place] = core.link_cost[link];
                *place += 1;
            }
        }
        Self {
            starts,
            client,
            cost,
        }
    }

    pub(crate) fn links(&self, site: usize) -> impl ExactSizeIterator<Item = (usize, f64)> + '_ {
        let range = self.starts[site]..self.starts[site + 1];
        self.client[range.clone()]
            .iter()
            .zip(&self.cost[range])
            .map(|(&client, &cost)| (client as usize, cost))
    }
}

/// The nearest and second nearest open site of a client.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Served {
    first: u32,
    second: u32,
    first_cost: f64,
    second_cost: f64,
}

/// A plan, what closing and opening would change, and the sites worth a look.
pub(crate) struct Interchange<'a> {
    core: &'a Core,
    reverse: &'a Reverse,
    open: Vec<bool>,
    served: Vec<Served>,
    /// What closing each open site costs.
    loss: Vec<f64>,
    /// What a candidate adds per open site that goes in its place.
    extra: Vec<f64>,
    touched: Vec<u32>,
    /// Per run of sites the open one that is cheapest to close; none where that has to be found anew.
    cheapest: Vec<Option<(f64, usize)>>,
    /// What an unserved client costs where it must be served.
    penalty: f64,
    queue: VecDeque<u32>,
    queued: Vec<bool>,
    /// Exchanges since the last mark.
    journal: Vec<(u32, u32)>,
    /// Cost of the plan without the offset of the core.
    cost: f64,
    /// Links looked at.
    effort: usize,
}

impl<'a> Interchange<'a> {
    /// From a plan; nothing is improved yet and every site is worth a look.
    pub(crate) fn new(core: &'a Core, reverse: &'a Reverse, open: &[bool]) -> Self {
        let sites = core.sites.len();
        let mut search = Self {
            core,
            reverse,
            open: open.to_vec(),
            served: Vec::with_capacity(core.clients.len()),
            loss: vec![0.0; sites],
            extra: vec![0.0; sites],
            touched: Vec::new(),
            cheapest: vec![None; sites.div_ceil(RUN)],
            penalty: core.opening.iter().sum::<f64>()
                + core.link_cost.iter().copied().fold(1.0, f64::max),
            queue: (0..sites as u32).collect(),
            queued: vec![true; sites],
            journal: Vec::new(),
            cost: 0.0,
            effort: 0,
        };
        for (site, &open) in open.iter().enumerate() {
            if open {
                search.cost += core.opening[site];
            }
        }
        for client in 0..core.clients.len() {
            let served = search.nearest(client);
            search.cost += served.first_cost;
            if served.first != NONE {
                search.loss[served.first as usize] += served.second_cost - served.first_cost;
            }
            search.served.push(served);
        }
        search
    }

    /// Exchanges until none pays, or until about `effort_max` links have been looked at.
    pub(crate) fn settle(&mut self, effort_max: usize) {
        let enough = self.effort.saturating_add(effort_max);
        loop {
            while let Some(site) = self.queue.pop_front() {
                self.queued[site as usize] = false;
                if !self.open[site as usize] && self.effort < enough {
                    self.try_opening(site as usize);
                }
            }
            if self.core.count.is_some() || !self.close_idle() {
                break;
            }
        }
    }

    /// From here on exchanges can be taken back.
    pub(crate) fn mark(&mut self) {
        self.journal.clear();
    }

    /// Takes back every exchange since the mark.
    pub(crate) fn take_back(&mut self) {
        while let Some((site_in, site_out)) = self.journal.pop() {
            let other = |site: u32| (site != NONE).then_some(site as usize);
            self.exchange(other(site_out), other(site_in));
            self.journal.pop();
        }
        while let Some(site) = self.queue.pop_front() {
            self.queued[site as usize] = false;
        }
    }

    /// Opens one site and closes another, whatever it costs.
    pub(crate) fn force(&mut self, site_in: usize, site_out: usize) {
        self.exchange(Some(site_in), Some(site_out));
    }

    /// The open sites.
    pub(crate) fn open(&self) -> &[bool] {
        &self.open
    }

    /// Cost of the plan without the offset of the core.
    pub(crate) fn cost(&self) -> f64 {
        self.cost
    }

    /// Links looked at so far.
    pub(crate) fn effort(&self) -> usize {
        self.effort
    }

    fn nearest(&self, client: usize) -> Served {
        let limit = self.core.limit[client];
        let outside = match self.core.tail[client] {
            Tail::Whole => limit.min(self.penalty),
            Tail::Growable | Tail::Cut => limit * 1.5 + 1.0,
        };
        let mut served = Served {
            first: NONE,
            second: NONE,
            first_cost: outside,
            second_cost: outside,
        };
        for link in self.core.links(client) {
            let site = self.core.link_site[link];
            if self.open[site as usize] {
                if served.first == NONE {
                    served.first = site;
                    served.first_cost = self.core.link_cost[link];
                } else {
                    served.second = site;
                    served.second_cost = self.core.link_cost[link];
                    break;
                }
            }
        }
        served
    }

    /// Closes sites that cost more than they save.
    fn close_idle(&mut self) -> bool {
        let mut improved = false;
        for site in 0..self.open.len() {
            let idle = self.core.opening[site] - self.loss[site] > GAIN_MIN;
            if self.open[site] && idle {
                self.exchange(None, Some(site));
                improved = true;
            }
        }
        improved
    }

    /// The open site that is cheapest to close.
    fn cheapest_loss(&mut self) -> Option<(f64, usize)> {
        let mut best = (f64::INFINITY, usize::MAX);
        for run in 0..self.cheapest.len() {
            let known = self.cheapest[run].unwrap_or_else(|| self.cheapest_of(run));
            self.cheapest[run] = Some(known);
            if known < best {
                best = known;
            }
        }
        (best.1 != usize::MAX).then_some(best)
    }

    fn cheapest_of(&self, run: usize) -> (f64, usize) {
        let mut best = (f64::INFINITY, usize::MAX);
        for site in run * RUN..((run + 1) * RUN).min(self.open.len()) {
            let loss = self.loss[site] - self.core.opening[site];
            if self.open[site] && (loss, site) < best {
                best = (loss, site);
            }
        }
        best
    }

    fn try_opening(&mut self, site: usize) -> bool {
        let mut gain = -self.core.opening[site];
        let links = self.reverse.links(site);
        self.effort += links.len() + 1;
        for (client, cost) in links {
            let served = &self.served[client];
            if cost >= served.second_cost {
                continue;
            }
            if cost < served.first_cost {
                gain += served.first_cost - cost;
            }
            if served.first != NONE {
                let first = served.first as usize;
                if self.extra[first] == 0.0 {
                    self.touched.push(served.first);
                }
                self.extra[first] += served.second_cost - cost.max(served.first_cost);
            }
        }
        let mut best: Option<(f64, usize)> = None;
        for &touched in &self.touched {
            let out = touched as usize;
            let loss = self.loss[out] - self.core.opening[out] - self.extra[out];
            self.extra[out] = 0.0;
            if best.is_none_or(|best| (loss, out) < best) {
                best = Some((loss, out));
            }
        }
        self.touched.clear();
        if self.core.count.is_none() && gain > GAIN_MIN {
            self.exchange(Some(site), None);
            return true;
        }
        // A site that the candidate does not touch has no extra: its loss stands as it is.
        if let Some(cheapest) = self.cheapest_loss()
            && best.is_none_or(|best| cheapest.0 < best.0)
        {
            best = Some(cheapest);
        }
        match best {
            Some((loss, out)) if gain - loss > GAIN_MIN => {
                self.exchange(Some(site), Some(out));
                true
            }
            _ => false,
        }
    }

    fn exchange(&mut self, site_in: Option<usize>, site_out: Option<usize>) {
        let reverse = self.reverse;
        let number = |site: Option<usize>| site.map_or(NONE, |site| site as u32);
        self.journal.push((number(site_in), number(site_out)));
        if let Some(site) = site_out {
            self.open[site] = false;
            self.cheapest[site / RUN] = None;
            self.cost -= self.core.opening[site];
            for (client, _) in reverse.links(site) {
                let served = self.served[client];
                if served.first == site as u32 || served.second == site as u32 {
                    self.replace(client, self.nearest(client));
                }
            }
            self.effort += reverse.links(site).len();
        }
        if let Some(site) = site_in {
            self.open[site] = true;
            self.cheapest[site / RUN] = None;
            self.cost += self.core.opening[site];
            for (client, cost) in reverse.links(site) {
                let served = self.served[client];
                if cost < served.first_cost {
                    self.replace(
                        client,
                        Served {
                            first: site as u32,
                            first_cost: cost,
                            second: served.first,
                            second_cost: served.first_cost,
                        },
                    );
                } else if cost < served.second_cost {
                    self.replace(
                        client,
                        Served {
                            second: site as u32,
                            second_cost: cost,
                            ..served
                        },
                    );
                }
            }
            self.effort += reverse.links(site).len();
        }
    }

    /// Notes who serves a client now; the sites that could serve it better than its second are worth a look.
    fn replace(&mut self, client: usize, served: Served) {
        let old = self.served[client];
        if old.first != NONE {
            self.loss[old.first as usize] -= old.second_cost - old.first_cost;
            self.cheapest[old.first as usize / RUN] = None;
        }
        if served.first != NONE {
            self.loss[served.first as usize] += served.second_cost - served.first_cost;
            self.cheapest[served.first as usize / RUN] = None;
        }
        self.cost += served.first_cost - old.first_cost;
        self.served[client] = served;
        let within = served.second_cost.max(old.second_cost);
        for link in self.core.links(client) {
            if self.core.link_cost[link] >= within {
                break;
            }
            let site = self.core.link_site[link];
            if !self.queued[site as usize] {
                self.queued[site as usize] = true;
                self.queue.push_back(site);
            }
        }
    }
}
