//! Humidity ratio, vapour pressure and relative humidity.
//!
//! # What it computes
//! `W = 0.621945 p_v / (p - p_v)` and its inverses.
//!
//! # Assumptions
//! Ideal gases. The humidity ratio is at least 1e-7 and the vapour pressure at most 99 % of the total.
//!
//! # Valid range
//! As saturation pressure.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equations 20, 22 and 36.

use crate::saturation_pressure_pa;

/// Ratio of the molar masses of water and dry air.
pub(crate) const MOLAR_MASS_RATIO: f64 = 0.621945;
/// Humidity ratio of air called completely dry \[kg/kg\].
const HUMIDITY_RATIO_MIN: f64 = 1e-7;
/// Largest share of the total pressure that the vapour may have.
pub(crate) const VAPOUR_SHARE_MAX: f64 = 0.99;

/// Humidity ratio \[kg water per kg dry air\] of air with this vapour pressure \[Pa\] at this total pressure \[Pa\].
pub fn humidity_ratio_from_vapour_pressure(vapour_pressure_pa: f64, pressure_pa: f64) -> f64 {
    let vapour_pa = vapour_pressure_pa.min(VAPOUR_SHARE_MAX * pressure_pa);
    (MOLAR_MASS_RATIO * vapour_pa / (pressure_pa - vapour_pa)).max(HUMIDITY_RATIO_MIN)
}

/// Vapour pressure \[Pa\] of air with this humidity ratio \[kg/kg\] at this total pressure \[Pa\].
pub fn vapour_pressure_pa(humidity_ratio: f64, pressure_pa: f64) -> f64 {
    let limited = humidity_ratio.max(HUMIDITY_RATIO_MIN);
    pressure_pa * limited / (MOLAR_MASS_RATIO + limited)
}

/// Humidity ratio \[kg/kg\] of saturated air at `dry_bulb_c` \[°C\] and `pressure_pa` \[Pa\].
pub fn saturation_humidity_ratio(dry_bulb_c: f64, pressure_pa: f64) -> f64 {
    humidity_ratio_from_vapour_pressure(saturation_pressure_pa(dry_bulb_c), pressure_pa)
}

/// Humidity ratio \[kg/kg\] from the relative humidity (0 to 1, over ice below freezing).
pub fn humidity_ratio_from_relative_humidity(
    dry_bulb_c: f64,
    relative_humidity: f64,
    pressure_pa: f64,
) -> f64 {
    humidity_ratio_from_vapour_pressure(
        relative_humidity * saturation_pressure_pa(dry_bulb_c),
        pressure_pa,
    )
}

/// Humidity ratio \[kg/kg\] from the dew point \[°C\].
pub fn humidity_ratio_from_dew_point(dew_point_c: f64, pressure_pa: f64) -> f64 {
    saturation_humidity_ratio(dew_point_c, pressure_pa)
}

/// Relative humidity (0 to 1) from the humidity ratio \[kg/kg\]; above 1 for supersaturated air.
pub fn relative_humidity(dry_bulb_c: f64, humidity_ratio: f64, pressure_pa: f64) -> f64 {
    vapour_pressure_pa(humidity_ratio, pressure_pa) / saturation_pressure_pa(dry_bulb_c)
}
