//! Scenarios that cannot be, each for a known reason.

use angara_planning::{Conflict, PlanningError, Promise, check};
use angara_quantity::Duration;
use angara_scenario::{Budget, EquipmentKind, GridLimit, Residency, Scenario, SupplyLimit};

use crate::builder::{euros, months, solved, twin_towns, with_input};

/// One town of 4,500 cores, nothing grows: 60 servers of 0.5 kW, 42 kW of the grid.
pub(crate) fn one_town() -> Scenario {
    let mut scenario = twin_towns();
    scenario.places.truncate(1);
    scenario.links.truncate(2);
    scenario.places[0].population = 4_500.0;
    scenario.services[0].uptake_first = 1.0;
    scenario.sites.truncate(1);
    scenario.links.truncate(1);
    scenario
}

pub(crate) const SERVED: Promise = Promise::Serve {
    service: 0,
    place: 0,
};

pub(crate) fn conflict(scenario: &Scenario) -> Conflict {
    match solved(scenario, &[]) {
        Err(PlanningError::Infeasible(conflict)) => {
            assert!(conflict.minimal);
            *conflict
        }
        other => panic!("expected a conflict, got {other:?}"),
    }
}

pub(crate) fn promises(conflict: &Conflict) -> Vec<Promise> {
    let mut promises: Vec<Promise> = conflict
        .promises
        .iter()
        .map(|broken| broken.promise)
        .collect();
    promises.sort();
    promises
}

pub(crate) fn give(conflict: &Conflict, promise: Promise) -> f64 {
    conflict
        .promises
        .iter()
        .find(|broken| broken.promise == promise)
        .and_then(|broken| broken.give)
        .expect("an amount")
}

#[test]
fn the_town_as_such_can_be_served() {
    solved(&one_town(), &[]).expect("a plan");
}

#[test]
fn too_little_grid_power_in_one_year() {
    let mut scenario = one_town();
    scenario.sites[0].grid_limits = vec![
        GridLimit {
            from_year: 2000,
            power_w: 1e6,
        },
        GridLimit {
            from_year: 2033,
            power_w: 10e3,
        },
        GridLimit {
            from_year: 2034,
            power_w: 1e6,
        },
    ];
    let found = conflict(&scenario);
    let grid = Promise::Grid { site: 0, year: 3 };
    assert_eq!(promises(&found), [SERVED, grid]);
    // The relaxation needs 45 servers: 22.5 kW at a worst-hour factor of 1.4.
    assert!((give(&found, grid) - 21.5).abs() < 1e-3, "{found}");
    assert_eq!(
        found.to_string(),
        "these promises cannot all be kept: serve portal at alpha from 2032 (68.3 % of it left unserved); \
         firm grid power at north-hall in 2033, 10 kW (21.5 kW more)"
    );
}

#[test]
fn no_site_within_the_latency_limit() {
    let mut scenario = one_town();
    scenario.services[0].latency_limit = Duration::from_milliseconds(3);
    let found = conflict(&scenario);
    let latency = Promise::Latency {
        service: 0,
        place: 0,
    };
    assert_eq!(promises(&found), [SERVED, latency]);
    assert!((give(&found, latency) - 2.0).abs() < 1e-6, "{found}");
}

#[test]
fn residency_keeps_the_data_where_no_site_is() {
    let mut scenario = one_town();
    scenario.services[0].residency = Residency::SameZone;
    scenario.sites[0].residency_zone = "south".to_owned();
    let found = conflict(&scenario);
    assert_eq!(promises(&found), [SERVED, Promise::Residency { place: 0 }]);
}

#[test]
fn a_site_both_too_far_and_abroad_names_one_reason_that_alone_is_enough() {
    let mut scenario = one_town();
    scenario.services[0].residency = Residency::SameZone;
    scenario.services[0].latency_limit = Duration::from_milliseconds(3);
    scenario.sites[0].residency_zone = "south".to_owned();
    let found = conflict(&scenario);
    assert_eq!(promises(&found).len(), 2);
    assert!(promises(&found).contains(&SERVED));
}

#[test]
fn an_origin_that_supplies_too_few_servers() {
    let mut scenario = one_town();
    scenario.supply = vec![SupplyLimit {
        origin: 0,
        kind: EquipmentKind::Server,
        from_year: 2000,
        units_per_year: 20,
    }];
    let found = conflict(&scenario);
    let supply = Promise::Supply {
        origin: 0,
        kind: EquipmentKind::Server,
        year: 1,
    };
    // Servers of year 0 would come before the hall; those of year 1 must carry year 2 alone, 45 of them.
    assert_eq!(promises(&found), [SERVED, supply]);
    assert_eq!(give(&found, supply), 25.0);
}

#[test]
fn an_origin_closed_from_the_start() {
    let mut scenario = one_town();
    let mut closed = scenario.origins[0].clone();
    closed.closes_from = Some(2031);
    scenario.origins.push(closed);
    scenario.equipment[0].origin = 1;
    scenario.equipment[0].life_years = 1;
    let found = conflict(&scenario);
    let names = promises(&found);
    assert_eq!(names.len(), 2, "{found}");
    assert!(names.contains(&SERVED));
    assert!(matches!(
        names[1],
        Promise::Supply {
            origin: 1,
            kind: EquipmentKind::Server,
            year: 1..=3
        }
    ));
}

