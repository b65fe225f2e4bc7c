//! Wet cooling tower.
//!
//! # What it computes
//! Leaving water temperature, fan power, evaporation and blowdown.
//!
//! # Assumptions
//! - Water and air flow follow the heat in the same proportion, so full fans mean a flow ratio of 1.
//! - Evaporation is the share of the heat that leaves as vapour, from the driving forces at the mean water
//!   temperature (Lewis number 1): all of it and more in hot dry air, half in cool air.
//! - Wet operation is forbidden below 2 °C outdoors (ice on fill and louvres, plume); the plant's dry
//!   section takes over.
//! - Blowdown holds five cycles of concentration and includes the drift.
//!
//! # Valid range
//! As the approach correlation ([`york_calc`]).
//!
//! # References
//! ASHRAE Handbook HVAC Systems and Equipment 2020, chapter 40. Fan pressure 100 to 400 Pa, fan
//! efficiency 0.65 to 0.9, water to air 1 to 3 kg/kg: Lei and Masanet, Energy 2020, 117556.

pub mod closed;
pub mod york_calc;

use super::Fan;
use super::pump::WATER_HEAT_CAPACITY;
use crate::psychrometrics::{
    DRY_AIR_HEAT_CAPACITY, EVAPORATION_HEAT, saturation_humidity_ratio, volume_m3_per_kg,
};
use crate::redundancy::{Redundancy, UnitBank};
use crate::weather::HourAir;
use york_calc::ApproachCurve;

/// Coldest outdoor air of wet operation \[°C\].
pub const WET_OPERATION_MIN_C: f64 = 2.0;
/// Range at design \[K\].
pub const RANGE_K: f64 = 5.5;
/// Least share of the water flow that still wets the fill.
pub const WATER_SHARE_MIN: f64 = 0.40;
/// Water to air flow at design \[kg/kg\].
const WATER_TO_AIR: f64 = 1.0;
/// Static pressure of the fans \[Pa\].
const FAN_PRESSURE_PA: f64 = 200.0;
/// Efficiency of the fans.
const FAN_EFFICIENCY: f64 = 0.75;
/// Concentration of the circulating water over that of the make-up.
const CYCLES_OF_CONCENTRATION: f64 = 5.0;
/// Decline of the heat of evaporation with temperature \[J/(kg K)\].
const EVAPORATION_HEAT_SLOPE: f64 = 2370.0;
/// Share of vapour in the heat beyond which hot air, not the water, feeds the evaporation.
const VAPOUR_SHARE_MAX: f64 = 1.5;
/// Largest cell \[W\]; an assumption from catalogue sizes.
const CELL_CAPACITY_MAX_W: f64 = 3.0e6;

/// The cooling towers of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tower {
    installed_heat_w: f64,
    fan: Fan,
}

impl Tower {
    /// Sized for this heat \[W\] at this wet bulb \[°C\] and air pressure \[Pa\].
    pub fn new(
        design_heat_w: f64,
        design_wet_bulb_c: f64,
        pressure_pa: f64,
        redundancy: Redundancy,
    ) -> Self {
        let bank = UnitBank::new(design_heat_w, CELL_CAPACITY_MAX_W, redundancy);
        let water_kg_per_s = bank.total_rating() / (WATER_HEAT_CAPACITY * RANGE_K);
        let humidity_ratio = saturation_humidity_ratio(design_wet_bulb_c, pressure_pa);
        let air_m3_per_s = water_kg_per_s / WATER_TO_AIR
            * volume_m3_per_kg(design_wet_bulb_c, humidity_ratio, pressure_pa);
        Self {
            installed_heat_w: bank.total_rating(),
            fan: Fan::new(air_m3_per_s, FAN_PRESSURE_PA, FAN_EFFICIENCY),
        }
    }

    /// Share of the installed water flow for this heat \[W\].
    #[inline]
    pub fn water_share(&self, heat_w: f64) -> f64 {
        if self.installed_heat_w > 0.0 {
            (heat_w / self.installed_heat_w).clamp(WATER_SHARE_MIN, 1.0)
        } else {
            0.0
        }
    }

