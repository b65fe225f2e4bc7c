//! Specific volume and density of moist air.
//!
//! # What it computes
//! `v = 287.042 T (1 + 1.607858 W) / p` per kilogram of dry air; density of the mixture `(1 + W) / v`.
//!
//! # Assumptions
//! Ideal gases.
//!
//! # Valid range
//! -100 to 200 °C.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equations 26 and 11.

use crate::ZERO_CELSIUS_K;

/// Gas constant of dry air \[J/(kg K)\].
const DRY_AIR_GAS_CONSTANT: f64 = 287.042;

/// Specific volume of dry air \[m³/kg\] at this temperature \[°C\] and pressure \[Pa\].
pub fn dry_air_volume_m3_per_kg(dry_bulb_c: f64, pressure_pa: f64) -> f64 {
    volume_m3_per_kg(dry_bulb_c, 0.0, pressure_pa)
}

/// Density of dry air \[kg/m³\] at this temperature \[°C\] and pressure \[Pa\].
pub fn dry_air_density_kg_per_m3(dry_bulb_c: f64, pressure_pa: f64) -> f64 {
    1.0 / dry_air_volume_m3_per_kg(dry_bulb_c, pressure_pa)
}

/// Specific volume of moist air \[m³ per kg dry air\].
pub fn volume_m3_per_kg(dry_bulb_c: f64, humidity_ratio: f64, pressure_pa: f64) -> f64 {
    DRY_AIR_GAS_CONSTANT * (dry_bulb_c + ZERO_CELSIUS_K) * (1.0 + 1.607858 * humidity_ratio)
        / pressure_pa
}

/// Density of moist air \[kg of mixture per m³\].
pub fn density_kg_per_m3(dry_bulb_c: f64, humidity_ratio: f64, pressure_pa: f64) -> f64 {
    (1.0 + humidity_ratio) / volume_m3_per_kg(dry_bulb_c, humidity_ratio, pressure_pa)
}
