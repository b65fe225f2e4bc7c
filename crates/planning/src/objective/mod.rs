//! The objective: present cost of every decision, one kind of spending per file.
//!
//! Every coefficient comes from `angara_finance`, whose accounting books the same plan at the same cost.

mod buildings;
mod demand_charge;
mod energy;
mod equipment;
mod network;
mod water;

use crate::columns::Draft;
use crate::error::PlanningError;

/// Adds every cost.
pub(crate) fn define_all(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    buildings::define_building_cost(draft)?;
    equipment::define_equipment_cost(draft)?;
    energy::define_energy_cost(draft)?;
    demand_charge::define_demand_charge(draft)?;
    water::define_water_cost(draft)?;
    network::define_network_cost(draft)
}
