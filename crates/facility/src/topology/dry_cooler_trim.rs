//! Dry coolers with chiller trim.
//!
//! # What it computes
//! Each step, the cheaper of two ways: dry coolers first and chillers for what they cannot take, or chillers
//! alone with the dry coolers' fans off.
//!
//! ```text
//!  halls ─► air handlers ─► pump ─► dry coolers ─► chiller evaporators ─► air handlers
//!                             └────── bypass ────────────▲
//! ```
//!
//! # Assumptions
//! One glycol loop, variable flow, in series through dry coolers and chillers; the bypass keeps the supply
//! above the halls' dew point at any cold. Trim chillers carry the whole load on the hottest day.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components. Water of 20/30 °C against air of 24/36 °C: 4 to 6 K of approach in the coils, assumed.

use super::packaged_chiller::PackagedChiller;
use super::{CoolingHour, CoolingMode};
use crate::cooling::pump::{CHILLED_WATER_HEAD_PA, Pump, PumpDesign};
use crate::cooling::{AirHandler, AirStream, DryCooler, DryCoolerDesign, pump_power_factor};
use crate::design::DesignConditions;
use crate::redundancy::UnitBank;
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
/// Largest pump \[W of heat\]; an assumption.
const PUMP_CAPACITY_MAX_W: f64 = 2.0e6;

/// Sized dry coolers with trim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DryCoolerTrim {
    handler: AirHandler,
    loop_bank: UnitBank,
    pump: Pump,
    dry_cooler: DryCooler,
    chiller: PackagedChiller,
}

impl DryCoolerTrim {
    pub(super) fn new(hall_heat_w: f64, design: &DesignConditions) -> Self {
        let redundancy = design.cooling_redundancy;
        let handler = AirHandler::new(hall_heat_w, FAN_PRESSURE_PA, design.pressure_pa, redundancy);
        let coil_w = handler.supply(hall_heat_w, design.pressure_pa).heat_w;
        let loop_bank = UnitBank::new(coil_w, PUMP_CAPACITY_MAX_W, redundancy);
        let pump = Pump::new(&PumpDesign {
            installed_heat_w: loop_bank.total_rating(),
            range_k: RANGE_K,
            head_pa: CHILLED_WATER_HEAD_PA,
            power_factor: pump_power_factor(design.coldest_dry_bulb_c),
        });
        let loop_heat_w = coil_w + pump.power_w(1.0);
        Self {
            handler,
            loop_bank,
            pump,
            dry_cooler: DryCooler::new(&DryCoolerDesign {
                heat_w: loop_heat_w,
                return_c: SUPPLY_C + RANGE_K,
                supply_c: SUPPLY_C,
                ambient_c: FREE_COOLING_UP_TO_C,
                air_rise_k: AIR_RISE_K,
                pressure_pa: design.pressure_pa,
                redundancy,
            }),
            chiller: PackagedChiller::new(loop_heat_w, SUPPLY_C, design),
        }
    }

    pub(super) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        let stream = self.handler.supply(hall_heat_w, air.pressure_pa);
        if stream.heat_w <= 0.0 {
            return CoolingHour {
                unmet_w: stream.unmet_w,
                ..CoolingHour::default()
            };
        }
        let flow_share = self
            .loop_bank
            .share(stream.heat_w)
            .clamp(DryCooler::FLUID_SHARE_MIN, 1.0);
        let pump_w = self.pump.power_w(flow_share);
        let loop_w = stream.heat_w + pump_w;
        let return_c = SUPPLY_C + loop_w / self.dry_cooler.capacity_rate(flow_share);
        let dry = self
            .dry_cooler
            .cool(loop_w, return_c, flow_share, air.dry_bulb_c);
        let way =
            |dry_w: f64, dry_fan_w: f64| self.way(air, &stream, pump_w, loop_w, dry_w, dry_fan_w);
        if dry.heat_w >= loop_w {
            way(loop_w, dry.fan_w)
        } else if dry.heat_w > 0.0 {
            way(dry.heat_w, dry.fan_w).better(way(0.0, 0.0))
        } else {
            way(0.0, 0.0)
        }
    }

    /// The dry coolers take `dry_w` of the loop's heat, the chillers the rest.
    fn way(
        &self,
        air: &HourAir,
        stream: &AirStream,
        pump_w: f64,
        loop_w: f64,
        dry_w: f64,
        dry_fan_w: f64,
    ) -> CoolingHour {
        let trim = self.chiller.run(loop_w - dry_w, air.dry_bulb_c);
        let mode = if dry_w >= loop_w {
            CoolingMode::Free
        } else if dry_w > 0.0 {
            CoolingMode::Partial
        } else {
            CoolingMode::Mechanical
        };
        CoolingHour {
            mode,
            fan_w: stream.fan_w,
            pump_w,
            compressor_w: trim.compressor_w,
            heat_rejection_fan_w: dry_fan_w,
            heat_rejected_w: dry_w + trim.heat_rejected_w,
            heat_outdoors_w: dry_fan_w,
            unmet_w: stream.unmet_w + trim.unmet_w,
            ..CoolingHour::default()
        }
    }
}
