//! Direct air-side economiser: outdoor air into the halls, as far as temperature and humidity allow.
//!
//! # What it computes
//! The share of outdoor air in the supply, the water sprayed into it, and the cooling that a coil still
//! has to add. From cold to hot: mix outdoor with return air; humidify dry air up to the lower limit;
//! cool warm dry air adiabatically; add a coil. Air above the upper humidity limit stays outside.
//!
//! # Assumptions
//! The halls add heat but no moisture, so the supply's humidity is that of the treated outdoor air. Energy
//! balances per kilogram of dry air are exact: with supply enthalpy `h_s`, heat gain `q`, outdoor `h_o`
//! and spray of enthalpy `h_w`, the outdoor share is `f = q / (q + h_s - h_o - (W_s - W_o) h_w)`.
//! The coil removes no moisture.
//!
//! # Valid range
//! As [`crate::psychrometrics`]. Mixing holds the supply temperature at any cold: the colder, the less
//! outdoor air.
//!
//! # References
//! ASHRAE TC 9.9, Thermal Guidelines for Data Processing Environments, 2021: lower limit -9 °C dew point
//! (recommended range), upper limit 17 °C dew point and 80 % (allowable A1), from secondary sources.
//! Spray effectiveness of 0.85: an assumption within product data of evaporative media.

use super::Humidifier;
use super::air_handler::SUPPLY_AIR_C;
use crate::psychrometrics::{
    dry_bulb_from_enthalpy_c, enthalpy_j_per_kg, humidity_ratio_from_enthalpy,
    humidity_ratio_from_vapour_pressure, saturation_pressure_pa,
};
use crate::weather::HourAir;

/// Least dew point of the supply \[°C\].
const DEW_POINT_MIN_C: f64 = -9.0;
/// Greatest dew point of the supply \[°C\].
const DEW_POINT_MAX_C: f64 = 17.0;
/// Greatest relative humidity of the supply.
const RELATIVE_HUMIDITY_MAX: f64 = 0.80;
/// Share of the way from dry bulb to wet bulb that the spray can go.
const SPRAY_EFFECTIVENESS: f64 = 0.85;

/// Limits of the economiser, as vapour pressures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Economiser {
    vapour_min_pa: f64,
    vapour_max_pa: f64,
}

/// Supply air made from outdoor and return air, per kilogram of dry supply air.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreatedAir {
    /// Share of outdoor air in the supply (0 to 1).
    pub outdoor_share: f64,
    /// Spray water that evaporates into the supply \[kg/kg\].
    pub water_kg_per_kg: f64,
    /// Cooling still to be added by a coil \[J/kg\].
    pub coil_j_per_kg: f64,
    /// Humidity ratio of the supply \[kg/kg\].
    pub humidity_ratio: f64,
    /// Heat that leaves with the exhaust air, by the enthalpies of the streams \[J/kg\].
    pub exhaust_heat_j_per_kg: f64,
}

impl Default for Economiser {
    fn default() -> Self {
        Self::new()
    }
}

impl Economiser {
    /// With the humidity limits named above.
    pub fn new() -> Self {
        Self {
            vapour_min_pa: saturation_pressure_pa(DEW_POINT_MIN_C),
            vapour_max_pa: saturation_pressure_pa(DEW_POINT_MAX_C)
                .min(RELATIVE_HUMIDITY_MAX * saturation_pressure_pa(SUPPLY_AIR_C)),
        }
    }

    /// Supply air for a gain of `gain_j_per_kg` \[J per kg dry air\] in the halls; `None` where outdoor air is
    /// too humid.
    pub fn treat(&self, air: &HourAir, gain_j_per_kg: f64) -> Option<TreatedAir> {
        let humidity_min = humidity_ratio_from_vapour_pressure(self.vapour_min_pa, air.pressure_pa);
        let humidity_max = humidity_ratio_from_vapour_pressure(self.vapour_max_pa, air.pressure_pa);
        if air.humidity_ratio > humidity_max || gain_j_per_kg <= 0.0 {
            return None;
        }
        let humidity_least = air.humidity_ratio.max(humidity_min);
        let sprayed = Sprayed::to_humidity(air, humidity_least);
        let supply = enthalpy_j_per_kg(SUPPLY_AIR_C, humidity_least);
        let coldness = supply - sprayed.enthalpy_j_per_kg;
        if coldness >= 0.0 {
            let outdoor_share = gain_j_per_kg / (gain_j_per_kg + coldness);
            return Some(sprayed.mixed(air, outdoor_share, supply + gain_j_per_kg, 0.0));
        }
        Some(Self::treat_warm(
            air,
            gain_j_per_kg,
            humidity_least,
            humidity_max,
        ))
    }

