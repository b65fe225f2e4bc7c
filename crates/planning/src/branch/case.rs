//! One case of the tree: where to split it, and why it may hold no plan.

use crate::certificate::bound_of;
use crate::model::{Column, ColumnId, Limits, Outcome, Program, Solver};

/// Distance from a whole number that counts as whole [1].
const WHOLE: f64 = 1e-6;
/// Of the first family that is not whole: the column farthest from a whole number, with its value.
pub(super) fn widest_apart(families: &[Vec<ColumnId>], values: &[f64]) -> Option<(ColumnId, f64)> {
    let distance = |value: f64| (value - libm::round(value)).abs();
    families.iter().find_map(|family| {
        family
            .iter()
            .map(|column| (*column, values[column.0]))
            .filter(|(_, value)| distance(*value) > WHOLE)
            .reduce(|best, next| {
                if distance(next.1) > distance(best.1) {
                    next
                } else {
                    best
                }
            })
    })
}

/// Prices without those on a side of a row that has no limit: rounding leaves some, and they prove nothing.
pub(super) fn usable_prices(program: &Program, prices: &[f64]) -> Vec<f64> {
    program
        .rows
        .iter()
        .zip(prices)
        .map(|(row, price)| {
            let limit = if *price > 0.0 { row.lower } else { row.upper };
            if limit.is_finite() { *price } else { 0.0 }
        })
        .collect()
}

/// Multipliers that show that no values within the bounds keep all rows; `None` where they do not show it.
pub(super) fn proof_of_emptiness<S: Solver>(
    program: &Program,
    bounds: &[(f64, f64)],
    solver: &S,
) -> Option<Vec<f64>> {
    let mut elastic = program.clone();
    elastic.fixed_cost = 0.0;
    for (column, (lower, upper)) in elastic.columns.iter_mut().zip(bounds) {
        column.cost = 0.0;
        column.lower = *lower;
        column.upper = *upper;
    }
    for row in 0..elastic.rows.len() {
        let size = elastic.rows[row]
            .terms
            .iter()
            .fold(0.0_f64, |most, (_, coefficient)| {
                most.max(coefficient.abs())
            });
        let unit = if size > 0.0 { size } else { 1.0 };
        for (limit, sign) in [
            (elastic.rows[row].lower, 1.0),
            (elastic.rows[row].upper, -1.0),
        ] {
            if limit.is_finite() {
                let slack = elastic.column(Column {
                    name: "giving way".to_owned(),
                    lower: 0.0,
                    upper: f64::INFINITY,
                    cost: 1.0,
                    integer: false,
                    barred_by: Vec::new(),
                });
                elastic.rows[row].terms.push((slack, sign * unit));
            }
        }
    }
    let limits = Limits {
        gap: 0.0,
        nodes: 0,
        relaxed: true,
        improve: false,
    };
    let Outcome::Solved(values) = solver.solve(&elastic, limits, None) else {
        return None;
    };
    let prices = usable_prices(program, &values.row_prices);
    let shown = bound_of(program, bounds, prices.iter().copied().enumerate(), false);
    (shown > 0.0).then_some(prices)
}
