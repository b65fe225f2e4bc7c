use proptest::prelude::*;

use super::*;
use crate::discount::{PROGRAMME, internal_rate_of_return};
use crate::example::{YEARS, money, operation, plan, scenario};

fn ledger_of(entries: Vec<Entry>) -> Ledger {
    let scenario = scenario();
    Ledger {
        currency: scenario.currency,
        years: YEARS,
        discount_rate: scenario.prices.discount_rate,
        convention: PROGRAMME,
        entries,
    }
}

fn scaled(ledger: &Ledger, factor: i128) -> Ledger {
    let mut scaled = ledger.clone();
    for entry in &mut scaled.entries {
        entry.amount.minor *= factor;
    }
    scaled
}

fn any_entry() -> impl Strategy<Value = Entry> {
    (
        0..YEARS,
        0..Category::ALL.len(),
        -1_000_000_000_000_000i64..1_000_000_000_000_000,
    )
        .prop_map(|(year, category, minor)| Entry {
            year,
            category: Category::ALL[category].0,
            site: Some(0),
            amount: Money::from_minor(i128::from(minor), scenario().currency),
        })
}

/// Capital first, receipts after it: flows that have one rate of return.
fn project() -> impl Strategy<Value = Ledger> {
    (
        1_000i64..1_000_000_000_000,
        proptest::collection::vec(1_000i64..1_000_000_000_000, YEARS as usize - 1),
    )
        .prop_map(|(capital, receipts)| {
            let amount = |minor: i64| Money::from_minor(i128::from(minor), scenario().currency);
            let mut entries = vec![Entry {
                year: 0,
                category: Category::Site,
                site: Some(0),
                amount: amount(capital),
            }];
            entries.extend(receipts.iter().zip(1..).map(|(receipt, year)| Entry {
                year,
                category: Category::Network,
                site: None,
                amount: amount(-receipt),
            }));
            ledger_of(entries)
        })
}

fn rate_of_return(ledger: &Ledger) -> f64 {
    let flows: Vec<f64> = ledger.flows().iter().map(|cost| -cost).collect();
    internal_rate_of_return(&flows).expect("one sign change")
}

#[test]
fn ten_minor_units_among_three_equal_parties_go_four_three_three() {
    assert_eq!(divide(10, &[1, 1, 1]), Some(vec![4, 3, 3]));
    assert_eq!(divide(-10, &[1, 1, 1]), Some(vec![-4, -3, -3]));
}

#[test]
fn the_largest_remainder_gets_the_unit_left() {
    // Quotas 0.4, 0.35, 0.25 of one unit.
    assert_eq!(divide(1, &[40, 35, 25]), Some(vec![1, 0, 0]));
    // Quotas 1.2, 1.05, 0.75 of three.
    assert_eq!(divide(3, &[40, 35, 25]), Some(vec![1, 1, 1]));
}

#[test]
fn an_amount_beyond_exact_division_is_refused() {
    assert_eq!(divide(i128::MAX, &[2, 1]), None);
    assert_eq!(divide(i128::MIN, &[2, 1]), None);
}

#[test]
fn capital_goes_by_capital_share_and_running_cost_by_capacity_share() {
    let scenario = scenario();
    let ledger = crate::account(&scenario, &plan(), &operation(&scenario)).expect("it fits");
    let accounts = split(&scenario, &ledger).expect("shares");
    // 800 M RUB of opening, 11.7 M RUB of staff.
    assert_eq!(accounts[0].ledger.on(Category::Site), money("320 M RUB"));
    assert_eq!(accounts[1].ledger.on(Category::Site), money("280 M RUB"));
    assert_eq!(
        accounts[1].ledger.in_year_on(0, Category::Staff),
        money("3510000 RUB")
    );
    let parts: f64 = accounts
        .iter()
        .map(|account| account.ledger.net_present_cost())
        .sum();
    assert!((parts / ledger.net_present_cost() - 1.0).abs() < 1e-13);
}

