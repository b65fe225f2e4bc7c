//! Cooling topologies: how the components are combined, one per file.

mod air_economiser;
mod chilled_coil;
mod cooling_tower;
mod dry_cooler_trim;
mod dry_loop;
mod dx_small;
mod indirect_air;
mod liquid_warm_water;
mod packaged_chiller;

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::design::DesignConditions;
use crate::settings::PlantSettings;
use crate::weather::HourAir;
use air_economiser::AirEconomiser;
use cooling_tower::CoolingTower;
use dry_cooler_trim::DryCoolerTrim;
use dx_small::DxSmall;
use indirect_air::IndirectAir;
use liquid_warm_water::LiquidWarmWater;

/// How a site gets rid of its heat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoolingTopology {
    /// Direct outdoor air with adiabatic humidification, air-cooled chillers for the rest.
    AirEconomiser,
    /// Glycol loop with dry coolers, air-cooled chillers trim.
    DryCoolerTrim,
    /// Water-cooled chillers, cooling towers, water-side economiser; a dry section for frost.
    CoolingTower,
    /// Warm water to cold plates from dry coolers; dry coolers with chillers for the heat that stays in the air.
    LiquidWarmWater,
    /// Packaged air-cooled direct-expansion units in small rooms, without economiser.
    DxSmall,
    /// Outdoor air through plates with wet media, halls closed; air-cooled chillers for the rest.
    IndirectAir,
}

impl CoolingTopology {
    /// Every topology.
    pub const ALL: [Self; 6] = [
        Self::AirEconomiser,
        Self::DryCoolerTrim,
        Self::CoolingTower,
        Self::LiquidWarmWater,
        Self::DxSmall,
        Self::IndirectAir,
    ];

    /// Name by which a user picks it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AirEconomiser => "air-economiser",
            Self::DryCoolerTrim => "dry-cooler-trim",
            Self::CoolingTower => "tower-chiller-wse",
            Self::LiquidWarmWater => "liquid-warm-water",
            Self::DxSmall => "dx-small",
            Self::IndirectAir => "indirect-air",
        }
    }

    /// What it is, in a line.
    pub fn description(self) -> &'static str {
        match self {
            Self::AirEconomiser => {
                "outdoor air into the halls, sprayed when warm or dry; air-cooled chillers for the rest"
            }
            Self::DryCoolerTrim => "glycol loop over dry coolers; air-cooled chillers trim",
            Self::CoolingTower => {
                "water-cooled chillers, cooling towers, water-side economiser in series; dry in frost"
            }
            Self::LiquidWarmWater => {
                "warm water to cold plates over dry coolers; the heat left in the air over dry coolers and chillers"
            }
            Self::DxSmall => "packaged air-cooled direct expansion, no economiser",
            Self::IndirectAir => {
                "outdoor air through plates, behind wet media where that pays; air-cooled chillers for the rest"
            }
        }
    }
}

impl fmt::Display for CoolingTopology {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A topology that has no meaning here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "unknown cooling topology `{0}`: expected air-economiser, dry-cooler-trim, tower-chiller-wse, \
     liquid-warm-water, dx-small or indirect-air"
)]
pub struct UnknownTopology(String);

impl FromStr for CoolingTopology {
    type Err = UnknownTopology;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|topology| topology.name() == text)
            // The name in a scenario.
            .or((text == "cooling-tower").then_some(Self::CoolingTower))
            .ok_or_else(|| UnknownTopology(text.to_owned()))
    }
}

/// How much of the cooling the weather does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CoolingMode {
    /// All of it; no compressor runs.
    #[default]
    Free,
    /// Part of it; compressors do the rest.
    Partial,
    /// None of it.
    Mechanical,
}

impl CoolingMode {
    /// Name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Partial => "partial",
            Self::Mechanical => "mechanical",
        }
    }
}

/// What the cooling plant does in one step. Every watt that enters leaves through one of the last three heats.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct CoolingHour {
    pub(crate) mode: CoolingMode,
    pub(crate) fan_w: f64,
    pub(crate) pump_w: f64,
    pub(crate) compressor_w: f64,
    pub(crate) heat_rejection_fan_w: f64,
    pub(crate) humidifier_w: f64,
    pub(crate) water_evaporated_kg_per_s: f64,
    pub(crate) water_blowdown_kg_per_s: f64,
    pub(crate) water_humidifier_kg_per_s: f64,
    /// Heat carried out by exhaust air, dry coolers, condensers and towers.
    pub(crate) heat_rejected_w: f64,
    /// Heat of machines that stand outdoors and never enters the loops.
    pub(crate) heat_outdoors_w: f64,
    /// Heat that stays in the halls.
    pub(crate) unmet_w: f64,
    /// Humidity ratio of outdoor air supplied to the halls; zero where they are closed.
    pub(crate) outdoor_supply_humidity_ratio: f64,
}

