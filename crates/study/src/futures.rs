//! The plan in every future of the scenario.

use angara_fleet::Plan;
use angara_planning::{FutureYear, PlanningInput, serve_under};
use rayon::prelude::*;

use crate::error::StudyError;

/// How the plan fares in one future.
#[derive(Debug, Clone, PartialEq)]
pub struct FutureOutcome {
    /// Row of the scenario's futures.
    pub future: usize,
    /// By year of the horizon.
    pub years: Vec<FutureYear>,
    /// Least share of demand that counts as served [1].
    pub least_share: f64,
}

impl FutureOutcome {
    /// True where a year is served.
    pub fn holds_in(&self, year: &FutureYear) -> bool {
        year.served_share >= self.least_share
    }

    /// The first year that is not served.
    pub fn first_broken(&self) -> Option<&FutureYear> {
        self.years.iter().find(|year| !self.holds_in(year))
    }
}

/// Serves as much as possible in every future.
pub(crate) fn futures(
    input: &PlanningInput<'_>,
    plan: &Plan,
) -> Result<Vec<FutureOutcome>, StudyError> {
    input
        .scenario
        .futures
        .par_iter()
        .enumerate()
        .map(|(future, entry)| {
            Ok(FutureOutcome {
                future,
                years: serve_under(input, plan, entry)?,
                least_share: 1.0 - input.scenario.promises.unserved_share,
            })
        })
        .collect()
}
