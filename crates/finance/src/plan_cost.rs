//! Present cost of one unit of each decision: the coefficients of a linear objective.
//!
//! What it computes: what one opened site, hall, machine, kilowatt-hour, kilowatt-month, cubic metre and leased rate
//! adds to the net present cost that [`crate::account`] books for the same plan.
//!
//! Assumptions: those of accounting, whose prices and discount factors these functions call. The sum of coefficient
//! times quantity equals the net present cost but for the rounding of each booked amount (half a minor unit each),
//! given that halls decided on later are not usable earlier, and that the carbon of the operation is its energy times
//! [`crate::rates::carbon_tonnes_per_kwh`].
//!
//! Valid range: indices and years of the scenario. A decision whose use begins beyond the horizon costs its capital.
//!
//! References: none.

use angara_scenario::{Index, Scenario};

use crate::capital_in_use;
use crate::discount::{PROGRAMME, factor};
use crate::rates::{self, RateError};

const MONTHS_PER_YEAR: f64 = 12.0;

/// Value at the start of the horizon of one unit of money in a year [1].
pub fn discount_factor(scenario: &Scenario, year: u32) -> f64 {
    factor(scenario.prices.discount_rate, year, PROGRAMME)
}

/// Opening a site by a decision of `decided`: its price, and its maintenance from the first usable hall on.
pub fn opening(scenario: &Scenario, site: Index, decided: u32) -> Result<f64, RateError> {
    let price = rates::opening(scenario, site, decided)?;
    let from = capital_in_use::usable_from(decided, scenario.sites[site].opening_lead);
    Ok(price * (discount_factor(scenario, decided) + maintained(scenario, from, u32::MAX)))
}

/// One hall decided on in `decided`: its price, and maintenance and staff from `usable_from` on.
pub fn hall(
    scenario: &Scenario,
    site: Index,
    decided: u32,
    usable_from: u32,
) -> Result<f64, RateError> {
    let price = rates::hall(scenario, site, decided)?;
    let capital =
        price * (discount_factor(scenario, decided) + maintained(scenario, usable_from, u32::MAX));
    Ok(capital + staffed(scenario, site, usable_from)?)
}

/// One hall that stands at the start: maintenance and staff of every year; no decision changes it.
pub fn existing_hall(scenario: &Scenario, site: Index) -> Result<f64, RateError> {
    let price = rates::hall(scenario, site, 0)?;
    Ok(price * maintained(scenario, 0, u32::MAX) + staffed(scenario, site, 0)?)
}

/// One unit of equipment: landed price when ordered, maintenance while in use.
pub fn equipment_unit(
    scenario: &Scenario,
    equipment: Index,
    ordered: u32,
    usable_from: u32,
) -> Result<f64, RateError> {
    let unit = rates::equipment_unit(scenario, equipment, ordered)?;
    let until = usable_from.saturating_add(scenario.equipment[equipment].life_years);
    Ok(unit.landed() * discount_factor(scenario, ordered)
        + unit.price * maintained(scenario, usable_from, until))
}

/// Energy drawn at a site in a year, the price of its carbon included [per kWh].
pub fn energy_per_kwh(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    let carbon = rates::carbon_tonnes_per_kwh(scenario, site, year)
        * rates::carbon_per_tonne(scenario, year)?;
    let price = rates::energy_per_kwh(scenario, site, year)? + carbon;
    Ok(price * discount_factor(scenario, year))
}

/// Highest draw of one month at a site in a year [per kW and month].
pub fn demand_charge_per_kw_month(
    scenario: &Scenario,
    site: Index,
    year: u32,
) -> Result<f64, RateError> {
    let price = rates::demand_charge_per_kw_month(scenario, site, year)?;
    Ok(price * discount_factor(scenario, year))
}

/// Water drawn at a site in a year [per m³].
pub fn water_per_m3(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    let price = rates::water_per_m3(scenario, site, year)?;
    Ok(price * discount_factor(scenario, year))
}

/// Rate leased on a link for a year [per Gbit/s].
pub fn lease_per_gbit(scenario: &Scenario, link: Index, year: u32) -> Result<f64, RateError> {
    let price = rates::lease_per_gbit_month(scenario, link, year)?;
    Ok(price * MONTHS_PER_YEAR * discount_factor(scenario, year))
}

/// Present maintenance of one unit of capital in use from `from` to before `until` [1].
fn maintained(scenario: &Scenario, from: u32, until: u32) -> f64 {
    let years: f64 = (from..until.min(scenario.horizon.years))
        .map(|year| discount_factor(scenario, year))
        .sum();
    rates::maintenance_share(scenario) * years
}

/// Present cost of the staff of one hall usable from `from` on.
fn staffed(scenario: &Scenario, site: Index, from: u32) -> Result<f64, RateError> {
    (from..scenario.horizon.years)
        .map(|year| {
            let staff = rates::staff_per_hall_year(scenario, site, year)?;
            Ok(staff * discount_factor(scenario, year))
        })
        .sum()
}

#[cfg(test)]
mod tests;
