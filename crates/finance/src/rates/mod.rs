//! What one unit costs in a year, in the currency of the totals.
//!
//! What it computes: prices of one site, hall, machine, kilowatt-hour, person, leased rate, tonne, as nominal
//! money of the year, in major units of the scenario's currency.
//!
//! Assumptions: capital prices stay at their nominal value in their own currency, only the rate of that currency
//! drifts. Operating prices (wages, water, leases, carbon) grow with `prices.escalation`, energy and demand charge
//! with the growth of their grid, each from its value in the first year, and are then converted at the year's rate.
//!
//! Valid range: indices and years of the scenario.
//!
//! References: none; these are the scenario's own figures.

mod capital;
mod operating;

pub use capital::{EquipmentUnit, budget, equipment_unit, hall, opening};
pub use operating::{
    carbon_per_tonne, carbon_tonnes_per_kwh, demand_charge_per_kw_month, energy_per_kwh,
    lease_per_gbit_month, maintenance_share, staff_per_hall_year, water_per_m3,
};

use angara_quantity::Currency;
use angara_scenario::Scenario;
use thiserror::Error;

/// Why a price has no value in the currency of the totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RateError {
    /// The scenario names no rate for the currency; checking excludes it.
    #[error("no rate from {currency} into the currency of the totals")]
    UnknownCurrency {
        /// Currency without a rate.
        currency: Currency,
    },
}

/// Amount in the currency of the totals at the rate of the year.
pub(crate) fn convert(
    scenario: &Scenario,
    amount: f64,
    currency: Currency,
    year: u32,
) -> Result<f64, RateError> {
    scenario
        .rate(currency, year)
        .map(|rate| amount * rate)
        .ok_or(RateError::UnknownCurrency { currency })
}

#[cfg(test)]
mod tests;
