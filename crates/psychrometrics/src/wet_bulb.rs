//! Thermodynamic wet bulb (ice bulb below freezing).
//!
//! # What it computes
//! The temperature at which water (or ice) evaporating into the air saturates it adiabatically.
//!
//! # Assumptions
//! Newton's method between dew point and dry bulb, a bisection where it would leave them. At 0 °C, where water becomes
//! ice, the balance jumps: some air has both a wet bulb above and an ice bulb below 0 °C. Such air gets the wet bulb, for
//! water above freezing does not freeze.
//!
//! # Valid range
//! As saturation pressure.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equations 33 and 35.

use crate::humidity::{MOLAR_MASS_RATIO, VAPOUR_SHARE_MAX};
use crate::saturation::pressure_and_slope;
use crate::{dew_point_c, saturation_humidity_ratio};

/// Width at which the search stops \[K\].
const TOLERANCE_K: f64 = 1e-9;
/// Steps that bring the whole range below the tolerance even by bisection; a bound for states that are not numbers.
const STEPS_MAX: usize = 60;

/// Coefficients of the balance over water or ice: heat of evaporation at 0 °C \[kJ/kg\], its decline with the bulb's
/// temperature, and the heat capacity of what evaporates \[kJ/(kg K)\].
struct Phase {
    heat: f64,
    decline: f64,
    capacity: f64,
}

const WATER: Phase = Phase {
    heat: 2501.0,
    decline: 2.326,
    capacity: 4.186,
};
const ICE: Phase = Phase {
    heat: 2830.0,
    decline: 0.24,
    capacity: 2.1,
};

impl Phase {
    /// Humidity ratio of air with this dry and this wet bulb \[°C\], from the saturated humidity ratio at the bulb.
    fn humidity_ratio(&self, dry_bulb_c: f64, wet_bulb_c: f64, saturated: f64) -> f64 {
        ((self.heat - self.decline * wet_bulb_c) * saturated - 1.006 * (dry_bulb_c - wet_bulb_c))
            / (self.heat + 1.86 * dry_bulb_c - self.capacity * wet_bulb_c)
    }

    /// Wet bulb \[°C\] between two temperatures.
    fn wet_bulb_c(
        &self,
        dry_bulb_c: f64,
        humidity_ratio: f64,
        pressure_pa: f64,
        bounds_c: (f64, f64),
    ) -> f64 {
        let (mut low_c, mut high_c) = bounds_c;
        let mut bulb_c = high_c;
        for _ in 0..STEPS_MAX {
            if high_c - low_c <= TOLERANCE_K {
                break;
            }
            let (saturated, slope) = saturated_and_slope(bulb_c, pressure_pa);
            let denominator = self.heat + 1.86 * dry_bulb_c - self.capacity * bulb_c;
            let found = self.humidity_ratio(dry_bulb_c, bulb_c, saturated);
            let change = ((self.heat - self.decline * bulb_c) * slope - self.decline * saturated
                + 1.006
                + self.capacity * found)
                / denominator;
            if found < humidity_ratio {
                low_c = bulb_c;
            } else {
                high_c = bulb_c;
            }
            let newton_c = bulb_c + (humidity_ratio - found) / change;
            let next_c = if newton_c >= low_c && newton_c <= high_c {
                newton_c
            } else {
                f64::midpoint(low_c, high_c)
            };
            let step_k = (next_c - bulb_c).abs();
            bulb_c = next_c;
            if step_k <= TOLERANCE_K {
                break;
            }
        }
        bulb_c
    }
}

/// Humidity ratio \[kg/kg\] of air with this dry bulb \[°C\] and wet bulb \[°C\] at this pressure \[Pa\];
/// negative where no air can have such a wet bulb.
pub fn humidity_ratio_from_wet_bulb(dry_bulb_c: f64, wet_bulb_c: f64, pressure_pa: f64) -> f64 {
    let saturated = saturation_humidity_ratio(wet_bulb_c, pressure_pa);
    let phase = if wet_bulb_c >= 0.0 { WATER } else { ICE };
    phase.humidity_ratio(dry_bulb_c, wet_bulb_c, saturated)
}

