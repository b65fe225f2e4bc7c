//! HiGHS, on one thread and silent.
//!
//! Rows and cost are scaled by powers of two, which loses no bit: a scenario whose money doubles is the same program.

use highs::{Col, HighsModelStatus, HighsSolutionStatus, Model, RowProblem, Sense, SolvedModel};

use super::program::{Column, ColumnId, Program, Row};
use super::relaxed::HighsRelaxation;
use super::solver::{Limits, Outcome, Solver, Values};

/// The solver.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Highs;

/// Seed of the solver's own tie-breaking; any value serves, as long as it never changes.
const SOLVER_SEED: i32 = 1;

/// Cuts kept at hand; a larger pool is paid for at every node.
const CUT_POOL: i32 = 500;

/// Features that cost more than they found on programs of this kind: solving parts of the program at the root, and
/// starting over.
const COSTLY_FEATURES: [&str; 3] = [
    "mip_allow_restart",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
];

/// Largest power of two not above a magnitude [1]; one for zero.
fn power_of_two_below(magnitude: f64) -> f64 {
    if magnitude == 0.0 || !magnitude.is_finite() {
        return 1.0;
    }
    let (_, exponent) = libm::frexp(magnitude);
    libm::ldexp(1.0, exponent - 1)
}

impl Solver for Highs {
    type Relaxation = HighsRelaxation;

    fn relaxation(&self, program: &Program) -> Option<HighsRelaxation> {
        HighsRelaxation::new(program)
    }

    fn solve(&self, program: &Program, limits: Limits, start: Option<&[f64]>) -> Outcome {
        let scales = Scales::of(program);
        let Some(mut model) = model(program, &scales, limits) else {
            return Outcome::Undecided;
        };
        if let Some(start) = start {
            // A start that does not fit is only a start lost.
            let _ = model.try_set_solution(Some(start), None, None, None);
        }
        let Ok(solved) = model.try_solve() else {
            return Outcome::Undecided;
        };
        let proven = match solved.status() {
            HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => true,
            // Every column is bounded on the side on which it earns, so nothing is unbounded.
            HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => {
                return Outcome::Infeasible;
            }
            HighsModelStatus::ReachedSolutionLimit | HighsModelStatus::ReachedIterationLimit => {
                false
            }
            _ => return Outcome::Undecided,
        };
        if !proven && solved.primal_solution_status() != HighsSolutionStatus::Feasible {
            return Outcome::Undecided;
        }
        Outcome::Solved(values(program, &scales, limits, &solved, proven))
    }
}

/// What rows and cost are divided by.
pub(super) struct Scales {
    pub(super) cost: f64,
    pub(super) rows: Vec<f64>,
}

/// What a row is divided by.
pub(super) fn row_scale(row: &Row) -> f64 {
    let largest = row.terms.iter().fold(0.0_f64, |largest, (_, coefficient)| {
        largest.max(coefficient.abs())
    });
    power_of_two_below(largest)
}

impl Scales {
    pub(super) fn of(program: &Program) -> Self {
        let largest_cost = program
            .columns
            .iter()
            .fold(0.0_f64, |largest, column| largest.max(column.cost.abs()));
        let rows = program.rows.iter().map(row_scale).collect();
        Self {
            cost: power_of_two_below(largest_cost) / 1024.0,
            rows,
        }
    }
}

/// True where a column takes whole values only in this solve.
fn is_whole(column: &Column, limits: Limits) -> bool {
    column.integer && !limits.relaxed
}

fn model(program: &Program, scales: &Scales, limits: Limits) -> Option<Model> {
    let mut problem = RowProblem::new();
    lay_out(&mut problem, program, scales, |column| {
        is_whole(column, limits)
    });
    let mut model = problem.try_optimise(Sense::Minimise).ok()?;
    settle(&mut model)?;
    let nodes = i32::try_from(limits.nodes).unwrap_or(i32::MAX);
    model.try_set_option("mip_rel_gap", limits.gap).ok()?;
    model.try_set_option("mip_max_nodes", nodes).ok()?;
    model.try_set_option("mip_pool_soft_limit", CUT_POOL).ok()?;
    for feature in COSTLY_FEATURES {
        model.try_set_option(feature, false).ok()?;
    }
    if !limits.improve {
        model.try_set_option("mip_heuristic_effort", 0.0).ok()?;
        model.try_set_option("mip_heuristic_run_rins", false).ok()?;
    }
    Some(model)
}

/// Adds every column and row, scaled; the handles are by column.
pub(super) fn lay_out(
    problem: &mut RowProblem,
    program: &Program,
    scales: &Scales,
    whole: impl Fn(&Column) -> bool,
) -> Vec<Col> {
    let handles: Vec<Col> = program
        .columns
        .iter()
        .map(|column| {
            problem.add_column_with_integrality(
                column.cost / scales.cost,
                column.lower..=column.upper,
                whole(column),
            )
        })
        .collect();
    for (row, scale) in program.rows.iter().zip(&scales.rows) {
        problem.add_row(
            row.lower / scale..=row.upper / scale,
            row.terms
                .iter()
                .map(|(ColumnId(column), coefficient)| (handles[*column], coefficient / scale)),
        );
    }
    handles
}

/// One thread, one seed.
pub(super) fn settle(model: &mut Model) -> Option<()> {
    model.try_set_option("threads", 1).ok()?;
    model.try_set_option("parallel", "off").ok()?;
    model.try_set_option("random_seed", SOLVER_SEED).ok()
}

fn values(
    program: &Program,
    scales: &Scales,
    limits: Limits,
    solved: &SolvedModel,
    proven: bool,
) -> Values {
    let solution = solved.get_solution();
    let columns: Vec<f64> = program
        .columns
        .iter()
        .zip(solution.columns())
        .map(|(column, value)| {
            let value = if is_whole(column, limits) {
                libm::round(*value)
            } else {
                *value
            };
            value.clamp(column.lower, column.upper)
        })
        .collect();
    let objective = program
        .columns
        .iter()
        .zip(&columns)
        .fold(program.fixed_cost, |sum, (column, value)| {
            sum + column.cost * value
        });
    let whole = program
        .columns
        .iter()
        .any(|column| is_whole(column, limits));
    let (bound, row_prices) = if whole {
        let bound = solved
            .double_info_value(c"mip_dual_bound")
            .ok()
            .filter(|bound| bound.is_finite())
            .map_or(f64::NEG_INFINITY, |bound| {
                bound * scales.cost + program.fixed_cost
            });
        (bound, Vec::new())
    } else {
        let prices = solution
            .dual_rows()
            .iter()
            .zip(&scales.rows)
            .map(|(price, scale)| price * scales.cost / scale)
            .collect();
        (objective, prices)
    };
    Values {
        columns,
        objective,
        bound: bound.min(objective),
        proven,
        row_prices,
    }
}
