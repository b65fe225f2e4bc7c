//! Glycol in a loop that meets freezing air.
//!
//! # What it computes
//! Pump power with the mixture over pump power with water, for the coldest air of the design.
//!
//! # Assumptions
//! Concentration follows the coldest air: 25 % at least once it can freeze, rising to what protects at
//! -45 °C. The mixture carries 10 to 15 % less heat per kilogram and is more viscous.
//!
//! # Valid range
//! Coldest air from -45 °C; colder air gets the value of -45 °C.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 31 (properties of glycol solutions): pump power 15 to
//! 30 % above water.

/// Air above which no antifreeze is used \[°C\].
const ANTIFREEZE_BELOW_C: f64 = 2.0;
/// Coldest air that the weakest mixture protects against \[°C\].
const WEAKEST_C: f64 = -10.0;
/// Coldest air that the strongest mixture protects against \[°C\].
const STRONGEST_C: f64 = -45.0;

/// Pump power with the mixture that protects at `coldest_air_c` \[°C\] over pump power with water.
pub fn pump_power_factor(coldest_air_c: f64) -> f64 {
    if coldest_air_c >= ANTIFREEZE_BELOW_C {
        return 1.0;
    }
    let strength = ((WEAKEST_C - coldest_air_c) / (WEAKEST_C - STRONGEST_C)).clamp(0.0, 1.0);
    1.15 + 0.15 * strength
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colder_sites_pump_harder() {
        assert_eq!(pump_power_factor(5.0), 1.0);
        assert!((pump_power_factor(-5.0) - 1.15).abs() < 1e-12);
        assert!((pump_power_factor(-46.0) - 1.30).abs() < 1e-12);
        assert!(pump_power_factor(-30.0) > pump_power_factor(-20.0));
    }
}
