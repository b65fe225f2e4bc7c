//! What a user may set in a plant beside its topology.
//!
//! # What it computes
//! The usual values, and whether others make sense.
//!
//! # Assumptions
//! Cold plates take 80 % of the servers' heat; the water is of class W32.
//!
//! # Valid range
//! Share of liquid cooling from 0.3 to 0.95: below, nobody would build it; above, nothing is left for memory, drives
//! and supplies.
//!
//! # References
//! ASHRAE TC 9.9, Water-Cooled Servers, 2019: classes by the warmest facility water, from secondary sources.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::power_chain::UpsKind;

/// Warmest facility water that the servers accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum WaterClass {
    /// 17 °C.
    W17,
    /// 27 °C.
    W27,
    /// 32 °C.
    #[default]
    W32,
    /// 40 °C.
    W40,
    /// 45 °C.
    W45,
}

impl WaterClass {
    /// Every class, coldest first.
    pub const ALL: [Self; 5] = [Self::W17, Self::W27, Self::W32, Self::W40, Self::W45];

    /// Name, for example `W32`.
    pub fn name(self) -> &'static str {
        match self {
            Self::W17 => "W17",
            Self::W27 => "W27",
            Self::W32 => "W32",
            Self::W40 => "W40",
            Self::W45 => "W45",
        }
    }

    /// Warmest facility water \[°C\].
    pub fn supply_c(self) -> f64 {
        match self {
            Self::W17 => 17.0,
            Self::W27 => 27.0,
            Self::W32 => 32.0,
            Self::W40 => 40.0,
            Self::W45 => 45.0,
        }
    }
}

impl fmt::Display for WaterClass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How a water-side economiser stands to the chillers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WaterEconomiser {
    /// Before them: it precools what they finish.
    #[default]
    Series,
    /// Beside them: it carries everything or nothing.
    Parallel,
}

impl FromStr for WaterEconomiser {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "series" => Ok(Self::Series),
            "parallel" => Ok(Self::Parallel),
            _ => Err(SettingsError::WaterEconomiser(text.to_owned())),
        }
    }
}

/// Construction of the cooling towers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TowerKind {
    /// The loop's water meets the air.
    #[default]
    Open,
    /// The loop's water stays in a coil.
    Closed,
}

impl FromStr for TowerKind {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "open" => Ok(Self::Open),
            "closed" => Ok(Self::Closed),
            _ => Err(SettingsError::Tower(text.to_owned())),
        }
    }
}

/// A setting that has no meaning here.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SettingsError {
    /// No such class of facility water.
    #[error("unknown water class `{0}`: expected W17, W27, W32, W40 or W45")]
    WaterClass(String),
    /// No such kind of UPS.
    #[error("unknown UPS `{0}`: expected double-conversion, legacy or eco")]
    Ups(String),
    /// No such economiser.
    #[error("unknown water-side economiser `{0}`: expected series or parallel")]
    WaterEconomiser(String),
    /// No such tower.
    #[error("unknown cooling tower `{0}`: expected open or closed")]
    Tower(String),
    /// A share of liquid cooling that nobody builds.
    #[error("a share of liquid cooling of {0} is outside 0.3 to 0.95")]
    LiquidShare(f64),
}

impl FromStr for WaterClass {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|class| class.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| SettingsError::WaterClass(text.to_owned()))
    }
}

/// Settings of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlantSettings {
    /// Kind of UPS.
    pub ups: UpsKind,
    /// Warmest facility water of the liquid topology.
    pub water_class: WaterClass,
    /// Economiser of the tower topology.
    pub economiser: WaterEconomiser,
    /// Towers of the tower topology.
    pub tower: TowerKind,
    liquid_share: f64,
}

impl Default for PlantSettings {
    fn default() -> Self {
        Self {
            ups: UpsKind::DoubleConversion,
            water_class: WaterClass::W32,
            economiser: WaterEconomiser::Series,
            tower: TowerKind::Open,
            liquid_share: 0.80,
        }
    }
}

impl PlantSettings {
    /// With another share of the servers' heat in the cold plates.
    ///
    /// # Errors
    /// A share outside 0.3 to 0.95.
    pub fn with_liquid_share(self, liquid_share: f64) -> Result<Self, SettingsError> {
        if (0.3..=0.95).contains(&liquid_share) {
            Ok(Self {
                liquid_share,
                ..self
            })
        } else {
            Err(SettingsError::LiquidShare(liquid_share))
        }
    }

    /// Share of the servers' heat that cold plates take.
    pub fn liquid_share(&self) -> f64 {
        self.liquid_share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_read_back_and_strange_shares_are_refused() {
        for class in WaterClass::ALL {
            assert_eq!(class.to_string().to_lowercase().parse(), Ok(class));
        }
        assert_eq!("parallel".parse(), Ok(WaterEconomiser::Parallel));
        assert!("beside".parse::<WaterEconomiser>().is_err());
        assert_eq!("closed".parse(), Ok(TowerKind::Closed));
        assert!("ajar".parse::<TowerKind>().is_err());
        assert!("W33".parse::<WaterClass>().is_err());
        let settings = PlantSettings::default();
        assert_eq!(settings.with_liquid_share(0.9).unwrap().liquid_share(), 0.9);
        assert!(settings.with_liquid_share(f64::NAN).is_err());
        assert!(settings.with_liquid_share(0.1).is_err());
    }
}
