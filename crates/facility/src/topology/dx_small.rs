//! Packaged direct-expansion units.
//!
//! # What it computes
//! Compressors that take all heat, whatever the weather.
//!
//! ```text
//!  halls ─► fan ─► evaporator ─► halls        compressor ─► condenser outdoors
//! ```
//!
//! # Assumptions
//! No economiser. The coil runs dry. Condenser fans are part of the compressor power.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components.

use super::{CoolingHour, CoolingMode};
use crate::cooling::{AirHandler, DxUnit};
use crate::design::DesignConditions;
use crate::weather::HourAir;

/// Total pressure of the units' fans \[Pa\]; an assumption inside Lei and Masanet's 300 to 1000 Pa.
const FAN_PRESSURE_PA: f64 = 400.0;

/// Sized units.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DxSmall {
    handler: AirHandler,
    unit: DxUnit,
}

impl DxSmall {
    pub(super) fn new(hall_heat_w: f64, design: &DesignConditions) -> Self {
        let redundancy = design.cooling_redundancy;
        let handler = AirHandler::new(hall_heat_w, FAN_PRESSURE_PA, design.pressure_pa, redundancy);
        let coil_w = handler.supply(hall_heat_w, design.pressure_pa).heat_w;
        Self {
            handler,
            unit: DxUnit::new(coil_w, design.dry_bulb_c, redundancy),
        }
    }

    pub(super) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        let stream = self.handler.supply(hall_heat_w, air.pressure_pa);
        let state = self.unit.run(stream.heat_w, air.dry_bulb_c);
        CoolingHour {
            mode: if stream.heat_w > 0.0 {
                CoolingMode::Mechanical
            } else {
                CoolingMode::Free
            },
            fan_w: stream.fan_w,
            compressor_w: state.compressor_w,
            heat_rejected_w: state.cooling_w + state.compressor_w,
            unmet_w: stream.unmet_w + stream.heat_w - state.cooling_w,
            ..CoolingHour::default()
        }
    }
}
