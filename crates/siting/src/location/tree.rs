//! Branch and bound on the sites, with the Lagrangian bound in every node.
//!
//! # What it computes
//! The best plan that costs at most the goal, or a proof that there is none.
//!
//! # Assumptions
//! Costs are whole numbers, so a bound above the goal closes a node.
//!
//! # Valid range
//! Ends on every input: each branch decides a site. Limits end it earlier, with the bound reached.
//!
//! # References
//! Beasley (1985), "A note on solving large p-median problems".

use std::rc::Rc;

use super::branching::Decision;
use super::core::Core;
use super::hunt::{Hunt, MARGIN};
use super::interchange::{Interchange, Reverse};
use super::problem::Problem;
use super::record::Record;
use super::region::Warm;
use super::relaxation::{OnCore, Relaxation, carried};
use crate::ascent::Ascent;
use crate::certificate::Step;
use crate::limits::Limits;

/// One node that waits.
pub(super) struct Waiting {
    pub(super) core: Rc<Core>,
    pub(super) ascent: Rc<Ascent>,
    pub(super) decision: Option<Decision>,
    pub(super) step: usize,
    /// What is known of the multipliers around the decision.
    pub(super) warm: Option<Warm>,
}

/// What all searches of one problem share.
pub(crate) struct Tree<'a> {
    pub(crate) problem: &'a Problem<'a>,
    pub(crate) limits: &'a Limits<'a>,
    /// Nodes done.
    pub(crate) nodes: usize,
    /// The search stops for now at this many nodes.
    pub(crate) nodes_enough: usize,
    pub(crate) record: Record,
    /// Hunts for plans so far.
    pub(crate) hunts: u64,
    pub(super) relaxation: Relaxation,
}

/// Iterations of a node between two looks at whether it pays to go on.
const LOOK_EVERY: usize = 16;
/// Most iterations of a node.
const ITERATIONS_MAX: usize = 150;
/// The same where the neighbourhood of the decision has been looked at before.
const WARM_ITERATIONS_MAX: usize = 24;
/// Share of the gap that must be gained between two looks.
const GAIN_SHARE: f64 = 0.02;
/// Length of the steps in a node, and weight of the newest plan in the mean.
pub(super) const PACE: f64 = 0.8;
pub(super) const WEIGHT_MAX: f64 = 0.07;
/// Share of the free sites that must be decided to make a smaller core.
const DECIDED_SHARE: f64 = 0.02;
/// Lists are made shorter where this share of the links or less is left.
const SHORTER: f64 = 0.8;
/// Most links that an interchange looks at, as a multiple of those there are.
const POLISH_SHARE: usize = 50;

impl<'a> Tree<'a> {
    pub(crate) fn new(problem: &'a Problem<'a>, limits: &'a Limits<'a>) -> Self {
        Self {
            problem,
            limits,
            nodes: 0,
            nodes_enough: usize::MAX,
            record: Record::new(),
            hunts: 0,
            relaxation: Relaxation::default(),
        }
    }

    /// Whether a limit has been reached.
    pub(crate) fn over(&self) -> bool {
        self.nodes >= self.limits.nodes_max.min(self.nodes_enough) || (self.limits.stop)()
    }

    /// Offers the plan that opens `open`.
    pub(crate) fn offer(&self, core: &Core, open: &[bool], hunt: &mut Hunt) -> bool {
        match self.problem.cost_in_core(core, open) {
            Some(cost) => hunt.offer(cost, || core.plan(open)),
            None => false,
        }
    }

    /// Ends a branch of the proof.
    pub(crate) fn close(
        &mut self,
        core: &Core,
        step: usize,
        u: &[f64],
        bound: f64,
        hunt: &mut Hunt,
    ) {
        let multipliers = self.record.keep(core, u);
        hunt.close(bound);
        self.record.fill(step, Step::Bound { multipliers });
    }

