//! What a node of the search is split by.
//!
//! # What it computes
//! Two halves of a node: a client is served within a distance, or every site within it is closed. Where sites stand
//! close together one closed site is replaced by its neighbour and nothing is gained; closing all near a client, or
//! demanding one of them, weighs on both sides.
//!
//! # Assumptions
//! The running mean of the ascent is near the solution of the strong linear program.
//!
//! # Valid range
//! Any core with a free site. Where no client is split between near and far sites, a site is decided.
//!
//! # References
//! Garcia, Labbe, Marin (2011) for clients and radii as variables.

use std::rc::Rc;

use super::core::Core;
use super::hunt::Hunt;
use super::region::{Warm, Whole};
use super::relaxation::carried;
use super::tree::{PACE, Tree, WEIGHT_MAX, Waiting};
use crate::ascent::Ascent;
use crate::certificate::Step;

/// Clients looked at before one is chosen.
const CANDIDATES: usize = 6;
/// Sites looked at beside them.
const SITE_CANDIDATES: usize = 2;
/// Iterations on each side of a candidate, in its region.
const TRIAL_ITERATIONS: usize = 30;
/// The same where the region is most of the core.
const WIDE_TRIAL_ITERATIONS: usize = 20;
/// Further iterations in the region of the candidate that is chosen.
const CHOSEN_ITERATIONS: usize = 60;
/// A share of a client below this is taken for none.
const SHARE_MIN: f64 = 0.08;

/// What one half of a node takes for granted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Decision {
    /// A site is open or closed.
    Site(usize, bool),
    /// A client is served at this cost at most.
    Near(usize, f64),
    /// No site serves the client at this cost or less.
    Far(usize, f64),
}

impl Decision {
    /// What remains of a core.
    pub(super) fn applied(self, core: &Core) -> Core {
        let none = vec![false; core.sites.len()];
        match self {
            Self::Near(client, most) => core.served_within(client, most),
            Self::Far(client, most) => core.reduced(&core.sites_within(client, most), &none),
            Self::Site(site, open) => {
                let mut decided = none.clone();
                decided[site] = true;
                if open {
                    core.reduced(&none, &decided)
                } else {
                    core.reduced(&decided, &none)
                }
            }
        }
    }
}

/// A way to split a node, first the half that demands.
type Split = [Decision; 2];

impl Decision {
    /// The sites that a decision is about.
    pub(super) fn sites(self, core: &Core) -> Vec<u32> {
        match self {
            Self::Site(site, _) => vec![site as u32],
            Self::Near(client, most) | Self::Far(client, most) => core
                .links(client)
                .take_while(|&link| core.link_cost[link] <= most)
                .map(|link| core.link_site[link])
                .collect(),
        }
    }

    /// The client that a decision is about.
    pub(super) fn client(self) -> Option<usize> {
        match self {
            Self::Site(..) => None,
            Self::Near(client, _) | Self::Far(client, _) => Some(client),
        }
    }
}

impl Tree<'_> {
    /// Splits a node by what raises the bound most either way.
    pub(super) fn branch(
        &mut self,
        core: Core,
        ascent: Ascent,
        step: usize,
        hunt: &Hunt,
        stack: &mut Vec<Waiting>,
    ) {
        let (split, warm) = self.most_promising(&core, &ascent, hunt);
        let steps = [self.record.reserve(), self.record.reserve()];
        let [near, far] = steps.map(|step| step as u32);
        let branch = match split[0] {
            Decision::Site(site, _) => Step::Branch {
                site: core.sites[site],
                open: near,
                closed: far,
            },
            Decision::Near(client, most) | Decision::Far(client, most) => Step::Reach {
                client: core.clients[client],
                most: most as i64,
                near,
                far,
            },
        };
        self.record.fill(step, branch);
        let core = Rc::new(core);
        let ascent = Rc::new(ascent);
        for ((decision, step), warm) in split.into_iter().zip(steps).zip(warm).rev() {
            stack.push(Waiting {
                warm,
                core: Rc::clone(&core),
                ascent: Rc::clone(&ascent),
                decision: Some(decision),
                step,
            });
        }
    }

    /// The split that raises the bound most either way, by a few iterations on the likely ones.
    fn most_promising(
        &mut self,
        core: &Core,
        ascent: &Ascent,
        hunt: &Hunt,
    ) -> (Split, [Option<Warm>; 2]) {
        let splits = candidates(core, ascent);
        let whole = Whole::new(self, core, ascent);
        let mut best = (f64::NEG_INFINITY, splits[0], [None, None]);
        for split in splits {
            let mut regions = [None, None];
            let mut gains = [0.0; 2];
            for (side, &decision) in split.iter().enumerate() {
                let bound = if let Some(mut region) = whole.around(decision) {
                    region.pace();
                    self.ascend_region(&mut region, TRIAL_ITERATIONS, hunt);
                    let bound = region.bound();
                    regions[side] = Some(region);
                    bound
                } else {
                    let child = decision.applied(core);
                    let mut trial = carried(ascent, core, &child);
                    trial.set_pace(PACE, WEIGHT_MAX);
                    self.ascend(&child, &mut trial, WIDE_TRIAL_ITERATIONS, true, hunt);
                    trial.bound
                };
                gains[side] = (bound - ascent.bound).max(0.0);
            }
            let most = (hunt.goal - ascent.bound).max(0.0) + 1.0;
            let [one, other] = gains.map(|gain| gain.min(most) + 1e-6 * most);
            let score = one * other;
            if score > best.0 {
                best = (score, split, regions);
            }
        }
        let warm = best.2.map(|region| {
            let mut region = region?;
            self.ascend_region(&mut region, CHOSEN_ITERATIONS, hunt);
            Some(region.warm())
        });
        (best.1, warm)
    }
}

