//! Dry coolers with chiller trim.
//!
//! # What it computes
//! Air handlers in the halls and the loop behind them.
//!
//! ```text
//!  halls ─► air handlers ─► pump ─► dry coolers ─► chiller evaporators ─► air handlers
//!                             └────── bypass ────────────▲
//! ```
//!
//! # Assumptions
//! One glycol loop; the bypass keeps its supply above the halls' dew point at any cold.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components. Water of 20/30 °C against air of 24/36 °C: 4 to 6 K of approach in the coils, assumed.

use super::CoolingHour;
use super::dry_loop::{DryLoop, DryLoopDesign};
use crate::cooling::AirHandler;
use crate::design::DesignConditions;
use crate::weather::HourAir;

/// Total pressure of the air handlers' fans \[Pa\]; an assumption inside Lei and Masanet's 300 to 1000 Pa.
const FAN_PRESSURE_PA: f64 = 350.0;
/// Loop supply \[°C\].
const SUPPLY_C: f64 = 20.0;
/// Loop range at design \[K\].
const RANGE_K: f64 = 10.0;
/// Ambient up to which the dry coolers carry the whole load \[°C\]: 6 K of approach.
const FREE_COOLING_UP_TO_C: f64 = 14.0;
/// Warming of the air in the dry coolers at design \[K\].
const AIR_RISE_K: f64 = 10.0;

/// Sized dry coolers with trim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DryCoolerTrim {
    handler: AirHandler,
    dry_loop: DryLoop,
}

impl DryCoolerTrim {
    pub(super) fn new(hall_heat_w: f64, design: &DesignConditions) -> Self {
        let redundancy = design.cooling_redundancy;
        let handler = AirHandler::new(hall_heat_w, FAN_PRESSURE_PA, design.pressure_pa, redundancy);
        let loop_design = DryLoopDesign {
            heat_w: handler.supply(hall_heat_w, design.pressure_pa).heat_w,
            supply_c: SUPPLY_C,
            range_k: RANGE_K,
            free_up_to_c: FREE_COOLING_UP_TO_C,
            air_rise_k: AIR_RISE_K,
        };
        Self {
            handler,
            dry_loop: DryLoop::new(&loop_design, design),
        }
    }

    pub(super) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        let stream = self.handler.supply(hall_heat_w, air.pressure_pa);
        let dry = self.dry_loop.run(stream.heat_w, air.dry_bulb_c);
        CoolingHour {
            mode: dry.mode,
            fan_w: stream.fan_w,
            pump_w: dry.pump_w,
            compressor_w: dry.compressor_w,
            heat_rejection_fan_w: dry.fan_w,
            heat_rejected_w: dry.heat_rejected_w,
            heat_outdoors_w: dry.fan_w,
            unmet_w: stream.unmet_w + dry.unmet_w,
            ..CoolingHour::default()
        }
    }
}
