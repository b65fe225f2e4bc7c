//! The root: lists that grow on demand, the long ascent, plans by interchange, decisions by reduced cost.

use super::core::{Core, Tail};
use super::hunt::Hunt;
use super::interchange::Reverse;
use super::problem::Problem;
use super::relaxation::carried;
use super::strengthen::Strength;
use super::tree::Tree;
use crate::ascent::Ascent;
use crate::certificate::Proof;
use crate::limits::Limits;
use crate::table::UNREACHABLE;

/// What a search came to.
pub(crate) struct Outcome {
    /// Open sites, rising.
    pub(crate) plan: Vec<u32>,
    /// Cost of the plan, infinite where none was found.
    pub(crate) cost: f64,
    /// No plan costs less.
    pub(crate) bound: f64,
    pub(crate) proven: bool,
    pub(crate) nodes: usize,
    pub(crate) proof: Option<Proof>,
}

/// Iterations between two looks at plans, lists and decisions.
const ROUND: usize = 30;
const ROUNDS_MAX: usize = 200;
/// Rounds without progress after which the ascent ends.
const STALE_MAX: usize = 4;

/// Shares of the gap that the sites left free to a hunt for plans have to respect, one after the other.
const BOLDNESS: [f64; 4] = [0.06, 0.12, 0.25, 0.5];
/// Links that each hunt looks at, as a multiple of those there are.
const SHAKE_SHARE: usize = 75;
/// Rounds of refining, and iterations of each.
const REFINED_MAX: usize = 12;
const REFINING: usize = 60;
/// Share of the gap that a round has to gain.
const REFINED_GAIN: f64 = 0.01;
/// Share of the sites that have to be decided for a smaller core.
const DECIDED_SHARE: f64 = 0.05;
/// Nodes of a search without blocks, before blocks are tried.
const PLAIN_NODES: usize = 1_500;
/// Sites to open from which blocks are worth their cost.
const MANY: usize = 150;
/// Times that blocks are made anew under one guess.
const RAISES_MAX: usize = 16;

/// Solves to the limits.
pub(crate) fn solve(problem: &Problem<'_>, limits: &Limits<'_>) -> Outcome {
    let goal = std::env::var("GOAL")
        .ok()
        .and_then(|g| g.parse().ok())
        .unwrap_or(f64::INFINITY);
    solve_within(problem, limits, goal)
}

/// Looks for the best plan that costs at most `goal`; where there is none, `bound` is above the goal.
pub(crate) fn solve_within(problem: &Problem<'_>, limits: &Limits<'_>, goal: f64) -> Outcome {
    let mut tree = Tree::new(problem, limits);
    let mut hunt = Hunt::new(goal, limits.gap);
    let step = tree.record.reserve();
    root(&mut tree, step, &mut hunt);
    let mut plan = hunt.plan;
    plan.sort_unstable();
    let allowed = (hunt.value * limits.gap).max(1.0);
    let proven = hunt.value.is_finite() && hunt.lowest > hunt.value - allowed;
    let exact = proven && allowed <= 1.0;
    Outcome {
        plan,
        cost: hunt.value,
        bound: if exact {
            hunt.value
        } else {
            hunt.lowest.min(hunt.value)
        },
        proven,
        nodes: tree.nodes,
        proof: tree.record.finish(),
    }
}

fn start(problem: &Problem<'_>) -> (Core, Vec<f64>) {
    let table = problem.table;
    let (clients, sites) = (table.clients(), table.sites());
    let share = problem
        .count
        .map_or(sites, |count| sites / count.max(1) + 1);
    let listed = (share * 3 + 12).min(sites);
    let limits: Vec<i64> = (0..clients)
        .map(|client| {
            if listed == sites {
                UNREACHABLE
            } else {
                table.reach(client, listed)
            }
        })
        .collect();
    let core = Core::new(problem, &limits);
    let u = (0..core.clients.len())
        .map(|client| {
            let links = core.links(client);
            let place = links.start + share.min(links.len().saturating_sub(1)) / 2;
            let price = core.link_cost.get(place).copied().unwrap_or(0.0);
            price.min(core.limit[client])
        })
        .collect();
    (core, u)
}

