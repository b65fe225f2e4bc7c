//! Searching in stages: sites, halls, then what comes in few large lots, then servers year by year.
//!
//! What it computes: a plan within the gap asked for, and a bound on all plans.
//!
//! Assumptions: whole lots matter little against whole halls. Every stage makes one more family of decisions whole and
//! keeps those before it, or takes the latest of them back where they leave no room; decisions after it stay
//! continuous. Between halls and lots all buildings are decided anew together, from those found so far on: with
//! continuous lots this bounds every plan from below. The plan of the last stage is held against that bound, so the
//! gap is honest; where it is too wide, the whole model is solved from that plan on.
//!
//! Valid range: any program with the decisions of the planner.
//!
//! References: relax-and-fix: L. A. Wolsey, "Integer Programming", Wiley 1998, chapter 12.

use angara_scenario::EquipmentKind;

use crate::columns::{Columns, Lots};
use crate::facts::Facts;
use crate::model::{ColumnId, Limits, Outcome, Program, Solver, Values};

/// Share of the gap that the buildings may use up [1]; the rest is for making lots whole.
const BUILDINGS_SHARE: f64 = 0.7;
/// Gap to which the first buildings are looked for, at least [1].
const START_GAP: f64 = 0.005;
/// Share of the gap at which a stage stops [1].
const STAGE_SHARE: f64 = 0.1;
/// Rounding of a gap that still counts as reached [1].
const GAP_ROUNDING: f64 = 1e-7;

/// Solves a program by stages.
pub(crate) fn search<S: Solver>(
    program: &Program,
    columns: &Columns,
    facts: &Facts<'_>,
    solver: &S,
    limits: Limits,
) -> Outcome {
    let stage_limits = Limits {
        gap: limits.gap * STAGE_SHARE,
        ..limits
    };
    let mut coarse = with_continuous(program, columns.lots.iter().map(|lots| lots.column));
    let buildings = building_stages(columns);
    let buildings_limits = Limits {
        gap: limits.gap * BUILDINGS_SHARE,
        ..limits
    };
    let start_limits = Limits {
        gap: buildings_limits.gap.max(START_GAP),
        ..limits
    };
    let start = relax_and_fix(&coarse, &buildings, solver, start_limits);
    // A hall more or less anywhere costs far more than the same hall elsewhere: splitting totals closes the gap sooner.
    for total in &columns.halls_total {
        coarse.columns[total.0].integer = true;
    }
    let start = start.as_ref().map(|values| values.columns.as_slice());
    // With buildings at hand only the bound is missing.
    let bound_limits = Limits {
        improve: start.is_none(),
        ..buildings_limits
    };
    let decided = match solver.solve(&coarse, bound_limits, start) {
        Outcome::Solved(values) => values,
        Outcome::Infeasible => return Outcome::Infeasible,
        Outcome::Undecided => return solver.solve(program, limits, None),
    };
    let mut fine = program.clone();
    for column in buildings.iter().flatten() {
        fix(&mut fine, *column, decided.columns[column.0]);
    }
    let Some(found) = relax_and_fix(&fine, &lot_stages(columns, facts), solver, stage_limits)
    else {
        return solver.solve(program, limits, None);
    };
    let found = judged(found, decided.bound, limits);
    if found.proven {
        return Outcome::Solved(found);
    }
    match solver.solve(program, limits, Some(&found.columns)) {
        Outcome::Solved(last) => {
            let bound = last.bound.max(decided.bound);
            let best = if last.objective <= found.objective {
                last
            } else {
                found
            };
            Outcome::Solved(judged(best, bound, limits))
        }
        Outcome::Infeasible | Outcome::Undecided => Outcome::Solved(found),
    }
}

/// Makes one stage after the other whole; `None` where no order of taking decisions back leaves room.
fn relax_and_fix<S: Solver>(
    program: &Program,
    stages: &[Vec<ColumnId>],
    solver: &S,
    limits: Limits,
) -> Option<Values> {
    let mut staged = with_continuous(program, stages.iter().flatten().copied());
    let mut found = None;
    for (index, stage) in stages.iter().enumerate() {
        for column in stage {
            staged.columns[column.0].integer = program.columns[column.0].integer;
        }
        let mut outcome = solver.solve(&staged, limits, None);
        // What was decided before may leave no room: take back the latest decisions until there is.
        for earlier in stages[..index].iter().rev() {
            if matches!(outcome, Outcome::Solved(_)) {
                break;
            }
            for column in earlier {
                staged.columns[column.0].lower = program.columns[column.0].lower;
                staged.columns[column.0].upper = program.columns[column.0].upper;
            }
            outcome = solver.solve(&staged, limits, None);
        }
        let Outcome::Solved(values) = outcome else {
            return None;
        };
        for column in stages[..=index].iter().flatten() {
            fix(&mut staged, *column, values.columns[column.0]);
        }
        found = Some(values);
    }
    found
}

fn with_continuous(program: &Program, columns: impl Iterator<Item = ColumnId>) -> Program {
    let mut relaxed = program.clone();
    for column in columns {
        relaxed.columns[column.0].integer = false;
    }
    relaxed
}

fn fix(program: &mut Program, column: ColumnId, value: f64) {
    program.columns[column.0].lower = value;
    program.columns[column.0].upper = value;
}

/// The values held against a bound on all plans.
fn judged(mut values: Values, bound: f64, limits: Limits) -> Values {
    values.bound = bound.min(values.objective);
    let allowed = (limits.gap + GAP_ROUNDING) * values.objective.abs();
    values.proven = values.objective - values.bound <= allowed;
    values
}

/// Sites, then halls.
fn building_stages(columns: &Columns) -> Vec<Vec<ColumnId>> {
    let openings = columns.opening.iter().flatten().flatten();
    let ready = columns.ready.iter().flatten();
    let halls = columns.halls_ordered.iter().flatten().flatten();
    vec![
        openings.chain(ready).copied().collect(),
        halls.copied().collect(),
    ]
}

/// Accelerators and plant, then servers by year of order.
fn lot_stages(columns: &Columns, facts: &Facts<'_>) -> Vec<Vec<ColumnId>> {
    let (small, large): (Vec<&Lots>, Vec<&Lots>) = columns
        .lots
        .iter()
        .partition(|lots| facts.scenario.equipment[lots.equipment].kind == EquipmentKind::Server);
    let mut stages = vec![large.into_iter().map(|lots| lots.column).collect()];
    for year in 0..facts.years {
        let ordered: Vec<ColumnId> = small
            .iter()
            .filter(|lots| lots.year == year)
            .map(|lots| lots.column)
            .collect();
        if !ordered.is_empty() {
            stages.push(ordered);
        }
    }
    stages
}
