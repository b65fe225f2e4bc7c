use super::*;
use crate::account;
use crate::discount::capital_recovery;
use crate::example::{operation, plan, scenario};

/// F12: with constant yearly amounts the levelised cost is (FCR·TCC + FOC)/AEP + VOC.
#[test]
fn f12_constant_years_give_the_simple_levelised_cost() {
    let (rate, years) = (0.08, 20);
    let (capital, fixed, variable, quantity) = (1_500.0, 40.0, 0.01, 3_000.0);
    let mut costs = vec![fixed + variable * quantity; years + 1];
    let mut quantities = vec![quantity; years + 1];
    costs[0] = capital;
    quantities[0] = 0.0;
    let levelised = levelised(rate, &costs, &quantities, DiscountConvention::Begin)
        .expect("something is delivered");
    let simple = (capital_recovery(rate, years as u32) * capital + fixed) / quantity + variable;
    assert!((levelised / simple - 1.0).abs() < 1e-12);
}

#[test]
fn nothing_delivered_has_no_unit_cost() {
    assert_eq!(
        levelised(0.08, &[1.0], &[0.0], DiscountConvention::Mid),
        None
    );
}

fn costs(served: &Served) -> (f64, Vec<UnitCost>) {
    let scenario = scenario();
    let operation = operation(&scenario);
    let ledger = account(&scenario, &plan(), &operation).expect("the example fits");
    let costs = unit_costs(&scenario, &plan(), &operation, served, &ledger).expect("rates");
    (ledger.net_present_cost(), costs)
}

fn served() -> Served {
    Served {
        core_hours: vec![0.0, 0.0, 5e7, 6e7],
        accelerator_hours: vec![0.0, 0.0, 4e5, 5e5],
    }
}

#[test]
fn cores_and_accelerators_together_bear_the_whole_cost() {
    let (total, costs) = costs(&served());
    let borne: f64 = costs
        .iter()
        .filter(|row| {
            matches!(
                row.metric,
                UnitMetric::CoreHour | UnitMetric::AcceleratorHour
            )
        })
        .map(|row| row.cost * row.discounted_quantity)
        .sum();
    assert!((borne / total - 1.0).abs() < 1e-12);
}

#[test]
fn contracted_power_is_the_lesser_of_servers_and_halls() {
    let scenario = scenario();
    // 120 hosts of 800 W and 7 accelerated of 8 kW at the first site, 33 hosts at the second.
    let expected = 120.0 * 0.8 + 7.0 * 8.0 + 33.0 * 0.8;
    assert!((contracted_kw(&scenario, &plan(), 2) - expected).abs() < 1e-9);
    let mut crowded = plan();
    crowded.orders[0].units = 1_000_000;
    // Two halls of 2 MW at the first site.
    let limited = 4000.0 + 33.0 * 0.8;
    assert!((contracted_kw(&scenario, &crowded, 2) - limited).abs() < 1e-9);
}

#[test]
fn hours_not_served_raise_the_cost_of_those_that_are() {
    let full = costs(&served()).1;
    let mut less = served();
    less.core_hours[3] /= 2.0;
    let lost = costs(&less).1;
    let core_hour = |rows: &[UnitCost]| {
        rows.iter()
            .find(|row| row.metric == UnitMetric::CoreHour)
            .map(|row| row.cost)
    };
    assert!(core_hour(&lost) > core_hour(&full));
}

#[test]
fn a_metric_without_quantity_is_left_out() {
    let metrics: Vec<UnitMetric> = costs(&Served::default())
        .1
        .iter()
        .map(|row| row.metric)
        .collect();
    assert_eq!(
        metrics,
        [
            UnitMetric::KilowattMonthContracted,
            UnitMetric::KilowattMonthDelivered
        ]
    );
}
