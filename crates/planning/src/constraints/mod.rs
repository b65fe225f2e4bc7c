//! Constraints: one function per file, its equation in its doc comment.
//!
//! Symbols: i site, t year, τ year of a decision, e equipment, s service, j place, o origin, p party; x share, n halls
//! ordered, N halls usable, m lots ordered, U units in use, y opening.

mod accelerators;
mod apart;
mod budget;
mod carbon;
mod cores;
mod cover;
mod grid_power;
mod hall_power;
mod halls_fit;
mod halls_usable;
mod hiring;
mod link_capacity;
mod memory;
mod net_present_cost;
mod opening;
mod plant;
mod ready;
mod served;
mod supply;
mod units_in_use;
mod water;

mod platform_sets;

use crate::columns::Draft;
use crate::error::PlanningError;

/// Adds every constraint that decisions alone must keep.
pub(crate) fn define_all(draft: &mut Draft<'_, '_>) {
    opening::define_opening(draft);
    halls_fit::define_halls_fit(draft);
    halls_usable::define_halls_usable(draft);
    units_in_use::define_units_in_use(draft);
    hiring::define_hiring(draft);
    supply::define_supply(draft);
    ready::define_ready(draft);
    cover::define_cover(draft);
    plant::define_plant(draft);
    water::define_water(draft);
    carbon::define_carbon(draft);
    define_service(draft);
}

/// Adds the constraints on serving with what stands.
pub(crate) fn define_service(draft: &mut Draft<'_, '_>) {
    served::define_served(draft);
    apart::define_apart(draft);
    cores::define_core_capacity(draft);
    accelerators::define_accelerator_capacity(draft);
    memory::define_memory_capacity(draft);
    hall_power::define_hall_power(draft);
    grid_power::define_grid_power(draft);
    link_capacity::define_link_capacity(draft);
}

/// Adds the constraints on money, which need the objective first.
pub(crate) fn define_money(draft: &mut Draft<'_, '_>) -> Result<(), PlanningError> {
    budget::define_budgets(draft)?;
    net_present_cost::define_net_present_cost(draft)
}
