//! Dew point (frost point below freezing).
//!
//! # What it computes
//! The temperature whose saturation pressure equals the vapour pressure.
//!
//! # Assumptions
//! Bisection on the logarithm of the pressure: slower than Newton's method, but it cannot diverge at
//! the kink between ice and water.
//!
//! # Valid range
//! -100 to 200 °C; drier or wetter air gets the limit.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, section on dew point (inverse of equations 5 and 6).

use super::saturation::ln_saturation_pressure;
use super::{TEMPERATURE_MAX_C, TEMPERATURE_MIN_C, vapour_pressure_pa};

/// Width at which the bisection stops \[K\].
const TOLERANCE_K: f64 = 1e-9;
/// Halvings that bring the whole range below the tolerance; a bound for states that are not numbers.
const STEPS_MAX: usize = 40;

/// Dew point \[°C\] of air with this vapour pressure \[Pa\].
pub fn dew_point_from_vapour_pressure_c(vapour_pressure_pa: f64) -> f64 {
    let target = libm::log(vapour_pressure_pa.max(f64::MIN_POSITIVE));
    let (mut low, mut high) = (TEMPERATURE_MIN_C, TEMPERATURE_MAX_C);
    for _ in 0..STEPS_MAX {
        if high - low <= TOLERANCE_K {
            break;
        }
        let middle = f64::midpoint(low, high);
        if ln_saturation_pressure(middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Dew point \[°C\] of air with this humidity ratio \[kg/kg\] at this pressure \[Pa\].
pub fn dew_point_c(humidity_ratio: f64, pressure_pa: f64) -> f64 {
    dew_point_from_vapour_pressure_c(vapour_pressure_pa(humidity_ratio, pressure_pa))
}
