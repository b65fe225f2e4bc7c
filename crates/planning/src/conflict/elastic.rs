//! Programs in which promises are given up or give.

use std::collections::BTreeSet;

use crate::model::{ColumnId, Limits, Outcome, Program, Solver};
use crate::promise::Promise;

/// Price below which a row plays no part in the proof, relative to the price of giving [1].
const PRICE_ROUNDING: f64 = 1e-7;

/// The program with only some of its promises, and without cost.
pub(super) fn restricted(program: &Program, active: &BTreeSet<Promise>) -> Program {
    let mut columns = program.columns.clone();
    for column in &mut columns {
        column.cost = 0.0;
        if column
            .barred_by
            .iter()
            .any(|promise| active.contains(promise))
        {
            column.upper = 0.0;
        }
    }
    let rows = program
        .rows
        .iter()
        .filter(|row| row.promise.is_none_or(|promise| active.contains(&promise)))
        .cloned()
        .collect();
    Program {
        columns,
        rows,
        fixed_cost: 0.0,
    }
}

/// Lets every row of a promise give by one common amount: returns the column of that amount, to be multiplied by the
/// returned unit.
pub(super) fn give_way(program: &mut Program, promise: Promise) -> (ColumnId, f64) {
    let unit = program
        .rows
        .iter()
        .filter(|row| row.promise == Some(promise))
        .map(largest)
        .fold(0.0, f64::max);
    let unit = if unit > 0.0 { unit } else { 1.0 };
    let slack = program.continuous("giving way".to_owned(), 0.0, f64::INFINITY);
    program.columns[slack.0].cost = 1.0;
    for row in &mut program.rows {
        if row.promise == Some(promise) {
            loosen(row, slack, unit);
        }
    }
    (slack, unit)
}

/// What the prices of the elastic relaxation show.
pub(super) struct Proof {
    /// Promises whose prices are not free: they cannot all be kept.
    pub(super) promises: BTreeSet<Promise>,
    /// The rows whose prices are not free, over all columns: all that the proof needs.
    pub(super) core: Program,
}

/// Lets every promise of the list give at a price, and reads from the prices why they have to; `None` where the
/// relaxation has no answer.
pub(super) fn proof<S: Solver>(
    program: &Program,
    active: &BTreeSet<Promise>,
    solver: &S,
    limits: Limits,
) -> Option<Proof> {
    let mut elastic = restricted(program, active);
    for (column, original) in elastic.columns.iter_mut().zip(&program.columns) {
        let barred = original
            .barred_by
            .iter()
            .any(|promise| active.contains(promise));
        if barred {
            column.upper = original.upper;
            column.cost = 1.0;
        }
    }
    let rigid = elastic.rows.clone();
    for index in 0..elastic.rows.len() {
        if elastic.rows[index].promise.is_some() {
            let size = largest(&elastic.rows[index]);
            let unit = if size.is_normal() { size } else { 1.0 };
            let slack = elastic.continuous("giving way".to_owned(), 0.0, f64::INFINITY);
            elastic.columns[slack.0].cost = 1.0;
            loosen(&mut elastic.rows[index], slack, unit);
        }
    }
    let Outcome::Solved(values) = solver.solve(&elastic, limits, None) else {
        return None;
    };
    let mut promises = BTreeSet::new();
    let mut rows = Vec::new();
    let mut earned = vec![0.0; elastic.columns.len()];
    for ((row, rigid), price) in elastic.rows.iter().zip(rigid).zip(&values.row_prices) {
        for (column, coefficient) in &row.terms {
            earned[column.0] += price * coefficient;
        }
        if price.abs() * largest(row) > PRICE_ROUNDING {
            promises.extend(row.promise);
            rows.push(rigid);
        }
    }
    for (column, earned) in elastic.columns.iter().zip(earned) {
        if earned > PRICE_ROUNDING {
            promises.extend(
                column
                    .barred_by
                    .iter()
                    .filter(|promise| active.contains(promise))
                    .copied(),
            );
        }
    }
    let core = Program {
        columns: program.columns.clone(),
        rows,
        fixed_cost: 0.0,
    };
    Some(Proof { promises, core })
}

fn largest(row: &crate::model::Row) -> f64 {
    row.terms.iter().fold(0.0, |largest, (_, coefficient)| {
        coefficient.abs().max(largest)
    })
}

fn loosen(row: &mut crate::model::Row, slack: ColumnId, unit: f64) {
    if row.lower.is_finite() {
        row.upper = f64::INFINITY;
        row.terms.push((slack, unit));
    } else {
        row.terms.push((slack, -unit));
    }
}
