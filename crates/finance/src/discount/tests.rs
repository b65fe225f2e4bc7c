use proptest::prelude::*;

use super::*;

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!(
        (value - expected).abs() <= tolerance,
        "{value} is not {expected} within {tolerance}"
    );
}

#[test]
fn f01_monthly_payments_of_a_warehouse_computer_agree_to_the_cent() {
    let monthly = 0.05 / 12.0;
    near(annuity(monthly, 36, 66.7e6), 1_999_058.84, 0.005);
    near(annuity(monthly, 48, 12.81e6), 295_005.25, 0.005);
    near(annuity(monthly, 120, 88e6), 933_376.53, 0.005);
    near(0.82 * annuity(monthly, 120, 88e6), 765_368.76, 0.005);
}

#[test]
fn f02_and_f03_the_monthly_total_agrees_per_server_and_per_kilowatt() {
    let monthly = 0.05 / 12.0;
    let power = 8_000.0 * 0.8 * 1.45 * 0.07 * 730.0;
    near(power, 474_208.00, 0.005);
    let total = annuity(monthly, 36, 66.7e6)
        + annuity(monthly, 48, 12.81e6)
        + annuity(monthly, 120, 88e6)
        + power
        + 85_000.0;
    near(total, 3_786_648.62, 0.01);
    near(total / 45_978.0, 82.358, 5e-4);
    near(total / 8_000.0, 473.331, 5e-4);
    near(total / 45_978.0 / 730.0, 0.112819, 5e-7);
}

#[test]
fn f04_capital_recovery_factors_agree() {
    for (rate, years, expected) in [
        (0.03, 20, 0.067216),
        (0.05, 10, 0.129505),
        (0.08, 20, 0.101852),
        (0.10, 15, 0.131474),
    ] {
        near(capital_recovery(rate, years), expected, 5e-7);
    }
}

#[test]
fn f05_present_value_factors_at_three_per_cent_agree() {
    for (years, uniform, single) in [
        (5, 4.5797, 0.8626),
        (10, 8.5302, 0.7441),
        (15, 11.9379, 0.6419),
        (20, 14.8775, 0.5537),
        (25, 17.4131, 0.4776),
    ] {
        near(uniform_present_value(0.03, years), uniform, 5e-5);
        near(single_present_value(0.03, years), single, 5e-5);
    }
}

#[test]
fn f06_two_currencies_give_one_value_by_either_route() {
    let foreign = [-2.0, 0.9, 0.9, 0.9];
    let (home_rate, spot, drift) = (0.10, 0.5, 0.02);
    let home: Vec<f64> = foreign
        .iter()
        .zip(0..)
        .map(|(flow, year)| flow / (spot * compound(drift, year)))
        .collect();
    let at_home = net_present_value(home_rate, &home, DiscountConvention::Begin);
    let parity = (1.0 + home_rate) * (1.0 + drift) - 1.0;
    let abroad = net_present_value(parity, &foreign, DiscountConvention::Begin);
    near(at_home, 0.3084812221509756, 1e-12);
    near(abroad, 0.15424061107548814, 1e-12);
    near(at_home, abroad / spot, 1e-12);
}

#[test]
fn f07_the_rate_of_return_of_five_flows_agrees() {
    let rate = internal_rate_of_return(&[-100.0, 39.0, 59.0, 55.0, 20.0]).expect("one sign change");
    near(rate, 0.28094842115996066, 1e-12);
}

#[test]
fn f08_the_payment_of_a_loan_agrees() {
    near(
        -annuity(0.075 / 12.0, 180, 200_000.0),
        -1854.0247200054619,
        1e-9,
    );
}

/// The reference gives the three values, not the flows: any flows worth the last one must be worth the others.
#[test]
fn the_same_five_flows_are_worth_more_the_earlier_in_the_year_they_fall() {
    let rate = 0.03;
    let shape = [1.0, 1.1, 1.2, 1.3, 1.4];
    let scale = 132_340.0 / net_present_value(rate, &shape, DiscountConvention::End);
    let flows: Vec<f64> = shape.iter().map(|flow| flow * scale).collect();
    near(
        net_present_value(rate, &flows, DiscountConvention::Begin),
        136_310.0,
        0.6,
    );
    near(
        net_present_value(rate, &flows, DiscountConvention::Mid),
        134_311.0,
        0.6,
    );
}

#[test]
fn flows_of_one_sign_have_no_rate_of_return() {
    assert_eq!(
        internal_rate_of_return(&[1.0, 2.0]),
        Err(RateOfReturnError::NoSignChange)
    );
    assert_eq!(
        internal_rate_of_return(&[0.0; 3]),
        Err(RateOfReturnError::NoSignChange)
    );
}

/// Rates 10 % and 20 % both make these flows worth nothing.
#[test]
fn one_rate_of_several_is_not_picked() {
    assert_eq!(
        internal_rate_of_return(&[-1.0, 2.3, -1.32]),
        Err(RateOfReturnError::NotUnique)
    );
}

#[test]
fn a_replacement_on_the_way_keeps_the_rate_unique() {
    let flows = [-100.0, 80.0, -10.0, 70.0, 30.0];
    let rate = internal_rate_of_return(&flows).expect("running sum crosses zero once");
    near(
        net_present_value(rate, &flows, DiscountConvention::Begin),
        0.0,
        1e-9,
    );
}

#[test]
fn a_rate_of_return_may_be_negative() {
    let rate = internal_rate_of_return(&[-100.0, 0.0, 81.0]).expect("one sign change");
    near(rate, -0.1, 1e-12);
}

#[test]
fn flows_that_are_not_numbers_have_no_rate_of_return() {
    assert_eq!(
        internal_rate_of_return(&[-1.0, f64::NAN]),
        Err(RateOfReturnError::OutOfRange)
    );
}

proptest! {
    #[test]
    fn nothing_is_left_at_the_rate_of_return(
        spent in 1.0f64..1e9,
        earned in proptest::collection::vec(1.0f64..1e9, 1..20),
    ) {
        let mut flows = vec![-spent];
        flows.extend(earned);
        let rate = internal_rate_of_return(&flows).expect("one sign change");
        let left = net_present_value(rate, &flows, DiscountConvention::Begin);
        prop_assert!(left.abs() <= 1e-9 * spent, "{left} of {spent}");
    }

    #[test]
    fn the_rate_of_return_does_not_depend_on_the_unit_of_money(
        spent in 1.0f64..1e6,
        earned in proptest::collection::vec(1.0f64..1e6, 1..10),
    ) {
        let mut flows = vec![-spent];
        flows.extend(earned);
        let doubled: Vec<f64> = flows.iter().map(|flow| flow * 2.0).collect();
        prop_assert_eq!(internal_rate_of_return(&flows), internal_rate_of_return(&doubled));
    }

    #[test]
    fn an_annuity_is_worth_its_principal(rate in 0.0f64..0.5, periods in 1u32..60, principal in 1.0f64..1e9) {
        let payment = annuity(rate, periods, principal);
        let flows = vec![payment; periods as usize];
        let value = net_present_value(rate, &flows, DiscountConvention::End);
        prop_assert!((value / principal - 1.0).abs() < 1e-12);
    }
}
