//! Better plans by small disturbances, each followed by interchange.
//!
//! # What it computes
//! A plan that is seldom far from the best, among the sites that a bold goal leaves free.
//!
//! # Assumptions
//! The random numbers come from a fixed seed: the same instance gives the same plan.
//!
//! # Valid range
//! Any core with sites to choose; the effort is limited by the number of links.
//!
//! # References
//! Lourenco, Martin, Stützle (2003), "Iterated local search".

use super::core::Core;
use super::hunt::Hunt;
use super::interchange::{Reverse, improve};
use super::strengthen::Strength;
use super::tree::Tree;
use crate::ascent::{Ascent, Relaxed};

use super::relaxation::{OnCore, Relaxation};

/// Links looked at in all, about.
const EFFORT: usize = 25_000_000;
const ROUNDS_MAX: usize = 400;
/// Exchanges of one disturbance.
const EXCHANGES: usize = 3;
/// Share of the gap that the sites kept free have to respect.
const BOLDNESS: f64 = 0.6;
/// Passes of the interchange after a disturbance.
const PASSES: usize = 20;

/// A linear congruential sequence (Knuth's constants).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

impl Tree<'_> {
    /// Disturbs and improves plans on the sites that stay free under a bold goal.
    pub(super) fn shake(&mut self, core: &Core, ascent: &Ascent, hunt: &mut Hunt) {
        if core.count.is_none() || !hunt.value.is_finite() {
            return;
        }
        let strength = Strength::new(core, ascent);
        let goal = ascent.bound + BOLDNESS * (hunt.value - ascent.bound);
        let (closed, opened) = strength.decisions(goal);
        let small = core.reduced(&closed, &opened);
        let count = small.count.unwrap_or(0);
        if count == 0 || small.sites.len() <= count || small.clients.is_empty() {
            return;
        }
        let start = super::relaxation::carried(ascent, core, &small);
        let mut relaxation = Relaxation::default();
        OnCore {
            core: &small,
            relaxation: &mut relaxation,
        }
        .evaluate(&start.u);
        let reverse = Reverse::new(&small);
        let mut plan = improve(&small, &reverse, &relaxation.open, None, PASSES);
        let cost = |plan: &[bool]| {
            self.problem
                .cost_in_core(&small, plan)
                .unwrap_or(f64::INFINITY)
        };
        let mut best = cost(&plan);
        hunt.offer(best, || small.plan(&plan));
        let mut sequence = Sequence(1);
        let rounds =
            (EFFORT / (small.link_site.len() + small.clients.len()).max(1)).min(ROUNDS_MAX);
        for _ in 0..rounds {
            if self.over() {
                break;
            }
            let mut trial = plan.clone();
            for _ in 0..EXCHANGES {
                disturb(&small, &mut trial, &mut sequence);
            }
            let trial = improve(&small, &reverse, &trial, None, PASSES);
            let found = cost(&trial);
            if found <= best {
                if found < best {
                    hunt.offer(found, || small.plan(&trial));
                }
                best = found;
                plan = trial;
            }
        }
    }
}

/// Opens a closed site near a client and closes an open one near it, if there are such.
fn disturb(core: &Core, plan: &mut [bool], sequence: &mut Sequence) {
    let client = sequence.below(core.clients.len());
    let links = &core.link_site[core.links(client)];
    let pick = |open: bool, plan: &[bool], sequence: &mut Sequence| {
        let fitting: Vec<u32> = links
            .iter()
            .copied()
            .filter(|&site| plan[site as usize] == open)
            .collect();
        (!fitting.is_empty()).then(|| fitting[sequence.below(fitting.len())] as usize)
    };
    let (Some(site_in), Some(site_out)) = (pick(false, plan, sequence), pick(true, plan, sequence))
    else {
        return;
    };
    plan[site_in] = true;
    plan[site_out] = false;
}
