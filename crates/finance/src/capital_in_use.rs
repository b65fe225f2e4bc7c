//! Capital in use at a site in a year, at what was paid for it: the base of maintenance.
//!
//! What it computes: the purchase price of the opened site, its usable halls and its equipment in use.
//!
//! Assumptions: a site counts from the year in which its first hall can be used; halls become usable in the order in
//! which they were decided on; halls that stood at the start count at the hall price of the first year, the opening
//! of their site does not count; equipment counts at its price without duty and freight, from arrival to the end of
//! its life.
//!
//! Valid range: plans that fit their scenario, as accounting checks.
//!
//! References: none.

use angara_fleet::{Order, Plan};
use angara_quantity::Duration;
use angara_scenario::{Index, Scenario};

use crate::rates::{self, RateError};

const MILLISECONDS_PER_YEAR: u64 = 8760 * 3_600_000;

/// First year in which something decided on in `decided` is usable: whole years, begun ones counted.
pub(crate) fn usable_from(decided: u32, lead: Duration) -> u32 {
    let lead = u64::try_from(lead.milliseconds()).unwrap_or(0);
    let years = lead.div_ceil(MILLISECONDS_PER_YEAR);
    decided.saturating_add(u32::try_from(years).unwrap_or(u32::MAX))
}

/// True where an order has arrived by `year` and is not yet at the end of its life.
pub(crate) fn in_use(scenario: &Scenario, order: &Order, year: u32) -> bool {
    let life_years = scenario.equipment[order.equipment].life_years;
    order.usable_from <= year && year < order.usable_from.saturating_add(life_years)
}

/// Capital in use by year of the horizon, in major units of the currency of the totals.
pub(crate) fn by_year(
    scenario: &Scenario,
    plan: &Plan,
    site: Index,
) -> Result<Vec<f64>, RateError> {
    let years = scenario.horizon.years;
    let mut capital = vec![0.0; years as usize];
    let growth = &plan.sites[site];
    if let Some(decided) = growth.opened {
        let price = rates::opening(scenario, site, decided)?;
        let from = usable_from(decided, scenario.sites[site].opening_lead);
        add(&mut capital, from, years, price);
    }
    let halls = hall_prices(scenario, plan, site)?;
    for (value, usable) in capital.iter_mut().zip(&growth.halls_usable) {
        *value += halls.iter().take(*usable as usize).sum::<f64>();
    }
    for order in plan.orders.iter().filter(|order| order.site == site) {
        let unit = rates::equipment_unit(scenario, order.equipment, order.year)?;
        let life_years = scenario.equipment[order.equipment].life_years;
        let until = order.usable_from.saturating_add(life_years);
        add(
            &mut capital,
            order.usable_from,
            until,
            unit.price * order.units as f64,
        );
    }
    Ok(capital)
}

/// Price of every hall in the order in which they become usable, existing ones first.
fn hall_prices(scenario: &Scenario, plan: &Plan, site: Index) -> Result<Vec<f64>, RateError> {
    let existing = scenario.sites[site].halls_existing as usize;
    let mut prices = vec![rates::hall(scenario, site, 0)?; existing];
    for (decided, count) in (0..).zip(&plan.sites[site].halls_ordered) {
        let price = rates::hall(scenario, site, decided)?;
        prices.extend(std::iter::repeat_n(price, *count as usize));
    }
    Ok(prices)
}

fn add(capital: &mut [f64], from: u32, until: u32, value: f64) {
    for (_, slot) in (0..until).zip(capital).skip(from as usize) {
        *slot += value;
    }
}