    /// Heat capacity rate of the water \[W/K\] at this share of the installed flow.
    #[inline]
    pub fn capacity_rate(&self, water_share: f64) -> f64 {
        self.installed_heat_w / RANGE_K * water_share
    }

    /// Heat that the installed towers can carry at design range \[W\].
    pub fn installed_heat_w(&self) -> f64 {
        self.installed_heat_w
    }

    /// Fan power \[W\] at this share of the installed air flow.
    #[inline]
    pub fn fan_w(&self, air_share: f64) -> f64 {
        self.fan.power_w(air_share)
    }
}

/// Temperature of the leaving water \[°C\] with full fans.
#[inline]
pub fn leaving_c(wet_bulb_c: f64, range_k: f64) -> f64 {
    wet_bulb_c + ApproachCurve::new(wet_bulb_c, range_k).approach_k(1.0)
}

/// Share of the water's air flow that holds the leaving water at `leaving_c` \[°C\]; `None` where full fans cannot.
#[inline]
pub fn fan_share(wet_bulb_c: f64, range_k: f64, leaving_c: f64) -> Option<f64> {
    ApproachCurve::new(wet_bulb_c, range_k)
        .flow_ratio(leaving_c - wet_bulb_c, 1.0)
        .map(f64::recip)
}

/// Water that evaporates \[kg/s\] while `heat_w` \[W\] leave water of this mean temperature \[°C\].
pub fn evaporation_kg_per_s(air: &HourAir, heat_w: f64, mean_water_c: f64) -> f64 {
    let heat_of_evaporation = EVAPORATION_HEAT - EVAPORATION_HEAT_SLOPE * mean_water_c;
    let vapour = heat_of_evaporation
        * (saturation_humidity_ratio(mean_water_c, air.pressure_pa) - air.humidity_ratio);
    let sensible = DRY_AIR_HEAT_CAPACITY * (mean_water_c - air.dry_bulb_c);
    let share = if vapour + sensible > 0.0 {
        (vapour / (vapour + sensible)).clamp(0.0, VAPOUR_SHARE_MAX)
    } else {
        1.0
    };
    heat_w * share / heat_of_evaporation
}

/// Water bled and drifted \[kg/s\] beside this evaporation \[kg/s\].
pub fn blowdown_kg_per_s(evaporation_kg_per_s: f64) -> f64 {
    evaporation_kg_per_s / (CYCLES_OF_CONCENTRATION - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weather::Air;

    fn tower() -> Tower {
        Tower::new(1e6, 22.0, 101_325.0, Redundancy::N)
    }

    #[test]
    fn fans_take_about_one_percent_of_the_heat() {
        let share = tower().fan_w(1.0) / 1e6;
        assert!((0.006..0.015).contains(&share), "{share}");
    }

    #[test]
    fn a_warm_day_evaporates_about_a_litre_and_a_half_per_kilowatt_hour() {
        let air = HourAir::from(Air::from_relative_humidity(30.0, 0.45, 101_325.0));
        let litre_per_kwh = evaporation_kg_per_s(&air, 1e6, 27.0) * 3.6;
        assert!((1.35..1.75).contains(&litre_per_kwh), "{litre_per_kwh}");
    }

    #[test]
    fn cool_air_takes_part_of_the_heat_dry() {
        let cool = HourAir::from(Air::from_relative_humidity(5.0, 0.7, 101_325.0));
        let warm = HourAir::from(Air::from_relative_humidity(25.0, 0.7, 101_325.0));
        let ratio = evaporation_kg_per_s(&cool, 1e6, 20.0) / evaporation_kg_per_s(&warm, 1e6, 28.0);
        assert!((0.4..0.85).contains(&ratio), "{ratio}");
    }

    #[test]
    fn colder_air_needs_less_fan() {
        let cold = fan_share(2.0, 5.0, 16.0).unwrap();
        let mild = fan_share(6.0, 5.0, 16.0).unwrap();
        assert!(cold < mild && mild <= 1.0);
        assert_eq!(fan_share(15.0, 5.0, 16.0), None);
    }
}
