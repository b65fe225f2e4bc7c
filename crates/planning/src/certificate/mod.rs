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

/// Share of the sizes of its terms that rounding may have added to a sum [1]; sums have far fewer than 10,000 terms.
const ROUNDING: f64 = 1e-12;

/// Most cases of a certificate.
const CASES_MAX: usize = 100_000;

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
    // Cost less what the multipliers earn, with the size of what was summed.
    let mut reduced: Vec<(f64, f64)> = program
        .columns
        .iter()
        .map(|column| if costs { column.cost } else { 0.0 })
        .map(|cost| (cost, cost.abs()))
        .collect();
    let mut bound = if costs { program.fixed_cost } else { 0.0 };
    let mut size = bound.abs();
    for (row, multiplier) in multipliers {
        let Some(row) = program.rows.get(row) else {
            return f64::NEG_INFINITY;
        };
        if multiplier == 0.0 {
            continue;
        }
        let limit = if multiplier > 0.0 {
            row.lower
        } else {
            row.upper
        };
        // On a side without a limit a multiplier proves nothing: the sum is no longer finite.
        bound += multiplier * limit;
        size += (multiplier * limit).abs();
        for (column, coefficient) in &row.terms {
            let (earned, summed) = &mut reduced[column.0];
            *earned -= multiplier * coefficient;
            *summed += (multiplier * coefficient).abs();
        }
    }
    for ((reduced, summed), (lower, upper)) in reduced.iter().zip(bounds) {
        let at = if *reduced > 0.0 { *lower } else { *upper };
        if *reduced != 0.0 {
            bound += reduced * at;
        }
        size += summed * lower.abs().max(upper.abs());
    }
    let bound = bound - ROUNDING * size;
    if bound.is_finite() {
        bound
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
    if certificate.cases.len() > CASES_MAX {
        let cases = certificate.cases.len();
        return Err(format!("{cases} cases, at most {CASES_MAX} are read"));
    }
    let mut least = f64::INFINITY;
    let mut open = vec![0];
    // By case: the case that it is part of, and what was narrowed there.
    let mut ways: Vec<Option<(usize, Narrowed)>> = vec![None; certificate.cases.len()];
    let mut visited = vec![false; certificate.cases.len()];
    while let Some(index) = open.pop() {
        let Some(case) = certificate.cases.get(index) else {
            return Err(format!("case {index} is not in the certificate"));
        };
        if std::mem::replace(&mut visited[index], true) {
            return Err(format!("case {index} is reached twice"));
        }
        let mut bounds = all.clone();
        let mut way = ways[index];
        while let Some((whole, (column, lower, upper))) = way {
            let bound = &mut bounds[column];
            *bound = (bound.0.max(lower), bound.1.min(upper));
            way = ways[whole];
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
                for (next, low, high) in [(*below, lower, *at), (*above, at + 1.0, upper)] {
                    // A case that was reached before may lie above this one: no way may lead round.
                    if visited.get(next) == Some(&true) {
                        return Err(format!("case {next} is reached twice"));
                    }
                    if let Some(way) = ways.get_mut(next) {
                        *way = Some((index, (column, low, high)));
                    }
                    open.push(next);
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
