//! Covering within a radius, and the smallest radius.
//!
//! # What it computes
//! Set covering (fewest sites so that every client is near one), maximal covering (most weight near one of p sites),
//! p-center (smallest radius that p sites can cover).
//!
//! # Assumptions
//! Near means: cost at most the radius. All three are median problems with costs of nothing near and something far,
//! and are solved as such.
//!
//! # Valid range
//! Costs are whole numbers, so the smallest radius is found by halving.
//!
//! # References
//! Toregas, Swain, `ReVelle`, Bergman (1971); Church, `ReVelle` (1974); Minieka (1970).

use crate::certificate::{Proof, Question};
use crate::limits::Limits;
use crate::location::{Problem, solve, solve_within};
use crate::siting::Siting;
use crate::table::{CostTable, Covering};

/// Clients that no site can cover.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} clients are farther than the radius from every site, the first is number {}", .0.len(), .0[0] + 1)]
pub struct OutOfReach(pub Vec<usize>);

/// The fewest sites so that every client is within `radius` of one.
///
/// # Errors
/// The clients that no site can cover.
pub fn set_covering(
    table: &dyn CostTable,
    radius: i64,
    limits: &Limits<'_>,
) -> Result<Siting, OutOfReach> {
    let mut found = Vec::new();
    let alone: Vec<usize> = (0..table.clients())
        .filter(|&client| {
            found.clear();
            table.within(client, radius, &mut found);
            found.is_empty()
        })
        .collect();
    if !alone.is_empty() {
        return Err(OutOfReach(alone));
    }
    let covering = Covering::required(table, radius);
    let opening = vec![1; table.sites()];
    let problem = Problem {
        table: &covering,
        opening: &opening,
        count: None,
    };
    Ok(Siting::of(solve(&problem, limits), 1.0))
}

/// The `open` sites with most weight within `radius`. Objective and bound are weights: no plan covers more than the
/// bound.
pub fn maximal_covering(
    table: &dyn CostTable,
    weights: &[i64],
    radius: i64,
    open: usize,
    limits: &Limits<'_>,
) -> Siting {
    let covering = Covering::weighted(table, radius, weights);
    let opening = vec![0; table.sites()];
    let problem = Problem {
        table: &covering,
        opening: &opening,
        count: Some(open.min(table.sites())),
    };
    let total = weights.iter().sum::<i64>() as f64;
    let siting = Siting::of(solve(&problem, limits), 1.0);
    Siting {
        objective: total - siting.objective,
        bound: total - siting.bound,
        ..siting
    }
}

/// The `open` sites with the smallest largest distance. The proof is that of the set covering one unit below.
pub fn p_center(table: &dyn CostTable, open: usize, limits: &Limits<'_>) -> Siting {
    let opening = vec![1; table.sites()];
    let cover = |radius: i64| {
        let covering = Covering::required(table, radius);
        let problem = Problem {
            table: &covering,
            opening: &opening,
            count: None,
        };
        solve_within(&problem, limits, open as f64)
    };
    let radius_of = |plan: &[u32]| {
        let nearest = |client: usize| {
            plan.iter()
                .map(|&site| table.cost(client, site as usize))
                .min()
        };
        (0..table.clients()).filter_map(nearest).max().unwrap_or(0)
    };
    let mut plan: Vec<u32> = (0..open.min(table.sites()) as u32).collect();
    let mut high = radius_of(&plan);
    let mut low = -1;
    let mut proof: Option<Proof> = None;
    let mut nodes = 0;
    let mut proven = true;
    while low + 1 < high {
        let radius = low + (high - low) / 2;
        let alone = alone(table, radius);
        let outcome = (!alone).then(|| cover(radius));
        let Some(outcome) = outcome else {
            low = radius;
            proof = None;
            continue;
        };
        nodes += outcome.nodes;
        if outcome.cost <= open as f64 {
            plan = outcome.plan;
            high = radius_of(&plan);
        } else if outcome.bound > open as f64 {
            low = radius;
            proof = outcome.proof;
        } else {
            proven = false;
            break;
        }
    }
    // Any further sites do no harm: exactly `open` are named.
    let mut spare = 0..table.sites() as u32;
    while plan.len() < open.min(table.sites()) {
        if let Some(site) = spare.find(|site| !plan.contains(site)) {
            plan.push(site);
        }
    }
    plan.sort_unstable();
    Siting {
        objective: high as f64,
        bound: (low + 1) as f64,
        proven,
        open: plan.iter().map(|&site| site as usize).collect(),
        assignment: None,
        nodes,
        proof,
    }
}

/// Whether the proof of a p-center shows that `open` sites cannot cover within one unit less than `radius`.
pub fn center_is_least(
    table: &dyn CostTable,
    open: usize,
    radius: i64,
    proof: Option<&Proof>,
) -> bool {
    if radius == 0 || alone(table, radius - 1) {
        return true;
    }
    let covering = Covering::required(table, radius - 1);
    let question = Question {
        table: &covering,
        opening: &vec![1; table.sites()],
        count: None,
    };
    proof
        .and_then(|proof| question.bound(proof))
        .is_some_and(|bound| bound > open as i64)
}

/// Whether some client has no site within the radius.
fn alone(table: &dyn CostTable, radius: i64) -> bool {
    (0..table.clients())
        .any(|client| (0..table.sites()).all(|site| table.cost(client, site) > radius))
}
