//! What one order and one lease cost, rounded once per amount.
//!
//! The tables of orders and leases show these amounts and the ledger adds them up, so the two agree to the minor
//! unit.

use angara_fleet::{Lease, Order};
use angara_quantity::Money;
use angara_scenario::Scenario;

use crate::rates::{self, RateError};

const BITS_PER_GIGABIT: f64 = 1e9;
const MONTHS_PER_YEAR: f64 = 12.0;

/// Money paid for one order, in the currency of the totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderCost {
    /// Purchase price.
    pub price: Money,
    /// Duty.
    pub duty: Money,
    /// Freight and insurance.
    pub freight: Money,
}

impl OrderCost {
    /// Price, duty and freight together.
    pub fn landed(self) -> Money {
        Money::from_minor(
            self.price
                .minor
                .saturating_add(self.duty.minor)
                .saturating_add(self.freight.minor),
            self.price.currency,
        )
    }
}

/// Cost of an order in the year in which it is placed.
pub fn order_cost(scenario: &Scenario, order: &Order) -> Result<OrderCost, RateError> {
    let unit = rates::equipment_unit(scenario, order.equipment, order.year)?;
    let units = order.units as f64;
    let money = |major: f64| Money::from_major(major * units, scenario.currency);
    Ok(OrderCost {
        price: money(unit.price),
        duty: money(unit.duty),
        freight: money(unit.freight),
    })
}

/// Cost of a lease in its year: twelve months of its rate.
pub fn lease_cost(scenario: &Scenario, lease: &Lease) -> Result<Money, RateError> {
    let price = rates::lease_per_gbit_month(scenario, lease.link, lease.year)?;
    let gigabits = lease.bits_per_second / BITS_PER_GIGABIT;
    Ok(Money::from_major(
        gigabits * MONTHS_PER_YEAR * price,
        scenario.currency,
    ))
}
