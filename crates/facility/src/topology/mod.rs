//! Cooling topologies: how the components are combined, one per file.

mod air_economiser;
mod cooling_tower;
mod dry_cooler_trim;
mod packaged_chiller;

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::design::DesignConditions;
use crate::weather::HourAir;
use air_economiser::AirEconomiser;
use cooling_tower::CoolingTower;
use dry_cooler_trim::DryCoolerTrim;

/// How a site gets rid of its heat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoolingTopology {
    /// Direct outdoor air with adiabatic humidification, air-cooled chillers for the rest.
    AirEconomiser,
    /// Glycol loop with dry coolers, air-cooled chillers trim.
    DryCoolerTrim,
    /// Water-cooled chillers, cooling towers, water-side economiser; a dry section for frost.
    CoolingTower,
}

impl CoolingTopology {
    /// Every topology.
    pub const ALL: [Self; 3] = [Self::AirEconomiser, Self::DryCoolerTrim, Self::CoolingTower];

    /// Name in a scenario.
    pub fn name(self) -> &'static str {
        match self {
            Self::AirEconomiser => "air-economiser",
            Self::DryCoolerTrim => "dry-cooler-trim",
            Self::CoolingTower => "cooling-tower",
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
    "unknown cooling topology `{0}`: expected air-economiser, dry-cooler-trim or cooling-tower"
)]
pub struct UnknownTopology(String);

impl FromStr for CoolingTopology {
    type Err = UnknownTopology;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|topology| topology.name() == text)
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
}

impl CoolingHour {
    /// Electrical power of the cooling plant.
    pub(crate) fn power_w(&self) -> f64 {
        self.fan_w + self.pump_w + self.compressor_w + self.heat_rejection_fan_w + self.humidifier_w
    }

    /// The better of two ways to run: first less unmet heat, then less power.
    fn better(self, other: Self) -> Self {
        // A watt of rounding in the unmet heat must not decide against the cheaper way.
        const UNMET_TOLERANCE_W: f64 = 1e-6;
        let difference_w = other.unmet_w - self.unmet_w;
        if difference_w < -UNMET_TOLERANCE_W
            || (difference_w <= UNMET_TOLERANCE_W && other.power_w() < self.power_w())
        {
            other
        } else {
            self
        }
    }
}

/// A sized cooling plant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CoolingPlant {
    AirEconomiser(AirEconomiser),
    DryCoolerTrim(DryCoolerTrim),
    CoolingTower(CoolingTower),
}

impl CoolingPlant {
    /// Sized to hold `hall_heat_w` \[W\] under these conditions.
    pub(crate) fn new(
        topology: CoolingTopology,
        hall_heat_w: f64,
        design: &DesignConditions,
    ) -> Self {
        match topology {
            CoolingTopology::AirEconomiser => {
                Self::AirEconomiser(AirEconomiser::new(hall_heat_w, design))
            }
            CoolingTopology::DryCoolerTrim => {
                Self::DryCoolerTrim(DryCoolerTrim::new(hall_heat_w, design))
            }
            CoolingTopology::CoolingTower => {
                Self::CoolingTower(CoolingTower::new(hall_heat_w, design))
            }
        }
    }

    /// One step under this air with this hall heat \[W\].
    pub(crate) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        match self {
            Self::AirEconomiser(plant) => plant.hour(air, hall_heat_w),
            Self::DryCoolerTrim(plant) => plant.hour(air, hall_heat_w),
            Self::CoolingTower(plant) => plant.hour(air, hall_heat_w),
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
        let message = "tower".parse::<CoolingTopology>().unwrap_err().to_string();
        assert!(message.contains("cooling-tower"));
    }
}
