//! The Lagrangian relaxation of "all demand of every client is served", with capacities.
//!
//! # What it computes
//! For multipliers u: each site takes the clients that pay most per unit above their cost, up to its capacity
//! (continuous knapsack); its worth is its opening cost less that gain. Sites are opened so that their capacity
//! suffices for all demand.
//!
//! # Assumptions
//! Demand may be split.
//!
//! # Valid range
//! The bound holds for every u. Where capacities differ, the sites are chosen as in the linear program.
//!
//! # References
//! Cornuejols, Sridharan, Thizy (1991); Goertz, Klose (2012).

use super::capacitated::Capacitated;
use crate::ascent::Relaxed;

/// What is decided about a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing yet.
    Free,
    /// It is open.
    Open,
    /// It is closed.
    Closed,
}

/// A site whose worth is no more than this is opened for nothing: rounding must not decide how the rest is chosen.
const NOTHING: f64 = 1e-5;

/// One evaluation and its results.
pub(crate) struct Knapsacks<'a> {
    pub(crate) problem: &'a Capacitated,
    pub(crate) decisions: Vec<Decision>,
    /// Opening cost less the gain of each site.
    pub(crate) worth: Vec<f64>,
    /// Sites that the relaxation opens, in whole or in part.
    pub(crate) open: Vec<bool>,
    /// The share of each site that it opens.
    share: Vec<f64>,
    slack: Vec<f64>,
    /// For each site the clients it serves with the share of each.
    taken: Vec<Vec<(u32, f64)>>,
    prices: Vec<f64>,
    items: Vec<(f64, u32)>,
}

impl<'a> Knapsacks<'a> {
    pub(crate) fn new(problem: &'a Capacitated, decisions: Vec<Decision>) -> Self {
        let (sites, clients) = (problem.opening.len(), problem.demands.len());
        Self {
            problem,
            decisions,
            worth: vec![0.0; sites],
            open: vec![false; sites],
            share: vec![0.0; sites],
            slack: vec![0.0; clients],
            taken: vec![Vec::new(); sites],
            prices: vec![0.0; clients],
            items: Vec::new(),
        }
    }

    /// The gain of one site, and whom it serves.
    fn fill(&mut self, site: usize) -> f64 {
        let problem = self.problem;
        self.items.clear();
        for (client, (&price, &unit)) in self.prices.iter().zip(problem.row(site)).enumerate() {
            if price > unit {
                self.items.push((price - unit, client as u32));
            }
        }
        let taken = &mut self.taken[site];
        taken.clear();
        let mut room = problem.capacities[site];
        let mut gain = 0.0;
        let mut rest = &mut self.items[..];
        // The best part of what is left either fits as a whole or contains the last that fits.
        while !rest.is_empty() && room > 0 {
            let middle = rest.len() / 2;
            let order = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            rest.select_nth_unstable_by(middle, order);
            let weight: i64 = rest[..=middle]
                .iter()
                .map(|item| problem.demands[item.1 as usize])
                .sum();
            if weight <= room {
                for &(unit_gain, client) in &rest[..=middle] {
                    gain += unit_gain * problem.demands[client as usize] as f64;
                    taken.push((client, 1.0));
                }
                room -= weight;
                rest = &mut rest[middle + 1..];
            } else if middle == 0 {
                let (unit_gain, client) = rest[0];
                gain += unit_gain * room as f64;
                taken.push((
                    client,
                    room as f64 / problem.demands[client as usize] as f64,
                ));
                break;
            } else {
                let (before, critical) = rest.split_at_mut(middle);
                let weight: i64 = weight - problem.demands[critical[0].1 as usize];
                if weight <= room {
                    for &(unit_gain, client) in &*before {
                        gain += unit_gain * problem.demands[client as usize] as f64;
                        taken.push((client, 1.0));
                    }
                    let (unit_gain, client) = critical[0];
                    let left = room - weight;
                    gain += unit_gain * left as f64;
                    taken.push((
                        client,
                        left as f64 / problem.demands[client as usize] as f64,
                    ));
                    break;
                }
                rest = before;
            }
        }
        gain
    }

    /// Sum of worths once one more site is decided, at the multipliers of the last evaluation.
    pub(crate) fn opposite(&mut self, site: usize, decision: Decision) -> f64 {
        let before = std::mem::replace(&mut self.decisions[site], decision);
        let total = self.choose();
        self.decisions[site] = before;
        total
    }

    /// Sum of worths as it stands.
    pub(crate) fn chosen(&mut self) -> f64 {
        self.choose()
    }

    /// Opens sites so that their capacity suffices; the sum of their worth.
    fn choose(&mut self) -> f64 {
        let problem = self.problem;
        let mut missing = problem.demand_total;
        let mut total = 0.0;
        let mut waiting: Vec<(f64, usize)> = Vec::new();
        for site in 0..self.worth.len() {
            let decision = self.decisions[site];
            let chosen = decision == Decision::Open
                || (decision == Decision::Free && self.worth[site] <= NOTHING);
            self.share[site] = f64::from(u8::from(chosen));
            if chosen {
                let open = decision == Decision::Open;
                total += if open {
                    self.worth[site]
                } else {
                    self.worth[site].min(0.0)
                };
                missing -= problem.capacities[site];
            } else if decision == Decision::Free && problem.capacities[site] > 0 {
                waiting.push((self.worth[site] / problem.capacities[site] as f64, site));
            }
        }
        if missing > 0 {
            waiting.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            // Equal capacities: whole sites are needed.
            let same = waiting
                .windows(2)
                .all(|pair| problem.capacities[pair[0].1] == problem.capacities[pair[1].1]);
            for &(_, site) in &waiting {
                if missing <= 0 {
                    break;
                }
                let capacity = problem.capacities[site];
                let share = if same {
                    1.0
                } else {
                    (missing as f64 / capacity as f64).min(1.0)
                };
                self.share[site] = share;
                total += share * self.worth[site];
                missing -= capacity;
            }
            if missing > 0 {
                return f64::INFINITY;
            }
        }
        total
    }
}

impl Relaxed for Knapsacks<'_> {
    fn evaluate(&mut self, u: &[f64]) -> f64 {
        for ((price, &multiplier), &demand) in
            self.prices.iter_mut().zip(u).zip(&self.problem.demands)
        {
            *price = multiplier / demand as f64;
        }
        for site in 0..self.worth.len() {
            if self.decisions[site] != Decision::Closed {
                self.worth[site] = self.problem.opening[site] - self.fill(site);
            }
        }
        let total = u.iter().sum::<f64>() + self.choose();
        self.slack.fill(1.0);
        for site in 0..self.worth.len() {
            self.open[site] = self.share[site] > 0.0;
            if self.open[site] {
                for &(client, share) in &self.taken[site] {
                    self.slack[client as usize] -= share * self.share[site];
                }
            }
        }
        total
    }

    fn slack(&self) -> &[f64] {
        &self.slack
    }

    fn open(&self) -> &[bool] {
        &self.open
    }

    fn limit(&self, _client: usize) -> f64 {
        f64::INFINITY
    }
}
