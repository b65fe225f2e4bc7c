//! Laws that every solved scenario obeys.

use angara_planning::Repair;
use angara_scenario::{GridLimit, Scenario};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use crate::builder::{euros, months, solved, twin_towns};

const ROUNDING: f64 = 1e-6;

fn cost(scenario: &Scenario, repairs: &[Repair]) -> f64 {
    solved(scenario, repairs).map_or(f64::INFINITY, |solution| solution.objective)
}

fn double_money(scenario: &Scenario) -> Scenario {
    let mut doubled = scenario.clone();
    for site in &mut doubled.sites {
        site.opening_cost = site.opening_cost.scaled(2.0);
        site.hall_cost = site.hall_cost.scaled(2.0);
        site.staff_cost.amount *= 2.0;
        site.water_price.amount *= 2.0;
    }
    for entry in &mut doubled.equipment {
        entry.price = entry.price.scaled(2.0);
    }
    for grid in &mut doubled.grids {
        grid.energy_price.amount *= 2.0;
        grid.demand_charge.amount *= 2.0;
    }
    for link in &mut doubled.links {
        link.lease_price.amount *= 2.0;
    }
    doubled.prices.carbon_per_tonne = doubled.prices.carbon_per_tonne.scaled(2.0);
    doubled
}

fn towns(population: (u32, u32), openings: (u32, u32), headroom: f64) -> Scenario {
    let mut scenario = twin_towns();
    scenario.places[0].population = f64::from(population.0);
    scenario.places[1].population = f64::from(population.1);
    scenario.sites[0].opening_cost = euros(f64::from(openings.0));
    scenario.sites[1].opening_cost = euros(f64::from(openings.1));
    scenario.planning.headroom = headroom;
    scenario
}

fn any_towns() -> impl Strategy<Value = Scenario> {
    (
        (500_u32..20_000, 500_u32..20_000),
        (0_u32..2_000_000, 0_u32..2_000_000),
        0.0_f64..0.3,
    )
        .prop_map(|(population, openings, headroom)| towns(population, openings, headroom))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_tighter_scenario_never_costs_less(scenario in any_towns(), grid_kw in 20_u32..200, latency_ms in 4_i64..20) {
        let base = cost(&scenario, &[]);
        let mut less_grid = scenario.clone();
        less_grid.sites[0].grid_limits = vec![GridLimit { from_year: 2000, power_w: f64::from(grid_kw) * 1e3 }];
        prop_assert!(cost(&less_grid, &[]) >= base * (1.0 - ROUNDING));
        let mut nearer = scenario.clone();
        nearer.services[0].latency_limit = angara_quantity::Duration::from_milliseconds(latency_ms);
        prop_assert!(cost(&nearer, &[]) >= base * (1.0 - ROUNDING));
        let mut few = scenario.clone();
        few.sites[0].hires_per_year = Some(f64::from(grid_kw) / 40.0);
        prop_assert!(cost(&few, &[]) >= base * (1.0 - ROUNDING));
        let mut apart = scenario.clone();
        apart.services[0].replicas = 2;
        let together = cost(&apart, &[]);
        apart.services[0].replica_distance_m = f64::from(grid_kw) * 1e3;
        apart.sites[1].latitude += 1.0;
        prop_assert!(cost(&apart, &[]) >= together * (1.0 - ROUNDING));
        let mut surer = scenario.clone();
        for entry in &mut surer.equipment {
            entry.lead_time_late = months(14);
        }
        surer.planning.lead_confidence = 0.95;
        prop_assert!(cost(&surer, &[]) >= base * (1.0 - ROUNDING));
        let mut slower = scenario.clone();
        slower.sites[1].opening_lead = months(36);
        prop_assert!(cost(&slower, &[]) >= base * (1.0 - ROUNDING));
    }

    #[test]
    fn a_repair_never_lowers_the_cost(scenario in any_towns(), more in 1.0_f64..1.5, site in 0_usize..2, year in 2_u32..5) {
        let base = cost(&scenario, &[]);
        let repairs = [
            Repair::MeanPue { site, year, value: 1.2 * more },
            Repair::PeakPue { site, year, value: 1.4 * more },
            Repair::MoreHeadroom { site, year, factor: more },
            Repair::MoreForService { service: 0, year, factor: more },
            Repair::LessGrid { site, year, by_w: more * 1e6 },
            Repair::Water { site, year, value: 0.0005 * more },
            Repair::MoreEnergy { site, year, factor: more },
        ];
        for repair in repairs {
            prop_assert!(cost(&scenario, &[repair]) >= base * (1.0 - ROUNDING), "{repair:?}");
        }
    }

    #[test]
    fn money_doubled_doubles_the_cost_and_changes_no_decision(scenario in any_towns()) {
        let single = solved(&scenario, &[]);
        let double = solved(&double_money(&scenario), &[]);
        match (single, double) {
            (Ok(single), Ok(double)) => {
                prop_assert_eq!(single.plan, double.plan);
                prop_assert!((double.objective / single.objective - 2.0).abs() < 1e-9);
            }
            (single, double) => prop_assert!(single.is_err() && double.is_err()),
        }
    }
}

#[test]
fn the_same_input_gives_the_same_solution() {
    let scenario = towns((9_000, 7_000), (400_000, 700_000), 0.1);
    let first = solved(&scenario, &[]).expect("a plan");
    let second = std::thread::spawn(move || solved(&scenario, &[]))
        .join()
        .expect("no panic")
        .expect("a plan");
    assert_eq!(first, second);
}