/// Likely splits: clients whose mean solution serves them partly near and partly far, each by sites of its own.
fn candidates(core: &Core, ascent: &Ascent) -> Vec<Split> {
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    for client in 0..core.clients.len() {
        if let Some((score, place)) = split_of(core, ascent, client) {
            found.push((score, client, place));
        }
    }
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut taken = vec![false; core.sites.len()];
    let mut splits = Vec::new();
    for &(_, client, place) in &found {
        let start = core.starts[client];
        let near = &core.link_site[start..=place];
        if near
            .iter()
            .any(|&site| taken[site as usize] && ascent.mean[site as usize] > SHARE_MIN)
        {
            continue;
        }
        for &site in near {
            taken[site as usize] = true;
        }
        let most = core.link_cost[place];
        splits.push(if near.len() == 1 {
            let site = near[0] as usize;
            [Decision::Site(site, true), Decision::Site(site, false)]
        } else {
            [Decision::Near(client, most), Decision::Far(client, most)]
        });
        if splits.len() == CANDIDATES {
            break;
        }
    }
    let mut halves: Vec<(f64, usize)> = ascent
        .mean
        .iter()
        .enumerate()
        .map(|(site, share)| ((share - 0.5).abs(), site))
        .collect();
    halves.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    halves.truncate(SITE_CANDIDATES);
    splits.extend(
        halves
            .iter()
            .map(|&(_, site)| [Decision::Site(site, true), Decision::Site(site, false)]),
    );
    splits
}

/// Where a client is best split into near and far, as the last near link, and how much hangs on it.
fn split_of(core: &Core, ascent: &Ascent, client: usize) -> Option<(f64, usize)> {
    let mut links: Vec<(usize, f64, f64)> = Vec::new();
    let mut left = 1.0;
    for link in core.links(client) {
        let share = ascent.mean[core.link_site[link] as usize].min(left);
        if share > 0.0 {
            left -= share;
            links.push((link, share, core.link_cost[link]));
        }
        if left <= 0.0 {
            break;
        }
    }
    let (mut near, mut near_cost) = (0.0, 0.0);
    let (mut far, mut far_cost) = links.iter().fold((0.0, 0.0), |sum, link| {
        (sum.0 + link.1, sum.1 + link.1 * link.2)
    });
    let mut best: Option<(f64, usize)> = None;
    for pair in links.windows(2) {
        let (link, share, cost) = pair[0];
        near += share;
        near_cost += share * cost;
        far -= share;
        far_cost -= share * cost;
        if near < SHARE_MIN || far < SHARE_MIN || pair[1].2 <= cost {
            continue;
        }
        let score = near.min(far) * (far_cost / far - near_cost / near);
        if best.is_none_or(|best| score > best.0) {
            best = Some((score, link));
        }
    }
    // Links of the same cost, and those without a share up to there, are near as well.
    best.map(|(score, link)| {
        let cost = core.link_cost[link];
        let end = core.links(client).end;
        let last = (link..end)
            .take_while(|&link| core.link_cost[link] <= cost)
            .last();
        (score, last.unwrap_or(link))
    })
}
