//! Interchange: one site out, one site in, as long as it pays.
//!
//! # What it computes
//! A plan that no exchange (and, where the number of sites is free, no opening or closing) improves.
//!
//! # Assumptions
//! Costs beyond a client's list are taken as a little above its limit; the caller measures the true cost.
//!
//! # Valid range
//! Any plan with at least one open site.
//!
//! # References
//! Whitaker (1983); Resende, Werneck (2007), "A fast swap-based local search procedure".

use super::core::Core;

/// What an exchange must gain at least, against rounding.
const GAIN_MIN: f64 = 1e-6;
const NONE: u32 = u32::MAX;

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

    fn links(&self, site: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[site]..self.starts[site + 1];
        self.client[range.clone()]
            .iter()
            .zip(&self.cost[range])
            .map(|(&client, &cost)| (client as usize, cost))
    }
}

/// The nearest and second nearest open site of a client.
#[derive(Debug, Clone, Copy)]
struct Served {
    first: u32,
    second: u32,
    first_cost: f64,
    second_cost: f64,
}

struct Search<'a> {
    core: &'a Core,
    reverse: &'a Reverse,
    open: Vec<bool>,
    served: Vec<Served>,
    /// What closing each open site costs.
    loss: Vec<f64>,
    /// What a candidate adds per open site that goes in its place.
    extra: Vec<f64>,
    touched: Vec<u32>,
    /// The open site that is cheapest to close, until the plan changes.
    cheapest: Option<(f64, usize)>,
    /// What an unserved client costs where it must be served.
    penalty: f64,
}

/// Improves `open` until no exchange pays or `passes` have been made over the candidates. Where `candidates` are given only those may come in.
pub(crate) fn improve(
    core: &Core,
    reverse: &Reverse,
    open: &[bool],
    candidates: Option<&[bool]>,
    passes: usize,
) -> Vec<bool> {
    let sites = core.sites.len();
    let mut search = Search {
        core,
        reverse,
        open: open.to_vec(),
        served: Vec::with_capacity(core.clients.len()),
        loss: vec![0.0; sites],
        extra: vec![0.0; sites],
        touched: Vec::new(),
        cheapest: None,
        penalty: core.opening.iter().sum::<f64>()
            + core.link_cost.iter().copied().fold(1.0, f64::max),
    };
    for client in 0..core.clients.len() {
        let served = search.nearest(client);
        search.served.push(served);
    }
    search.measure_losses();
    for _ in 0..passes {
        let mut improved = false;
        if core.count.is_none() {
            improved |= search.close_idle();
        }
        for site in 0..sites {
            let allowed = candidates.is_none_or(|candidates| candidates[site]);
            if !search.open[site] && allowed {
                improved |= search.try_opening(site);
            }
        }
        if !improved {
            break;
        }
    }
    search.open
}

impl Search<'_> {
    fn nearest(&self, client: usize) -> Served {
        let outside = if self.core.growable[client] {
            self.core.limit[client] * 1.5 + 1.0
        } else {
            self.core.limit[client].min(self.penalty)
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

    fn measure_losses(&mut self) {
        self.loss.fill(0.0);
        for served in &self.served {
            if served.first != NONE {
                self.loss[served.first as usize] += served.second_cost - served.first_cost;
            }
        }
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
        if self.cheapest.is_some() {
            return self.cheapest;
        }
        let mut best: Option<(f64, usize)> = None;
        for site in 0..self.open.len() {
            if self.open[site] {
                let loss = self.loss[site] - self.core.opening[site];
                if best.is_none_or(|best| loss < best.0) {
                    best = Some((loss, site));
                }
            }
        }
        self.cheapest = best;
        best
    }

    fn try_opening(&mut self, site: usize) -> bool {
        let mut gain = -self.core.opening[site];
        for (client, cost) in self.reverse.links(site) {
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
        self.cheapest = None;
        if let Some(site) = site_out {
            self.open[site] = false;
            for (client, _) in reverse.links(site) {
                let served = self.served[client];
                if served.first == site as u32 || served.second == site as u32 {
                    self.replace(client, self.nearest(client));
                }
            }
        }
        if let Some(site) = site_in {
            self.open[site] = true;
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
        }
    }

    fn replace(&mut self, client: usize, served: Served) {
        let old = self.served[client];
        if old.first != NONE {
            self.loss[old.first as usize] -= old.second_cost - old.first_cost;
        }
        if served.first != NONE {
            self.loss[served.first as usize] += served.second_cost - served.first_cost;
        }
        self.served[client] = served;
    }
}
