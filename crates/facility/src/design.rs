//! What a plant is sized for.
//!
//! # What it computes
//! The outdoor extremes and redundancies that size every component.
//!
//! # Assumptions
//! The plant must hold the extremes themselves; a margin for a warmer future is the planner's to add.
//!
//! # Valid range
//! As [`crate::psychrometrics`].
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 14 (design conditions). Extremes of the record instead of its
//! percentiles: an assumption for sites that must not stop.

use crate::redundancy::Redundancy;
use crate::weather::{Air, HourAir};

/// Conditions that size a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignConditions {
    /// Warmest outdoor dry bulb \[°C\].
    pub dry_bulb_c: f64,
    /// Highest outdoor wet bulb \[°C\].
    pub wet_bulb_c: f64,
    /// Coldest outdoor dry bulb \[°C\]: sets the glycol.
    pub coldest_dry_bulb_c: f64,
    /// Air pressure \[Pa\].
    pub pressure_pa: f64,
    /// Redundancy of UPS, distribution and transformers.
    pub power_redundancy: Redundancy,
    /// Redundancy of the cooling components.
    pub cooling_redundancy: Redundancy,
}

impl DesignConditions {
    /// Extremes and mean pressure of a weather record, with 2N power and N+1 cooling; `None` for an empty record.
    pub fn from_hours(hours: &[HourAir]) -> Option<Self> {
        let first = hours.first()?;
        let start = Self {
            dry_bulb_c: first.dry_bulb_c,
            wet_bulb_c: first.wet_bulb_c,
            coldest_dry_bulb_c: first.dry_bulb_c,
            pressure_pa: 0.0,
            power_redundancy: Redundancy::TwoN,
            cooling_redundancy: Redundancy::NPlusOne,
        };
        let extremes = hours.iter().fold(start, |extremes, air| Self {
            dry_bulb_c: extremes.dry_bulb_c.max(air.dry_bulb_c),
            wet_bulb_c: extremes.wet_bulb_c.max(air.wet_bulb_c),
            coldest_dry_bulb_c: extremes.coldest_dry_bulb_c.min(air.dry_bulb_c),
            pressure_pa: extremes.pressure_pa + air.pressure_pa,
            ..extremes
        });
        Some(Self {
            pressure_pa: extremes.pressure_pa / hours.len() as f64,
            ..extremes
        })
    }

    /// The same site after one unit of every kind has failed; sizes stay as they were.
    #[must_use]
    pub fn with_unit_lost(&self) -> Self {
        Self {
            power_redundancy: self.power_redundancy.with_unit_lost(),
            cooling_redundancy: self.cooling_redundancy.with_unit_lost(),
            ..*self
        }
    }

    /// The hottest air of the design: warmest dry bulb with the highest wet bulb.
    pub(crate) fn hottest_air(&self) -> HourAir {
        Air::from_wet_bulb(self.dry_bulb_c, self.wet_bulb_c, self.pressure_pa).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_come_from_different_hours() {
        let hours: Vec<HourAir> = [(-40.0, 0.7), (35.0, 0.2), (27.0, 0.8)]
            .map(|(dry_bulb_c, humidity)| {
                Air::from_relative_humidity(dry_bulb_c, humidity, 98_000.0).into()
            })
            .to_vec();
        let design = DesignConditions::from_hours(&hours).unwrap();
        assert_eq!(design.dry_bulb_c, 35.0);
        assert_eq!(design.coldest_dry_bulb_c, -40.0);
        assert_eq!(design.wet_bulb_c, hours[2].wet_bulb_c);
        assert!((design.pressure_pa - 98_000.0).abs() < 1e-6);
        assert_eq!(DesignConditions::from_hours(&[]), None);
    }
}
