//! From input to plan.

use std::collections::BTreeSet;

use crate::branch::{certify, relaxed_alone};
use crate::certificate::{Certificate, proven_bound};
use crate::columns::{Draft, Layout};
use crate::conflict::explain;
use crate::error::PlanningError;
use crate::extract::extract;
use crate::facts::Facts;
use crate::input::{Effort, PlanningInput};
use crate::model::{Highs, Limits, Outcome, Program};
use crate::operation::operation_of;
use crate::search::search;
use crate::solution::{ModelSize, Solution};
use crate::statement::draft;
use crate::strengthen::{Strengthened, define_only_when_ready, strengthen};

/// Part of the size of a row that a rounded answer may miss [1].
const ROW_ROUNDING: f64 = 1e-5;

/// Finds the plan of least cost that keeps every promise.
///
/// The answer depends on the input alone: one thread, no limit of time.
///
/// # Errors
/// [`PlanningError::Infeasible`] with the conflict where no plan keeps the promises.
pub fn solve(input: &PlanningInput<'_>) -> Result<Solution, PlanningError> {
    if input.sites.len() != input.scenario.sites.len() {
        return Err(PlanningError::Factors {
            expected: input.scenario.sites.len(),
            found: input.sites.len(),
        });
    }
    let facts = Facts::new(input);
    let mut draft = draft(&facts, Layout::Allowed)?;
    let limits = Limits {
        gap: input.effort.gap,
        nodes: input.effort.node_limit,
        relaxed: false,
        improve: true,
    };
    let defined = draft.program.rows.len();
    let strengthened = strengthen(&mut draft.program, &draft.columns, &facts, &Highs);
    let values = match search(&draft.program, &draft.columns, &facts, &Highs, limits) {
        Outcome::Solved(values) => values,
        Outcome::Infeasible => {
            return Err(match explain(&facts, &Highs, limits)? {
                Some(conflict) => PlanningError::Infeasible(Box::new(conflict)),
                None => PlanningError::Undecided {
                    node_limit: limits.nodes,
                },
            });
        }
        Outcome::Undecided => {
            return Err(PlanningError::Undecided {
                node_limit: limits.nodes,
            });
        }
    };
    let rows = draft.program.broken(&values.columns, ROW_ROUNDING);
    if !rows.is_empty() {
        return Err(PlanningError::Inaccurate { rows });
    }
    let certificate = certificate(
        &draft,
        defined,
        &strengthened,
        input.effort,
        values.objective,
    );
    let plan = extract(&facts, &draft.columns, &values.columns);
    let gap = if values.objective == 0.0 {
        0.0
    } else {
        (values.objective - values.bound) / values.objective.abs()
    };
    Ok(Solution {
        operation: operation_of(&facts, &plan),
        plan,
        objective: values.objective,
        bound: values.bound,
        gap,
        proven: values.proven,
        certificate,
        size: size(&draft.program),
    })
}

/// The proof of a bound, its rows numbered as in the whole program with every row that shares imply.
fn certificate(
    draft: &Draft<'_, '_>,
    defined: usize,
    strengthened: &Strengthened,
    effort: Effort,
    objective: f64,
) -> Certificate {
    let columns = &draft.columns;
    let families = [
        columns.halls_total.clone(),
        columns.ready.concat(),
        columns.halls_usable.concat(),
    ];
    let target = objective * (1.0 - effort.gap);
    let mut certificate = if effort.cases > 1 {
        certify(&draft.program, &families, &Highs, effort.cases, target).unwrap_or_default()
    } else {
        relaxed_alone(&draft.program, &strengthened.prices)
    };
    for (row, _) in certificate.multipliers_mut() {
        if *row >= defined {
            *row = defined + strengthened.shares[*row - defined];
        }
    }
    certificate
}

/// The bound that a certificate proves on the cost of every plan, from the input and the certificate alone.
///
/// # Errors
/// What is wrong with the certificate, in words, or with the input.
pub fn bound_by(
    input: &PlanningInput<'_>,
    certificate: &Certificate,
) -> Result<f64, PlanningError> {
    let facts = Facts::new(input);
    let mut draft = draft(&facts, Layout::Allowed)?;
    for share in 0..draft.columns.shares.len() {
        define_only_when_ready(&mut draft.program, &draft.columns, &facts, share);
    }
    let counts: BTreeSet<usize> = draft
        .columns
        .halls_usable
        .iter()
        .flatten()
        .chain(&draft.columns.halls_total)
        .map(|column| column.0)
        .collect();
    let whole = |column: usize| draft.program.columns[column].integer || counts.contains(&column);
    proven_bound(&draft.program, whole, certificate).map_err(PlanningError::Certificate)
}

fn size(program: &Program) -> ModelSize {
    ModelSize {
        columns: program.columns.len(),
        integers: program
            .columns
            .iter()
            .filter(|column| column.integer)
            .count(),
        rows: program.rows.len(),
        coefficients: program.rows.iter().map(|row| row.terms.len()).sum(),
    }
}