    /// All outdoor air, cooled by spray as far as it goes and by the coil for the rest.
    fn treat_warm(
        air: &HourAir,
        gain_j_per_kg: f64,
        humidity_least: f64,
        humidity_max: f64,
    ) -> TreatedAir {
        let reachable_c = air.dry_bulb_c - SPRAY_EFFECTIVENESS * (air.dry_bulb_c - air.wet_bulb_c);
        let target_c = reachable_c.max(SUPPLY_AIR_C);
        let base = air.enthalpy_j_per_kg - air.humidity_ratio * Humidifier::WATER_ENTHALPY;
        // Spray keeps `h - W h_w` constant; solve it for W at the target temperature.
        let at_target = humidity_ratio_from_enthalpy(base, target_c)
            / (1.0 - Humidifier::WATER_ENTHALPY / vapour_enthalpy(target_c));
        let humidity = at_target.max(humidity_least).min(humidity_max);
        let sprayed = Sprayed::to_humidity(air, humidity);
        let entering_c = dry_bulb_from_enthalpy_c(sprayed.enthalpy_j_per_kg, humidity);
        let coil = if entering_c > SUPPLY_AIR_C + SUPPLY_TOLERANCE_K {
            sprayed.enthalpy_j_per_kg - enthalpy_j_per_kg(SUPPLY_AIR_C, humidity)
        } else {
            0.0
        };
        let returned = sprayed.enthalpy_j_per_kg - coil + gain_j_per_kg;
        sprayed.mixed(air, 1.0, returned, coil)
    }
}

/// Rounding of the spray's solution that does not call for a coil \[K\].
const SUPPLY_TOLERANCE_K: f64 = 1e-9;

fn vapour_enthalpy(temperature_c: f64) -> f64 {
    enthalpy_j_per_kg(temperature_c, 1.0) - enthalpy_j_per_kg(temperature_c, 0.0)
}

/// Outdoor air after the spray.
struct Sprayed {
    water_kg_per_kg: f64,
    enthalpy_j_per_kg: f64,
}

impl Sprayed {
    fn to_humidity(air: &HourAir, humidity_ratio: f64) -> Self {
        let water_kg_per_kg = humidity_ratio - air.humidity_ratio;
        Self {
            water_kg_per_kg,
            enthalpy_j_per_kg: air.enthalpy_j_per_kg + water_kg_per_kg * Humidifier::WATER_ENTHALPY,
        }
    }

    fn mixed(
        &self,
        air: &HourAir,
        outdoor_share: f64,
        returned_j_per_kg: f64,
        coil_j_per_kg: f64,
    ) -> TreatedAir {
        let water_kg_per_kg = outdoor_share * self.water_kg_per_kg;
        TreatedAir {
            outdoor_share,
            water_kg_per_kg,
            coil_j_per_kg,
            humidity_ratio: air.humidity_ratio + self.water_kg_per_kg,
            exhaust_heat_j_per_kg: outdoor_share * (returned_j_per_kg - air.enthalpy_j_per_kg)
                - water_kg_per_kg * Humidifier::WATER_ENTHALPY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weather::Air;

    const GAIN: f64 = 12_500.0;

    fn treat(dry_bulb_c: f64, relative_humidity: f64) -> Option<TreatedAir> {
        let air = Air::from_relative_humidity(dry_bulb_c, relative_humidity, 98_000.0);
        Economiser::new().treat(&air.into(), GAIN)
    }

    #[test]
    fn bitter_cold_is_mixed_and_humidified() {
        let treated = treat(-40.0, 0.75).unwrap();
        assert!(treated.outdoor_share > 0.10 && treated.outdoor_share < 0.20);
        assert!(treated.water_kg_per_kg > 1e-4);
        assert_eq!(treated.coil_j_per_kg, 0.0);
    }

    #[test]
    fn mild_air_needs_neither_spray_nor_coil() {
        let treated = treat(15.0, 0.6).unwrap();
        assert_eq!(treated.water_kg_per_kg, 0.0);
        assert_eq!(treated.coil_j_per_kg, 0.0);
        assert!(treated.outdoor_share > 0.5 && treated.outdoor_share < 1.0);
    }

    #[test]
    fn hot_dry_air_is_cooled_by_spray_alone() {
        let treated = treat(35.0, 0.15).unwrap();
        assert_eq!(treated.outdoor_share, 1.0);
        assert_eq!(treated.coil_j_per_kg, 0.0);
        // 11 K at 1023 J/(kg K) over 2.45 MJ/kg
        assert!((treated.water_kg_per_kg - 0.0046).abs() < 2e-4);
    }

    #[test]
    fn warm_moist_air_needs_the_coil_and_humid_air_stays_outside() {
        assert!(treat(32.0, 0.38).unwrap().coil_j_per_kg > 0.0);
        assert_eq!(treat(27.0, 0.8), None);
    }

    #[test]
    fn exhaust_and_coil_carry_the_gain() {
        for tenth in -600..600 {
            for humidity in [0.0, 0.1, 0.3, 0.6, 1.0] {
                if let Some(treated) = treat(f64::from(tenth) / 10.0, humidity) {
                    let carried = treated.exhaust_heat_j_per_kg + treated.coil_j_per_kg;
                    assert!(
                        (carried - GAIN).abs() < 1e-9 * GAIN,
                        "{tenth} {humidity} {carried}"
                    );
                    assert!((0.0..=1.0).contains(&treated.outdoor_share));
                    assert!(treated.water_kg_per_kg >= 0.0);
                }
            }
        }
    }
}
