//! The study as the tables of a run folder; one file per family of tables.

#![expect(clippy::too_many_lines, reason = "a table is one list of columns")]

mod certificate;
mod facts;
mod money;
mod plan;
mod promises;
mod proof;

use angara_results::Table;
use angara_scenario::{Explanations, Scenario};

use crate::error::StudyError;
use crate::study::Study;

/// Every table, sorted by name.
///
/// # Errors
/// A price without a rate, which checking has excluded.
pub fn tables(
    scenario: &Scenario,
    explanations: &Explanations,
    study: &Study,
) -> Result<Vec<Table>, StudyError> {
    let mut tables = vec![
        facts::places(scenario),
        facts::sites(scenario, study),
        facts::links(scenario),
        facts::defaults(explanations),
        facts::sources(explanations),
        certificate::certificate(study),
        certificate::lessons(scenario, study),
        plan::plan_sites(scenario, study),
        plan::plan_orders(scenario, study)?,
        plan::assignments(scenario, study),
        plan::leases(scenario, study)?,
        plan::deliverable(scenario, study),
        proof::services(scenario, study),
        proof::site_months(scenario, study),
        proof::site_hours(scenario, study),
        proof::hosts(scenario, study),
        money::money(scenario, study),
        money::parties(scenario, study)?,
        money::unit_costs(scenario, study),
        money::energy_compare(scenario, study),
        promises::verdict(scenario, study),
        promises::promises(scenario, study),
        promises::futures(scenario, study),
    ];
    tables.sort_by(|a, b| a.name().cmp(b.name()));
    Ok(tables)
}

/// Unit of whole minor units of the totals' currency.
fn minor_unit(scenario: &Scenario) -> String {
    let digits = scenario.currency.minor_digits();
    if digits == 0 {
        return scenario.currency.to_string();
    }
    let zeros = "0".repeat(digits as usize - 1);
    format!("{} minor (0.{zeros}1)", scenario.currency)
}

/// Minor units as a column holds them; beyond its range they stop at the range's end.
fn minor(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount > 0 { i64::MAX } else { i64::MIN })
}

fn calendar_year(scenario: &Scenario, year: u32) -> i32 {
    scenario.horizon.calendar_year(year)
}
