//! Thermodynamic wet bulb (ice bulb below freezing).
//!
//! # What it computes
//! The temperature at which water (or ice) evaporating into the air saturates it adiabatically.
//!
//! # Assumptions
//! Bisection between dew point and dry bulb. The balance jumps at 0 °C, where water becomes ice; air
//! inside that jump gets a wet bulb of 0 °C.
//!
//! # Valid range
//! As saturation pressure.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equations 33 and 35.

use super::{dew_point_c, saturation_humidity_ratio};

/// Width at which the bisection stops \[K\].
const TOLERANCE_K: f64 = 1e-9;
/// Halvings that bring the whole range below the tolerance; a bound for states that are not numbers.
const STEPS_MAX: usize = 40;

/// Humidity ratio \[kg/kg\] of air with this dry bulb \[°C\] and wet bulb \[°C\] at this pressure \[Pa\];
/// negative where no air can have such a wet bulb.
pub fn humidity_ratio_from_wet_bulb(dry_bulb_c: f64, wet_bulb_c: f64, pressure_pa: f64) -> f64 {
    let saturated = saturation_humidity_ratio(wet_bulb_c, pressure_pa);
    let sensible = 1.006 * (dry_bulb_c - wet_bulb_c);
    if wet_bulb_c >= 0.0 {
        ((2501.0 - 2.326 * wet_bulb_c) * saturated - sensible)
            / (2501.0 + 1.86 * dry_bulb_c - 4.186 * wet_bulb_c)
    } else {
        ((2830.0 - 0.24 * wet_bulb_c) * saturated - sensible)
            / (2830.0 + 1.86 * dry_bulb_c - 2.1 * wet_bulb_c)
    }
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
pub(crate) fn wet_bulb_above_dew_point_c(
    dry_bulb_c: f64,
    dew_point_c: f64,
    humidity_ratio: f64,
    pressure_pa: f64,
) -> f64 {
    let (mut low, mut high) = (dew_point_c.min(dry_bulb_c), dry_bulb_c);
    for _ in 0..STEPS_MAX {
        if high - low <= TOLERANCE_K {
            break;
        }
        let middle = f64::midpoint(low, high);
        if humidity_ratio_from_wet_bulb(dry_bulb_c, middle, pressure_pa) < humidity_ratio {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
