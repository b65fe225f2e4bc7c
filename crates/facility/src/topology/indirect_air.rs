//! Indirect air economiser: outdoor air cools the halls' air through plates, wetted when it pays.
//!
//! # What it computes
//! Each step, the cheapest of four ways: plates dry, plates behind wet media, either with chillers for what is left, or
//! chillers alone.
//!
//! ```text
//!  halls ─► fan ─► plates ─► coil ─► halls        outdoor ─► media ─► plates ─► fan ─► outdoor
//! ```
//!
//! # Assumptions
//! The halls are closed: outdoor humidity and smoke stay outside. Plates are a crossflow exchanger whose outdoor fans
//! follow the heat; they carry the whole load up to 18 °C. Media run where that saves power. Chillers carry the whole
//! load on the hottest day.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components. 18 °C of free cooling for 24/36 °C in the halls: effectiveness of 0.67, within 0.6 to 0.75 of
//! makers of such units.

use super::chilled_coil::ChilledCoil;
use super::{CoolingHour, CoolingMode};
use crate::cooling::tower::blowdown_kg_per_s;
use crate::cooling::{AirStream, DryCooler, DryCoolerDesign, media_outlet};
use crate::design::DesignConditions;
use crate::weather::HourAir;

/// Total pressure of the halls' fans \[Pa\], the plates included; inside Lei and Masanet's 300 to 1000 Pa.
const FAN_PRESSURE_PA: f64 = 500.0;
/// Air of the halls before and behind the plates at design \[°C\].
const RETURN_C: f64 = 36.0;
const SUPPLY_C: f64 = 24.0;
/// Outdoor air up to which dry plates carry the whole load \[°C\].
const FREE_COOLING_UP_TO_C: f64 = 18.0;
/// Warming of the outdoor air at design \[K\].
const AIR_RISE_K: f64 = 12.0;
/// Power of the media's pumps over the design heat.
const MEDIA_PUMP_SHARE: f64 = 0.002;
/// Sized plates, media and chillers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IndirectAir {
    coil: ChilledCoil,
    plates: DryCooler,
    media_pump_w: f64,
}

impl IndirectAir {
    pub(super) fn new(hall_heat_w: f64, design: &DesignConditions) -> Self {
        let coil = ChilledCoil::new(hall_heat_w, FAN_PRESSURE_PA, design);
        Self {
            plates: DryCooler::new(&DryCoolerDesign {
                heat_w: coil.design_heat_w,
                return_c: RETURN_C,
                supply_c: SUPPLY_C,
                ambient_c: FREE_COOLING_UP_TO_C,
                air_rise_k: AIR_RISE_K,
                pressure_pa: design.pressure_pa,
                redundancy: design.cooling_redundancy,
            }),
            media_pump_w: MEDIA_PUMP_SHARE * coil.design_heat_w,
            coil,
        }
    }

    pub(super) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        let stream = self.coil.supply(hall_heat_w, air.pressure_pa);
        if stream.heat_w <= 0.0 {
            return CoolingHour {
                unmet_w: stream.unmet_w,
                ..CoolingHour::default()
            };
        }
        let dry = self.through_plates(air, &stream, air.dry_bulb_c, None);
        let chillers_alone = self
            .coil
            .hour(air, &stream, stream.heat_w, CoolingMode::Mechanical);
        let best = dry.better(chillers_alone);
        match media_outlet(air) {
            Some(outlet) => best.better(self.through_plates(
                air,
                &stream,
                outlet.dry_bulb_c,
                Some(outlet.water_kg_per_kg),
            )),
            None => best,
        }
    }

    /// Outdoor air of this temperature through the plates, chillers for the rest; water per kilogram where media run.
    fn through_plates(
        &self,
        air: &HourAir,
        stream: &AirStream,
        outdoor_c: f64,
        water_kg_per_kg: Option<f64>,
    ) -> CoolingHour {
        let flow_share =
            (stream.heat_w / self.coil.design_heat_w).clamp(DryCooler::FLUID_SHARE_MIN, 1.0);
        let return_c = SUPPLY_C + stream.heat_w / self.plates.capacity_rate(flow_share);
        let plates = self
            .plates
            .cool(stream.heat_w, return_c, flow_share, outdoor_c);
        let left_w = stream.heat_w - plates.heat_w;
        let mode = if left_w <= 0.0 {
            CoolingMode::Free
        } else if plates.heat_w > 0.0 {
            CoolingMode::Partial
        } else {
            CoolingMode::Mechanical
        };
        let hour = self.coil.hour(air, stream, left_w, mode);
        let media_pump_w = water_kg_per_kg.map_or(0.0, |_| self.media_pump_w);
        let evaporated = water_kg_per_kg.map_or(0.0, |water| {
            water * self.plates.air_kg_per_s(plates.air_share)
        });
        CoolingHour {
            heat_rejection_fan_w: plates.fan_w,
            pump_w: hour.pump_w + media_pump_w,
            heat_rejected_w: hour.heat_rejected_w + plates.heat_w,
            heat_outdoors_w: plates.fan_w + media_pump_w,
            water_evaporated_kg_per_s: evaporated,
            water_blowdown_kg_per_s: blowdown_kg_per_s(evaporated),
            ..hour
        }
    }
}
