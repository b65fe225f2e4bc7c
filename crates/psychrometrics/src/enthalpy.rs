//! Enthalpy of moist air.
//!
//! # What it computes
//! `h = 1006 t + W (2 501 000 + 1860 t)` in joules per kilogram of dry air, and its inverses.
//!
//! # Assumptions
//! Constant heat capacities; vapour only, no droplets or snow carried by the air.
//!
//! # Valid range
//! -100 to 200 °C.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equation 30.

use crate::saturation_humidity_ratio;

/// Heat capacity of dry air \[J/(kg K)\].
pub const DRY_AIR_HEAT_CAPACITY: f64 = 1006.0;
/// Heat capacity of water vapour \[J/(kg K)\].
pub const VAPOUR_HEAT_CAPACITY: f64 = 1860.0;
/// Heat of evaporation of water at 0 °C \[J/kg\].
pub const EVAPORATION_HEAT: f64 = 2.501e6;

/// Enthalpy \[J per kg dry air\] of air with this dry bulb \[°C\] and humidity ratio \[kg/kg\].
pub fn enthalpy_j_per_kg(dry_bulb_c: f64, humidity_ratio: f64) -> f64 {
    dry_air_enthalpy_j_per_kg(dry_bulb_c)
        + humidity_ratio * (EVAPORATION_HEAT + VAPOUR_HEAT_CAPACITY * dry_bulb_c)
}

/// Enthalpy \[J/kg\] of dry air at this temperature \[°C\].
pub fn dry_air_enthalpy_j_per_kg(dry_bulb_c: f64) -> f64 {
    DRY_AIR_HEAT_CAPACITY * dry_bulb_c
}

/// Enthalpy \[J per kg dry air\] of saturated air at this temperature \[°C\] and pressure \[Pa\].
pub fn saturation_enthalpy_j_per_kg(dry_bulb_c: f64, pressure_pa: f64) -> f64 {
    enthalpy_j_per_kg(
        dry_bulb_c,
        saturation_humidity_ratio(dry_bulb_c, pressure_pa),
    )
}

/// Dry bulb \[°C\] of air with this enthalpy \[J per kg dry air\] and humidity ratio \[kg/kg\].
pub fn dry_bulb_from_enthalpy_c(enthalpy_j_per_kg: f64, humidity_ratio: f64) -> f64 {
    (enthalpy_j_per_kg - EVAPORATION_HEAT * humidity_ratio)
        / (DRY_AIR_HEAT_CAPACITY + VAPOUR_HEAT_CAPACITY * humidity_ratio)
}

/// Humidity ratio \[kg/kg\] of air with this enthalpy \[J per kg dry air\] and dry bulb \[°C\]; negative where
/// no air of that temperature has so little enthalpy.
pub fn humidity_ratio_from_enthalpy(enthalpy_j_per_kg: f64, dry_bulb_c: f64) -> f64 {
    (enthalpy_j_per_kg - dry_air_enthalpy_j_per_kg(dry_bulb_c))
        / (EVAPORATION_HEAT + VAPOUR_HEAT_CAPACITY * dry_bulb_c)
}