#[test]
fn a_budget_that_does_not_buy_the_site() {
    let mut scenario = one_town();
    for year in 2030..2035 {
        scenario.budgets.push(Budget {
            party: 0,
            year,
            amount: euros(10_000.0),
        });
    }
    let found = conflict(&scenario);
    let names = promises(&found);
    assert!(names.contains(&SERVED));
    assert!(names.len() > 1);
    assert!(
        names[1..]
            .iter()
            .all(|promise| matches!(promise, Promise::Budget { party: 0, .. }))
    );
}

#[test]
fn more_halls_than_fit() {
    let mut scenario = one_town();
    scenario.places[0].population = 45_000.0;
    scenario.sites[0].halls_max = 2;
    let found = conflict(&scenario);
    let halls = Promise::Halls { site: 0 };
    assert_eq!(promises(&found), [SERVED, halls]);
    // 450 servers of 0.5 kW take three halls of 100 kW.
    assert_eq!(give(&found, halls), 1.0);
}

#[test]
fn whole_halls_conflict_where_parts_of_halls_would_not() {
    let mut scenario = one_town();
    scenario.places[0].population = 4_500.0;
    scenario.equipment[1].lead_time = months(12);
    // One supply of 500 kW is enough for four halls, but each hall needs a whole air handler of its own kind of lot.
    scenario.equipment[2].lot = 3;
    scenario.supply = vec![SupplyLimit {
        origin: 0,
        kind: EquipmentKind::AirHandler,
        from_year: 2000,
        units_per_year: 2,
    }];
    let found = conflict(&scenario);
    let handlers = |year| Promise::Supply {
        origin: 0,
        kind: EquipmentKind::AirHandler,
        year,
    };
    assert_eq!(promises(&found), [SERVED, handlers(0), handlers(1)]);
    assert_eq!(give(&found, handlers(1)), 1.0);
}

#[test]
fn too_little_water() {
    let mut scenario = one_town();
    scenario.sites[0].water_limit_m3 = Some(50.0);
    let found = conflict(&scenario);
    let water = Promise::Water { site: 0 };
    assert_eq!(promises(&found), [SERVED, water]);
    // 45 servers at their peak of 0.5 kW: 98.55 m³ at half a litre per kWh.
    assert!((give(&found, water) - 48.55).abs() < 1e-2, "{found}");
}

#[test]
fn too_much_carbon() {
    let mut scenario = one_town();
    scenario.promises.carbon_tonnes_per_year = Some(10.0);
    let found = conflict(&scenario);
    let names = promises(&found);
    assert_eq!(names.len(), 2, "{found}");
    assert!(matches!(names[1], Promise::Carbon { year: 2..=4 }));
}

#[test]
fn a_link_too_narrow() {
    let mut scenario = one_town();
    scenario.links[0].capacity_bits_per_second = 1e8;
    let found = conflict(&scenario);
    let narrow = Promise::LinkCapacity { link: 0 };
    assert_eq!(promises(&found), [SERVED, narrow]);
    assert!((give(&found, narrow) - 0.35).abs() < 1e-6, "{found}");
}

#[test]
fn a_net_present_cost_below_the_least() {
    let mut scenario = one_town();
    scenario.promises.net_present_cost = Some(euros(100_000.0));
    let found = conflict(&scenario);
    assert_eq!(promises(&found), [SERVED, Promise::NetPresentCost]);
}

#[test]
fn nothing_can_be_ready_in_time() {
    let mut scenario = one_town();
    scenario.sites[0].opening_lead = months(40);
    let found = conflict(&scenario);
    assert_eq!(promises(&found), [SERVED]);
}

#[test]
fn the_checker_finds_what_a_tampered_plan_breaks() {
    let scenario = twin_towns();
    let solution = solved(&scenario, &[]).expect("a plan");
    let mut unserved = solution.plan.clone();
    unserved.assignments.remove(0);
    let mut overfull = solution.plan.clone();
    overfull.orders.retain(|order| order.equipment != 0);
    let mut unequipped = solution.plan.clone();
    unequipped.orders.retain(|order| order.equipment != 1);
    let mut unopened = solution.plan.clone();
    for site in &mut unopened.sites {
        site.opened = None;
    }
    let mut uneven = solution.plan.clone();
    uneven.orders[0].units += 1;
    let mut unleased = solution.plan;
    unleased.leases.clear();
    for (plan, word) in [
        (unserved, "is served"),
        (overfull, "cores"),
        (unequipped, "ups"),
        (unopened, "before the site is open"),
        (uneven, "whole lots"),
        (unleased, "over the lease"),
    ] {
        let violations = with_input(&scenario, &[], |input| check(input, &plan));
        assert!(
            violations.iter().any(|found| found.text.contains(word)),
            "{word}: {violations:?}"
        );
    }
}
