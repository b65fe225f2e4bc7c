//! Capital prices: sites, halls, equipment, and the budgets they are held against.

use angara_scenario::{Index, Scenario};

use super::{RateError, convert};

/// What one unit of equipment costs, in major units of the currency of the totals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EquipmentUnit {
    /// Purchase price.
    pub price: f64,
    /// Duty of its origin.
    pub duty: f64,
    /// Freight and insurance of its origin.
    pub freight: f64,
}

impl EquipmentUnit {
    /// Price, duty and freight together.
    pub fn landed(self) -> f64 {
        self.price + self.duty + self.freight
    }
}

/// Opening a site by a decision of `year`; nothing where halls already stand, because such a site is open.
pub fn opening(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    let entry = &scenario.sites[site];
    if entry.halls_existing > 0 {
        return Ok(0.0);
    }
    let cost = entry.opening_cost;
    convert(scenario, cost.major(), cost.currency, year)
}

/// Building one hall by a decision of `year`.
pub fn hall(scenario: &Scenario, site: Index, year: u32) -> Result<f64, RateError> {
    let cost = scenario.sites[site].hall_cost;
    convert(scenario, cost.major(), cost.currency, year)
}

/// One unit of equipment ordered and paid in `year`.
pub fn equipment_unit(
    scenario: &Scenario,
    equipment: Index,
    year: u32,
) -> Result<EquipmentUnit, RateError> {
    let entry = &scenario.equipment[equipment];
    let origin = &scenario.origins[entry.origin];
    let price = convert(scenario, entry.price.major(), entry.price.currency, year)?;
    Ok(EquipmentUnit {
        price,
        duty: price * origin.duty,
        freight: price * origin.freight,
    })
}

/// Capital that a party can spend in `year`, in major units of the currency of the totals; `None` where no row
/// limits it. Rows of one party and year add up.
pub fn budget(scenario: &Scenario, party: Index, year: u32) -> Result<Option<f64>, RateError> {
    let calendar_year = scenario.horizon.calendar_year(year);
    let mut limit = None;
    for row in &scenario.budgets {
        if row.party == party && row.year == calendar_year {
            let amount = convert(scenario, row.amount.major(), row.amount.currency, year)?;
            limit = Some(limit.unwrap_or(0.0) + amount);
        }
    }
    Ok(limit)
}
