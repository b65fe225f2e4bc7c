//! The root: lists that grow on demand, the long ascent, plans by interchange, decisions by reduced cost.

use super::core::{Core, Tail};
use super::guesses::guesses;
use super::hunt::Hunt;
use super::interchange::Reverse;
use super::problem::Problem;
use super::relaxation::carried;
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

/// Rounds of refining, and iterations of each.
const REFINED_MAX: usize = 12;
const REFINING: usize = 60;
/// Share of the gap that a round has to gain.
const REFINED_GAIN: f64 = 0.01;
/// Share of the sites that have to be decided for a smaller core.
const DECIDED_SHARE: f64 = 0.05;

/// Solves to the limits.
pub(crate) fn solve(problem: &Problem<'_>, limits: &Limits<'_>) -> Outcome {
    solve_within(problem, limits, f64::INFINITY)
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

/// Decides sites and raises the bound while that gains enough.
pub(super) fn refined(
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
    let close = |client: usize| {
        core.tail[client] == Tail::Growable && u[client] > 0.95 * core.limit[client]
    };
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
