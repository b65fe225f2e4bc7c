//! A coil in the halls' air, fed by air-cooled chillers.
//!
//! # What it computes
//! Fan, pump and compressor power, rejected and unmet heat of a step in which the coil takes a given heat.
//!
//! # Assumptions
//! Chillers carry the whole load on the hottest day, whatever else cools. The pumps' heat is the chillers' too.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components.

use super::packaged_chiller::PackagedChiller;
use super::{CoolingHour, CoolingMode};
use crate::cooling::pump::{CHILLED_WATER_HEAD_PA, Pump, PumpDesign};
use crate::cooling::{AirHandler, AirStream};
use crate::design::DesignConditions;
use crate::redundancy::UnitBank;
use crate::weather::HourAir;

/// Chilled water leaving the chillers \[°C\]: 8 K below the supply air; an assumption.
const CHILLED_WATER_C: f64 = 16.0;
/// Temperature difference of the chilled water \[K\].
const CHILLED_WATER_RANGE_K: f64 = 8.0;
/// Largest pump \[W of heat\]; an assumption.
const PUMP_CAPACITY_MAX_W: f64 = 2.0e6;

/// Air handlers with their coil and everything behind it, sized.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ChilledCoil {
    handler: AirHandler,
    loop_bank: UnitBank,
    pump: Pump,
    chiller: PackagedChiller,
    /// Heat of the halls' air at design \[W\].
    pub(super) design_heat_w: f64,
}

impl ChilledCoil {
    /// Sized for the halls' heat \[W\] behind fans of this pressure \[Pa\].
    pub(super) fn new(hall_heat_w: f64, fan_pressure_pa: f64, design: &DesignConditions) -> Self {
        let redundancy = design.cooling_redundancy;
        let handler = AirHandler::new(hall_heat_w, fan_pressure_pa, design.pressure_pa, redundancy);
        let coil_w = handler.supply(hall_heat_w, design.pressure_pa).heat_w;
        let loop_bank = UnitBank::new(coil_w, PUMP_CAPACITY_MAX_W, redundancy);
        let pump = Pump::new(&PumpDesign {
            installed_heat_w: loop_bank.total_rating(),
            range_k: CHILLED_WATER_RANGE_K,
            head_pa: CHILLED_WATER_HEAD_PA,
            power_factor: 1.0,
        });
        Self {
            handler,
            loop_bank,
            pump,
            chiller: PackagedChiller::new(coil_w + pump.power_w(1.0), CHILLED_WATER_C, design),
            design_heat_w: coil_w,
        }
    }

    /// The halls' air in a step.
    #[inline]
    pub(super) fn supply(&self, hall_heat_w: f64, pressure_pa: f64) -> AirStream {
        self.handler.supply(hall_heat_w, pressure_pa)
    }

    /// A step in which the coil takes `coil_w` \[W\].
    #[inline]
    pub(super) fn hour(
        &self,
        air: &HourAir,
        stream: &AirStream,
        coil_w: f64,
        mode: CoolingMode,
    ) -> CoolingHour {
        let pump_w = self.pump.power_w(self.loop_bank.share(coil_w));
        let trim = self.chiller.run(coil_w + pump_w, air.dry_bulb_c);
        CoolingHour {
            mode,
            fan_w: stream.fan_w,
            pump_w,
            compressor_w: trim.compressor_w,
            heat_rejected_w: trim.heat_rejected_w,
            unmet_w: stream.unmet_w + trim.unmet_w,
            ..CoolingHour::default()
        }
    }
}
