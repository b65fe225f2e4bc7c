//! Sharing a host among tasks that together demand more than it has.
//!
//! # What it computes
//! Max-min fair shares: no task gets more than it demands, and none can get more without another, which gets no more
//! than it, getting less. Demands are served from the smallest: each gets at most an equal part of what remains.
//!
//! # Assumptions
//! Whole milli-units; what an equal part leaves over goes to the tasks served last. Equal demands are served in the
//! order given.
//!
//! # References
//! Bertsekas and Gallager, Data Networks (1992), 6.5.2.

/// Shares of a capacity, by demand in the order given; `order` is scratch.
pub(crate) fn max_min_shares(
    demands: &[u32],
    capacity: u64,
    order: &mut Vec<u32>,
    shares: &mut Vec<u32>,
) {
    order.clear();
    order.extend(0..demands.len() as u32);
    order.sort_unstable_by_key(|index| (demands[*index as usize], *index));
    shares.clear();
    shares.resize(demands.len(), 0);
    let mut remaining = capacity;
    for (served, index) in order.iter().enumerate() {
        let equal_part = remaining / (demands.len() - served) as u64;
        let share = u64::from(demands[*index as usize]).min(equal_part);
        shares[*index as usize] = share as u32;
        remaining -= share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(demands: &[u32], capacity: u64) -> Vec<u32> {
        let mut shares = Vec::new();
        max_min_shares(demands, capacity, &mut Vec::new(), &mut shares);
        shares
    }

    #[test]
    fn small_demands_are_met_and_large_ones_share_the_rest() {
        // Bertsekas and Gallager's rule by hand: 2000 is met, 2600 is met, the others share 5400.
        assert_eq!(
            shares(&[4000, 2000, 5000, 2600], 10_000),
            [2700, 2000, 2700, 2600]
        );
        assert_eq!(shares(&[1000, 1000], 1000), [500, 500]);
        assert_eq!(shares(&[0, 700, 100], 500), [0, 400, 100]);
        assert_eq!(shares(&[10, 20], 100), [10, 20]);
        assert_eq!(shares(&[], 100), [0u32; 0]);
    }

    #[test]
    fn what_does_not_divide_goes_to_those_served_last() {
        assert_eq!(shares(&[3, 3, 3], 8), [2, 3, 3]);
        assert_eq!(shares(&[9, 9], 0), [0, 0]);
    }

    proptest! {
        #[test]
        fn all_capacity_is_used_or_all_demand_is_met_and_no_one_is_envied(
            demands in prop::collection::vec(0u32..10_000, 1..40),
            capacity in 0u64..100_000,
        ) {
            let shares = shares(&demands, capacity);
            let total: u64 = demands.iter().map(|d| u64::from(*d)).sum();
            let given: u64 = shares.iter().map(|s| u64::from(*s)).sum();
            prop_assert_eq!(given, total.min(capacity));
            let largest = shares.iter().copied().max().unwrap_or(0);
            for (demand, share) in demands.iter().zip(&shares) {
                prop_assert!(share <= demand);
                // Whoever gets less than it demands gets as much as anyone, but for the indivisible rest.
                prop_assert!(share == demand || share + 1 >= largest);
            }
        }
    }
}
