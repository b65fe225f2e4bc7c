//! Plans of `angara run`: the run folder, judged from its own copy of the scenario.

use std::path::Path;

use angara_planning::PlanningError;
use angara_results::{ResultsError, Table, read_table};
use angara_study::{Certified, CertifiedTables, StudyError, certified};

use super::{Judged, Problems};

/// Part of the claimed cost by which the recomputed one may differ [1].
const COST_ROUNDING: f64 = 1e-9;

/// Recomputes what a run claims of its plan.
pub(super) fn judge(folder: &Path) -> Result<Judged, Problems> {
    let source = folder.join("scenario");
    let loaded = angara_scenario::load(&source);
    let Some(scenario) = loaded.scenario else {
        let place = source.display();
        return Err(vec![format!(
            "{place}: the scenario has findings; `angara check {place}` says which"
        )]);
    };
    let table = |name: &str| read_table(&folder.join("tables").join(format!("{name}.parquet")));
    let tables = (|| {
        Ok::<[Table; 7], ResultsError>([
            table("plan_sites")?,
            table("plan_orders")?,
            table("assignments")?,
            table("leases")?,
            table("lessons")?,
            table("certificate")?,
            table("verdict")?,
        ])
    })();
    let [
        sites,
        orders,
        assignments,
        leases,
        lessons,
        certificate,
        verdict,
    ] = tables.map_err(told)?;
    let claimed = verdict.wholes("plan_objective_minor").map_err(told)?;
    let per_major = scenario.currency.minor_per_major() as f64;
    let claimed = claimed
        .first()
        .map_or(f64::NAN, |minor| *minor as f64 / per_major);
    let kind = "plan of a run".to_owned();
    let judged = certified(
        &scenario,
        CertifiedTables {
            sites: &sites,
            orders: &orders,
            assignments: &assignments,
            leases: &leases,
            lessons: &lessons,
            certificate: &certificate,
        },
    );
    match judged {
        Ok(found) => Ok(Judged {
            kind,
            found: Some((found.cost, found.bound)),
            violated: violated(&found, claimed),
        }),
        Err(StudyError::Planning(error @ PlanningError::Certificate(_))) => Ok(Judged {
            kind,
            found: None,
            violated: Some(error.to_string()),
        }),
        Err(error) => Err(told(error)),
    }
}

fn told(error: impl std::fmt::Display) -> Problems {
    vec![error.to_string()]
}

/// The first claim that does not hold.
fn violated(found: &Certified, claimed: f64) -> Option<String> {
    if let Some(broken) = found.broken.first() {
        let more = match found.broken.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        return Some(format!("the plan breaks: {broken}{more}"));
    }
    let off = (found.cost - claimed).abs();
    // Written in whole minor units.
    if off.is_nan() || off > COST_ROUNDING * claimed.abs() + 0.01 {
        return Some(format!(
            "the plan costs {}, the run says {claimed}",
            found.cost
        ));
    }
    (found.bound > found.cost + COST_ROUNDING * found.cost.abs()).then(|| {
        format!(
            "a bound of {} above the cost of {}",
            found.bound, found.cost
        )
    })
}
