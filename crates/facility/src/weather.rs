//! Outdoor air as the plant sees it.
//!
//! # What it computes
//! [`Air`] is the minimum that defines the state; [`HourAir`] adds everything that costs an iteration,
//! so that a weather year pays for its wet bulbs once however many years are simulated under it.
//!
//! # Assumptions
//! One state stands for a whole step. Relative humidity is over ice below freezing.
//!
//! # Valid range
//! As [`crate::psychrometrics`].
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1.

use crate::psychrometrics;
use crate::psychrometrics::wet_bulb_above_dew_point_c;

/// State of outdoor air.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Air {
    /// Dry bulb \[°C\].
    pub dry_bulb_c: f64,
    /// Humidity ratio \[kg water per kg dry air\].
    pub humidity_ratio: f64,
    /// Pressure \[Pa\].
    pub pressure_pa: f64,
}

impl Air {
    /// From dry bulb \[°C\], relative humidity (0 to 1) and pressure \[Pa\].
    pub fn from_relative_humidity(
        dry_bulb_c: f64,
        relative_humidity: f64,
        pressure_pa: f64,
    ) -> Self {
        Self {
            dry_bulb_c,
            humidity_ratio: psychrometrics::humidity_ratio_from_relative_humidity(
                dry_bulb_c,
                relative_humidity,
                pressure_pa,
            ),
            pressure_pa,
        }
    }

    /// From dry bulb \[°C\], dew point \[°C\] and pressure \[Pa\]; a dew point above the dry bulb counts as saturation.
    pub fn from_dew_point(dry_bulb_c: f64, dew_point_c: f64, pressure_pa: f64) -> Self {
        Self {
            dry_bulb_c,
            humidity_ratio: psychrometrics::humidity_ratio_from_dew_point(
                dew_point_c.min(dry_bulb_c),
                pressure_pa,
            ),
            pressure_pa,
        }
    }

    /// From dry bulb \[°C\], wet bulb \[°C\] and pressure \[Pa\]; limited to what air can hold.
    pub fn from_wet_bulb(dry_bulb_c: f64, wet_bulb_c: f64, pressure_pa: f64) -> Self {
        let humidity_ratio = psychrometrics::humidity_ratio_from_wet_bulb(
            dry_bulb_c,
            wet_bulb_c.min(dry_bulb_c),
            pressure_pa,
        );
        Self {
            dry_bulb_c,
            humidity_ratio: humidity_ratio.max(0.0),
            pressure_pa,
        }
    }
}

/// Outdoor air of one step with its derived properties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HourAir {
    /// Dry bulb \[°C\].
    pub dry_bulb_c: f64,
    /// Wet bulb \[°C\].
    pub wet_bulb_c: f64,
    /// Dew point \[°C\].
    pub dew_point_c: f64,
    /// Relative humidity (0 to 1).
    pub relative_humidity: f64,
    /// Humidity ratio \[kg water per kg dry air\].
    pub humidity_ratio: f64,
    /// Enthalpy \[J per kg dry air\].
    pub enthalpy_j_per_kg: f64,
    /// Pressure \[Pa\].
    pub pressure_pa: f64,
}

impl From<Air> for HourAir {
    fn from(air: Air) -> Self {
        // Records carry rounding that would make fog supersaturated; the excess is droplets, not vapour.
        let humidity_ratio = air
            .humidity_ratio
            .min(psychrometrics::saturation_humidity_ratio(
                air.dry_bulb_c,
                air.pressure_pa,
            ));
        let dew_point_c = psychrometrics::dew_point_c(humidity_ratio, air.pressure_pa);
        Self {
            dry_bulb_c: air.dry_bulb_c,
            wet_bulb_c: wet_bulb_above_dew_point_c(
                air.dry_bulb_c,
                dew_point_c,
                humidity_ratio,
                air.pressure_pa,
            ),
            dew_point_c,
            relative_humidity: psychrometrics::relative_humidity(
                air.dry_bulb_c,
                humidity_ratio,
                air.pressure_pa,
            ),
            humidity_ratio,
            enthalpy_j_per_kg: psychrometrics::enthalpy_j_per_kg(air.dry_bulb_c, humidity_ratio),
            pressure_pa: air.pressure_pa,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fog_recorded_as_supersaturated_is_saturated() {
        let air = HourAir::from(Air {
            dry_bulb_c: 10.0,
            humidity_ratio: 0.02,
            pressure_pa: 100_000.0,
        });
        assert!((air.relative_humidity - 1.0).abs() < 1e-12);
        assert!((air.wet_bulb_c - 10.0).abs() < 1e-6);
    }

    #[test]
    fn wet_bulb_and_dew_point_give_the_same_air_back() {
        let air = HourAir::from(Air::from_relative_humidity(27.0, 0.6, 99_800.0));
        let from_wet = Air::from_wet_bulb(27.0, air.wet_bulb_c, 99_800.0);
        let from_dew = Air::from_dew_point(27.0, air.dew_point_c, 99_800.0);
        assert!((from_wet.humidity_ratio - air.humidity_ratio).abs() < 1e-9);
        assert!((from_dew.humidity_ratio - air.humidity_ratio).abs() < 1e-9);
    }
}
