//! What is demanded and supplied of each unit.

/// Sum that does not overflow.
pub(super) fn total(values: &[u64]) -> u128 {
    values.iter().map(|value| u128::from(*value)).sum()
}

/// Held within 64 bits: a unit's demand is for reports, and no unit can supply more.
fn narrow(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// Spreads demand and supply evenly; what a small unit cannot supply, the others do. What does not divide falls to
/// the first units.
pub(super) fn spread_evenly(
    demand: u128,
    supply: u128,
    units: &[u64],
    out_unit: &mut Vec<(u64, u64)>,
) {
    out_unit.clear();
    let count = units.len() as u128;
    for row in 0..count {
        let rest = u128::from(row < demand % count);
        out_unit.push((narrow(demand / count + rest), 0));
    }
    let mut left = supply.min(total(units));
    // Each round either uses up what is left or fills a unit.
    for _ in 0..units.len() {
        let open = out_unit
            .iter()
            .zip(units)
            .filter(|(unit, capacity)| unit.1 < **capacity)
            .count() as u128;
        if left == 0 || open == 0 {
            break;
        }
        let (part, mut rest) = (left / open, left % open);
        for (unit, capacity) in out_unit.iter_mut().zip(units) {
            if unit.1 < *capacity {
                let extra = u128::from(rest > 0);
                rest -= extra;
                let taken = narrow(part + extra).min(capacity - unit.1);
                unit.1 += taken;
                left -= u128::from(taken);
            }
        }
    }
}

/// Fills unit after unit; what exceeds all of them is demanded of the last.
pub(super) fn fill_in_order(
    demand: u128,
    supply: u128,
    units: &[u64],
    out_unit: &mut Vec<(u64, u64)>,
) {
    out_unit.clear();
    let (mut demand, mut supply) = (demand, supply);
    for (row, capacity) in units.iter().enumerate() {
        let is_last = row + 1 == units.len();
        let demanded = if is_last {
            narrow(demand)
        } else {
            narrow(demand).min(*capacity)
        };
        let supplied = narrow(supply).min(*capacity);
        out_unit.push((demanded, supplied));
        demand -= u128::from(demanded);
        supply -= u128::from(supplied);
    }
}

/// Serves consumers one after the other, from one of them on and around, as long as there is capacity.
pub(super) fn serve_in_turn(
    first: usize,
    demands: &[u64],
    capacity: u128,
    out_supply: &mut Vec<u64>,
) {
    out_supply.clear();
    out_supply.resize(demands.len(), 0);
    if demands.is_empty() {
        return;
    }
    let first = first % demands.len();
    let mut left = capacity;
    for consumer in (first..demands.len()).chain(0..first) {
        let supply = narrow(left).min(demands[consumer]);
        out_supply[consumer] = supply;
        left -= u128::from(supply);
    }
}
