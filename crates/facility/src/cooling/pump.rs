//! Circulation pump with variable speed.
//!
//! # What it computes
//! `P = m Δp / (ρ η)` at the flow that carries the design heat with the design temperature difference,
//! the cube of the flow below it.
//!
//! # Assumptions
//! Water at 4186 J/(kg K) and 998 kg/m³; glycol enters through the power factor. All pump power ends as
//! heat in the fluid.
//!
//! # Valid range
//! Flow share 0 to 1.
//!
//! # References
//! ASHRAE Handbook HVAC Systems and Equipment 2020, chapter 44. Heads of 143.7 kPa (chilled water) and
//! 208.7 kPa (tower) and efficiencies of 0.6 to 0.8: Lei and Masanet, Energy 2020, 117556.

use super::affinity::power_share;

/// Heat capacity of water \[J/(kg K)\].
pub const WATER_HEAT_CAPACITY: f64 = 4186.0;
/// Density of water \[kg/m³\].
const WATER_DENSITY: f64 = 998.0;
/// Wire-to-water efficiency.
const EFFICIENCY: f64 = 0.70;

/// Head of a chilled-water loop \[Pa\].
pub const CHILLED_WATER_HEAD_PA: f64 = 143_658.0;
/// Head of a tower water loop \[Pa\].
pub const TOWER_WATER_HEAD_PA: f64 = 208_660.0;

/// What the pumps of a loop are sized for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PumpDesign {
    /// Heat that the installed pumps together can carry \[W\].
    pub installed_heat_w: f64,
    /// Temperature difference between return and supply \[K\].
    pub range_k: f64,
    /// Head \[Pa\].
    pub head_pa: f64,
    /// Power with the loop's fluid over the power with water.
    pub power_factor: f64,
}

/// One or more equal pumps that share a flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pump {
    design_power_w: f64,
}

impl Pump {
    /// Sized for this design.
    pub fn new(design: &PumpDesign) -> Self {
        let flow_kg_per_s = design.installed_heat_w / (WATER_HEAT_CAPACITY * design.range_k);
        Self {
            design_power_w: flow_kg_per_s * design.head_pa / (WATER_DENSITY * EFFICIENCY)
                * design.power_factor,
        }
    }

    /// Electrical power \[W\] at this share of the installed flow.
    #[inline]
    pub fn power_w(&self, flow_share: f64) -> f64 {
        self.design_power_w * power_share(flow_share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chilled_water_pump_takes_half_a_percent_of_its_heat() {
        let pump = Pump::new(&PumpDesign {
            installed_heat_w: 1e6,
            range_k: 10.0,
            head_pa: CHILLED_WATER_HEAD_PA,
            power_factor: 1.0,
        });
        // 1 MW / (4186 * 10) = 23.89 kg/s; 23.89 * 143658 / (998 * 0.7) = 4912 W
        assert!((pump.power_w(1.0) - 4912.5).abs() < 1.0);
        assert!((pump.power_w(0.5) - 4912.5 / 8.0).abs() < 0.2);
    }
}
