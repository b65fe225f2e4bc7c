use super::*;
use crate::example::{YEARS, operation, plan, scenario};
use crate::{Ledger, account};

/// Objective of the example by plain loops over its decisions.
fn objective(scenario: &Scenario) -> Result<f64, RateError> {
    let mut cost = opening(scenario, 0, 0)?;
    // Usable years as in the plan: both halls of the first site in year 2, the second site's in year 3.
    cost += hall(scenario, 0, 0, 2)? + hall(scenario, 0, 1, 2)? + hall(scenario, 1, 2, 3)?;
    cost += existing_hall(scenario, 1)?;
    for order in plan().orders {
        cost += order.units as f64
            * equipment_unit(scenario, order.equipment, order.year, order.usable_from)?;
    }
    for lease in plan().leases {
        cost += lease.bits_per_second / 1e9 * lease_per_gbit(scenario, lease.link, lease.year)?;
    }
    for ((site, year), drawn) in operation(scenario).site_years {
        cost += drawn.facility_kwh * energy_per_kwh(scenario, site, year)?;
        cost += drawn.water_m3 * water_per_m3(scenario, site, year)?;
        for peak_kw in drawn.peak_kw {
            cost += peak_kw * demand_charge_per_kw_month(scenario, site, year)?;
        }
    }
    Ok(cost)
}

fn booked(scenario: &Scenario) -> Ledger {
    account(scenario, &plan(), &operation(scenario)).expect("the example fits")
}

#[test]
fn the_linear_objective_equals_the_booked_net_present_cost() {
    let scenario = scenario();
    let ledger = booked(&scenario);
    let planned = objective(&scenario).expect("rates");
    // Half a kopeck for each amount rounded, and the rounding of floats.
    let amounts = ledger.entries.len() + 3 * plan().orders.len() + plan().leases.len();
    let tolerance = 0.005 * amounts as f64 + 1e-12 * planned;
    let gap = (planned - ledger.net_present_cost()).abs();
    assert!(gap < tolerance, "{gap} RUB apart, {tolerance} allowed");
}

#[test]
fn a_decision_that_is_usable_after_the_horizon_costs_its_capital() {
    let scenario = scenario();
    let price = rates::hall(&scenario, 0, 3).expect("rate");
    let expected = price * discount_factor(&scenario, 3);
    assert_eq!(hall(&scenario, 0, 3, YEARS), Ok(expected));
}
