//! Proofs of `angara site --proof`.

use std::path::Path;

use angara_siting::center_is_least;
use angara_siting::certificate::{CapacitatedQuestion, Question};
use angara_siting::instance::{Facilities, Medians};
use angara_siting::table::Covering;

use super::{Claim, Judged, Problems};
use crate::commands::site::proof::{Stated, read};
use crate::commands::site::question::{Refused, facilities_of, medians_of};

/// Objective and bound, in units of the file.
type Found = (f64, f64);

pub(super) fn claim(text: &str) -> Result<Claim, Problems> {
    let read = read(text)?;
    let stated = read.stated;
    Ok(Claim {
        data: read.data,
        sha256: read.sha256,
        judge: Box::new(move |path, _| Ok(judge(&stated, path))),
    })
}

fn judge(stated: &Stated, path: &Path) -> Judged {
    let kind = format!("siting plan ({})", stated.problem);
    let (found, violated) = match recompute(stated, path) {
        Err(problem) => (None, Some(problem)),
        Ok(found) if found.0 != stated.objective => {
            let claimed = stated.objective;
            (
                Some(found),
                Some(format!(
                    "claimed objective {claimed}, recomputed {}",
                    found.0
                )),
            )
        }
        Ok(found) if found.1 != stated.bound => {
            let claimed = stated.bound;
            (
                Some(found),
                Some(format!("claimed bound {claimed}, recomputed {}", found.1)),
            )
        }
        Ok(found) => (Some(found), None),
    };
    Judged {
        kind,
        found,
        violated,
    }
}

/// Objective and bound as the data say; the first claim that cannot be so otherwise.
pub(crate) fn recompute(stated: &Stated, path: &Path) -> Result<Found, String> {
    let told = |refused: Refused| refused.lines.join("\n");
    match stated.problem.as_str() {
        "uflp" => {
            let capacity = Some(stated.capacity.unwrap_or(1.0));
            let (facilities, _) = facilities_of(path, capacity).map_err(told)?;
            uncapacitated(stated, &facilities)
        }
        "cflp" => {
            let (facilities, _) = facilities_of(path, stated.capacity).map_err(told)?;
            capacitated(stated, &facilities)
        }
        _ => uniform(stated, &medians_of(path).map_err(told)?),
    }
}

/// Problems on points, a graph or a matrix of distances.
fn uniform(stated: &Stated, medians: &Medians) -> Result<Found, String> {
    let (distances, scale) = (medians.distances(), medians.distance_scale());
    let sites = distances.sites();
    let plan = plan(stated, sites)?;
    let counted = || {
        let count = stated.count.filter(|&count| (1..=sites).contains(&count));
        let count = count.ok_or("p: a number of sites expected")?;
        let named = plan.len() == count;
        named
            .then_some(count)
            .ok_or(format!("open: {} sites, p says {count}", plan.len()))
    };
    let radius = || {
        let radius = stated.radius.ok_or("radius: a number expected")?;
        Ok::<i64, String>((radius * scale).floor() as i64)
    };
    match stated.problem.as_str() {
        "p-median" => {
            let opening = vec![0; sites];
            let question = Question {
                table: medians.table.as_ref(),
                opening: &opening,
                count: Some(counted()?),
            };
            asked(&question, stated, &plan, medians.scale)
        }
        "p-center" => {
            let count = counted()?;
            let nearest = |client| {
                plan.iter()
                    .map(|&site| distances.cost(client, site as usize))
                    .min()
            };
            let farthest = (0..distances.clients())
                .filter_map(nearest)
                .max()
                .unwrap_or(0);
            // What is proven is that one unit less than the bound cannot be reached.
            let bound = (stated.bound * scale).round() as i64;
            let proven = bound <= farthest
                && center_is_least(distances, count, bound.max(0), Some(&stated.proof));
            let found = (farthest as f64 / scale, bound as f64 / scale);
            proven
                .then_some(found)
                .ok_or("bound: the proof does not give it".to_owned())
        }
        "lscp" => {
            let covering = Covering::required(distances, radius()?);
            let opening = vec![1; sites];
            let question = Question {
                table: &covering,
                opening: &opening,
                count: None,
            };
            asked(&question, stated, &plan, 1.0)
        }
        _ => {
            let covering = Covering::weighted(distances, radius()?, &medians.weights);
            let opening = vec![0; sites];
            let question = Question {
                table: &covering,
                opening: &opening,
                count: Some(counted()?),
            };
            let (cost, bound) = asked(&question, stated, &plan, 1.0)?;
            let total = medians.weights.iter().sum::<i64>() as f64;
            let scale = medians.weight_scale();
            Ok(((total - cost) / scale, (total - bound) / scale))
        }
    }
}

fn uncapacitated(stated: &Stated, facilities: &Facilities) -> Result<Found, String> {
    let plan = plan(stated, facilities.opening.len())?;
    let question = Question {
        table: &facilities.costs,
        opening: &facilities.opening,
        count: None,
    };
    asked(&question, stated, &plan, facilities.scale)
}

fn capacitated(stated: &Stated, facilities: &Facilities) -> Result<Found, String> {
    let mut facilities = facilities.clone();
    let capacities = facilities
        .capacities
        .take()
        .ok_or("capacity: a number expected")?;
    let plan = plan(stated, capacities.len())?;
    for &(site, client, amount) in &stated.flows {
        let demand = facilities.demands.get(client).copied().unwrap_or(0);
        if site >= capacities.len() || !(1..=demand).contains(&amount) {
            return Err(format!("flow {site} {client} {amount}: out of range"));
        }
    }
    let question = CapacitatedQuestion {
        facilities: &facilities,
        capacities: &capacities,
    };
    let cost = question.cost(&plan, &stated.flows).ok_or(BROKEN)?;
    let bound = question.bound(&stated.proof).ok_or(LOOSE)?;
    Ok((cost / facilities.scale, bound.min(cost) / facilities.scale))
}

fn asked(
    question: &Question<'_>,
    stated: &Stated,
    plan: &[u32],
    scale: f64,
) -> Result<Found, String> {
    let cost = question.cost(plan).ok_or(BROKEN)?;
    let bound = question.bound(&stated.proof).ok_or(LOOSE)?;
    Ok((cost as f64 / scale, bound.min(cost) as f64 / scale))
}

/// Open sites, all of them sites of the file.
fn plan(stated: &Stated, sites: usize) -> Result<Vec<u32>, String> {
    match stated.open.iter().find(|&&site| site >= sites) {
        Some(site) => Err(format!(
            "open: there is no site {site}, the last is {}",
            sites - 1
        )),
        None => Ok(stated.open.iter().map(|&site| site as u32).collect()),
    }
}

const BROKEN: &str =
    "plan: a client is not served, a capacity exceeded, or the number of sites wrong";
const LOOSE: &str = "proof: it does not hold together";
