//! Best effort: as long as there is enough, all demands are met and unit after unit is filled, so that few units are
//! busy. Otherwise consumers are served in turn, each as much as it demands, from a consumer on that moves by one
//! each turn; demand then falls evenly on the units.

use super::units::{fill_in_order, serve_in_turn, spread_evenly, total};

pub(super) fn share(
    turn: usize,
    demands: &[u64],
    units: &[u64],
    out_supply: &mut Vec<u64>,
    out_unit: &mut Vec<(u64, u64)>,
) {
    let (demand, capacity) = (total(demands), total(units));
    if demand <= capacity {
        out_supply.clear();
        out_supply.extend_from_slice(demands);
        fill_in_order(demand, demand, units, out_unit);
    } else {
        serve_in_turn(turn, demands, capacity, out_supply);
        spread_evenly(demand, capacity, units, out_unit);
    }
}