fn root(tree: &mut Tree<'_>, mut step: usize, hunt: &mut Hunt) {
    let (mut core, u) = start(tree.problem);
    let mut ascent = Ascent::new(core.sites.len(), u);
    let mut reverse: Option<Reverse> = None;
    let mut stale = 0;
    for round in 0..ROUNDS_MAX {
        let before = ascent.bound;
        let plan = tree.ascend(&core, &mut ascent, ROUND, true, hunt);
        let links = reverse.get_or_insert_with(|| Reverse::new(&core));
        let better = tree.polish(&core, links, &plan, hunt);
        if round == 0 {
            ascent = restarted(tree, &core, ascent, hunt);
        }
        let bound = ascent.bound.min(hunt.lowest);
        tree.limits.progress.report(bound, hunt.value, tree.nodes);
        if std::env::var("DBG").is_ok() {
            eprintln!(
                "  round {round} sites {} clients {} links {} growable {}",
                core.sites.len(),
                core.clients.len(),
                core.link_site.len(),
                core.tail.iter().filter(|x| **x==Tail::Growable).count()
            );
        }
        if hunt.beyond(ascent.bound) || (tree.limits.stop)() {
            tree.close(&core, step, &ascent.u, ascent.bound, hunt);
            return;
        }
        if let Some(smaller) = tree.decide(&core, &ascent, &mut step, hunt, 0.1) {
            ascent = carried(&ascent, &core, &smaller);
            core = smaller;
            reverse = None;
        }
        if let Some(larger) = grow(tree.problem, &core, &ascent.u) {
            ascent = carried(&ascent, &core, &larger);
            core = larger;
            reverse = None;
        }
        let gap = hunt.goal - ascent.bound;
        stale = if better || ascent.bound - before > 0.03 * gap {
            0
        } else {
            stale + 1
        };
        if stale >= STALE_MAX {
            break;
        }
    }
    guesses(tree, core, ascent, step, hunt);
}

/// Searches under a guessed cost, close to the bound at first: few sites stay free, and a plan found at or below the
/// guess is the best of all. Where there is none the guess was a bound, and the next is less bold.
fn guesses(tree: &mut Tree<'_>, core: Core, ascent: Ascent, mut step: usize, hunt: &mut Hunt) {
    if std::env::var("DBG").is_ok() {
        tree.limits
            .progress
            .report(ascent.bound, hunt.value, tree.nodes);
        eprintln!("  shake");
    }
    let (mut core, mut ascent) = (core, ascent);
    for boldness in BOLDNESS {
        let effort = SHAKE_SHARE * (core.link_site.len() + core.clients.len());
        tree.shake(&core, &ascent, boldness, effort, hunt);
        (core, ascent) = refined(tree, core, ascent, &mut step, hunt);
        tree.limits.progress.report(ascent.bound, hunt.value, tree.nodes);
        if hunt.beyond(ascent.bound) || tree.over() {
            tree.close(&core, step, &ascent.u, ascent.bound, hunt);
            return;
        }
    }
    let (core, ascent) = (&core, &ascent);
    if std::env::var("DBG").is_ok() {
        eprintln!("  refined sites {} clients {} links {}", core.sites.len(), core.clients.len(), core.link_site.len());
    }
    let mut failed = 0;
    let mut share = 1.0;
    let share_first = super::tree::par("SHARE", 0.0625);
    let size = tree.record.size();
    let lowest = hunt.lowest;
    let mut ahead = (ascent.bound.abs() * 1e-5).max(2.0);
    let mut strength: Option<Strength> = None;
    // With many sites to open the gap is the sum of many small ones, and blocks close them apart.
    let many = core.count.is_none_or(|count| count >= MANY);
    loop {
        if let Some(strength) = &mut strength && share <= share_first {
            // Bold goals first: only then do the fractional places fall apart.
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
            tree.nodes + super::tree::par("PLAIN", 1500.0) as usize
        };
        if std::env::var("DBG").is_ok() {
            tree.limits.progress.report(bound, hunt.value, tree.nodes);
            eprintln!(
                "  guess {guess} bold {bold} strengthened {} ",
                strength.is_some()
            );
        }
        let mut next = step;
        let (small, start) = match &strength {
            Some(strength) => strength.reduced_core(tree, core, ascent, &mut next, hunt),
            None => (core.clone(), ascent.clone()),
        };
        if std::env::var("DBG").is_ok() {
            eprintln!(
                "  small sites {} clients {} links {}",
                small.sites.len(),
                small.clients.len(),
                small.link_site.len()
            );
        }
        tree.search(small, start, next, hunt);
        if std::env::var("DBG").is_ok() {
            tree.limits.progress.report(bound, hunt.value, tree.nodes);
        }
        let paused = tree.nodes >= tree.nodes_enough;
        tree.nodes_enough = usize::MAX;
        let found = hunt.value <= guess || !bold;
        if tree.over() || (found && !paused) {
            return;
        }
        tree.record.rewind(size);
        hunt.lowest = lowest;
        let effort = SHAKE_SHARE * (core.link_site.len() + core.clients.len());
        tree.shake(core, ascent, BOLDNESS[failed % BOLDNESS.len()], effort, hunt);
        failed += 1;
        hunt.goal = goal.min(hunt.value - 1.0);
        if paused {
            strength = Some(Strength::new(core, ascent));
            share = share_first;
        } else if share < 1.0 {
            share *= super::tree::par("SHAREUP", 1.6);
        } else {
            ahead *= if many { 1.4 } else { 6.0 };
            if strength.is_some() {
                share = share_first;
            }
        }
    }
}

