//! Tank of chilled water.
//!
//! # What it computes
//! The heat that a stratified tank takes before its water is too warm.
//!
//! # Assumptions
//! Fully charged before. A layer between cold and warm water is lost.
//!
//! # Valid range
//! Any volume and range.
//!
//! # References
//! ASHRAE Handbook HVAC Applications 2019, chapter 51: figure of merit of 0.85 to 0.95 of stratified tanks.

use super::pump::WATER_HEAT_CAPACITY;

/// Share of the tank's heat that can be used.
const FIGURE_OF_MERIT: f64 = 0.85;
/// Density of water \[kg/m³\].
const WATER_DENSITY: f64 = 998.0;

/// A tank.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ThermalStorage {
    /// Volume \[m³\].
    pub volume_m3: f64,
    /// Warm less cold water \[K\].
    pub range_k: f64,
}

impl ThermalStorage {
    /// Heat that the full tank takes \[J\].
    pub fn heat_j(&self) -> f64 {
        FIGURE_OF_MERIT * self.volume_m3 * WATER_DENSITY * WATER_HEAT_CAPACITY * self.range_k
    }

    /// Time for which the full tank carries this heat \[s\]; without heat for ever.
    pub fn seconds_of(&self, heat_w: f64) -> f64 {
        if heat_w > 0.0 {
            self.heat_j() / heat_w
        } else {
            f64::INFINITY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_cubic_metres_carry_a_megawatt_for_an_hour() {
        let tank = ThermalStorage {
            volume_m3: 100.0,
            range_k: 10.0,
        };
        assert!((tank.seconds_of(1e6) - 3551.0).abs() < 1.0);
        assert_eq!(tank.seconds_of(0.0), f64::INFINITY);
        assert_eq!(ThermalStorage::default().seconds_of(1e6), 0.0);
    }
}
