//! p-median.

use crate::instance::Medians;
use crate::limits::Limits;
use crate::location::{Problem, solve};
use crate::siting::Siting;

/// Opens exactly `open` sites so that the clients' cost is least.
pub fn p_median(medians: &Medians, open: usize, limits: &Limits<'_>) -> Siting {
    let opening = vec![0; medians.table.sites()];
    let problem = Problem {
        table: medians.table.as_ref(),
        opening: &opening,
        count: Some(open.min(opening.len())),
    };
    Siting::of(solve(&problem, limits), medians.scale)
}
