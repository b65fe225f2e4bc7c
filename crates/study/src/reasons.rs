//! Why the plan of a run is what it is, from the scenario and the lessons that the plan keeps.

use angara_planning::{Reasons, reasons};
use angara_results::Table;
use angara_scenario::Scenario;

use crate::error::StudyError;
use crate::planned::Planned;

/// What binds the plan of a run, and what every site is worth to it; `lessons` is the run's table of that name.
///
/// # Errors
/// A table that does not fit the scenario, or a scenario without a plan.
pub fn plan_reasons(scenario: &Scenario, lessons: &Table) -> Result<Reasons, StudyError> {
    let planned = Planned::new(scenario, lessons)?;
    Ok(reasons(&planned.input())?)
}
