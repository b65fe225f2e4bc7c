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
use crate::model::{Limits, Outcome, Program, Solver};

const ROUNDS_MAX: usize = 8;
/// Break of a row that is worth a row [1].
const WORTH: f64 = 0.01;

/// Adds the rows that the relaxation breaks.
pub(crate) fn strengthen<S: Solver>(
    program: &mut Program,
    columns: &Columns,
    facts: &Facts<'_>,
    solver: &S,
    limits: Limits,
) {
    let relaxed = Limits {
        relaxed: true,
        ..limits
    };
    for _ in 0..ROUNDS_MAX {
        let Outcome::Solved(values) = solver.solve(program, relaxed, None) else {
            return;
        };
        let before = program.rows.len();
        for share in &columns.shares {
            let year = facts.demands[share.demand].year as usize;
            let ready = columns.ready[share.site][year];
            if values.columns[share.column.0] > values.columns[ready.0] + WORTH {
                let name = format!("{} only when ready", program.columns[share.column.0].name);
                let terms = vec![(share.column, 1.0), (ready, -1.0)];
                program.define(name, f64::NEG_INFINITY, 0.0, terms);
            }
        }
        if program.rows.len() == before {
            return;
        }
    }
}