/// Wet bulb \[°C\] of air with this dry bulb \[°C\] and humidity ratio \[kg/kg\] at this pressure \[Pa\];
/// the dry bulb for saturated and supersaturated air.
pub fn wet_bulb_c(dry_bulb_c: f64, humidity_ratio: f64, pressure_pa: f64) -> f64 {
    wet_bulb_above_dew_point_c(
        dry_bulb_c,
        dew_point_c(humidity_ratio, pressure_pa),
        humidity_ratio,
        pressure_pa,
    )
}

/// As [`wet_bulb_c`] for callers that already know the dew point \[°C\].
pub fn wet_bulb_above_dew_point_c(
    dry_bulb_c: f64,
    dew_point_c: f64,
    humidity_ratio: f64,
    pressure_pa: f64,
) -> f64 {
    let low_c = dew_point_c.min(dry_bulb_c);
    let is_wet = |bulb_c: f64| {
        humidity_ratio_from_wet_bulb(dry_bulb_c, bulb_c, pressure_pa) <= humidity_ratio
    };
    if dry_bulb_c >= 0.0 && (low_c >= 0.0 || is_wet(0.0)) {
        let bounds_c = (low_c.max(0.0), dry_bulb_c);
        WATER.wet_bulb_c(dry_bulb_c, humidity_ratio, pressure_pa, bounds_c)
    } else {
        let bounds_c = (low_c, dry_bulb_c.min(0.0));
        ICE.wet_bulb_c(dry_bulb_c, humidity_ratio, pressure_pa, bounds_c)
    }
}

/// Humidity ratio of saturated air and its change with temperature \[1/K\].
fn saturated_and_slope(temperature_c: f64, pressure_pa: f64) -> (f64, f64) {
    let (vapour_pa, slope_pa_per_k) = pressure_and_slope(temperature_c);
    let limited_pa = vapour_pa.min(VAPOUR_SHARE_MAX * pressure_pa);
    let dry_pa = pressure_pa - limited_pa;
    (
        MOLAR_MASS_RATIO * limited_pa / dry_pa,
        MOLAR_MASS_RATIO * slope_pa_per_k * pressure_pa / (dry_pa * dry_pa),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::humidity_ratio_from_relative_humidity;
    use proptest::prelude::*;

    #[test]
    fn between_ice_and_water_the_wet_bulb_of_water_is_taken() {
        // At 5 °C a humidity ratio of 1.9 g/kg fits a bulb above and one below freezing.
        let bulb_c = wet_bulb_c(5.0, 0.0019, 101_325.0);
        assert!((0.0..0.5).contains(&bulb_c), "{bulb_c}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_wet_bulb_gives_its_air_back(
            dry_bulb_c in -60.0..60.0_f64, humidity in 0.001..1.0_f64, pressure_pa in 5e4..1.1e5_f64,
        ) {
            let ratio = humidity_ratio_from_relative_humidity(dry_bulb_c, humidity, pressure_pa);
            let bulb_c = wet_bulb_c(dry_bulb_c, ratio, pressure_pa);
            let again = humidity_ratio_from_wet_bulb(dry_bulb_c, bulb_c, pressure_pa);
            prop_assert!((again - ratio).abs() <= 1e-9, "{bulb_c}: {again} for {ratio}");
        }

        #[test]
        fn moister_air_has_no_lower_wet_bulb(
            dry_bulb_c in -60.0..60.0_f64, humidity in 0.0..1.0_f64, more in 0.0..1.0_f64,
            pressure_pa in 5e4..1.1e5_f64,
        ) {
            let bulb_c = |humidity: f64| {
                let ratio = humidity_ratio_from_relative_humidity(dry_bulb_c, humidity, pressure_pa);
                wet_bulb_c(dry_bulb_c, ratio, pressure_pa)
            };
            let moister = (humidity + more).min(1.0);
            prop_assert!(bulb_c(moister) >= bulb_c(humidity) - 1e-8);
        }
    }
}
