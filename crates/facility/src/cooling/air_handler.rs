//! Air handler: moves the air that takes the heat out of the halls.
//!
//! # What it computes
//! Air flow, fan power and the heat that the flow can carry.
//!
//! # Assumptions
//! Fixed supply temperature; flow follows the heat, so that the air warms by the design rise, down to a
//! least flow. At full flow the air may warm by up to 15 K. Fan power is heat in the air. The volume is taken at supply state with 8 g/kg of vapour.
//!
//! # Valid range
//! Heat 0 to the installed capacity; heat above it stays in the halls and is reported.
//!
//! # References
//! Rise of 12 K, pressure of 300 to 1000 Pa, efficiency of 0.65 to 0.9: Lei and Masanet, Energy 2020,
//! 117556. Supply of 24 °C: inside the recommended 18 to 27 °C of ASHRAE TC 9.9.

use super::Fan;
use crate::psychrometrics::volume_m3_per_kg;
use crate::redundancy::{Redundancy, UnitBank};

/// Temperature of the air supplied to the servers \[°C\].
pub(crate) const SUPPLY_AIR_C: f64 = 24.0;
/// Design temperature rise of the air through the servers \[K\].
const AIR_RISE_K: f64 = 12.0;
/// Greatest temperature rise before heat counts as left in the halls \[K\]; an assumption (39 °C hot aisle).
const AIR_RISE_MAX_K: f64 = 15.0;
/// Heat capacity of air with 8 g/kg of vapour, per kilogram of dry air \[J/(kg K)\].
const AIR_HEAT_CAPACITY: f64 = 1021.0;
/// Flow that takes a heat at the design rise \[kg/(s W)\].
const FLOW_PER_HEAT: f64 = 1.0 / (AIR_HEAT_CAPACITY * AIR_RISE_K);
/// Humidity ratio assumed for the volume \[kg/kg\].
const TYPICAL_HUMIDITY_RATIO: f64 = 0.008;
/// Least share of the installed flow that keeps the aisles separated.
const FLOW_SHARE_MIN: f64 = 0.25;
/// Efficiency of fan, motor and drive.
const FAN_EFFICIENCY: f64 = 0.65;
/// Largest unit \[W\]; an assumption.
const UNIT_CAPACITY_MAX_W: f64 = 3.0e5;

/// The air handlers of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AirHandler {
    fan: Fan,
    /// Installed flow over air pressure \[kg/(s Pa)\]: the volume is fixed, the mass follows the density.
    installed_kg_per_s_per_pa: f64,
}

/// The air that passes the halls in one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AirStream {
    /// Flow \[kg dry air per s\].
    pub flow_kg_per_s: f64,
    /// Fan power \[W\].
    pub fan_w: f64,
    /// Heat that the stream takes up in the halls and from the fan \[W\].
    pub heat_w: f64,
    /// Heat of the halls beyond what the stream can carry \[W\].
    pub unmet_w: f64,
}

impl AirHandler {
    /// Sized for this hall heat \[W\], fan pressure \[Pa\] and air pressure \[Pa\].
    pub fn new(
        design_heat_w: f64,
        fan_pressure_pa: f64,
        pressure_pa: f64,
        redundancy: Redundancy,
    ) -> Self {
        let bank = UnitBank::new(design_heat_w, UNIT_CAPACITY_MAX_W, redundancy);
        let installed_flow_m3_per_s =
            bank.total_rating() / (AIR_HEAT_CAPACITY * AIR_RISE_K) * volume(pressure_pa);
        Self {
            fan: Fan::new(installed_flow_m3_per_s, fan_pressure_pa, FAN_EFFICIENCY),
            installed_kg_per_s_per_pa: installed_flow_m3_per_s
                / (volume(pressure_pa) * pressure_pa),
        }
    }

    /// Air stream for this hall heat \[W\] at this pressure \[Pa\].
    #[inline]
    pub fn supply(&self, hall_heat_w: f64, pressure_pa: f64) -> AirStream {
        let installed_kg_per_s = self.installed_kg_per_s_per_pa * pressure_pa;
        let flow_kg_per_s = if hall_heat_w > 0.0 {
            (hall_heat_w * FLOW_PER_HEAT)
                .clamp(FLOW_SHARE_MIN * installed_kg_per_s, installed_kg_per_s)
        } else {
            0.0
        };
        let share = if installed_kg_per_s > 0.0 {
            flow_kg_per_s / installed_kg_per_s
        } else {
            0.0
        };
        let carried_w = hall_heat_w.min(flow_kg_per_s * AIR_HEAT_CAPACITY * AIR_RISE_MAX_K);
        let fan_w = self.fan.power_w(share);
        AirStream {
            flow_kg_per_s,
            fan_w,
            heat_w: carried_w + fan_w,
            unmet_w: hall_heat_w - carried_w,
        }
    }
}

fn volume(pressure_pa: f64) -> f64 {
    volume_m3_per_kg(SUPPLY_AIR_C, TYPICAL_HUMIDITY_RATIO, pressure_pa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_beyond_the_installed_flow_stays_in_the_halls() {
        let handler = AirHandler::new(3e5, 500.0, 101_325.0, Redundancy::N);
        let stream = handler.supply(4e5, 101_325.0);
        assert!((stream.unmet_w - 0.25e5).abs() < 1e-6);
        assert!((stream.heat_w - stream.fan_w - 3.75e5).abs() < 1e-6);
    }

    #[test]
    fn thin_air_carries_less() {
        let handler = AirHandler::new(3e5, 500.0, 101_325.0, Redundancy::N);
        assert!(handler.supply(3e5, 80_000.0).unmet_w > 0.0);
    }

    #[test]
    fn a_spare_unit_slows_all_fans() {
        let exact = AirHandler::new(1.2e6, 500.0, 101_325.0, Redundancy::N);
        let spare = AirHandler::new(1.2e6, 500.0, 101_325.0, Redundancy::NPlusOne);
        let ratio = spare.supply(1.2e6, 101_325.0).fan_w / exact.supply(1.2e6, 101_325.0).fan_w;
        assert!(
            (ratio - 0.64).abs() < 1e-9,
            "(4/5)^2 of the power, was {ratio}"
        );
    }
}