    /// Decides sites by reduced cost at the ascent's best multipliers; the smaller core if at least a share of the
    /// free sites were decided.
    pub(crate) fn decide(
        &mut self,
        core: &Core,
        ascent: &Ascent,
        step: &mut usize,
        hunt: &mut Hunt,
        least: f64,
    ) -> Option<Core> {
        let bound = self.relaxation.evaluate(core, &ascent.u);
        let relaxation = &self.relaxation;
        let (last_in, first_out) = match core.count {
            Some(_) => (relaxation.last_in, relaxation.first_out),
            None => (0.0, 0.0),
        };
        let mut closed = vec![false; core.sites.len()];
        let mut opened = vec![false; core.sites.len()];
        let mut decisions = Vec::new();
        for site in 0..core.sites.len() {
            let worth = relaxation.worth[site];
            if relaxation.open[site] {
                opened[site] = hunt.beyond(bound - worth + first_out);
            } else {
                closed[site] = hunt.beyond(bound + worth - last_in);
            }
            if opened[site] || closed[site] {
                decisions.push((core.sites[site], opened[site]));
            }
        }
        if decisions.is_empty() || (decisions.len() as f64) < least * core.sites.len() as f64 {
            return None;
        }
        hunt.close(hunt.goal + 1.0);
        let multipliers = self.record.keep(core, &ascent.u);
        let next = self.record.reserve();
        let decide = Step::Decide {
            multipliers,
            decisions,
            then: next as u32,
        };
        self.record.fill(*step, decide);
        *step = next;
        Some(core.reduced(&closed, &opened))
    }

    /// Lists that end where a client would cost more than the goal leaves, if that makes them whole or a good deal
    /// shorter.
    pub(super) fn shorten(
        &mut self,
        core: &Core,
        ascent: &Ascent,
        step: &mut usize,
        hunt: &mut Hunt,
    ) -> Option<Core> {
        let bound = self.relaxation.evaluate(core, &ascent.u);
        if !hunt.goal.is_finite() || hunt.beyond(bound) {
            return None;
        }
        let slack = hunt.goal + 2.0 * MARGIN - bound;
        let shorter = core.shortened(self.problem, &ascent.u, slack);
        let worth = (shorter.link_site.len() as f64) < SHORTER * core.link_site.len() as f64;
        if core.is_whole() && !worth {
            return None;
        }
        hunt.close(hunt.goal + 1.0);
        let multipliers = self.record.keep(core, &ascent.u);
        let next = self.record.reserve();
        let shorten = Step::Shorten {
            multipliers,
            slack: crate::certificate::fixed_point(slack),
            then: next as u32,
        };
        self.record.fill(*step, shorten);
        *step = next;
        Some(shorter)
    }

    /// Iterates; the cheapest plan met is returned. With `patient` it goes on even when little is gained.
    pub(crate) fn ascend(
        &mut self,
        core: &Core,
        ascent: &mut Ascent,
        iterations: usize,
        patient: bool,
        hunt: &Hunt,
    ) -> Vec<bool> {
        let mut best: Option<(f64, Vec<bool>)> = None;
        let mut relaxation = std::mem::take(&mut self.relaxation);
        let mut before = f64::NEG_INFINITY;
        for iteration in 1..=iterations {
            let goal = if hunt.goal.is_finite() {
                hunt.goal
            } else {
                ascent.bound.abs() * 1.1
            };
            let above = goal.max(ascent.bound) + 1.0;
            let target = above + 0.05 * (above - ascent.bound);
            let mut on_core = OnCore {
                core,
                relaxation: &mut relaxation,
            };
            ascent.iterate(&mut on_core, target);
            if best
                .as_ref()
                .is_none_or(|best| relaxation.plan_cost < best.0)
            {
                best = Some((relaxation.plan_cost, relaxation.open.clone()));
            }
            if hunt.beyond(ascent.bound) {
                break;
            }
            if !patient && iteration % LOOK_EVERY == 0 {
                if ascent.bound - before < GAIN_SHARE * (hunt.goal - ascent.bound).max(1.0) {
                    break;
                }
                before = ascent.bound;
            }
        }
        self.relaxation = relaxation;
        best.map(|best| best.1).unwrap_or_default()
    }

