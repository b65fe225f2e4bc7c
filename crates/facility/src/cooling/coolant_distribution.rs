//! Coolant distribution unit: the heat exchanger and the pumps between cold plates and facility water.
//!
//! # What it computes
//! Pump power of the secondary loop, and the coolant's temperature above the facility water.
//!
//! # Assumptions
//! Flow follows the heat with a fixed range; pumps keep a tenth of their power at least. Pump heat ends in the coolant.
//!
//! # Valid range
//! Heat 0 to the installed capacity.
//!
//! # References
//! Approach of 2 to 4 K, range of 10 K: reference note on facility and climate, 2026. Pressure of 200 kPa through plates,
//! manifolds and exchanger: an assumption, so that a unit of 0.9 MW takes some 6 kW as data sheets state.

use super::pump::{Pump, PumpDesign};
use crate::redundancy::{Redundancy, UnitBank};

/// Range of the coolant at design \[K\].
const RANGE_K: f64 = 10.0;
/// Pressure of the secondary loop \[Pa\].
const HEAD_PA: f64 = 2.0e5;
/// Coolant above facility water at full heat \[K\].
const APPROACH_K: f64 = 3.0;
/// Largest unit \[W\].
const UNIT_CAPACITY_MAX_W: f64 = 1.0e6;

/// The distribution units of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoolantDistribution {
    bank: UnitBank,
    pump: Pump,
}

impl CoolantDistribution {
    /// Sized for this heat \[W\].
    pub fn new(design_heat_w: f64, redundancy: Redundancy) -> Self {
        let bank = UnitBank::new(design_heat_w, UNIT_CAPACITY_MAX_W, redundancy);
        Self {
            bank,
            pump: Pump::new(&PumpDesign {
                installed_heat_w: bank.total_rating(),
                range_k: RANGE_K,
                head_pa: HEAD_PA,
                power_factor: 1.0,
            }),
        }
    }

    /// Pump power \[W\] while `heat_w` \[W\] are moved.
    pub fn pump_w(&self, heat_w: f64) -> f64 {
        self.pump.power_w(self.bank.share(heat_w))
    }

    /// Temperature of the coolant supplied to the plates \[°C\] with facility water of this temperature \[°C\].
    pub fn coolant_c(&self, facility_water_c: f64, heat_w: f64) -> f64 {
        facility_water_c + APPROACH_K * self.bank.share(heat_w).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_takes_some_six_kilowatts() {
        let unit = CoolantDistribution::new(0.9e6, Redundancy::N);
        assert!(
            (5.5e3..7e3).contains(&unit.pump_w(0.9e6)),
            "{}",
            unit.pump_w(0.9e6)
        );
        assert_eq!(unit.pump_w(0.0), 0.0);
        assert_eq!(unit.coolant_c(32.0, 0.9e6), 35.0);
    }
}
