//! Adiabatic humidifier with high-pressure atomising nozzles.
//!
//! # What it computes
//! Electrical power of the nozzle pump for a water flow.
//!
//! # Assumptions
//! Adiabatic: the heat of evaporation comes from the air, so humidifying also cools. All sprayed water
//! evaporates; rejects of the water treatment are not counted. The pump stands outside the halls.
//!
//! # Valid range
//! Any water flow.
//!
//! # References
//! Nozzle pressure of 70 bar and pump efficiency of 0.7: Lei and Masanet, Energy 2020, 117556.

/// Pressure before the nozzles \[Pa\].
const NOZZLE_PRESSURE_PA: f64 = 7.0e6;
/// Efficiency of pump and motor.
const PUMP_EFFICIENCY: f64 = 0.70;
/// Density of water \[kg/m³\].
const WATER_DENSITY: f64 = 998.0;
/// Temperature of the sprayed water \[°C\]; an assumption (treated mains water).
const WATER_TEMPERATURE_C: f64 = 10.0;

/// The humidifier of an air economiser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Humidifier;

impl Humidifier {
    /// Enthalpy of the sprayed water \[J/kg\].
    pub const WATER_ENTHALPY: f64 = 4186.0 * WATER_TEMPERATURE_C;

    /// Electrical power \[W\] for this water flow \[kg/s\].
    pub fn power_w(self, water_kg_per_s: f64) -> f64 {
        water_kg_per_s * NOZZLE_PRESSURE_PA / (WATER_DENSITY * PUMP_EFFICIENCY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilogram_of_spray_costs_ten_kilojoules() {
        assert!((Humidifier.power_w(1.0) - 10_020.0).abs() < 1.0);
    }
}
