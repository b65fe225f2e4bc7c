use super::*;
use proptest::prelude::*;

fn shared(
    policy: SharingPolicy,
    turn: usize,
    demands: &[u64],
    units: &[u64],
) -> (Vec<u64>, Vec<(u64, u64)>) {
    // What is left of an earlier call must not matter.
    let (mut supply, mut unit) = (vec![7; 3], vec![(7, 7); 3]);
    policy.share(turn, demands, units, &mut supply, &mut unit);
    (supply, unit)
}

fn half() -> SharingPolicy {
    SharingPolicy::FixedShare(ShareRatio::new(0.5).unwrap())
}

// Cases of two units of 2000 are those of another simulator's tests.
#[test]
fn a_fixed_share_is_a_part_of_one_unit_and_blocked_on_all() {
    for demand in [4000, 6000] {
        let (supply, units) = shared(half(), 0, &[demand], &[2000, 2000]);
        assert_eq!(supply, [1000]);
        assert_eq!(units, [(1000, 1000), (1000, 1000)]);
    }
    assert_eq!(shared(half(), 0, &[300], &[2000]).0, [300]);
}

#[test]
fn fixed_shares_never_exceed_what_there_is() {
    let (supply, units) = shared(half(), 0, &[4000; 8], &[2000, 2000]);
    assert_eq!(supply, [500; 8]);
    assert_eq!(units, [(2000, 2000); 2]);
    assert_eq!(shared(half(), 0, &[0, 0], &[2000]).1, [(0, 0)]);
}

#[test]
fn best_effort_fills_unit_after_unit_while_there_is_enough() {
    let policy = SharingPolicy::BestEffort;
    assert_eq!(
        shared(policy, 0, &[1500], &[4000]),
        (vec![1500], vec![(1500, 1500)])
    );
    assert_eq!(
        shared(policy, 3, &[1500], &[2000, 2000]),
        (vec![1500], vec![(1500, 1500), (0, 0)])
    );
    assert_eq!(
        shared(policy, 0, &[3500, 500], &[2000, 2000]),
        (vec![3500, 500], vec![(2000, 2000), (2000, 2000)])
    );
}

#[test]
fn best_effort_serves_in_turn_when_there_is_too_little() {
    let policy = SharingPolicy::BestEffort;
    assert_eq!(
        shared(policy, 0, &[3000, 2500], &[2000, 2000]),
        (vec![3000, 1000], vec![(2750, 2000), (2750, 2000)])
    );
    let turns = [0, 1, 2, 3].map(|turn| shared(policy, turn, &[2000; 3], &[2000, 2000]));
    assert_eq!(turns[0].0, [2000, 2000, 0]);
    assert_eq!(turns[1].0, [0, 2000, 2000]);
    assert_eq!(turns[2].0, [2000, 0, 2000]);
    assert_eq!(turns[3], turns[0]);
    assert_eq!(turns[1].1, [(3000, 2000), (3000, 2000)]);
}

#[test]
fn first_fit_fills_the_first_unit_first() {
    let policy = SharingPolicy::FirstFit;
    assert_eq!(
        shared(policy, 0, &[1500, 1000], &[2000, 2000]),
        (vec![1500, 1000], vec![(2000, 2000), (500, 500)])
    );
    assert_eq!(
        shared(policy, 0, &[3000, 2500], &[2000, 2000]),
        (vec![3000, 1000], vec![(2000, 2000), (3500, 2000)])
    );
}

#[test]
fn max_min_fair_meets_small_demands_and_cuts_large_ones_to_a_level() {
    let policy = SharingPolicy::MaxMinFair;
    // By hand: 2000 and 2600 are met, the others share 5400.
    assert_eq!(
        shared(policy, 0, &[4000, 2000, 5000, 2600], &[5000, 5000]),
        (
            vec![2700, 2000, 2700, 2600],
            vec![(6800, 5000), (6800, 5000)]
        )
    );
    assert_eq!(shared(policy, 0, &[3, 3, 3], &[8]).0, [2, 3, 3]);
    assert_eq!(shared(policy, 0, &[0, 700, 100], &[500]).0, [0, 400, 100]);
    assert_eq!(
        shared(policy, 0, &[5], &[1, 10]),
        (vec![5], vec![(3, 1), (2, 4)])
    );
}

