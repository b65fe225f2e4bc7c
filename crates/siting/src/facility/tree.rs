//! Branch and bound for capacitated location.
//!
//! # What it computes
//! The cheapest plan at or below a goal, or a proof that there is none.
//!
//! # Assumptions
//! Once every site is decided the transport problem is solved exactly; its prices are the multipliers of the leaf.
//!
//! # Valid range
//! Ends on every input; limits end it earlier with the bound reached.
//!
//! # References
//! Goertz, Klose (2012), "A simple but usually fast branch-and-bound algorithm for the capacitated facility location
//! problem".

use super::capacitated::Capacitated;
use super::relaxation::{Decision, Knapsacks};
use super::transport::{Transport, transport};
use crate::ascent::{Ascent, Relaxed};
use crate::certificate::{MULTIPLIER_BITS, Multipliers, Proof, Step};
use crate::limits::Limits;

/// The search and what it has found.
pub(crate) struct Search<'a> {
    pub(crate) problem: &'a Capacitated,
    pub(crate) limits: &'a Limits<'a>,
    /// Best plan: its cost, sites and flows.
    pub(crate) cost: f64,
    pub(crate) sites: Vec<usize>,
    pub(crate) plan: Option<Transport>,
    pub(crate) goal: f64,
    pub(crate) nodes: usize,
    pub(crate) lowest: f64,
    pub(crate) proof: Proof,
}

struct Node {
    decisions: Vec<Decision>,
    ascent: Ascent,
    step: usize,
}

const ROUND: usize = 25;
const ROUNDS_MAX: usize = 40;
const NODE_ITERATIONS: usize = 30;
/// Share of the gap that a round must gain.
const GAIN_SHARE: f64 = 0.03;

impl<'a> Search<'a> {
    pub(crate) fn new(problem: &'a Capacitated, limits: &'a Limits<'a>) -> Self {
        Self {
            problem,
            limits,
            cost: f64::INFINITY,
            sites: Vec::new(),
            plan: None,
            goal: f64::INFINITY,
            nodes: 0,
            lowest: f64::INFINITY,
            proof: Proof::default(),
        }
    }

    /// Solves to the limits.
    pub(crate) fn run(&mut self) {
        let sites = self.problem.opening.len();
        let mut decisions = vec![Decision::Free; sites];
        let start = self.first_multipliers();
        let mut ascent = Ascent::new(sites, start);
        let mut step = self.reserve();
        let mut stale = 0;
        for _ in 0..ROUNDS_MAX {
            let before = ascent.bound;
            let mut knapsacks = Knapsacks::new(self.problem, decisions.clone());
            let open = self.climb(&mut knapsacks, &mut ascent, ROUND);
            self.improve(&open, &decisions);
            self.limits.progress.report(ascent.bound, self.cost, 0);
            if ascent.bound > self.goal || (self.limits.stop)() {
                self.close(step, &ascent.u, ascent.bound);
                return;
            }
            self.decide(&mut knapsacks, &ascent, &mut step);
            decisions = knapsacks.decisions;
            let gained = ascent.bound - before > GAIN_SHARE * (self.goal - ascent.bound);
            stale = if gained { 0 } else { stale + 1 };
            if stale > 1 {
                break;
            }
        }
        self.guesses(&decisions, &ascent, step);
    }

    /// Searches under guessed costs, bold ones first.
    fn guesses(&mut self, decisions: &[Decision], ascent: &Ascent, step: usize) {
        let (multipliers, steps) = (self.proof.multipliers.len(), self.proof.steps.len());
        let lowest = self.lowest;
        let mut ahead = ascent.bound.abs() * 5e-4 + 1.0;
        loop {
            let guess = ascent.bound + ahead;
            let known = self.goal;
            let bold = guess < ascent.bound + 0.8 * (known - ascent.bound);
            if bold {
                self.goal = guess;
            }
            self.search(Node {
                decisions: decisions.to_vec(),
                ascent: ascent.clone(),
                step,
            });
            if !bold || self.cost <= guess || self.over() {
                return;
            }
            self.proof.multipliers.truncate(multipliers);
            self.proof.steps.truncate(steps);
            self.lowest = lowest;
            self.goal = known.min(self.below(self.cost));
            ahead *= 2.0;
        }
    }

