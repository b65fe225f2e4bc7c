//! Dew point (frost point below freezing).
//!
//! # What it computes
//! The temperature whose saturation pressure equals the vapour pressure.
//!
//! # Assumptions
//! Newton's method on the logarithm of the pressure, which is nearly a straight line in the temperature. Ice and
//! water are told apart by the pressure first, so that no step crosses the kink between them, where such methods
//! have diverged.
//!
//! # Valid range
//! -100 to 200 °C; drier or wetter air gets the limit.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, section on dew point (inverse of equations 5 and 6).

use crate::saturation::saturation_temperature_c;
use crate::vapour_pressure_pa;

/// Dew point \[°C\] of air with this vapour pressure \[Pa\].
pub fn dew_point_from_vapour_pressure_c(vapour_pressure_pa: f64) -> f64 {
    saturation_temperature_c(libm::log(vapour_pressure_pa.max(f64::MIN_POSITIVE)))
}

/// Dew point \[°C\] of air with this humidity ratio \[kg/kg\] at this pressure \[Pa\].
pub fn dew_point_c(humidity_ratio: f64, pressure_pa: f64) -> f64 {
    dew_point_from_vapour_pressure_c(vapour_pressure_pa(humidity_ratio, pressure_pa))
}