impl CoolingHour {
    /// Electrical power of the cooling plant.
    #[inline]
    pub(crate) fn power_w(&self) -> f64 {
        self.fan_w + self.pump_w + self.compressor_w + self.heat_rejection_fan_w + self.humidifier_w
    }

    /// The better of two ways to run: first less unmet heat, then less power.
    fn better(self, other: Self) -> Self {
        if other.is_better_than(&self) {
            other
        } else {
            self
        }
    }

    fn is_better_than(&self, other: &Self) -> bool {
        is_better(
            (self.unmet_w, self.power_w()),
            (other.unmet_w, other.power_w()),
        )
    }
}

/// Whether another way to run (unmet heat, power \[W\]) is better than this one.
#[inline]
fn is_better(other: (f64, f64), this: (f64, f64)) -> bool {
    // A watt of rounding in the unmet heat must not decide against the cheaper way.
    const UNMET_TOLERANCE_W: f64 = 1e-6;
    let difference_w = other.0 - this.0;
    difference_w < -UNMET_TOLERANCE_W || (difference_w <= UNMET_TOLERANCE_W && other.1 < this.1)
}

/// A sized cooling plant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CoolingPlant {
    AirEconomiser(AirEconomiser),
    DryCoolerTrim(DryCoolerTrim),
    CoolingTower(CoolingTower),
    LiquidWarmWater(LiquidWarmWater),
    DxSmall(DxSmall),
    IndirectAir(IndirectAir),
}

/// Heat that the cooling plant has to take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HallHeat {
    /// All of it.
    pub(crate) hall_w: f64,
    /// The part that servers give off.
    pub(crate) it_w: f64,
}

impl CoolingTopology {
    /// Temperature at which a plant gives off heat that could be reused \[°C\]: exhaust air through a coil, or return water.
    pub fn reuse_source_c(self, settings: &PlantSettings) -> f64 {
        match self {
            Self::AirEconomiser | Self::DryCoolerTrim | Self::IndirectAir => 30.0,
            Self::CoolingTower => 26.0,
            Self::LiquidWarmWater => settings.water_class.supply_c() + 10.0,
            Self::DxSmall => 40.0,
        }
    }
}

impl CoolingPlant {
    /// Sized to hold this heat under these conditions.
    pub(crate) fn new(
        topology: CoolingTopology,
        heat: HallHeat,
        design: &DesignConditions,
        settings: &PlantSettings,
    ) -> Self {
        let hall_heat_w = heat.hall_w;
        match topology {
            CoolingTopology::AirEconomiser => {
                Self::AirEconomiser(AirEconomiser::new(hall_heat_w, design))
            }
            CoolingTopology::DryCoolerTrim => {
                Self::DryCoolerTrim(DryCoolerTrim::new(hall_heat_w, design))
            }
            CoolingTopology::CoolingTower => {
                Self::CoolingTower(CoolingTower::new(hall_heat_w, design, settings))
            }
            CoolingTopology::LiquidWarmWater => {
                Self::LiquidWarmWater(LiquidWarmWater::new(heat, design, settings))
            }
            CoolingTopology::DxSmall => Self::DxSmall(DxSmall::new(hall_heat_w, design)),
            CoolingTopology::IndirectAir => {
                Self::IndirectAir(IndirectAir::new(hall_heat_w, design))
            }
        }
    }

    /// One step under this air with this heat.
    pub(crate) fn hour(&self, air: &HourAir, heat: HallHeat) -> CoolingHour {
        match self {
            Self::AirEconomiser(plant) => plant.hour(air, heat.hall_w),
            Self::DryCoolerTrim(plant) => plant.hour(air, heat.hall_w),
            Self::CoolingTower(plant) => plant.hour(air, heat.hall_w),
            Self::LiquidWarmWater(plant) => plant.hour(air, heat),
            Self::DxSmall(plant) => plant.hour(air, heat.hall_w),
            Self::IndirectAir(plant) => plant.hour(air, heat.hall_w),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for topology in CoolingTopology::ALL {
            assert_eq!(topology.to_string().parse(), Ok(topology));
        }
        assert_eq!("cooling-tower".parse(), Ok(CoolingTopology::CoolingTower));
        let message = "tower".parse::<CoolingTopology>().unwrap_err().to_string();
        assert!(message.contains("tower-chiller-wse"));
    }
}
