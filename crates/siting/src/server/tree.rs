//! Branch and bound on the servers.
//!
//! # What it computes
//! The best set of servers; where all are decided every scenario is assigned exactly.
//!
//! # Assumptions
//! As the relaxation.
//!
//! # Valid range
//! Ends on every input; limits end it earlier with the bound reached.
//!
//! # References
//! Caroe, Schultz (1999), "Dual decomposition in stochastic integer programming", for bounds by scenario.

use super::recourse::{Effort, Recourse, assign};
use super::relaxation::{Decision, Servers};
use super::{ServerLocation, ServerSiting};
use crate::ascent::{Ascent, Relaxed};
use crate::limits::Limits;
use crate::siting::Siting;

/// The search and what it has found.
pub(crate) struct Search<'a> {
    problem: &'a ServerLocation,
    limits: &'a Limits<'a>,
    cost: f64,
    open: Vec<bool>,
    assignments: Vec<Vec<usize>>,
    goal: f64,
    nodes: usize,
    lowest: f64,
}

struct Node {
    decisions: Vec<Decision>,
    ascent: Ascent,
}

const FIRST_ITERATIONS: usize = 200;
const NODE_ITERATIONS: usize = 25;
/// Branches per scenario for the first plan, which need not be the best.
const FIRST_NODES: usize = 20;
/// Two costs closer than this share of one are the same.
const SAME: f64 = 1e-9;

impl<'a> Search<'a> {
    pub(crate) fn new(problem: &'a ServerLocation, limits: &'a Limits<'a>) -> Self {
        Self {
            problem,
            limits,
            cost: f64::INFINITY,
            open: vec![false; problem.opening.len()],
            assignments: Vec::new(),
            goal: f64::INFINITY,
            nodes: 0,
            lowest: f64::INFINITY,
        }
    }

    pub(crate) fn run(&mut self) {
        let servers = self.problem.opening.len();
        let mut first = Vec::new();
        for scenario in &self.problem.scenarios {
            for &client in &scenario.present {
                first.push(scenario.probability * (self.problem.greatest(client) as f64) * 0.5);
            }
        }
        let mut stack = vec![Node {
            decisions: vec![Decision::Free; servers],
            ascent: Ascent::new(servers, first),
        }];
        while let Some(node) = stack.pop() {
            if node.ascent.bound > self.goal || self.over() {
                self.lowest = self.lowest.min(node.ascent.bound);
                continue;
            }
            self.nodes += 1;
            self.node(node, &mut stack);
        }
    }

    fn over(&self) -> bool {
        self.nodes >= self.limits.nodes_max || (self.limits.stop)()
    }

    fn node(&mut self, node: Node, stack: &mut Vec<Node>) {
        let mut servers = Servers::new(self.problem, node.decisions);
        let before = node.ascent.bound;
        let mut ascent = node.ascent.continued(
            node.ascent.u.clone(),
            node.ascent.mean.clone(),
            f64::NEG_INFINITY,
        );
        let first = before == f64::NEG_INFINITY;
        if !first {
            ascent.set_pace(0.7, 0.1);
        }
        let mut plan = vec![false; servers.worth.len()];
        for _ in 0..if first {
            FIRST_ITERATIONS
        } else {
            NODE_ITERATIONS
        } {
            let known = if self.goal.is_finite() {
                self.goal
            } else {
                ascent.bound + 0.1 * ascent.bound.abs() + 1.0
            };
            if ascent.iterate(&mut servers, known.max(ascent.bound) + 0.1) {
                plan.clone_from(&servers.open);
            }
            if ascent.bound > self.goal {
                self.lowest = self.lowest.min(ascent.bound);
                return;
            }
        }
        if self.cost.is_infinite() {
            self.first_plan(&servers, &ascent, plan.clone());
        }
        self.limits
            .progress
            .report(ascent.bound, self.cost, self.nodes);
        let bound = servers.evaluate(&ascent.u);
        self.decide(&mut servers, bound);
        let free = (0..plan.len()).filter(|&server| servers.decisions[server] == Decision::Free);
        let away = |server: usize| (ascent.mean[server] - 0.5).abs();
        let Some(server) = free.min_by(|&a, &b| away(a).total_cmp(&away(b))) else {
            let open: Vec<bool> = servers
                .decisions
                .iter()
                .map(|&decision| decision == Decision::Open)
                .collect();
            self.complete(&servers, &ascent, &open, self.goal);
            return;
        };
        for decision in [Decision::Closed, Decision::Open] {
            let mut decisions = servers.decisions.clone();
            decisions[server] = decision;
            stack.push(Node {
                decisions,
                ascent: ascent.clone(),
            });
        }
    }

