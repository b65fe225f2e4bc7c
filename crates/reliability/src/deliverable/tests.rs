use angara_scenario::Cooling;
use proptest::prelude::*;

use super::*;
use crate::example::{COOLER, HOST, UPS, order, plan, scenario};

fn first_year(scenario: &Scenario, plan: &Plan) -> Deliverable {
    deliverable(scenario, plan, &[1.25; 3], &[3000.0; 2])
        .expect("the example fits")
        .remove(0)
}

#[test]
fn a_fleet_delivers_the_least_of_servers_and_halls_at_each_site() {
    let year = first_year(&scenario(), &plan());
    // West 1,900 by its servers, middle 900 by its servers, east 1,000 by its hall.
    assert_eq!(year.n_kw, 3800.0);
    assert_eq!(year.demand_kw, 3000.0);
}

#[test]
fn reserve_in_the_plant_carries_the_loss_of_a_unit() {
    // Supplies left 2,000, 1,000, 1,000; coolers left 2,400, 1,200, 1,200: nobody notices.
    assert_eq!(first_year(&scenario(), &plan()).n_minus_unit_kw, 3800.0);
}

#[test]
fn without_reserve_the_worst_unit_counts_once() {
    let mut plan = plan();
    plan.orders[1].units = 4; // west: 2,000 of supplies, 1,500 without one: 400 lost
    plan.orders[8].units = 3; // east: 1,200 of coolers, 800 without one: 200 lost
    let year = first_year(&scenario(), &plan);
    assert_eq!(year.n_kw, 3800.0);
    assert_eq!(year.n_minus_unit_kw, 3400.0);
    assert_eq!(year.sites[0].n_minus_unit_w, 1.5e6);
    assert_eq!(year.sites[2].n_minus_unit_w, 8e5);
}

#[test]
fn sites_of_one_risk_group_are_lost_together() {
    let mut scenario = scenario();
    // West 1,900 against middle and east together 1,900: of equal losses the first.
    let year = first_year(&scenario, &plan());
    assert_eq!((year.n_minus_site_kw, year.lost_site()), (1900.0, Some(0)));
    // The west shrinks: now the valley hurts most, its east delivers more.
    let mut smaller = plan();
    smaller.orders[0].units = 1200;
    let year = first_year(&scenario, &smaller);
    assert_eq!(year.n_minus_site_kw, 1200.0);
    assert_eq!(year.lost_sites, [2, 1]);
    assert_eq!(year.lost_site(), Some(2));
    // Without groups the west alone hurts most.
    for site in &mut scenario.sites {
        site.risk_group.clear();
    }
    let year = first_year(&scenario, &smaller);
    assert_eq!((year.n_minus_site_kw, year.lost_site()), (1900.0, Some(0)));
}

#[test]
fn firm_grid_power_feeds_the_facility_and_not_the_servers_alone() {
    let mut scenario = scenario();
    scenario.sites[0].grid_limits[0].power_w = 1e6;
    // 1,000 kW at a peak of 1.25 feed 800 kW of servers.
    assert_eq!(first_year(&scenario, &plan()).n_kw, 2700.0);
    scenario.sites[0].grid_limits.clear();
    assert_eq!(first_year(&scenario, &plan()).n_kw, 1900.0);
}

#[test]
fn servers_without_supplies_deliver_nothing() {
    let mut plan = plan();
    plan.orders.retain(|order| order.equipment != UPS);
    assert_eq!(first_year(&scenario(), &plan).n_kw, 0.0);
    assert_eq!(first_year(&scenario(), &plan).lost_site(), None);
}

#[test]
fn plant_of_another_cooling_does_not_help() {
    let mut scenario = scenario();
    scenario.sites[0].cooling = Cooling::AirEconomiser;
    assert_eq!(first_year(&scenario, &plan()).n_kw, 1900.0);
}

#[test]
fn plant_that_no_hall_asks_for_is_not_in_series() {
    let mut scenario = scenario();
    scenario.hall_plant.cooling = 0.0;
    let mut plan = plan();
    plan.orders.retain(|order| order.equipment != COOLER);
    assert_eq!(first_year(&scenario, &plan).n_kw, 3800.0);
}

#[test]
fn standing_halls_have_their_plant() {
    let mut scenario = scenario();
    scenario.sites[1].halls_existing = 1;
    let mut plan = plan();
    plan.orders = vec![order(HOST, 1, 900)];
    let year = first_year(&scenario, &plan);
    // 1,200 kW of supplies in units of 500, 1,250 kW of coolers in units of 400: 700 and 850 are left.
    assert_eq!(year.n_kw, 900.0);
    assert_eq!(year.n_minus_unit_kw, 700.0);
}

#[test]
fn equipment_at_the_end_of_its_life_delivers_nothing() {
    let mut scenario = scenario();
    scenario.equipment[HOST].life_years = 1;
    let years = deliverable(&scenario, &plan(), &[1.25; 3], &[1.0, 2.0]).expect("it fits");
    assert_eq!((years[0].n_kw, years[1].n_kw), (3800.0, 0.0));
}

#[test]
fn lists_that_do_not_fit_are_named() {
    let (scenario, plan) = (scenario(), plan());
    assert_eq!(
        deliverable(&scenario, &plan, &[1.2; 2], &[0.0; 2]),
        Err(DeliverableError::Length {
            what: "peak power usage effectivenesses",
            expected: 3,
            found: 2
        })
    );
    assert!(matches!(
        deliverable(&scenario, &plan, &[1.2; 3], &[0.0; 3]),
        Err(DeliverableError::Length { .. })
    ));
    assert!(matches!(
        deliverable(&scenario, &plan, &[1.2, f64::NAN, 0.9], &[0.0; 2]),
        Err(DeliverableError::PeakPue { site }) if site == "middle"
    ));
}

proptest! {
    #[test]
    fn a_loss_never_adds_and_a_unit_never_hurts_more_than_its_site(
        hosts in proptest::array::uniform3(0u64..4000),
        supplies in proptest::array::uniform3(0u64..8),
        coolers in proptest::array::uniform3(0u64..8),
        peak_pue in 1.0f64..2.0,
    ) {
        let mut plan = plan();
        plan.orders.clear();
        for site in 0..3 {
            plan.orders.push(order(HOST, site, hosts[site]));
            plan.orders.push(order(UPS, site, supplies[site]));
            plan.orders.push(order(COOLER, site, coolers[site]));
        }
        let years = deliverable(&scenario(), &plan, &[peak_pue; 3], &[0.0; 2]).expect("it fits");
        for year in years {
            prop_assert!(year.n_minus_unit_kw <= year.n_kw);
            prop_assert!(year.n_minus_site_kw <= year.n_minus_unit_kw);
            prop_assert!(year.n_minus_site_kw >= 0.0);
            for site in year.sites {
                prop_assert!(0.0 <= site.n_minus_unit_w && site.n_minus_unit_w <= site.n_w);
            }
        }
    }

    #[test]
    fn more_of_anything_never_delivers_less(row in 0usize..9, more in 1u64..500) {
        let before = first_year(&scenario(), &plan());
        let mut grown = plan();
        grown.orders[row].units += more;
        let after = first_year(&scenario(), &grown);
        prop_assert!(after.n_kw >= before.n_kw);
        prop_assert!(after.n_minus_unit_kw >= before.n_minus_unit_kw);
        prop_assert!(after.n_minus_site_kw >= before.n_minus_site_kw);
    }
}
