//! Rows that whole numbers imply and the relaxation breaks, found by solving the relaxation.
//!
//! What it computes: x[s,j,i,t] ≤ r[i,t] for the shares that break it in the relaxation. The model holds these rows
//! summed by place only; all of them together would be most of the model, few of them matter.
//!
//! Assumptions: rounds end when nothing is broken by more than a hundredth, or after a fixed number.
//!
//! Valid range: any program with the decisions of the planner.
//!
//! References: I. Ljubić and E. Moreno on strong links generated on demand; K. Aardal, "Capacitated facility
//! location: separation algorithms and computational experience", Mathematical Programming 81 (1998).

use crate::columns::Columns;
use crate::facts::Facts;
use crate::model::{Outcome, Program, Relaxation, Solver};

const ROUNDS_MAX: usize = 8;
/// Break of a row that is worth a row [1].
const WORTH: f64 = 0.01;

/// What strengthening found.
#[derive(Debug, Default)]
pub(crate) struct Strengthened {
    /// The share that each added row is about.
    pub(crate) shares: Vec<usize>,
    /// Prices of the rows in the last relaxation; rows added after it have none.
    pub(crate) prices: Vec<f64>,
}

/// Adds the rows that the relaxation breaks.
pub(crate) fn strengthen<S: Solver>(
    program: &mut Program,
    columns: &Columns,
    facts: &Facts<'_>,
    solver: &S,
) -> Strengthened {
    let mut found = Strengthened::default();
    let Some(mut relaxation) = solver.relaxation(program) else {
        return found;
    };
    for _ in 0..ROUNDS_MAX {
        let Outcome::Solved(values) = relaxation.solve() else {
            break;
        };
        found.prices.clone_from(&values.row_prices);
        let before = program.rows.len();
        for (index, share) in columns.shares.iter().enumerate() {
            let ready = columns.ready[share.site][facts.demands[share.demand].year as usize];
            if values.columns[share.column.0] > values.columns[ready.0] + WORTH {
                define_only_when_ready(program, columns, facts, index);
                found.shares.push(index);
            }
        }
        if program.rows.len() == before {
            break;
        }
        for row in &program.rows[before..] {
            relaxation.add(row);
        }
    }
    found
}

/// x[s,j,i,t] ≤ r[i,t] for one share
pub(crate) fn define_only_when_ready(
    program: &mut Program,
    columns: &Columns,
    facts: &Facts<'_>,
    share: usize,
) {
    let share = columns.shares[share];
    let ready = columns.ready[share.site][facts.demands[share.demand].year as usize];
    let name = format!("{} only when ready", program.columns[share.column.0].name);
    let terms = vec![(share.column, 1.0), (ready, -1.0)];
    program.define(name, f64::NEG_INFINITY, 0.0, terms);
}
