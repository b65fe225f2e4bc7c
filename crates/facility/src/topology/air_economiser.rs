//! Direct air economiser with chiller trim.
//!
//! # What it computes
//! Each step, the cheaper of two ways: outdoor air (mixed, humidified, sprayed, topped up by a coil), or
//! recirculation with the coil alone.
//!
//! ```text
//!  outdoor ─► mixing ─► spray ─► coil ─► fan ─► halls ─► exhaust
//!                ▲                                 │
//!                └──────────── return ◄────────────┘      coil ◄── pump ◄── air-cooled chillers
//! ```
//!
//! # Assumptions
//! Chillers carry the whole load on the hottest day, for smoke or humid air can close the dampers. Fan
//! pressure includes louvres, filters and the spray section.
//!
//! # Valid range
//! As [`crate::psychrometrics`]; -40 °C and below are held by mixing.
//!
//! # References
//! As the components.

use super::chilled_coil::ChilledCoil;
use super::{CoolingHour, CoolingMode};
use crate::cooling::{AirStream, Economiser, Humidifier, TreatedAir};
use crate::design::DesignConditions;
use crate::weather::HourAir;

/// Total pressure of the supply fans \[Pa\]; an assumption inside Lei and Masanet's 300 to 1000 Pa.
const FAN_PRESSURE_PA: f64 = 600.0;
/// A sized air economiser.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AirEconomiser {
    coil: ChilledCoil,
    economiser: Economiser,
}

impl AirEconomiser {
    pub(super) fn new(hall_heat_w: f64, design: &DesignConditions) -> Self {
        Self {
            coil: ChilledCoil::new(hall_heat_w, FAN_PRESSURE_PA, design),
            economiser: Economiser::new(),
        }
    }

    pub(super) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        let stream = self.coil.supply(hall_heat_w, air.pressure_pa);
        if stream.flow_kg_per_s <= 0.0 {
            return CoolingHour {
                unmet_w: stream.unmet_w,
                ..CoolingHour::default()
            };
        }
        let gain_j_per_kg = stream.heat_w / stream.flow_kg_per_s;
        match self.economiser.treat(air, gain_j_per_kg) {
            Some(treated) if treated.coil_j_per_kg <= 0.0 => {
                self.with_outdoor_air(air, &stream, &treated)
            }
            Some(treated) => self
                .with_outdoor_air(air, &stream, &treated)
                .better(self.recirculating(air, &stream)),
            None => self.recirculating(air, &stream),
        }
    }

    fn with_outdoor_air(
        &self,
        air: &HourAir,
        stream: &AirStream,
        treated: &TreatedAir,
    ) -> CoolingHour {
        let water_kg_per_s = stream.flow_kg_per_s * treated.water_kg_per_kg;
        let humidifier_w = Humidifier.power_w(water_kg_per_s);
        let exhaust_w = stream.flow_kg_per_s * treated.exhaust_heat_j_per_kg;
        let coil_w = stream.flow_kg_per_s * treated.coil_j_per_kg;
        let mode = if coil_w > 0.0 {
            CoolingMode::Partial
        } else {
            CoolingMode::Free
        };
        let chilled = self.coil.hour(air, stream, coil_w, mode);
        CoolingHour {
            humidifier_w,
            water_humidifier_kg_per_s: water_kg_per_s,
            heat_rejected_w: chilled.heat_rejected_w + exhaust_w,
            heat_outdoors_w: humidifier_w,
            outdoor_supply_humidity_ratio: treated.humidity_ratio,
            ..chilled
        }
    }

    fn recirculating(&self, air: &HourAir, stream: &AirStream) -> CoolingHour {
        self.coil
            .hour(air, stream, stream.heat_w, CoolingMode::Mechanical)
    }
}
