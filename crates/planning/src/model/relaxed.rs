//! A relaxation in HiGHS, kept between solves: changed bounds and new rows begin at the last basis.

use highs::{Col, HighsModelStatus, Model, RowProblem, Sense};

use super::highs::{Scales, lay_out, row_scale, settle};
use super::program::{ColumnId, Program, Row};
use super::solver::{Outcome, Relaxation, Values};

/// The relaxation; without a model once the solver has failed.
pub(crate) struct HighsRelaxation {
    model: Option<Model>,
    handles: Vec<Col>,
    scales: Scales,
    costs: Vec<f64>,
    bounds: Vec<(f64, f64)>,
    fixed_cost: f64,
}

impl HighsRelaxation {
    pub(super) fn new(program: &Program) -> Option<Self> {
        let scales = Scales::of(program);
        let mut problem = RowProblem::new();
        let handles = lay_out(&mut problem, program, &scales, |_| false);
        let mut model = problem.try_optimise(Sense::Minimise).ok()?;
        settle(&mut model)?;
        Some(Self {
            model: Some(model),
            handles,
            scales,
            costs: program.columns.iter().map(|column| column.cost).collect(),
            bounds: program
                .columns
                .iter()
                .map(|column| (column.lower, column.upper))
                .collect(),
            fixed_cost: program.fixed_cost,
        })
    }
}

impl Relaxation for HighsRelaxation {
    fn bound(&mut self, ColumnId(column): ColumnId, lower: f64, upper: f64) {
        if self.bounds[column] == (lower, upper) {
            return;
        }
        self.bounds[column] = (lower, upper);
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.handles[column], lower..=upper);
        }
    }

    fn add(&mut self, row: &Row) {
        let scale = row_scale(row);
        self.scales.rows.push(scale);
        let handles = &self.handles;
        let added = self.model.as_mut().is_some_and(|model| {
            let terms = row
                .terms
                .iter()
                .map(|(ColumnId(column), coefficient)| (handles[*column], coefficient / scale));
            model
                .try_add_row(row.lower / scale..=row.upper / scale, terms)
                .is_ok()
        });
        if !added {
            self.model = None;
        }
    }

    fn solve(&mut self) -> Outcome {
        let Some(solved) = self.model.take().and_then(|model| model.try_solve().ok()) else {
            return Outcome::Undecided;
        };
        let outcome = match solved.status() {
            HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => {
                let solution = solved.get_solution();
                let columns: Vec<f64> = solution
                    .columns()
                    .iter()
                    .zip(&self.bounds)
                    .map(|(value, (lower, upper))| value.clamp(*lower, *upper))
                    .collect();
                let objective = columns
                    .iter()
                    .zip(&self.costs)
                    .fold(self.fixed_cost, |sum, (value, cost)| sum + value * cost);
                let row_prices = solution
                    .dual_rows()
                    .iter()
                    .zip(&self.scales.rows)
                    .map(|(price, scale)| price * self.scales.cost / scale)
                    .collect();
                Outcome::Solved(Values {
                    columns,
                    objective,
                    bound: objective,
                    proven: true,
                    row_prices,
                })
            }
            HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => {
                Outcome::Infeasible
            }
            _ => Outcome::Undecided,
        };
        self.model = Some(solved.into());
        outcome
    }
}
