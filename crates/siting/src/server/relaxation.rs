//! The Lagrangian relaxation of "every present client is assigned once", over all scenarios.
//!
//! # What it computes
//! With multipliers u per scenario and client a server collects revenue + u of the clients it takes (0-1 knapsack). Its
//! worth is its opening cost less the expected collection; the best servers are opened.
//!
//! # Assumptions
//! Multipliers are kept so low that overflow never pays: revenue + u is at most the least penalty.
//!
//! # Valid range
//! The bound holds for every such u and is that of the linear program over whole knapsacks.
//!
//! # References
//! Guignard, Kim (1987) for relaxations that keep whole knapsacks.

use super::ServerLocation;
use super::knapsack::Knapsack;
use crate::ascent::Relaxed;

/// What is decided about a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing yet.
    Free,
    /// It is open.
    Open,
    /// It is closed.
    Closed,
}

/// One evaluation and its results. The ascent's multiplier of a client is probability x (u + its greatest revenue),
/// which is never negative.
pub(crate) struct Servers<'a> {
    pub(crate) problem: &'a ServerLocation,
    pub(crate) decisions: Vec<Decision>,
    /// Opening cost less the expected collection.
    pub(crate) worth: Vec<f64>,
    pub(crate) open: Vec<bool>,
    slack: Vec<f64>,
    /// First multiplier of each scenario.
    pub(crate) starts: Vec<usize>,
    taken: Vec<Vec<u32>>,
    knapsack: Knapsack,
    items: Vec<(f64, i64, u32)>,
}

impl ServerLocation {
    /// The greatest revenue of a client.
    pub(crate) fn greatest(&self, client: usize) -> i64 {
        self.revenues[client].iter().copied().max().unwrap_or(0)
    }

    /// The least penalty: what is collected from one client never exceeds it.
    pub(crate) fn least_penalty(&self) -> i64 {
        self.penalties.iter().copied().min().unwrap_or(0)
    }
}

impl<'a> Servers<'a> {
    pub(crate) fn new(problem: &'a ServerLocation, decisions: Vec<Decision>) -> Self {
        let servers = problem.opening.len();
        let mut starts = vec![0];
        for scenario in &problem.scenarios {
            starts.push(starts.last().copied().unwrap_or(0) + scenario.present.len());
        }
        Self {
            problem,
            decisions,
            worth: vec![0.0; servers],
            open: vec![false; servers],
            slack: vec![0.0; starts.last().copied().unwrap_or(0)],
            starts,
            taken: vec![Vec::new(); servers],
            knapsack: Knapsack::default(),
            items: Vec::new(),
        }
    }

    /// Multipliers of one scenario as plain u.
    pub(crate) fn plain(&self, multipliers: &[f64], scenario: usize) -> Vec<f64> {
        let known = &self.problem.scenarios[scenario];
        let first = self.starts[scenario];
        known
            .present
            .iter()
            .enumerate()
            .map(|(place, &client)| {
                multipliers[first + place] / known.probability
                    - self.problem.greatest(client) as f64
            })
            .collect()
    }
}

impl Relaxed for Servers<'_> {
    fn evaluate(&mut self, multipliers: &[f64]) -> f64 {
        let problem = self.problem;
        let servers = problem.opening.len();
        self.slack.fill(1.0);
        for server in 0..servers {
            self.worth[server] = problem.opening[server] as f64;
            self.taken[server].clear();
        }
        let mut total = 0.0;
        for (number, scenario) in problem.scenarios.iter().enumerate() {
            let u = self.plain(multipliers, number);
            let first = self.starts[number];
            total += scenario.probability * u.iter().sum::<f64>();
            for server in 0..servers {
                self.items.clear();
                for (place, &client) in scenario.present.iter().enumerate() {
                    let gain = problem.revenues[client][server] as f64 + u[place];
                    let demand = problem.demands[client][server];
                    if gain > 0.0 && demand == 0 {
                        // Needs no capacity: any server takes it, open or not.
                        total -= scenario.probability * gain;
                        self.slack[first + place] -= 1.0;
                    } else if gain > 0.0 && self.decisions[server] != Decision::Closed {
                        self.items.push((gain, demand, (first + place) as u32));
                    }
                }
                if self.decisions[server] != Decision::Closed {
                    let capacity = problem.capacities[server];
                    let gain = self
                        .knapsack
                        .solve(&self.items, capacity, &mut self.taken[server]);
                    self.worth[server] -= scenario.probability * gain;
                }
            }
        }
        total += self.choose();
        for server in 0..servers {
            if self.open[server] {
                for &place in &self.taken[server] {
                    self.slack[place as usize] -= 1.0;
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

    fn limit(&self, place: usize) -> f64 {
        let number = self.starts.partition_point(|&start| start <= place) - 1;
        self.problem.least_penalty() as f64 * self.problem.scenarios[number].probability
    }
}

impl Servers<'_> {
    /// Opens the best servers; the sum of their worth.
    fn choose(&mut self) -> f64 {
        let mut room = self.problem.most;
        let mut total = 0.0;
        let mut waiting = Vec::new();
        for server in 0..self.worth.len() {
            self.open[server] = self.decisions[server] == Decision::Open;
            if self.open[server] {
                total += self.worth[server];
                if room == 0 {
                    return f64::INFINITY;
                }
                room -= 1;
            } else if self.decisions[server] == Decision::Free && self.worth[server] < 0.0 {
                waiting.push((self.worth[server], server));
            }
        }
        waiting.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for &(worth, server) in waiting.iter().take(room) {
            self.open[server] = true;
            total += worth;
        }
        total
    }

    /// Sum of worths once one more server is decided, at the multipliers of the last evaluation.
    pub(crate) fn opposite(&mut self, server: usize, decision: Decision) -> f64 {
        let before = std::mem::replace(&mut self.decisions[server], decision);
        let total = self.choose();
        self.decisions[server] = before;
        total
    }

    /// Sum of worths as it stands.
    pub(crate) fn chosen(&mut self) -> f64 {
        self.choose()
    }
}
