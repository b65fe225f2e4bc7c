//! Copies apart, technicians hired, orders that come late: what they change, and when they cannot be.

use angara_planning::Promise;
use angara_quantity::Duration;
use angara_scenario::{EquipmentKind, LinkEnd, Scenario, SupplyLimit};

use crate::builder::{euros, link, months, site, solved, twin_towns};
use crate::conflicts::{SERVED, conflict, give, one_town, promises};

/// One town whose portal has two copies, and two sites on one river.
fn two_copies() -> Scenario {
    let mut scenario = twin_towns();
    scenario.places.truncate(1);
    scenario.links.truncate(2);
    scenario.services[0].replicas = 2;
    for site in &mut scenario.sites {
        "river".clone_into(&mut site.risk_group);
    }
    scenario
}

/// The same with a dear site in the hills, 200 km away.
fn hills() -> Scenario {
    let mut scenario = two_copies();
    let mut hill = site("hill-hall");
    "hills".clone_into(&mut hill.risk_group);
    hill.latitude += 1.8;
    hill.opening_cost = euros(5_000_000.0);
    scenario.sites.push(hill);
    scenario
        .links
        .push(link(LinkEnd::Place(0), LinkEnd::Site(2), 10.0));
    scenario
}

fn opened(scenario: &Scenario) -> Vec<bool> {
    solved(scenario, &[])
        .expect("a plan")
        .plan
        .sites
        .iter()
        .map(|site| site.opened.is_some())
        .collect()
}

#[test]
fn copies_share_a_river_where_they_may() {
    assert_eq!(opened(&hills()), [true, true, false]);
}

#[test]
fn copies_that_must_not_share_a_river_stand_in_the_hills_too() {
    let mut scenario = hills();
    scenario.services[0].replicas_apart = true;
    let opened = opened(&scenario);
    assert!(opened[2] && opened[0] != opened[1], "{opened:?}");
}

#[test]
fn copies_keep_their_distance() {
    let mut scenario = hills();
    scenario.services[0].replica_distance_m = 150e3;
    let opened = opened(&scenario);
    assert!(opened[2] && opened[0] != opened[1], "{opened:?}");
}

#[test]
fn two_copies_that_must_not_share_a_river_on_which_all_sites_lie() {
    let mut scenario = two_copies();
    scenario.services[0].replicas_apart = true;
    let found = conflict(&scenario);
    assert_eq!(promises(&found), [SERVED, Promise::Apart { service: 0 }]);
    assert!(
        found.to_string().contains("not in one risk group"),
        "{found}"
    );
}

#[test]
fn two_copies_farther_apart_than_any_two_sites() {
    let mut scenario = hills();
    scenario.services[0].replica_distance_m = 500e3;
    let found = conflict(&scenario);
    assert_eq!(promises(&found), [SERVED, Promise::Apart { service: 0 }]);
    assert!(found.to_string().contains("500 km"), "{found}");
}

#[test]
fn two_copies_of_which_one_is_too_far() {
    let mut scenario = two_copies();
    scenario.services[0].latency_limit = Duration::from_milliseconds(10);
    let found = conflict(&scenario);
    let latency = Promise::Latency {
        service: 0,
        place: 0,
    };
    assert_eq!(promises(&found), [SERVED, latency]);
    assert!((give(&found, latency) - 5.0).abs() < 1e-6, "{found}");
}

#[test]
fn a_site_grows_as_fast_as_it_can_hire() {
    let mut scenario = one_town();
    scenario.places[0].population = 35_000.0;
    scenario.services[0].uptake_first = 0.2;
    let free = solved(&scenario, &[]).expect("a plan").plan.sites[0]
        .halls_usable
        .clone();
    scenario.sites[0].hires_per_year = Some(2.0);
    let slow = solved(&scenario, &[]).expect("a plan").plan.sites[0]
        .halls_usable
        .clone();
    let most = |halls: &[u32]| halls.windows(2).map(|pair| pair[1] - pair[0]).max();
    assert_eq!(most(&slow), Some(1), "{slow:?}");
    assert!(
        free.iter().sum::<u32>() <= slow.iter().sum(),
        "{free:?} {slow:?}"
    );
}

#[test]
fn a_site_that_cannot_hire_for_one_hall() {
    let mut scenario = one_town();
    scenario.sites[0].hires_per_year = Some(1.5);
    let found = conflict(&scenario);
    let hiring = Promise::Hiring { site: 0 };
    assert_eq!(promises(&found), [SERVED, hiring]);
    assert!((give(&found, hiring) - 0.5).abs() < 1e-6, "{found}");
}

#[test]
fn orders_are_placed_a_year_sooner_where_nine_of_ten_must_come_in_time() {
    let mut scenario = one_town();
    scenario.equipment[0].lead_time_late = months(14);
    let servers = |scenario: &Scenario| -> Vec<u32> {
        let plan = solved(scenario, &[]).expect("a plan").plan;
        plan.orders
            .iter()
            .filter(|order| order.equipment == 0)
            .map(|order| order.usable_from - order.year)
            .collect()
    };
    assert!(servers(&scenario).iter().all(|years| *years == 1));
    scenario.planning.lead_confidence = 0.9;
    assert!(servers(&scenario).iter().all(|years| *years == 2));
}

#[test]
fn servers_that_come_too_late_nine_times_in_ten() {
    let mut scenario = one_town();
    scenario.equipment[0].lead_time_late = months(40);
    solved(&scenario, &[]).expect("a plan that takes the risk");
    scenario.planning.lead_confidence = 0.9;
    assert_eq!(promises(&conflict(&scenario)), [SERVED]);
}

#[test]
fn no_server_of_the_platform_that_a_service_runs_on() {
    let mut scenario = one_town();
    scenario.services[0].platforms = vec![1];
    assert_eq!(promises(&conflict(&scenario)), [SERVED]);
}

#[test]
fn servers_that_are_no_longer_sold() {
    let mut scenario = one_town();
    scenario.equipment[0].orderable_to = 2029;
    assert_eq!(promises(&conflict(&scenario)), [SERVED]);
}

#[test]
fn more_memory_than_the_supply_of_servers_brings() {
    let mut scenario = one_town();
    scenario.services[0].memory_per_unit_bytes = 8.0 * 1_073_741_824.0;
    scenario.supply = vec![SupplyLimit {
        origin: 0,
        kind: EquipmentKind::Server,
        from_year: 2000,
        units_per_year: 60,
    }];
    let found = conflict(&scenario);
    let supply = Promise::Supply {
        origin: 0,
        kind: EquipmentKind::Server,
        year: 1,
    };
    assert_eq!(promises(&found), [SERVED, supply]);
    // 4,500 cores of 8 GiB are 90 servers of 400 GiB, bought by the year before service.
    assert_eq!(give(&found, supply), 30.0);
}
