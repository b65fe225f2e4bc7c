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
use super::relaxation::carried;
use super::tree::{par, Tree, Waiting};
use crate::ascent::Ascent;
use crate::certificate::Step;

/// Splits looked at before one is chosen.
const CANDIDATES: usize = 6;
/// Iterations on each side of a candidate.
const TRIAL_ITERATIONS: usize = 12;
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
        let split = self.most_promising(&core, &ascent, hunt);
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
        for (decision, step) in split.into_iter().zip(steps).rev() {
            stack.push(Waiting {
                core: Rc::clone(&core),
                ascent: Rc::clone(&ascent),
                decision: Some(decision),
                step,
            });
        }
    }

    /// The split that raises the bound most either way, by a few iterations on the likely ones.
    fn most_promising(&mut self, core: &Core, ascent: &Ascent, hunt: &Hunt) -> Split {
        let mut splits = candidates(core, ascent);
        let mut order: Vec<(f64, usize)> = ascent.mean.iter().enumerate().map(|(site, share)| ((share - 0.5).abs(), site)).collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        order.truncate(par("YCAND",2.0) as usize);
        for (_, site) in order { splits.push([Decision::Site(site, true), Decision::Site(site, false)]);}
        if par("YONLY",0.0)>0.0 && splits.len()>1 { splits.remove(0); }
        if splits.len() == 1 {
            return splits[0];
        }
        let mut best = (f64::NEG_INFINITY, splits[0]);
        for split in splits {
            let gains = split.map(|decision| {
                let child = decision.applied(core);
                let mut trial = carried(ascent, core, &child);
                trial.set_pace(par("PACE",0.8), par("WEIGHT",0.07));
                self.ascend(&child, &mut trial, par("TRIAL",20.0) as usize, true, hunt);
                (trial.bound - ascent.bound).max(0.0)
            });
            let most = (hunt.goal - ascent.bound).max(0.0) + 1.0;
            let [one, other] = gains.map(|gain| gain.min(most) + 1e-6 * most);
            let score = one * other;
            if score > best.0 {
                best = (score, split);
            }
        }
        best.1
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
        if near.iter().any(|&site| taken[site as usize] && ascent.mean[site as usize] > SHARE_MIN) {
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
        if splits.len() == par("CAND",4.0) as usize {
            break;
        }
    }
    if splits.is_empty() {
        let half = |site: &usize| (ascent.mean[*site] - 0.5).abs();
        let site = (0..core.sites.len())
            .min_by(|a, b| half(a).total_cmp(&half(b)))
            .unwrap_or(0);
        splits.push([Decision::Site(site, true), Decision::Site(site, false)]);
    }
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
    let (mut far, mut far_cost) = links
        .iter()
        .fold((0.0, 0.0), |sum, link| (sum.0 + link.1, sum.1 + link.1 * link.2));
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
        let last = (link..end).take_while(|&link| core.link_cost[link] <= cost).last();
        (score, last.unwrap_or(link))
    })
}
