//! A case small enough to enumerate: two sites, one service, one place, whole lots by hand.

use angara_finance::plan_cost;
use angara_planning::planned_operation;
use angara_quantity::Per;
use angara_scenario::Scenario;

use crate::builder::{euros, price, solved, twin_towns, with_input};

/// One town of 4,500 cores from year 2 on, either site, nothing grows.
fn one_town() -> Scenario {
    let mut scenario = twin_towns();
    scenario.places.truncate(1);
    scenario.links.truncate(2);
    scenario.places[0].population = 4_500.0;
    scenario.services[0].uptake_first = 1.0;
    scenario.sites[0].opening_cost = euros(900_000.0);
    scenario.sites[1].hall_cost = euros(310_000.0);
    scenario.equipment[0].life_years = 3;
    scenario
}

/// Least cost of a site alone, over every year in which its first needed things can be ordered.
///
/// 4,500 cores are 45 servers, hence three lots of 20; their 30 kW fit one hall of 100 kW, which takes one supply of
/// 500 kW and one air handler of 250 kW. Opening leads by two years, hall by one, equipment by one.
fn cost_of_site_alone(scenario: &Scenario, site: usize) -> f64 {
    let cost = |result: Result<f64, angara_finance::RateError>| result.expect("one currency");
    let opening = cost(plan_cost::opening(scenario, site, 0));
    let hall = cost(plan_cost::hall(scenario, site, 1, 2));
    let plant: f64 = [1, 2]
        .into_iter()
        .map(|equipment| cost(plan_cost::equipment_unit(scenario, equipment, 1, 2)))
        .sum();
    let servers = 60.0 * cost(plan_cost::equipment_unit(scenario, 0, 1, 2));
    let busy_kw = 4_500.0 * (0.5 - 0.15) / 100.0;
    let idle_kw = 60.0 * 0.15;
    let mut running = 0.0;
    for year in 2..5 {
        let it_kwh = (busy_kw + idle_kw) * 8760.0;
        running += it_kwh * 1.2 * cost(plan_cost::energy_per_kwh(scenario, site, year));
        running += it_kwh * 0.0005 * cost(plan_cost::water_per_m3(scenario, site, year));
        running += (busy_kw + idle_kw)
            * 1.4
            * 12.0
            * cost(plan_cost::demand_charge_per_kw_month(scenario, site, year));
        running += 0.45 * cost(plan_cost::lease_per_gbit(scenario, site, year));
    }
    opening + hall + plant + servers + running
}

#[test]
fn the_optimum_is_the_cheaper_of_two_sites_enumerated_by_hand() {
    let scenario = one_town();
    let by_hand = [
        cost_of_site_alone(&scenario, 0),
        cost_of_site_alone(&scenario, 1),
    ];
    assert!(by_hand[1] < by_hand[0]);
    let solution = solved(&scenario, &[]).expect("a plan");
    assert!(
        (solution.objective / by_hand[1] - 1.0).abs() < 1e-6,
        "{} against {}",
        solution.objective,
        by_hand[1]
    );
    assert!(solution.proven && solution.gap < 1e-6);
    assert_eq!(solution.plan.sites[0].opened, None);
    assert_eq!(solution.plan.sites[1].opened, Some(0));
    assert_eq!(solution.plan.sites[1].halls_ordered, [0, 1, 0, 0, 0]);
    assert_eq!(solution.plan.sites[1].halls_usable, [0, 0, 1, 1, 1]);
    let lots: Vec<(usize, u32, u64)> = solution
        .plan
        .orders
        .iter()
        .map(|order| (order.equipment, order.year, order.lots))
        .collect();
    assert_eq!(lots, [(0, 1, 3), (1, 1, 1), (2, 1, 1)]);
}

