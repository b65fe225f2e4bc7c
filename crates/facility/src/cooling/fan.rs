//! Fan with variable speed.
//!
//! # What it computes
//! `P = V Δp / η` at design, the cube of the flow below it.
//!
//! # Assumptions
//! Efficiency covers impeller, motor and drive. See the affinity law for the floor.
//!
//! # Valid range
//! Flow 0 to design.
//!
//! # References
//! ASHRAE Handbook HVAC Systems and Equipment 2020, chapter 21.

use super::affinity::power_share;

/// One or more equal fans that share a flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fan {
    design_power_w: f64,
}

impl Fan {
    /// From the installed flow \[m³/s\], total pressure rise \[Pa\] and efficiency (0 to 1).
    pub fn new(installed_flow_m3_per_s: f64, pressure_rise_pa: f64, efficiency: f64) -> Self {
        Self {
            design_power_w: installed_flow_m3_per_s * pressure_rise_pa / efficiency,
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
    use proptest::prelude::*;

    #[test]
    fn design_power_is_flow_times_pressure_over_efficiency() {
        let fan = Fan::new(10.0, 500.0, 0.625);
        assert!((fan.power_w(1.0) - 8000.0).abs() < 1e-9);
        assert!((fan.power_w(0.5) - 1000.0).abs() < 1e-9);
        assert_eq!(fan.power_w(0.0), 0.0);
    }

    proptest! {
        #[test]
        fn power_never_falls_with_flow(low in 0.0..1.2_f64, more in 0.0..1.0_f64) {
            let fan = Fan::new(10.0, 500.0, 0.65);
            prop_assert!(fan.power_w(low + more) >= fan.power_w(low));
        }
    }
}
