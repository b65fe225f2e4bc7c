//! Location of facilities with opening costs, with and without capacities.

mod capacitated;
mod relaxation;
mod transport;
mod tree;

use crate::instance::Facilities;
use crate::limits::Limits;
use crate::location::{Problem, solve};
use crate::siting::Siting;
use capacitated::Capacitated;
use tree::Search;

/// Opens sites so that opening and serving cost least; capacities are ignored.
pub fn uncapacitated(facilities: &Facilities, limits: &Limits<'_>) -> Siting {
    let problem = Problem {
        table: &facilities.costs,
        opening: &facilities.opening,
        count: None,
    };
    Siting::of(solve(&problem, limits), facilities.scale)
}

/// Opens sites so that opening and serving cost least within the capacities; demand may be split. None where all
/// sites together cannot serve all demand.
pub fn capacitated(
    facilities: &Facilities,
    capacities: &[i64],
    limits: &Limits<'_>,
) -> Option<Siting> {
    let problem = Capacitated::new(facilities, capacities);
    let capacity: i64 = capacities.iter().sum();
    if capacity < problem.demand_total {
        return None;
    }
    let mut search = Search::new(&problem, limits);
    search.run();
    let allowed = search.cost.abs() * limits.gap.max(1e-10) + 2e-3;
    let proven = search.lowest >= search.cost - allowed;
    let flows = search.plan.as_ref().map_or(&[][..], |plan| &plan.flows);
    let assignment = flows.iter().map(|&(site, client, amount)| {
        (
            site as usize,
            problem.clients[client as usize] as usize,
            amount,
        )
    });
    Some(Siting {
        objective: search.cost / facilities.scale,
        bound: search.lowest.min(search.cost) / facilities.scale,
        proven,
        open: search.sites.clone(),
        assignment: Some(assignment.collect()),
        nodes: search.nodes,
        proof: Some(search.proof),
    })
}
