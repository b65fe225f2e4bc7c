//! Standard atmosphere and reduction of pressure to sea level.
//!
//! # What it computes
//! `p = 101325 (1 - 2.25577e-5 z)^5.2559`, `t = 15 - 0.0065 z`, and the barometric formula with half
//! the lapse rate of the standard atmosphere.
//!
//! # Assumptions
//! Air at rest, mean temperature of the column from the station's temperature and the standard lapse.
//!
//! # Valid range
//! -5000 to 11 000 m.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equations 3 and 4; Hess 1959 for sea level pressure.

use crate::ZERO_CELSIUS_K;

/// Temperature lapse rate of the standard atmosphere \[K/m\].
const LAPSE_K_PER_M: f64 = 0.0065;
/// Gas constant of dry air over the acceleration of gravity \[m/K\].
const SCALE_HEIGHT_M_PER_K: f64 = 287.055 / 9.807;

/// Pressure of the standard atmosphere \[Pa\] at this altitude \[m\].
pub fn standard_pressure_pa(altitude_m: f64) -> f64 {
    101_325.0 * libm::pow(1.0 - 2.25577e-5 * altitude_m, 5.2559)
}

/// Altitude \[m\] at which the standard atmosphere has this pressure \[Pa\].
pub fn standard_altitude_m(pressure_pa: f64) -> f64 {
    (1.0 - libm::pow(pressure_pa / 101_325.0, 1.0 / 5.2559)) / 2.25577e-5
}

/// Temperature of the standard atmosphere \[°C\] at this altitude \[m\].
pub fn standard_temperature_c(altitude_m: f64) -> f64 {
    15.0 - LAPSE_K_PER_M * altitude_m
}

/// Pressure reduced to sea level \[Pa\] from the station's pressure \[Pa\], altitude \[m\] and dry bulb \[°C\].
pub fn sea_level_pressure_pa(station_pressure_pa: f64, altitude_m: f64, dry_bulb_c: f64) -> f64 {
    station_pressure_pa * column_factor(altitude_m, dry_bulb_c)
}

/// Pressure at the station \[Pa\] from the pressure at sea level \[Pa\], altitude \[m\] and dry bulb \[°C\].
pub fn station_pressure_pa(sea_level_pressure_pa: f64, altitude_m: f64, dry_bulb_c: f64) -> f64 {
    sea_level_pressure_pa / column_factor(altitude_m, dry_bulb_c)
}

fn column_factor(altitude_m: f64, dry_bulb_c: f64) -> f64 {
    let column_k = dry_bulb_c + LAPSE_K_PER_M * altitude_m / 2.0 + ZERO_CELSIUS_K;
    libm::exp(altitude_m / (SCALE_HEIGHT_M_PER_K * column_k))
}
