//! The checks, one per file.

mod chillers;
mod components;
mod free_cooling;
mod hyperscale;
mod peers;
mod psychrometrics;
mod ranges;
mod summit;
mod synthetic_years;

use crate::row::Row;

/// Every row of every check.
pub(crate) fn all() -> Vec<Row> {
    [
        psychrometrics::rows(),
        components::rows(),
        chillers::rows(),
        peers::rows(),
        ranges::rows(),
        free_cooling::rows(),
        synthetic_years::rows(),
        summit::rows(),
        hyperscale::rows(),
    ]
    .concat()
}