    fn over(&self) -> bool {
        self.nodes >= self.limits.nodes_max || (self.limits.stop)()
    }

    /// What a plan must stay below to be better than one of this cost.
    fn below(&self, cost: f64) -> f64 {
        cost - cost.abs() * self.limits.gap.max(1e-10) - 1e-3
    }

    fn first_multipliers(&self) -> Vec<f64> {
        let problem = self.problem;
        (0..problem.demands.len())
            .map(|client| {
                let cheapest = (0..problem.opening.len())
                    .map(|site| problem.row(site)[client])
                    .fold(f64::INFINITY, f64::min);
                let mean: f64 = problem.opening.iter().sum::<f64>() / problem.opening.len() as f64;
                let capacity =
                    problem.capacities.iter().sum::<i64>() as f64 / problem.capacities.len() as f64;
                (cheapest + mean / capacity.max(1.0)) * problem.demands[client] as f64
            })
            .collect()
    }

    /// Iterates; the plan of the best bound is returned.
    fn climb(
        &self,
        knapsacks: &mut Knapsacks<'_>,
        ascent: &mut Ascent,
        iterations: usize,
    ) -> Vec<bool> {
        let mut open = Vec::new();
        for _ in 0..iterations {
            let known = if self.goal.is_finite() {
                self.goal
            } else {
                ascent.bound.abs() * 1.05
            };
            let above = known.max(ascent.bound) + 1.0;
            if ascent.iterate(knapsacks, above + 0.05 * (above - ascent.bound)) {
                open.clone_from(&knapsacks.open);
            }
            if ascent.bound > self.goal {
                break;
            }
        }
        if open.is_empty() {
            open.clone_from(&knapsacks.open);
        }
        open
    }

    /// Offers the plan that opens `open`, and what remains when its idle sites are closed.
    fn improve(&mut self, open: &[bool], decisions: &[Decision]) {
        let mut sites: Vec<usize> = (0..open.len()).filter(|&site| open[site]).collect();
        while let Some(found) = transport(self.problem, &sites) {
            let used: Vec<usize> = sites
                .iter()
                .copied()
                .filter(|&site| {
                    decisions[site] == Decision::Open
                        || found.flows.iter().any(|flow| flow.0 as usize == site)
                })
                .collect();
            let same = used.len() == sites.len();
            self.offer(&sites, found);
            if same {
                break;
            }
            sites = used;
        }
    }

    fn offer(&mut self, sites: &[usize], found: Transport) {
        let opening: f64 = sites.iter().map(|&site| self.problem.opening[site]).sum();
        let cost = opening + found.cost;
        if cost < self.cost {
            self.cost = cost;
            self.sites = sites.to_vec();
            self.plan = Some(found);
            self.goal = self.goal.min(self.below(cost));
        }
    }

    fn reserve(&mut self) -> usize {
        self.proof.steps.push(Step::Enumerate);
        self.proof.steps.len() - 1
    }

    fn keep(&mut self, u: &[f64]) -> u32 {
        let scale = (1u64 << MULTIPLIER_BITS) as f64;
        self.proof.multipliers.push(Multipliers {
            clients: self.problem.clients.clone(),
            values: u
                .iter()
                .map(|price| (price * scale).round() as i64)
                .collect(),
        });
        self.proof.multipliers.len() as u32 - 1
    }

    fn close(&mut self, step: usize, u: &[f64], bound: f64) {
        let multipliers = self.keep(u);
        self.lowest = self.lowest.min(bound);
        self.proof.steps[step] = Step::Bound { multipliers };
    }

