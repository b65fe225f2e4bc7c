//! Better plans by small disturbances, each followed by interchange nearby.
//!
//! # What it computes
//! A plan that is seldom far from the best, among the sites that a bold goal leaves free.
//!
//! # Assumptions
//! The random numbers come from a fixed seed: the same instance gives the same plan.
//!
//! # Valid range
//! Any core with sites to choose; the effort is limited by the number of links looked at.
//!
//! # References
//! Lourenco, Martin, Stützle (2003), "Iterated local search".

use super::core::Core;
use super::hunt::Hunt;
use super::interchange::{Interchange, Reverse};
use super::relaxation::{Relaxation, carried};
use super::strengthen::Strength;
use super::tree::Tree;
use crate::ascent::Ascent;

/// Most exchanges of one disturbance.
const EXCHANGES_MAX: usize = 3;
/// One disturbance in so many moves a site to another place.
const FAR_EVERY: usize = 4;

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
    /// Disturbs and improves plans on the sites that stay free under a bold goal, until about `effort` links have been
    /// looked at.
    pub(super) fn shake(
        &mut self,
        core: &Core,
        ascent: &Ascent,
        boldness: f64,
        effort: usize,
        hunt: &mut Hunt,
    ) {
        if core.count.is_none() || !hunt.value.is_finite() {
            return;
        }
        let strength = Strength::new(core, ascent);
        let goal = ascent.bound + boldness * (hunt.value - ascent.bound);
        let (mut closed, mut opened) = strength.decisions(goal);
        // The best plan so far must stay possible.
        let mut planned = vec![false; self.problem.table.sites()];
        for &site in &hunt.plan {
            planned[site as usize] = true;
        }
        for (place, &site) in core.sites.iter().enumerate() {
            closed[place] &= !planned[site as usize];
            opened[place] &= planned[site as usize];
        }
        let small = core.reduced(&closed, &opened);
        let count = small.count.unwrap_or(0);
        if count == 0 || small.sites.len() <= count || small.clients.is_empty() {
            return;
        }
        let reverse = Reverse::new(&small);
        let sites = small.sites.iter();
        let mut start: Vec<bool> = sites.map(|&site| planned[site as usize]).collect();
        if start.iter().filter(|&&open| open).count() != count {
            // The plan opens sites that were decided to be closed: it begins with what the relaxation opens.
            let carried = carried(ascent, core, &small);
            let mut relaxation = Relaxation::default();
            relaxation.evaluate(&small, &carried.u);
            start = relaxation.open;
        }
        let mut search = Interchange::new(&small, &reverse, &start);
        search.settle(effort);
        self.offer(&small, search.open(), hunt);
        self.hunts += 1;
        let mut sequence = Sequence(self.hunts);
        let mut best = search.cost();
        let mut round = 0;
        while search.effort() < effort {
            round += 1;
            if round % 64 == 0 && self.over() {
                break;
            }
            search.mark();
            let exchanges = 1 + sequence
                .below(EXCHANGES_MAX)
                .min(sequence.below(EXCHANGES_MAX));
            let far = sequence.below(FAR_EVERY) == 0;
            let mut here = sequence.below(small.clients.len());
            for _ in 0..exchanges {
                let there = if far {
                    sequence.below(small.clients.len())
                } else {
                    here
                };
                disturb(&small, &mut search, (here, there), &mut sequence);
                if far {
                    here = sequence.below(small.clients.len());
                }
            }
            search.settle(effort);
            if search.cost() > best {
                search.take_back();
            } else if search.cost() < best {
                best = search.cost();
                self.offer(&small, search.open(), hunt);
            }
        }
    }
}

/// Opens a closed site near one client and closes an open one near another, if there are such.
fn disturb(
    core: &Core,
    search: &mut Interchange<'_>,
    (here, there): (usize, usize),
    sequence: &mut Sequence,
) {
    let pick = |client: usize, open: bool, search: &Interchange<'_>, sequence: &mut Sequence| {
        let links = &core.link_site[core.links(client)];
        let tries = 8.min(links.len());
        (0..tries)
            .map(|_| links[sequence.below(links.len())] as usize)
            .find(|&site| search.open()[site] == open)
    };
    let site_in = pick(here, false, search, sequence);
    let site_out = pick(there, true, search, sequence).or_else(|| {
        let links = &core.link_site[core.links(there)];
        let open = |site: &&u32| search.open()[**site as usize];
        links.iter().find(open).map(|&site| site as usize)
    });
    if let (Some(site_in), Some(site_out)) = (site_in, site_out) {
        search.force(site_in, site_out);
    }
}
