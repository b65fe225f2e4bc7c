//! Why the plan is what it is.

use angara_planning::{Promise, Reasons, reasons};
use angara_scenario::{GridLimit, Scenario};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use crate::builder::{euros, solved, twin_towns, with_input};

fn reasons_of(scenario: &Scenario) -> Reasons {
    with_input(scenario, &[], reasons).expect("reasons")
}

fn position(found: &Reasons, site: usize) -> usize {
    found
        .sites
        .iter()
        .position(|worth| worth.site == site)
        .expect("every site")
}

#[test]
fn more_grid_power_saves_what_its_price_says() {
    let mut scenario = twin_towns();
    scenario.sites.truncate(1);
    scenario
        .links
        .retain(|link| link.to == angara_scenario::LinkEnd::Site(0));
    // Servers that take half the power are dear: just so much grid power that some are needed.
    let mut thrifty = scenario.equipment[0].clone();
    "thrifty".clone_into(&mut thrifty.id);
    thrifty.peak_w = 250.0;
    thrifty.idle_w = 75.0;
    thrifty.price = euros(40_000.0);
    scenario.equipment.push(thrifty);
    scenario.sites[0].grid_limits = vec![GridLimit {
        from_year: 2000,
        power_w: 80e3,
    }];
    let found = reasons_of(&scenario);
    let year = 4;
    let price = found
        .binding
        .iter()
        .find(|binding| binding.promise == Promise::Grid { site: 0, year })
        .expect("grid power binds in the last year")
        .saves;
    let mut more = scenario.clone();
    more.sites[0].grid_limits.push(GridLimit {
        from_year: 2034,
        power_w: 80.1e3,
    });
    let saved = found.relaxed_cost - reasons_of(&more).relaxed_cost;
    assert!(
        (saved - 0.1 * price).abs() < 1e-3 * price,
        "a tenth of a kilowatt saved {saved}, a kilowatt is priced {price}"
    );
}

#[test]
fn a_site_forced_costs_what_would_make_it_worth_choosing() {
    let mut scenario = twin_towns();
    scenario.sites[1].opening_cost = euros(2_000_000.0);
    let plan = solved(&scenario, &[]).expect("a plan").plan;
    assert!(plan.sites[1].opened.is_none());
    let found = reasons_of(&scenario);
    assert_eq!(
        found.sites[0].site, 0,
        "the site that is used is worth most"
    );
    let forced = found.sites[1].forced.expect("it can be used");
    assert!(forced > 0.0);
    // Cheaper by a little more than that, it is no longer a loss to use it.
    let opened = forced * 1.3;
    scenario.sites[1].opening_cost = euros(2_000_000.0 - opened);
    let cheaper = reasons_of(&scenario);
    let forced = cheaper.sites[position(&cheaper, 1)]
        .forced
        .expect("it can be used");
    assert!(forced < 0.01 * found.relaxed_cost, "{forced}");
}

#[test]
fn a_site_without_which_there_is_no_plan_is_said_to_be_so() {
    let mut scenario = twin_towns();
    scenario.services[0].latency_limit = angara_quantity::Duration::from_milliseconds(10);
    let found = reasons_of(&scenario);
    assert!(found.sites.iter().all(|worth| worth.without.is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_site_better_in_every_field_is_never_ranked_below(
        populations in (500_u32..20_000, 500_u32..20_000),
        opening in 0_u32..2_000_000,
        better in (1_u32..1_000_000, 1_u32..200_000, 1_u32..10_000),
    ) {
        let mut scenario = twin_towns();
        scenario.places[0].population = f64::from(populations.0);
        scenario.places[1].population = f64::from(populations.1);
        for link in &mut scenario.links {
            link.round_trip_ms = 5.0;
        }
        let cost = f64::from(opening) + f64::from(better.0);
        scenario.sites[0].opening_cost = euros(cost - f64::from(better.0));
        scenario.sites[1].opening_cost = euros(cost);
        scenario.sites[0].hall_cost = euros(300_000.0 - f64::from(better.1));
        scenario.sites[0].staff_cost.amount -= f64::from(better.2);
        let found = reasons_of(&scenario);
        prop_assert!(position(&found, 0) < position(&found, 1), "{:?}", found.sites);
    }
}

#[test]
fn more_supply_saves_what_its_price_says() {
    let mut scenario = twin_towns();
    scenario.sites.truncate(1);
    scenario
        .links
        .retain(|link| link.to == angara_scenario::LinkEnd::Site(0));
    // The dear server from abroad stands in for what home cannot supply: no whole number of lots.
    let mut dear = scenario.equipment[0].clone();
    "dear".clone_into(&mut dear.id);
    dear.price = euros(30_000.0);
    dear.origin = 1;
    scenario.equipment.push(dear);
    scenario.origins.push(crate::builder::origin("abroad"));
    let supply = |units_per_year, from_year| angara_scenario::SupplyLimit {
        origin: 0,
        kind: angara_scenario::EquipmentKind::Server,
        from_year,
        units_per_year,
    };
    scenario.supply = vec![supply(25, 2000)];
    let found = reasons_of(&scenario);
    let promise = Promise::Supply {
        origin: 0,
        kind: angara_scenario::EquipmentKind::Server,
        year: 1,
    };
    let price = found
        .binding
        .iter()
        .find(|binding| binding.promise == promise)
        .expect("supply binds in the year before service")
        .saves;
    let mut more = scenario.clone();
    more.supply = vec![supply(25, 2000), supply(26, 2031), supply(25, 2032)];
    let saved = found.relaxed_cost - reasons_of(&more).relaxed_cost;
    assert!(
        (saved - price).abs() < 1e-3 * price,
        "one server more saved {saved}, its price is {price}"
    );
}
