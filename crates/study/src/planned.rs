//! What a run's plan was made from: the scenario, and the lessons that the run's tables hold.

use angara_network::Routes;
use angara_planning::{Effort, PlanningInput, Repair, SiteFactors};
use angara_results::Table;
use angara_scenario::Scenario;

use crate::certified::read_lessons;
use crate::climate::climate_years;
use crate::error::StudyError;
use crate::plant::site_factors;

/// Everything that the planner is given, owned.
pub(crate) struct Planned<'a> {
    scenario: &'a Scenario,
    routes: Routes,
    factors: Vec<SiteFactors>,
    lessons: Vec<Repair>,
}

impl<'a> Planned<'a> {
    /// `lessons` is the run's table of that name.
    pub(crate) fn new(scenario: &'a Scenario, lessons: &Table) -> Result<Self, StudyError> {
        let climates = climate_years(scenario)?;
        Ok(Self {
            scenario,
            routes: Routes::new(scenario),
            factors: site_factors(scenario, &climates)?,
            lessons: read_lessons(scenario, lessons)?,
        })
    }

    pub(crate) fn input(&self) -> PlanningInput<'_> {
        PlanningInput {
            scenario: self.scenario,
            routes: &self.routes,
            sites: &self.factors,
            repairs: &self.lessons,
            effort: Effort::of(self.scenario),
        }
    }
}
