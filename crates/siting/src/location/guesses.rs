//! Searches under guessed costs, close to the bound at first.
//!
//! # What it computes
//! The best plan, or the bound reached. Under a bold guess few sites stay free; a plan found at or below the guess is
//! the best of all, and where there is none the guess was a bound and the next is less bold.
//!
//! # Assumptions
//! The ascent at the root has come to an end.
//!
//! # Valid range
//! Any core. Where many sites open, the gap is the sum of many small ones; blocks then close them apart.

use super::core::Core;
use super::hunt::Hunt;
use super::solve::refined;
use super::strengthen::Strength;
use super::tree::Tree;
use crate::ascent::Ascent;

/// Shares of the gap that the sites left free to a hunt for plans have to respect, one after the other.
const BOLDNESS: [f64; 4] = [0.06, 0.12, 0.25, 0.5];
/// Links that each hunt looks at, as a multiple of those there are.
const SHAKE_SHARE: usize = 75;
/// Nodes of a search without blocks, before blocks are tried.
const PLAIN_NODES: usize = 700;
/// Sites to open from which blocks are worth their cost.
const MANY: usize = 150;
/// Times that blocks are made anew under one guess.
const RAISES_MAX: usize = 16;
/// How much further than the last each guess goes, with few sites to open, with many, and with blocks.
const FURTHER: f64 = 6.0;
const FURTHER_MANY: f64 = 1.4;
const FURTHER_BLOCKS: f64 = 1.6;
/// Share of a guess without blocks with which a guess with blocks begins.
const BLOCKS_SHARE: f64 = 0.125;

/// Hunts for plans, then guesses until the search is done.
pub(super) fn guesses(
    tree: &mut Tree<'_>,
    core: Core,
    ascent: Ascent,
    mut step: usize,
    hunt: &mut Hunt,
) {
    let (mut core, mut ascent) = (core, ascent);
    for boldness in BOLDNESS {
        tree.shake(&core, &ascent, boldness, effort(&core), hunt);
        (core, ascent) = refined(tree, core, ascent, &mut step, hunt);
        report(tree, ascent.bound, hunt);
        if hunt.beyond(ascent.bound) || tree.over() {
            tree.close(&core, step, &ascent.u, ascent.bound, hunt);
            return;
        }
    }
    let (core, ascent) = (&core, &ascent);
    let size = tree.record.size();
    let lowest = hunt.lowest;
    let many = core.count.is_none_or(|count| count >= MANY);
    let mut strength: Option<Strength> = None;
    let mut ahead = (ascent.bound.abs() * 1e-5).max(2.0);
    let mut share = 1.0;
    for failed in 0.. {
        if let Some(strength) = &mut strength
            && share <= BLOCKS_SHARE
        {
            strengthen(tree, strength, core, ascent, ahead, hunt);
        }
        let bound = strength.as_ref().map_or(ascent.bound, Strength::bound);
        let guess = (bound + (ahead * share).max(2.0)).ceil();
        let goal = hunt.goal;
        let bold = guess < 0.9 * (goal - bound) + bound;
        if bold {
            hunt.goal = guess;
        }
        tree.nodes_enough = if strength.is_some() || !many {
            usize::MAX
        } else {
            tree.nodes + PLAIN_NODES
        };
        let mut next = step;
        let (small, start) = match &strength {
            Some(strength) => strength.reduced_core(tree, core, ascent, &mut next, hunt),
            None => (core.clone(), ascent.clone()),
        };
        tree.search(small, start, next, hunt);
        let paused = tree.nodes >= tree.nodes_enough;
        tree.nodes_enough = usize::MAX;
        report(tree, bound, hunt);
        let found = hunt.value <= guess || !bold;
        if tree.over() || (found && !paused) {
            return;
        }
        tree.record.rewind(size);
        hunt.lowest = lowest;
        tree.shake(
            core,
            ascent,
            BOLDNESS[failed % BOLDNESS.len()],
            effort(core),
            hunt,
        );
        hunt.goal = goal.min(hunt.value - 1.0);
        if paused {
            strength = Some(Strength::new(core, ascent));
            share = BLOCKS_SHARE;
        } else if share < 1.0 {
            share *= FURTHER_BLOCKS;
        } else {
            ahead *= if many { FURTHER_MANY } else { FURTHER };
            if strength.is_some() {
                share = BLOCKS_SHARE;
            }
        }
    }
}

/// Links that a hunt for plans looks at.
fn effort(core: &Core) -> usize {
    SHAKE_SHARE * (core.link_site.len() + core.clients.len())
}

fn report(tree: &Tree<'_>, bound: f64, hunt: &Hunt) {
    let progress = tree.limits.progress;
    progress.report(bound.min(hunt.value), hunt.value, tree.nodes);
}

/// Makes blocks, under bold goals first: only then do the fractional places fall apart.
fn strengthen(
    tree: &mut Tree<'_>,
    strength: &mut Strength,
    core: &Core,
    ascent: &Ascent,
    ahead: f64,
    hunt: &Hunt,
) {
    let mut slack = ahead / 32.0;
    for _ in 0..RAISES_MAX {
        let goal = hunt.goal.min(strength.bound() + slack);
        if tree.over() || slack > ahead {
            break;
        }
        if !strength.raise(tree, core, ascent, goal) {
            slack *= 2.0;
        }
    }
}
