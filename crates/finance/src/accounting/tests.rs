use super::*;
use crate::example::{YEARS, operation, plan, scenario};
use crate::ledger::CostKind;

fn ledger() -> Ledger {
    let scenario = scenario();
    account(&scenario, &plan(), &operation(&scenario)).expect("the example fits")
}

fn minor(ledger: &Ledger, year: u32, category: Category, site: Option<Index>) -> i128 {
    ledger
        .entries
        .iter()
        .filter(|entry| entry.year == year && entry.category == category && entry.site == site)
        .map(|entry| entry.amount.minor)
        .sum()
}

#[test]
fn purchases_are_booked_in_their_year_with_duty_and_freight() {
    let ledger = ledger();
    assert_eq!(minor(&ledger, 0, Category::Site, Some(0)), 80_000_000_000);
    // 33 hosts at 9,000 USD and 90 RUB per USD.
    assert_eq!(minor(&ledger, 0, Category::Servers, Some(1)), 2_673_000_000);
    assert_eq!(minor(&ledger, 0, Category::Duty, Some(1)), 133_650_000);
    assert_eq!(minor(&ledger, 0, Category::Freight, Some(1)), 80_190_000);
    // 5 supplies at 12 M RUB, 6 coolers at 20 M RUB.
    assert_eq!(minor(&ledger, 1, Category::Plant, Some(0)), 18_000_000_000);
    // A hall is 3 M USD: 270 M RUB in the first year, 5 % more in the second.
    assert_eq!(minor(&ledger, 0, Category::Hall, Some(0)), 27_000_000_000);
    assert_eq!(minor(&ledger, 1, Category::Hall, Some(0)), 28_350_000_000);
}

#[test]
fn standing_halls_cost_no_capital_but_staff_and_maintenance() {
    let ledger = ledger();
    assert_eq!(minor(&ledger, 0, Category::Hall, Some(1)), 0);
    assert_eq!(minor(&ledger, 0, Category::Site, Some(1)), 0);
    // 6.5 technicians at 1.8 M RUB.
    assert_eq!(minor(&ledger, 0, Category::Staff, Some(1)), 1_170_000_000);
    // 3 % of one hall at 270 M RUB.
    assert_eq!(
        minor(&ledger, 0, Category::Maintenance, Some(1)),
        810_000_000
    );
}

#[test]
fn maintenance_follows_what_is_in_use_at_the_price_paid() {
    let ledger = ledger();
    // Year 1: nothing usable at the first site.
    assert_eq!(minor(&ledger, 1, Category::Maintenance, Some(0)), 0);
    // Year 2: opening 800, halls 270 + 283.5, hosts 102.06, accelerated 132.3, plant 180 M RUB.
    assert_eq!(
        minor(&ledger, 2, Category::Maintenance, Some(0)),
        5_303_580_000
    );
    // Second site, year 2: one hall and the hosts of the first order; year 3: those are at the end of their life,
    // the hall decided on in year 2 (3 M USD at 99.225) is usable.
    assert_eq!(
        minor(&ledger, 2, Category::Maintenance, Some(1)),
        890_190_000
    );
    assert_eq!(
        minor(&ledger, 3, Category::Maintenance, Some(1)),
        1_703_025_000
    );
}

#[test]
fn leases_have_no_site() {
    let ledger = ledger();
    // 13 Gbit/s, 12 months, 30,000 RUB grown twice by 4 %.
    assert_eq!(minor(&ledger, 2, Category::Network, None), 506_188_800);
    assert!(
        ledger
            .entries
            .iter()
            .all(|entry| (entry.category == Category::Network) == entry.site.is_none())
    );
}

#[test]
fn totals_by_year_kind_and_category_agree() {
    let ledger = ledger();
    let by_year: i128 = (0..YEARS).map(|year| ledger.in_year(year).minor).sum();
    let by_kind: i128 = (0..YEARS)
        .flat_map(|year| {
            [CostKind::Capital, CostKind::Operating]
                .map(|kind| ledger.in_year_of_kind(year, kind).minor)
        })
        .sum();
    let by_category: i128 = Category::ALL
        .iter()
        .map(|(category, _)| ledger.on(*category).minor)
        .sum();
    assert_eq!(by_year, ledger.total().minor);
    assert_eq!(by_kind, ledger.total().minor);
    assert_eq!(by_category, ledger.total().minor);
    let kinds = ledger.net_present_cost_of_kind(CostKind::Capital)
        + ledger.net_present_cost_of_kind(CostKind::Operating);
    assert!((kinds / ledger.net_present_cost() - 1.0).abs() < 1e-14);
}

#[test]
fn the_programme_is_valued_at_mid_year() {
    let scenario = scenario();
    let mut plan = plan();
    plan.orders.clear();
    plan.leases.clear();
    let ledger = account(&scenario, &plan, &Operation::default()).expect("it fits");
    let mut expected = 0.0;
    let mut growth = 1.09_f64.sqrt();
    for year in 0..YEARS {
        expected += ledger.in_year(year).major() / growth;
        growth *= 1.09;
    }
    assert!((ledger.net_present_cost() / expected - 1.0).abs() < 1e-14);
    let rounded = ledger.net_present_money();
    assert!((rounded.major() - ledger.net_present_cost()).abs() <= 0.005 + 1e-6);
}

#[test]
fn the_table_of_orders_adds_up_to_the_ledger() {
    let scenario = scenario();
    let landed: i128 = plan()
        .orders
        .iter()
        .map(|order| order_cost(&scenario, order).expect("rate").landed().minor)
        .sum();
    let ledger = ledger();
    let booked: i128 = [
        Category::Plant,
        Category::Servers,
        Category::Duty,
        Category::Freight,
    ]
    .iter()
    .map(|category| ledger.on(*category).minor)
    .sum();
    assert_eq!(landed, booked);
}

#[test]
fn more_usable_halls_than_decided_on_are_refused() {
    let scenario = scenario();
    let mut plan = plan();
    plan.sites[1].halls_usable[0] = 2;
    assert_eq!(
        account(&scenario, &plan, &Operation::default()),
        Err(AccountingError::Halls {
            site: "south".to_owned(),
            year: 2027,
            usable: 2,
            decided: 1
        })
    );
}

#[test]
fn a_plan_of_another_scenario_is_refused() {
    let scenario = scenario();
    let mut short = plan();
    short.sites.pop();
    let mut strange = plan();
    strange.orders[0].equipment = 99;
    let mut late = plan();
    late.leases[0].year = YEARS;
    for plan in [short, strange, late] {
        assert!(matches!(
            account(&scenario, &plan, &Operation::default()),
            Err(AccountingError::Length { .. } | AccountingError::Unknown { .. })
        ));
    }
}

#[test]
fn energy_that_is_not_a_number_is_refused() {
    let scenario = scenario();
    let mut operation = operation(&scenario);
    if let Some(drawn) = operation.site_years.get_mut(&(0, 2)) {
        drawn.facility_kwh = f64::NAN;
    }
    assert_eq!(
        account(&scenario, &plan(), &operation),
        Err(AccountingError::Amount {
            category: Category::Energy,
            year: 2029
        })
    );
}

#[test]
fn an_amount_beyond_exact_money_is_refused() {
    let scenario = scenario();
    let mut plan = plan();
    plan.orders[0].units = u64::MAX;
    assert!(matches!(
        account(&scenario, &plan, &Operation::default()),
        Err(AccountingError::Amount { .. })
    ));
}
