//! p-median.

use crate::instance::Medians;
use crate::limits::Limits;
use crate::location::{Problem, solve};
use crate::siting::Siting;

/// Opens exactly `open` sites so that the clients' cost is least.
pub fn p_median(medians: &Medians, open: usize, limits: &Limits<'_>) -> Siting {
    let opening = vec![0; medians.table.sites()];
    let problem = Problem {
        table: medians.table.as_ref(),
        opening: &opening,
        count: Some(open.min(opening.len())),
    };
    let outcome = solve(&problem, limits);
    Siting {
        objective: outcome.cost / medians.scale,
        bound: outcome.bound / medians.scale,
        proven: outcome.proven,
        open: outcome.plan.iter().map(|&site| site as usize).collect(),
        nodes: outcome.nodes,
        proof: outcome.proof,
    }
}
