//! What proves a bound: a tree of cases, and multipliers for every case.
//!
//! What it computes: a lower bound on the cost of every plan, from the program's rows and the certificate alone.
//!
//! For multipliers y of the rows l ≤ A x ≤ u and any x within its bounds,
//!
//! c·x ≥ Σ_rows (y > 0: y·l, y < 0: y·u) + Σ_columns min over its bounds of (c − Aᵀy)·x
//!
//! whatever the multipliers are: wrong ones only make the bound worse. A case splits into two at a whole number of a
//! column that takes whole values only; together they lose no plan. The bound of the certificate is the least of its
//! cases.
//!
//! Assumptions: none on the solver, of which nothing is used here.
//!
//! Valid range: programs whose columns are bounded on the side on which they earn.
//!
//! References: weak duality: A. Schrijver, "Theory of Linear and Integer Programming", Wiley 1986, section 7.4;
//! a branch-and-bound tree as a proof: K. Cheung, A. Gleixner, D. Steffy, "Verifying integer programming results",
//! IPCO 2017.

use crate::model::Program;

/// Share of the size of a sum that rounding may have taken from it [1].
const ROUNDING: f64 = 1e-12;

/// A proof that no plan costs less than a bound.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Certificate {
    /// The cases; the first is all plans.
    pub cases: Vec<Case>,
}

/// Part of all plans.
#[derive(Debug, Clone, PartialEq)]
pub enum Case {
    /// Two cases: those with a column at or below a whole number, and those above it.
    Split {
        /// Column that takes whole values only.
        column: usize,
        /// The whole number.
        at: f64,
        /// Case with the column at most `at`.
        below: usize,
        /// Case with the column at least `at + 1`.
        above: usize,
    },
    /// Multipliers, by row, that bound the cost from below.
    Bounded(Vec<(usize, f64)>),
    /// Multipliers, by row, that bound the cost of a program without cost above zero: no plan is of this case.
    Empty(Vec<(usize, f64)>),
}

impl Certificate {
    /// Every multiplier with its row.
    pub(crate) fn multipliers_mut(&mut self) -> impl Iterator<Item = &mut (usize, f64)> {
        self.cases.iter_mut().flat_map(|case| match case {
            Case::Bounded(multipliers) | Case::Empty(multipliers) => multipliers.as_mut_slice(),
            Case::Split { .. } => &mut [],
        })
    }
}

/// The bound that multipliers prove over the columns' bounds; with `costs` false, over a program without cost.
pub(crate) fn bound_of(
    program: &Program,
    bounds: &[(f64, f64)],
    multipliers: impl Iterator<Item = (usize, f64)>,
    costs: bool,
) -> f64 {
    let mut reduced: Vec<f64> = program
        .columns
        .iter()
        .map(|column| if costs { column.cost } else { 0.0 })
        .collect();
    let mut bound = if costs { program.fixed_cost } else { 0.0 };
    let mut size = bound.abs();
    let mut add = |term: f64| {
        bound += term;
        size += term.abs();
    };
    for (row, multiplier) in multipliers {
        let Some(row) = program.rows.get(row) else {
            return f64::NEG_INFINITY;
        };
        let limit = if multiplier > 0.0 {
            row.lower
        } else {
            row.upper
        };
        if multiplier != 0.0 {
            // A multiplier on a side without a limit proves nothing.
            add(if limit.is_finite() {
                multiplier * limit
            } else {
                f64::NEG_INFINITY
            });
        }
        for (column, coefficient) in &row.terms {
            reduced[column.0] -= multiplier * coefficient;
        }
    }
    for (earned, (lower, upper)) in reduced.iter().zip(bounds) {
        let at = if *earned > 0.0 { *lower } else { *upper };
        if *earned != 0.0 {
            add(earned * at);
        }
    }
    if bound.is_finite() {
        bound - ROUNDING * size
    } else {
        f64::NEG_INFINITY
    }
}

/// Column, lowest and highest value.
type Narrowed = (usize, f64, f64);

/// The bound that a certificate proves.
///
/// # Errors
/// What is wrong with it, in words.
pub(crate) fn proven_bound(
    program: &Program,
    whole: impl Fn(usize) -> bool,
    certificate: &Certificate,
) -> Result<f64, String> {
    let all: Vec<(f64, f64)> = program
        .columns
        .iter()
        .map(|column| (column.lower, column.upper))
        .collect();
    let mut least = f64::INFINITY;
    let mut open: Vec<(usize, Vec<Narrowed>)> = vec![(0, Vec::new())];
    let mut visited = vec![false; certificate.cases.len()];
    while let Some((index, narrowed)) = open.pop() {
        let Some(case) = certificate.cases.get(index) else {
            return Err(format!("case {index} is not in the certificate"));
        };
        if std::mem::replace(&mut visited[index], true) {
            return Err(format!("case {index} is reached twice"));
        }
        let mut bounds = all.clone();
        for (column, lower, upper) in &narrowed {
            bounds[*column] = (*lower, *upper);
        }
        match case {
            Case::Split {
                column,
                at,
                below,
                above,
            } => {
                let column = *column;
                let Some((lower, upper)) = bounds.get(column).copied() else {
                    return Err(format!(
                        "case {index} splits at a column that the program lacks"
                    ));
                };
                if !whole(column) || libm::floor(*at) != *at {
                    return Err(format!(
                        "case {index} splits {} at {at}, where plans may lie between",
                        program.columns[column].name
                    ));
                }
                for (next, low, high) in [
                    (*below, lower, at.min(upper)),
                    (*above, lower.max(at + 1.0), upper),
                ] {
                    let mut narrowed = narrowed.clone();
                    narrowed.push((column, low, high));
                    open.push((next, narrowed));
                }
            }
            Case::Bounded(multipliers) => {
                let bound = bound_of(program, &bounds, multipliers.iter().copied(), true);
                least = least.min(bound);
            }
            Case::Empty(multipliers) => {
                if bound_of(program, &bounds, multipliers.iter().copied(), false) <= 0.0 {
                    return Err(format!(
                        "case {index} is called empty and not shown to be so"
                    ));
                }
            }
        }
    }
    Ok(least)
}
