//! Plant in series with the servers of a site, as capacity states.
//!
//! What it computes: IT power that the uninterruptible supplies and the heat rejection of a site carry, whole and
//! without their largest unit.
//!
//! Assumptions: the units of one kind at a site work in parallel for all its halls, so that the loss of one takes its
//! rated power and nothing more; a watt of rated power carries a watt of IT power (losses and the heat of people and
//! supplies stand within the reserve of `hall_plant`); halls that stand at the start have the plant that `hall_plant`
//! asks for, in units as large as the largest of their kind in the equipment table, but no larger than the plant of
//! one hall. Transformers and generators are not states yet: a transformer's load depends on the facility's power,
//! and a generator carries nothing while the grid stands.
//!
//! Valid range: any plan of the scenario.
//!
//! References: none; k-of-n capacity states as in R. Billinton, R. N. Allan, "Reliability Evaluation of Power
//! Systems", 2nd edition (1996), chapter 2.

use angara_fleet::Plan;
use angara_scenario::{Cooling, EquipmentKind, Index, Scenario};

/// IT power that one kind of plant carries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlantState {
    /// All units in use [W].
    pub(crate) whole_w: f64,
    /// Without the largest unit [W].
    pub(crate) minus_unit_w: f64,
}

/// States of the kinds of plant that the halls of a site need.
pub(crate) fn states(scenario: &Scenario, plan: &Plan, site: Index, year: u32) -> Vec<PlantState> {
    let cooling = match scenario.sites[site].cooling {
        Cooling::AirEconomiser => EquipmentKind::AirHandler,
        Cooling::DryCoolerTrim => EquipmentKind::DryCooler,
        Cooling::CoolingTower => EquipmentKind::CoolingTower,
    };
    [
        (EquipmentKind::Ups, scenario.hall_plant.ups),
        (cooling, scenario.hall_plant.cooling),
    ]
    .into_iter()
    // A kind that no hall asks for is not in series.
    .filter(|(_, share)| *share > 0.0)
    .map(|(kind, share)| state(scenario, plan, site, year, kind, share))
    .collect()
}

fn state(
    scenario: &Scenario,
    plan: &Plan,
    site: Index,
    year: u32,
    kind: EquipmentKind,
    share: f64,
) -> PlantState {
    let entry = &scenario.sites[site];
    let of_one_hall_w = share * entry.hall_it_w;
    let mut whole_w = of_one_hall_w * f64::from(entry.halls_existing);
    let mut largest_w: f64 = 0.0;
    if entry.halls_existing > 0 {
        largest_w = scenario
            .equipment
            .iter()
            .filter(|unit| unit.kind == kind)
            .map(|unit| unit.rating_w)
            .max_by(f64::total_cmp)
            .map_or(of_one_hall_w, |rating_w| rating_w.min(of_one_hall_w));
    }
    for (equipment, unit) in scenario.equipment.iter().enumerate() {
        if unit.kind != kind {
            continue;
        }
        let units = plan.units_in_use(scenario, equipment, site, year);
        if units > 0 {
            whole_w += units as f64 * unit.rating_w;
            largest_w = largest_w.max(unit.rating_w);
        }
    }
    PlantState {
        whole_w,
        minus_unit_w: (whole_w - largest_w).max(0.0),
    }
}