    /// Completes a plan roughly, with one more server after the other as long as that helps.
    fn first_plan(&mut self, servers: &Servers<'_>, ascent: &Ascent, mut plan: Vec<bool>) {
        loop {
            let before = self.cost;
            self.complete(servers, ascent, &plan, f64::INFINITY);
            let closed = (0..plan.len()).filter(|&server| !plan[server]);
            let next = closed.min_by(|&a, &b| servers.worth[a].total_cmp(&servers.worth[b]));
            let Some(next) = next.filter(|_| self.cost < before) else {
                return;
            };
            plan[next] = true;
        }
    }

    fn decide(&mut self, servers: &mut Servers<'_>, bound: f64) {
        let worths = servers.chosen();
        let plan = servers.open.clone();
        for (server, &planned) in plan.iter().enumerate() {
            if servers.decisions[server] != Decision::Free {
                continue;
            }
            let (opposite, own) = if planned {
                (Decision::Closed, Decision::Open)
            } else {
                (Decision::Open, Decision::Closed)
            };
            let other = bound - worths + servers.opposite(server, opposite);
            if other > self.goal {
                self.lowest = self.lowest.min(other);
                servers.decisions[server] = own;
            }
        }
    }

    /// Assigns every scenario exactly when `open` are open; gives up once the cost must exceed `goal`.
    fn complete(&mut self, servers: &Servers<'_>, ascent: &Ascent, open: &[bool], goal: f64) {
        let problem = self.problem;
        if open.iter().filter(|&&open| open).count() > problem.most {
            return;
        }
        let opening: i64 = (0..open.len())
            .filter(|&server| open[server])
            .map(|server| problem.opening[server])
            .sum();
        let mut found: Vec<Recourse> = Vec::new();
        let mut cost = opening as f64;
        // Scenarios not yet assigned count with their relaxed bound.
        let rest: Vec<f64> = (0..problem.scenarios.len())
            .map(|scenario| {
                problem.scenarios[scenario].probability * relaxed(servers, ascent, scenario, open)
            })
            .collect();
        for (number, scenario) in problem.scenarios.iter().enumerate() {
            let bound = cost + rest[number..].iter().sum::<f64>();
            if bound > goal {
                self.lowest = self.lowest.min(bound);
                return;
            }
            let others = bound - rest[number];
            let effort = Effort {
                cutoff: (goal - others) / scenario.probability + SAME,
                nodes_max: if goal.is_finite() {
                    usize::MAX
                } else {
                    FIRST_NODES
                },
                stop: self.limits.stop,
            };
            let u = servers.plain(&ascent.u, number);
            let recourse = assign(problem, &scenario.present, open, u, &effort);
            let value = recourse.value as f64;
            if goal.is_finite() && (!recourse.complete || value > effort.cutoff) {
                self.lowest = self
                    .lowest
                    .min(if recourse.complete { goal } else { bound });
                return;
            }
            cost += scenario.probability * value;
            found.push(recourse);
        }
        if goal.is_finite() {
            self.lowest = self.lowest.min(cost);
        }
        if cost < self.cost {
            self.cost = cost;
            self.open = open.to_vec();
            self.assignments = found.into_iter().map(|recourse| recourse.servers).collect();
            self.goal = cost - cost.abs() * self.limits.gap.max(SAME) - SAME;
        }
    }

    pub(crate) fn finish(self) -> ServerSiting {
        let allowed = self.cost.abs() * self.limits.gap.max(SAME) + 2.0 * SAME;
        let siting = Siting {
            objective: self.cost,
            bound: self.lowest.min(self.cost),
            proven: self.lowest >= self.cost - allowed,
            open: (0..self.open.len())
                .filter(|&server| self.open[server])
                .collect(),
            assignment: None,
            nodes: self.nodes,
            proof: None,
        };
        ServerSiting {
            siting,
            assignments: self.assignments,
        }
    }
}

/// The relaxed bound of one scenario with given servers.
fn relaxed(servers: &Servers<'_>, ascent: &Ascent, scenario: usize, open: &[bool]) -> f64 {
    let problem = servers.problem;
    let u = servers.plain(&ascent.u, scenario);
    let mut knapsack = super::knapsack::Knapsack::default();
    let mut total: f64 = u.iter().sum();
    let mut chosen = Vec::new();
    for (server, &open) in open.iter().enumerate() {
        let mut items = Vec::new();
        for (place, &client) in problem.scenarios[scenario].present.iter().enumerate() {
            let gain = problem.revenues[client][server] as f64 + u[place];
            let demand = problem.demands[client][server];
            if gain > 0.0 && demand == 0 {
                total -= gain;
            } else if gain > 0.0 {
                items.push((gain, demand, 0));
            }
        }
        let capacity = if open { problem.capacities[server] } else { 0 };
        total -= knapsack.solve(&items, capacity, &mut chosen);
    }
    total
}
