//! Equal share: the units are pooled, and each consumer may draw up to an equal part, whether others need theirs or
//! not. What does not divide is given to no one. Units are loaded evenly.

use super::units::{spread_evenly, total};

pub(super) fn share(
    demands: &[u64],
    units: &[u64],
    out_supply: &mut Vec<u64>,
    out_unit: &mut Vec<(u64, u64)>,
) {
    let part = total(units) / demands.len().max(1) as u128;
    out_supply.clear();
    // A supply is at most a demand, so within 64 bits.
    out_supply.extend(
        demands
            .iter()
            .map(|demand| u128::from(*demand).min(part) as u64),
    );
    spread_evenly(total(demands), total(out_supply), units, out_unit);
}
