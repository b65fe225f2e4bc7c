//! Warm water to cold plates.
//!
//! # What it computes
//! Two loops: warm facility water from dry coolers through distribution units to the cold plates, and the loop of dry
//! coolers with chillers for the heat that stays in the air.
//!
//! ```text
//!  cold plates ─► CDU ─► pump ─► dry coolers (and chillers above the class's weather) ─► CDU
//!  air of the halls ─► air handlers ─► as dry coolers with trim
//! ```
//!
//! # Assumptions
//! Cold plates take a fixed share of the servers' heat. The facility water is as warm as its class allows. Its dry
//! coolers hold it up to 8 K below that; above, chillers help.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components. Approach of 8 K: measured free hours of W32 systems stand at ambient up to 24 °C (reference note on
//! facility and climate, 2026).

use super::dry_cooler_trim::DryCoolerTrim;
use super::dry_loop::{DryLoop, DryLoopDesign};
use super::{CoolingHour, CoolingMode, HallHeat};
use crate::cooling::CoolantDistribution;
use crate::design::DesignConditions;
use crate::settings::PlantSettings;
use crate::weather::HourAir;

/// Range of the facility water at design \[K\].
const RANGE_K: f64 = 10.0;
/// Supply above the ambient up to which dry coolers hold it \[K\].
const APPROACH_K: f64 = 8.0;
/// Warming of the air in the dry coolers at design \[K\].
const AIR_RISE_K: f64 = 10.0;

/// Sized warm-water loop, with the loop for the air.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LiquidWarmWater {
    liquid_share: f64,
    distribution: CoolantDistribution,
    warm_loop: DryLoop,
    air: DryCoolerTrim,
}

impl LiquidWarmWater {
    pub(super) fn new(heat: HallHeat, design: &DesignConditions, settings: &PlantSettings) -> Self {
        let liquid_share = settings.liquid_share();
        let plate_w = liquid_share * heat.it_w;
        let distribution = CoolantDistribution::new(plate_w, design.cooling_redundancy);
        let supply_c = settings.water_class.supply_c();
        let loop_design = DryLoopDesign {
            heat_w: plate_w + distribution.pump_w(plate_w),
            supply_c,
            range_k: RANGE_K,
            free_up_to_c: supply_c - APPROACH_K,
            air_rise_k: AIR_RISE_K,
        };
        Self {
            liquid_share,
            distribution,
            warm_loop: DryLoop::new(&loop_design, design),
            air: DryCoolerTrim::new(heat.hall_w - plate_w, design),
        }
    }

    pub(super) fn hour(&self, air: &HourAir, heat: HallHeat) -> CoolingHour {
        let plate_w = self.liquid_share * heat.it_w;
        let cdu_pump_w = self.distribution.pump_w(plate_w);
        let warm = self.warm_loop.run(plate_w + cdu_pump_w, air.dry_bulb_c);
        let rest = self.air.hour(air, heat.hall_w - plate_w);
        CoolingHour {
            mode: joint(warm.mode, rest.mode),
            pump_w: rest.pump_w + warm.pump_w + cdu_pump_w,
            compressor_w: rest.compressor_w + warm.compressor_w,
            heat_rejection_fan_w: rest.heat_rejection_fan_w + warm.fan_w,
            heat_rejected_w: rest.heat_rejected_w + warm.heat_rejected_w,
            heat_outdoors_w: rest.heat_outdoors_w + warm.fan_w,
            unmet_w: rest.unmet_w + warm.unmet_w,
            ..rest
        }
    }
}

/// Mode of two loops together.
fn joint(one: CoolingMode, other: CoolingMode) -> CoolingMode {
    if one == other {
        one
    } else {
        CoolingMode::Partial
    }
}