    /// Decides sites whose opposite costs too much at the best multipliers. Whether any was.
    fn decide(&mut self, knapsacks: &mut Knapsacks<'_>, ascent: &Ascent, step: &mut usize) -> bool {
        let bound = knapsacks.evaluate(&ascent.u);
        let mut decided = Vec::new();
        let worths = knapsacks.chosen();
        for site in 0..knapsacks.worth.len() {
            if knapsacks.decisions[site] != Decision::Free {
                continue;
            }
            let open = knapsacks.open[site];
            let opposite = if open {
                Decision::Closed
            } else {
                Decision::Open
            };
            if bound - worths + knapsacks.opposite(site, opposite) > self.goal {
                decided.push((site as u32, open));
            }
        }
        for &(site, open) in &decided {
            knapsacks.decisions[site as usize] = if open {
                Decision::Open
            } else {
                Decision::Closed
            };
        }
        if decided.is_empty() {
            return false;
        }
        self.lowest = self.lowest.min(self.goal);
        let multipliers = self.keep(&ascent.u);
        let next = self.reserve();
        self.proof.steps[*step] = Step::Decide {
            multipliers,
            decisions: decided,
            then: next as u32,
        };
        *step = next;
        true
    }

    fn search(&mut self, root: Node) {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if node.ascent.bound > self.goal || self.over() {
                self.close(node.step, &node.ascent.u, node.ascent.bound);
                continue;
            }
            self.nodes += 1;
            self.node(node, &mut stack);
        }
    }

    fn node(&mut self, node: Node, stack: &mut Vec<Node>) {
        let Node {
            decisions,
            mut ascent,
            mut step,
        } = node;
        let mut knapsacks = Knapsacks::new(self.problem, decisions);
        loop {
            if knapsacks
                .decisions
                .iter()
                .all(|&decision| decision != Decision::Free)
            {
                self.leaf(&knapsacks, step, &ascent);
                return;
            }
            let before = ascent.bound;
            ascent = ascent.continued(ascent.u.clone(), ascent.mean.clone(), f64::NEG_INFINITY);
            ascent.set_pace(0.7, 0.1);
            let open = self.climb(&mut knapsacks, &mut ascent, NODE_ITERATIONS);
            if ascent.bound > self.goal {
                self.close(step, &ascent.u, ascent.bound);
                return;
            }
            if self.nodes % 4 == 1 {
                self.improve(&open, &knapsacks.decisions);
            }
            let decided = self.decide(&mut knapsacks, &ascent, &mut step);
            if !decided && ascent.bound - before < 0.3 * (self.goal - ascent.bound) {
                break;
            }
        }
        self.branch(&knapsacks.decisions, &ascent, step, stack);
    }

    fn branch(
        &mut self,
        decisions: &[Decision],
        ascent: &Ascent,
        step: usize,
        stack: &mut Vec<Node>,
    ) {
        let free = (0..decisions.len()).filter(|&site| decisions[site] == Decision::Free);
        let likely = |&a: &usize, &b: &usize| {
            let away = |site: usize| (ascent.mean[site] - 0.5).abs();
            away(a).total_cmp(&away(b))
        };
        let Some(site) = free.min_by(likely) else {
            self.close(step, &ascent.u, ascent.bound);
            return;
        };
        let (open, closed) = (self.reserve(), self.reserve());
        self.proof.steps[step] = Step::Branch {
            site: site as u32,
            open: open as u32,
            closed: closed as u32,
        };
        for (decision, step) in [(Decision::Closed, closed), (Decision::Open, open)] {
            let mut decisions = decisions.to_vec();
            decisions[site] = decision;
            stack.push(Node {
                decisions,
                ascent: ascent.clone(),
                step,
            });
        }
    }

    /// Every site is decided: the transport problem gives the cost, its prices the bound.
    fn leaf(&mut self, knapsacks: &Knapsacks<'_>, step: usize, ascent: &Ascent) {
        let open = |&site: &usize| knapsacks.decisions[site] == Decision::Open;
        let sites: Vec<usize> = (0..knapsacks.decisions.len()).filter(open).collect();
        match transport(self.problem, &sites) {
            Some(found) => {
                let prices = found.prices.clone();
                let opening: f64 = sites.iter().map(|&site| self.problem.opening[site]).sum();
                let cost = opening + found.cost;
                self.offer(&sites, found);
                self.close(step, &prices, cost);
            }
            None => self.close(step, &ascent.u, f64::INFINITY),
        }
    }
}