    /// Improves a plan by interchange and offers it.
    pub(crate) fn polish(
        &mut self,
        core: &Core,
        reverse: &Reverse,
        open: &[bool],
        hunt: &mut Hunt,
    ) -> bool {
        let mut search = Interchange::new(core, reverse, open);
        search.settle(POLISH_SHARE * (core.link_site.len() + core.clients.len()));
        self.offer(core, search.open(), hunt)
    }

    /// Searches everything below a core.
    pub(crate) fn search(&mut self, core: Core, ascent: Ascent, step: usize, hunt: &mut Hunt) {
        let mut stack = vec![Waiting {
            core: Rc::new(core),
            ascent: Rc::new(ascent),
            decision: None,
            step,
            warm: None,
        }];
        while let Some(waiting) = stack.pop() {
            let ascent = &waiting.ascent;
            if hunt.beyond(ascent.bound) || self.over() {
                self.close(&waiting.core, waiting.step, &ascent.u, ascent.bound, hunt);
                continue;
            }
            self.nodes += 1;
            self.node(&waiting, &mut stack, hunt);
        }
    }

    fn node(&mut self, waiting: &Waiting, stack: &mut Vec<Waiting>, hunt: &mut Hunt) {
        let parent = &*waiting.core;
        let mut step = waiting.step;
        let (mut core, mut ascent) = match waiting.decision {
            None => (parent.clone(), (*waiting.ascent).clone()),
            Some(decision) => {
                let core = decision.applied(parent);
                let mut ascent = carried(&waiting.ascent, parent, &core);
                if let Some(warm) = &waiting.warm {
                    warm.put(&core, &mut ascent);
                }
                (core, ascent)
            }
        };
        loop {
            if self.settled(&core, step, hunt) {
                return;
            }
            ascent.set_pace(PACE, WEIGHT_MAX);
            let iterations = if waiting.warm.is_some() {
                WARM_ITERATIONS_MAX
            } else {
                ITERATIONS_MAX
            };
            let plan = self.ascend(&core, &mut ascent, iterations, false, hunt);
            self.offer(&core, &plan, hunt);
            if hunt.beyond(ascent.bound) {
                self.close(&core, step, &ascent.u, ascent.bound, hunt);
                return;
            }
            match self.decide(&core, &ascent, &mut step, hunt, DECIDED_SHARE) {
                Some(smaller) => {
                    ascent = carried(&ascent, &core, &smaller);
                    core = smaller;
                }
                None => break,
            }
        }
        if let Some(shorter) = self.shorten(&core, &ascent, &mut step, hunt) {
            ascent = carried(&ascent, &core, &shorter);
            core = shorter;
        }
        if self.nodes % 8 == 1 {
            let reverse = Reverse::new(&core);
            let open = self.relaxation.open.clone();
            if open.len() == core.sites.len() {
                self.polish(&core, &reverse, &open, hunt);
            }
        }
        let parts = if core.is_whole() {
            core.parts()
        } else {
            Vec::new()
        };
        if parts.len() > 1 {
            self.divide(&core, &ascent, &parts, step, hunt);
        } else {
            self.branch(core, ascent, step, hunt, stack);
        }
    }

    /// Whether nothing is left to choose; then the bound is the cost itself.
    fn settled(&mut self, core: &Core, step: usize, hunt: &mut Hunt) -> bool {
        let free = core.sites.len();
        let (none, all) = match core.count {
            Some(count) => (count == 0, count >= free),
            None => (free == 0, false),
        };
        if !none && !all {
            return false;
        }
        self.record.fill(step, Step::Enumerate);
        if core.count.is_some_and(|count| count > free) {
            return true;
        }
        self.offer(core, &vec![all; free], hunt);
        hunt.close(hunt.goal + 1.0);
        true
    }
}
