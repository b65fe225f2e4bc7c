use super::*;
use crate::example::{currency, scenario};

fn near(value: f64, expected: f64) {
    assert!(
        (value / expected - 1.0).abs() < 1e-14,
        "{value} is not {expected}"
    );
}

#[test]
fn capital_prices_follow_their_currency_and_nothing_else() {
    let scenario = scenario();
    assert_eq!(opening(&scenario, 0, 3), Ok(8e8));
    near(
        hall(&scenario, 0, 2).expect("rate"),
        3e6 * 90.0 * 1.05 * 1.05,
    );
}

#[test]
fn a_site_that_stands_is_not_opened_again() {
    assert_eq!(opening(&scenario(), 1, 0), Ok(0.0));
}

#[test]
fn duty_and_freight_are_shares_of_the_price() {
    let unit = equipment_unit(&scenario(), 0, 1).expect("rate");
    let price = 9000.0 * 94.5;
    near(unit.price, price);
    near(unit.duty, 0.05 * price);
    near(unit.freight, 0.03 * price);
    near(unit.landed(), 1.08 * price);
}

#[test]
fn operating_prices_escalate_and_energy_follows_its_grid() {
    let scenario = scenario();
    near(
        energy_per_kwh(&scenario, 0, 2).expect("rate"),
        4.1 * 1.06 * 1.06,
    );
    near(
        demand_charge_per_kw_month(&scenario, 0, 1).expect("rate"),
        700.0 * 1.06,
    );
    near(water_per_m3(&scenario, 0, 1).expect("rate"), 42.0 * 1.04);
    near(
        staff_per_hall_year(&scenario, 0, 1).expect("rate"),
        6.5 * 1.8e6 * 1.04,
    );
    near(
        lease_per_gbit_month(&scenario, 0, 2).expect("rate"),
        30_000.0 * 1.04 * 1.04,
    );
    near(carbon_per_tonne(&scenario, 1).expect("rate"), 520.0);
    near(carbon_tonnes_per_kwh(&scenario, 0, 1), 40e-6 * 0.98);
}

#[test]
fn a_budget_is_converted_at_the_rate_of_its_year() {
    let scenario = scenario();
    assert_eq!(budget(&scenario, 1, 0), Ok(None));
    near(
        budget(&scenario, 1, 1).expect("rate").expect("limited"),
        1e7 * 94.5,
    );
}

#[test]
fn a_currency_without_a_rate_is_named() {
    let mut scenario = scenario();
    scenario.currencies.truncate(1);
    assert_eq!(
        hall(&scenario, 0, 0),
        Err(RateError::UnknownCurrency {
            currency: currency("USD")
        })
    );
}