#[test]
fn equal_shares_are_equal_whether_needed_or_not() {
    assert_eq!(
        shared(SharingPolicy::EqualShare, 0, &[3000, 100], &[2000, 2000]),
        (vec![2000, 100], vec![(1550, 1050), (1550, 1050)])
    );
}

#[test]
fn sums_beyond_64_bits_are_shared_too() {
    let demands = [u64::MAX; 3];
    let (supply, units) = shared(SharingPolicy::MaxMinFair, 0, &demands, &[u64::MAX; 2]);
    let sum: u128 = supply.iter().map(|supply| u128::from(*supply)).sum();
    assert_eq!(sum, 2 * u128::from(u64::MAX));
    assert_eq!(units, [(u64::MAX, u64::MAX); 2]);
}

#[test]
fn only_parts_of_a_unit_are_shares() {
    for ratio in [0.0, -0.5, 1.1, f64::NAN, f64::INFINITY] {
        assert!(ShareRatio::new(ratio).is_err());
    }
    assert!(ShareRatio::new(1.0).is_ok());
}

fn any_policy() -> impl Strategy<Value = SharingPolicy> {
    prop_oneof![
        Just(SharingPolicy::MaxMinFair),
        Just(SharingPolicy::EqualShare),
        (1e-3..=1.0f64)
            .prop_map(|ratio| SharingPolicy::FixedShare(ShareRatio::new(ratio).unwrap())),
        Just(SharingPolicy::BestEffort),
        Just(SharingPolicy::FirstFit),
    ]
}

fn sum(values: &[u64]) -> u64 {
    values.iter().sum()
}

proptest! {
    #[test]
    fn no_policy_supplies_more_than_is_demanded_or_there_is(
        policy in any_policy(),
        turn in 0usize..100,
        demands in prop::collection::vec(0u64..10_000, 0..12),
        units in prop::collection::vec(0u64..10_000, 0..5),
    ) {
        let (supply, unit) = shared(policy, turn, &demands, &units);
        prop_assert_eq!(supply.len(), demands.len());
        prop_assert_eq!(unit.len(), units.len());
        prop_assert!(supply.iter().zip(&demands).all(|(supply, demand)| supply <= demand));
        prop_assert!(sum(&supply) <= sum(&units));
        prop_assert!(unit.iter().zip(&units).all(|(unit, capacity)| unit.1 <= *capacity));
        let unit_supply: u64 = unit.iter().map(|unit| unit.1).sum();
        let unit_demand: u64 = unit.iter().map(|unit| unit.0).sum();
        if matches!(policy, SharingPolicy::FixedShare(_)) {
            prop_assert!(unit_supply >= sum(&supply));
        } else {
            prop_assert_eq!(unit_supply, sum(&supply));
            prop_assert!(units.is_empty() || unit_demand == sum(&demands));
        }
        let is_sparing = matches!(policy, SharingPolicy::EqualShare | SharingPolicy::FixedShare(_));
        if !is_sparing {
            prop_assert_eq!(sum(&supply), sum(&demands).min(sum(&units)));
        }
    }

    #[test]
    fn under_max_min_fairness_whoever_is_cut_has_as_much_as_anyone(
        demands in prop::collection::vec(0u64..10_000, 1..40),
        units in prop::collection::vec(0u64..30_000, 1..4),
    ) {
        let (supply, _) = shared(SharingPolicy::MaxMinFair, 0, &demands, &units);
        let largest = supply.iter().copied().max().unwrap_or(0);
        for (supply, demand) in supply.iter().zip(&demands) {
            prop_assert!(supply == demand || supply + 1 >= largest);
        }
    }
}
