//! Moist air: from temperature, humidity and pressure to every property the plant needs.
//!
//! # What it computes
//! Saturation pressure over water and ice, humidity ratio, relative humidity, dew point, wet bulb,
//! enthalpy, specific volume, density, and the standard atmosphere.
//!
//! # Assumptions
//! Ideal mixture of dry air and water vapour, no enhancement factor. Air at or above the boiling point
//! of water at its pressure has no humidity ratio: the vapour pressure is limited to 99 % of the total.
//! Completely dry air is represented by a humidity ratio of 1e-7.
//!
//! # Valid range
//! -100 to 200 °C dry bulb, any pressure above 10 kPa. Temperatures outside are taken at the limit.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1 (SI); Hyland and Wexler 1983. Enthalpies here are in
//! joules per kilogram of dry air, zero for dry air at 0 °C and liquid water at 0 °C.

mod atmosphere;
mod dew_point;
mod enthalpy;
mod humidity;
mod saturation;
mod volume;
mod wet_bulb;

pub use atmosphere::{
    sea_level_pressure_pa, standard_altitude_m, standard_pressure_pa, standard_temperature_c,
    station_pressure_pa,
};
pub use dew_point::{dew_point_c, dew_point_from_vapour_pressure_c};
pub use enthalpy::{DRY_AIR_HEAT_CAPACITY, EVAPORATION_HEAT, VAPOUR_HEAT_CAPACITY};
pub use enthalpy::{
    dry_air_enthalpy_j_per_kg, dry_bulb_from_enthalpy_c, enthalpy_j_per_kg,
    humidity_ratio_from_enthalpy, saturation_enthalpy_j_per_kg,
};
pub use humidity::{
    humidity_ratio_from_dew_point, humidity_ratio_from_relative_humidity,
    humidity_ratio_from_vapour_pressure, relative_humidity, saturation_humidity_ratio,
    vapour_pressure_pa,
};
pub use saturation::{saturation_pressure_pa, saturation_pressure_slope_pa_per_k};
pub use volume::{
    density_kg_per_m3, dry_air_density_kg_per_m3, dry_air_volume_m3_per_kg, volume_m3_per_kg,
};

pub use wet_bulb::{humidity_ratio_from_wet_bulb, wet_bulb_above_dew_point_c, wet_bulb_c};

/// Zero of the Celsius scale \[K\].
pub const ZERO_CELSIUS_K: f64 = 273.15;
/// Coldest temperature of the correlations \[°C\].
const TEMPERATURE_MIN_C: f64 = -100.0;
/// Warmest temperature of the correlations \[°C\].
const TEMPERATURE_MAX_C: f64 = 200.0;
