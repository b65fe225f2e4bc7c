//! Max-min fair: the units are pooled, no consumer gets more than it demands, and none can get more without another,
//! which gets no more than it, getting less. Units are loaded evenly. What does not divide goes to the last consumers.
//!
//! References: Bertsekas and Gallager, Data Networks (1992), 6.5.2.

use super::units::{spread_evenly, total};

pub(super) fn share(
    demands: &[u64],
    units: &[u64],
    out_supply: &mut Vec<u64>,
    out_unit: &mut Vec<(u64, u64)>,
) {
    let (demand, capacity) = (total(demands), total(units));
    out_supply.clear();
    out_supply.extend_from_slice(demands);
    if demand > capacity {
        // The list serves as its own scratch: sorted, it gives the level that large demands are cut to.
        out_supply.sort_unstable();
        let (level, mut rest) = level(out_supply, capacity);
        out_supply.copy_from_slice(demands);
        for supply in out_supply.iter_mut().rev() {
            if *supply > level {
                *supply = level + u64::from(rest > 0);
                rest = rest.saturating_sub(1);
            }
        }
    }
    spread_evenly(demand, demand.min(capacity), units, out_unit);
}

/// Largest whole supply that all can have who demand more, and what is then left over, less than one for each.
fn level(ascending: &[u64], capacity: u128) -> (u64, u128) {
    let mut left = capacity;
    for (served, demand) in ascending.iter().enumerate() {
        let unserved = (ascending.len() - served) as u128;
        if u128::from(*demand) * unserved > left {
            // Below the demand, so within 64 bits.
            return ((left / unserved) as u64, left % unserved);
        }
        left -= u128::from(*demand);
    }
    (u64::MAX, 0)
}