#[test]
fn dear_energy_moves_the_town_to_the_other_site() {
    let mut scenario = one_town();
    let mut dear = scenario.grids[0].clone();
    dear.energy_price = price(3.0, Per::KilowattHour);
    scenario.grids.push(dear);
    scenario.sites[1].grid = 1;
    let solution = solved(&scenario, &[]).expect("a plan");
    assert_eq!(solution.plan.sites[1].opened, None);
    assert!(
        (solution.objective / cost_of_site_alone(&scenario, 0) - 1.0).abs() < 1e-6,
        "{}",
        solution.objective
    );
}

#[test]
fn standing_halls_serve_without_opening_and_bring_their_plant() {
    let mut scenario = one_town();
    scenario.sites[0].halls_existing = 1;
    let solution = solved(&scenario, &[]).expect("a plan");
    assert_eq!(solution.plan.sites[0].opened, None);
    assert_eq!(solution.plan.sites[0].halls_usable, [1; 5]);
    assert!(
        solution
            .plan
            .orders
            .iter()
            .all(|order| order.equipment == 0)
    );
}

#[test]
fn servers_at_the_end_of_their_life_are_replaced() {
    let mut scenario = one_town();
    scenario.equipment[0].life_years = 2;
    let solution = solved(&scenario, &[]).expect("a plan");
    let years: Vec<u32> = solution
        .plan
        .orders
        .iter()
        .filter(|order| order.equipment == 0)
        .map(|order| order.year)
        .collect();
    assert_eq!(years, [1, 3]);
}

#[test]
fn the_operation_is_idle_power_and_mean_load() {
    let scenario = one_town();
    let solution = solved(&scenario, &[]).expect("a plan");
    let operation = with_input(&scenario, &[], |input| {
        planned_operation(input, &solution.plan)
    });
    assert_eq!(operation, solution.operation);
    let it_kwh = operation.site_year(1, 3).it_kwh;
    assert!((it_kwh - (60.0 * 0.15 + 45.0 * 0.35) * 8760.0).abs() < 1e-6 * it_kwh);
}

#[test]
fn two_copies_stand_at_two_sites() {
    let mut scenario = one_town();
    scenario.services[0].replicas = 2;
    let solution = solved(&scenario, &[]).expect("a plan");
    assert!(
        solution
            .plan
            .assignments
            .iter()
            .all(|row| (row.share - 1.0).abs() < 1e-6)
    );
    assert!(
        solution
            .plan
            .sites
            .iter()
            .all(|site| site.opened == Some(0))
    );
}

#[test]
fn work_of_one_platform_is_not_put_on_the_other() {
    let mut scenario = one_town();
    let mut other = scenario.equipment[0].clone();
    other.platform = Some(1);
    other.price = euros(100.0);
    scenario.equipment.push(other);
    scenario.services[0].platforms = vec![0];
    let bound_to_x = solved(&scenario, &[]).expect("a plan");
    assert!(
        bound_to_x
            .plan
            .orders
            .iter()
            .all(|order| order.equipment != 3)
    );
    scenario.services[0].platforms = vec![0, 1];
    let free = solved(&scenario, &[]).expect("a plan");
    assert!(free.plan.orders.iter().all(|order| order.equipment != 0));
    assert!(free.objective < bound_to_x.objective);
}

#[test]
fn accelerators_and_memory_are_held_as_well() {
    let mut scenario = one_town();
    let mut training = scenario.services[0].clone();
    training.cores_per_user = 0.0;
    training.accelerators_per_user = 0.01;
    training.memory_per_unit_bytes = 300.0 * 1_073_741_824.0;
    scenario.services.push(training);
    let mut host = scenario.equipment[0].clone();
    host.kind = angara_scenario::EquipmentKind::AcceleratorServer;
    host.accelerators = 4;
    host.lot = 1;
    scenario.equipment.push(host);
    let solution = solved(&scenario, &[]).expect("a plan");
    let hosts: u64 = solution
        .plan
        .orders
        .iter()
        .filter(|order| order.equipment == 3)
        .map(|order| order.units)
        .sum();
    // 45 accelerators would take 12 hosts of 4; their 13,500 GiB take 34 hosts of 400 GiB.
    assert_eq!(hosts, 34);
}