/// Decides sites and raises the bound while that gains enough.
fn refined(
    tree: &mut Tree<'_>,
    mut core: Core,
    mut ascent: Ascent,
    step: &mut usize,
    hunt: &mut Hunt,
) -> (Core, Ascent) {
    for _ in 0..REFINED_MAX {
        let before = ascent.bound;
        let smaller = tree.decide(&core, &ascent, step, hunt, DECIDED_SHARE);
        let decided = smaller.is_some();
        if let Some(smaller) = smaller {
            ascent = carried(&ascent, &core, &smaller);
            core = smaller;
        }
        if let Some(larger) = grow(tree.problem, &core, &ascent.u) {
            ascent = carried(&ascent, &core, &larger);
            core = larger;
        }
        let plan = tree.ascend(&core, &mut ascent, REFINING, true, hunt);
        tree.offer(&core, &plan, hunt);
        let gained = ascent.bound - before > REFINED_GAIN * (hunt.goal - before).max(0.0);
        if hunt.beyond(ascent.bound) || tree.over() || !(decided || gained) {
            break;
        }
    }
    (core, ascent)
}

/// Better first multipliers from a plan, if there are: each client between its nearest and its second nearest.
fn restarted(tree: &mut Tree<'_>, core: &Core, mut ascent: Ascent, hunt: &Hunt) -> Ascent {
    let mut open = vec![false; core.sites.len()];
    for &site in &hunt.plan {
        open[site as usize] = true;
    }
    for share in [0.3, 0.5, 0.8] {
        let mut other = Ascent::new(core.sites.len(), between(core, &open, share));
        tree.ascend(core, &mut other, 2, true, hunt);
        if other.bound > ascent.bound {
            ascent = other;
        }
    }
    ascent
}

fn between(core: &Core, open: &[bool], share: f64) -> Vec<f64> {
    (0..core.clients.len())
        .map(|client| {
            let mut near = core
                .links(client)
                .filter(|&link| open[core.link_site[link] as usize])
                .map(|link| core.link_cost[link]);
            let first = near.next().unwrap_or(core.limit[client]);
            let second = near
                .next()
                .unwrap_or(core.limit[client])
                .min(first * 4.0 + 1.0);
            (first + share * (second - first)).min(core.limit[client])
        })
        .collect()
}

/// Longer lists where a multiplier has come close to its limit.
fn grow(problem: &Problem<'_>, core: &Core, u: &[f64]) -> Option<Core> {
    let close = |client: usize| core.tail[client] == Tail::Growable && u[client] > 0.95 * core.limit[client];
    if !(0..core.clients.len()).any(close) {
        return None;
    }
    let limits: Vec<i64> = (0..core.clients.len())
        .map(|client| {
            if close(client) {
                (core.limit[client] * 1.4) as i64 + 2
            } else {
                -1
            }
        })
        .collect();
    Some(core.grown(problem, &limits))
}
