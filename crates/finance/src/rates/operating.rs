//! Operating prices: energy, water, carbon, people, maintenance, leases.

use angara_quantity::Price;
use angara_scenario::{Index, Scenario};

use super::{RateError, convert};
use crate::discount::compound;

const GRAMS_PER_TONNE: f64 = 1e6;

fn grown(scenario: &Scenario, price: Price, growth: f64, year: u32) -> Result<f64, RateError> {
    let nominal = price.amount * compound(growth, year);
    convert(scenario, nominal, price.currency, year)
}

/// Energy drawn at a site [per kWh].
pub fn energy_per_kwh(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    let grid = &scenario.grids[scenario.sites[site].grid];
    grown(
        scenario,
        grid.energy_price,
        grid.price_growth_per_year,
        year,
    )
}

/// Highest draw of one month at a site [per kW and month].
pub fn demand_charge_per_kw_month(
    scenario: &Scenario,
    site: Index,
    year: u32,
) -> Result<f64, RateError> {
    let grid = &scenario.grids[scenario.sites[site].grid];
    grown(
        scenario,
        grid.demand_charge,
        grid.price_growth_per_year,
        year,
    )
}

/// Water drawn at a site [per m³].
pub fn water_per_m3(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    grown(
        scenario,
        scenario.sites[site].water_price,
        scenario.prices.escalation,
        year,
    )
}

/// Carbon emitted [per t].
pub fn carbon_per_tonne(scenario: &Scenario, year: u32) -> Result<f64, RateError> {
    let price = scenario.prices.carbon_per_tonne;
    let nominal = price.major() * compound(scenario.prices.escalation, year);
    convert(scenario, nominal, price.currency, year)
}

/// Carbon emitted for one kilowatt-hour drawn at a site [t/kWh].
pub fn carbon_tonnes_per_kwh(scenario: &Scenario, site: Index, year: u32) -> f64 {
    let grid = &scenario.grids[scenario.sites[site].grid];
    grid.carbon_g_per_kwh * compound(grid.carbon_drift_per_year, year) / GRAMS_PER_TONNE
}

/// Technicians of one hall for one year [per hall and year].
pub fn staff_per_hall_year(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    let entry = &scenario.sites[site];
    let person = grown(scenario, entry.staff_cost, scenario.prices.escalation, year)?;
    Ok(entry.staff_per_hall * person)
}

/// Yearly maintenance over the purchase price of what is in use [1].
///
/// The price is the one paid, so maintenance does not escalate.
pub fn maintenance_share(scenario: &Scenario) -> f64 {
    scenario.prices.maintenance
}

/// Leased rate on a link [per Gbit/s and month].
pub fn lease_per_gbit_month(scenario: &Scenario, link: Index, year: u32) -> Result<f64, RateError> {
    grown(
        scenario,
        scenario.links[link].lease_price,
        scenario.prices.escalation,
        year,
    )
}