#[test]
fn a_lost_minor_unit_is_found() {
    let scenario = scenario();
    let ledger = crate::account(&scenario, &plan(), &operation(&scenario)).expect("it fits");
    let mut accounts = split(&scenario, &ledger).expect("shares");
    accounts[2].ledger.entries[0].amount.minor -= 1;
    assert!(matches!(
        check_sums(&scenario, &ledger, &accounts),
        Err(PartyError::PartySum { year: 2027, .. })
    ));
}

#[test]
fn shares_that_cannot_divide_are_refused() {
    for share in [-0.1, f64::NAN, 1.1] {
        let mut scenario = scenario();
        scenario.parties[0].capital_share = share;
        assert_eq!(
            split(&scenario, &ledger_of(Vec::new())),
            Err(PartyError::Shares {
                kind: CostKind::Capital
            })
        );
    }
}

#[test]
fn a_party_reads_its_money_at_the_rate_of_the_year() {
    let scenario = scenario();
    let converted = in_own_currency(&scenario, 1, 1, money("945 RUB")).expect("rate");
    assert_eq!(converted.amount, money("10 USD"));
    assert_eq!(
        converted.label(),
        "at the scenario's rate of 2028: 1 USD = 94.5 RUB"
    );
    let own = in_own_currency(&scenario, 0, 1, money("945 RUB")).expect("rate");
    assert_eq!(own.amount, money("945 RUB"));
}

proptest! {
    #[test]
    fn parties_sum_to_the_project_in_every_year_and_category(
        entries in proptest::collection::vec(any_entry(), 0..40),
        first in 0.0f64..1.0,
        second in 0.0f64..1.0,
    ) {
        let mut scenario = scenario();
        let (low, high) = (first.min(second), first.max(second));
        for (party, share) in scenario.parties.iter_mut().zip([low, high - low, 1.0 - high]) {
            party.capital_share = share;
            party.capacity_share = share;
        }
        let project = ledger_of(entries);
        let accounts = split(&scenario, &project).expect("shares");
        for year in 0..YEARS {
            for (category, _) in Category::ALL {
                let parties: i128 = accounts
                    .iter()
                    .map(|account| account.ledger.in_year_on(year, category).minor)
                    .sum();
                prop_assert_eq!(parties, project.in_year_on(year, category).minor);
            }
        }
    }

    #[test]
    fn no_party_is_further_than_one_minor_unit_from_its_quota(minor in 0i64..1_000_000_000_000) {
        let weights = [400, 350, 250];
        let parts = divide(i128::from(minor), &weights).expect("in range");
        for (part, weight) in parts.iter().zip(weights) {
            let quota = minor as f64 * weight as f64 / 1000.0;
            prop_assert!((*part as f64 - quota).abs() < 1.0);
        }
    }

    #[test]
    fn splitting_an_entry_changes_no_total(
        entries in proptest::collection::vec(any_entry(), 1..20),
        cut in -1_000_000_000i64..1_000_000_000,
    ) {
        let whole = ledger_of(entries.clone());
        let mut pieces = entries;
        let mut piece = pieces[0];
        piece.amount.minor = i128::from(cut);
        pieces[0].amount.minor -= i128::from(cut);
        pieces.push(piece);
        let cut = ledger_of(pieces);
        prop_assert_eq!(cut.total(), whole.total());
        for (category, _) in Category::ALL {
            prop_assert_eq!(cut.on(category), whole.on(category));
        }
        prop_assert_eq!(cut.net_present_cost(), whole.net_present_cost());
    }

    #[test]
    fn doubling_every_amount_doubles_the_present_cost_and_no_rate_of_return(project in project()) {
        let double = scaled(&project, 2);
        prop_assert_eq!(double.net_present_cost(), 2.0 * project.net_present_cost());
        prop_assert!((rate_of_return(&double) - rate_of_return(&project)).abs() < 1e-12);
    }

    #[test]
    fn one_party_with_everything_has_the_rate_of_return_of_the_project(project in project()) {
        let mut scenario = scenario();
        scenario.parties.truncate(1);
        scenario.parties[0].capital_share = 1.0;
        scenario.parties[0].capacity_share = 1.0;
        let accounts = split(&scenario, &project).expect("shares");
        prop_assert_eq!(&accounts[0].ledger, &project);
        prop_assert_eq!(rate_of_return(&accounts[0].ledger), rate_of_return(&project));
    }
}
