//! Why the plan of a run is what it is, from the scenario and the lessons that the plan keeps.

use angara_network::Routes;
use angara_planning::{Effort, PlanningInput, Reasons, reasons};
use angara_results::Table;
use angara_scenario::Scenario;

use crate::certified::read_lessons;
use crate::climate::climate_years;
use crate::error::StudyError;
use crate::plant::site_factors;

/// What binds the plan of a run, and what every site is worth to it; `lessons` is the run's table of that name.
///
/// # Errors
/// A table that does not fit the scenario, or a scenario without a plan.
pub fn plan_reasons(scenario: &Scenario, lessons: &Table) -> Result<Reasons, StudyError> {
    let climates = climate_years(scenario)?;
    let factors = site_factors(scenario, &climates)?;
    let routes = Routes::new(scenario);
    let lessons = read_lessons(scenario, lessons)?;
    Ok(reasons(&PlanningInput {
        scenario,
        routes: &routes,
        sites: &factors,
        repairs: &lessons,
        effort: Effort::of(scenario),
    })?)
}
