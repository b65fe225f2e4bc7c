//! A plan verified in plain loops, without model and solver.
//!
//! What it computes: every constraint of the planner, from the plan and the scenario alone.
//!
//! Assumptions: quantities that the solver leaves continuous may miss a limit by a hundred-thousandth of it.
//!
//! Valid range: any plan whose lists fit the scenario; one that does not is reported as such.

mod buildings;
mod capacity;
mod links;
mod money;
mod orders;
mod power;
mod resources;
mod service;

use std::fmt;

use angara_fleet::Plan;

use crate::facts::Facts;
use crate::input::PlanningInput;

/// Part of a limit by which it may be missed [1].
pub(crate) const TOLERANCE: f64 = 1e-5;

/// One constraint that a plan breaks, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What is broken, where, when and by how much.
    pub text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A plan under inspection.
pub(crate) struct Inspection<'a> {
    facts: Facts<'a>,
    plan: &'a Plan,
    violations: Vec<Violation>,
}

impl Inspection<'_> {
    fn report(&mut self, text: String) {
        self.violations.push(Violation { text });
    }

    /// Reports `value` above `limit`.
    fn at_most(&mut self, value: f64, limit: f64, what: impl FnOnce() -> String) {
        if value > limit + TOLERANCE * limit.abs().max(1e-9) {
            let text = format!("{}: {value} above {limit}", what());
            self.report(text);
        }
    }

    fn year_name(&self, year: u32) -> i32 {
        self.facts.scenario.horizon.calendar_year(year)
    }

    fn site_name(&self, site: usize) -> &str {
        &self.facts.scenario.sites[site].name
    }
}

/// Every violation of a plan; none for a plan that keeps all constraints.
pub fn check(input: &PlanningInput<'_>, plan: &Plan) -> Vec<Violation> {
    let mut inspection = Inspection {
        facts: Facts::new(input),
        plan,
        violations: Vec::new(),
    };
    if !buildings::lists_fit(&mut inspection) {
        return inspection.violations;
    }
    buildings::check_buildings(&mut inspection);
    orders::check_orders(&mut inspection);
    orders::check_supply(&mut inspection);
    service::check_service(&mut inspection);
    capacity::check_capacity(&mut inspection);
    power::check_power(&mut inspection);
    power::check_plant(&mut inspection);
    resources::check_resources(&mut inspection);
    links::check_links(&mut inspection);
    money::check_money(&mut inspection);
    inspection.violations
}
