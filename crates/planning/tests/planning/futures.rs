//! Plans in other futures.

use angara_planning::{demand_kw, serve_under};
use angara_scenario::Future;

use crate::builder::{solved, twin_towns, with_input};

fn as_planned() -> Future {
    Future {
        id: "as-planned".to_owned(),
        name: "As planned".to_owned(),
        probability: 1.0,
        demand_factor: 1.0,
        supply_factor: 1.0,
        energy_price_factor: 1.0,
        grid_power_factor: 1.0,
        carbon_factor: 1.0,
        closed_origin: None,
        closed_from: None,
        note: String::new(),
    }
}

fn shares(future: &Future) -> Vec<f64> {
    let scenario = twin_towns();
    let solution = solved(&scenario, &[]).expect("a plan");
    with_input(&scenario, &[], |input| {
        serve_under(input, &solution.plan, future)
            .expect("an answer")
            .iter()
            .map(|year| year.served_share)
            .collect()
    })
}

#[test]
fn the_future_as_planned_is_served_in_full() {
    assert!(
        shares(&as_planned())
            .iter()
            .all(|share| *share > 1.0 - 1e-6)
    );
}

#[test]
fn doubled_demand_is_served_in_part_and_the_shortfall_adds_up() {
    let scenario = twin_towns();
    let solution = solved(&scenario, &[]).expect("a plan");
    let future = Future {
        demand_factor: 2.0,
        ..as_planned()
    };
    with_input(&scenario, &[], |input| {
        let years = serve_under(input, &solution.plan, &future).expect("an answer");
        let last = years.last().expect("five years");
        assert!((last.demand_kw - 2.0 * demand_kw(input, 4)).abs() < 1e-9 * last.demand_kw);
        assert!(last.served_share < 0.6 && last.served_share > 0.4);
        let served = last.demand_kw * last.served_share;
        assert!((served + last.shortfall_kw - last.demand_kw).abs() < 1e-9);
    });
}

#[test]
fn an_origin_closed_from_the_start_leaves_nothing() {
    let future = Future {
        closed_origin: Some(0),
        closed_from: Some(2030),
        ..as_planned()
    };
    assert_eq!(shares(&future)[2..], [0.0, 0.0, 0.0]);
}

#[test]
fn half_the_supply_serves_no_more_than_all_of_it() {
    let half = shares(&Future {
        supply_factor: 0.5,
        ..as_planned()
    });
    assert!(half[4] < 0.8 && half[4] > 0.3, "{half:?}");
}

#[test]
fn a_dry_year_switches_servers_off() {
    let future = Future {
        grid_power_factor: 0.01,
        ..as_planned()
    };
    let dry = shares(&future);
    assert!(dry[4] < 1.0 && dry[4] > 0.0, "{dry:?}");
}
