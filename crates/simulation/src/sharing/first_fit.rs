//! First fit: consumers are served in their order, each as much as it demands as long as there is capacity, and unit
//! after unit is filled.

use super::units::{fill_in_order, serve_in_turn, total};

pub(super) fn share(
    demands: &[u64],
    units: &[u64],
    out_supply: &mut Vec<u64>,
    out_unit: &mut Vec<(u64, u64)>,
) {
    let (demand, capacity) = (total(demands), total(units));
    serve_in_turn(0, demands, capacity, out_supply);
    fill_in_order(demand, demand.min(capacity), units, out_unit);
}
