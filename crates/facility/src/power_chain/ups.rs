//! Uninterruptible power supply.
//!
//! # What it computes
//! Loss of the UPS modules that feed the IT load.
//!
//! # Assumptions
//! The batteries float; their charging is not counted. All modules run.
//!
//! # Valid range
//! Load share 0 to 1 of a module.
//!
//! # References
//! Loss polynomial: [`LossCurve`]. Default coefficients: fitted to the efficiencies that data sheets
//! of transformerless double-conversion modules state (95.4 % at 25 %, 96.5 % at 50 to 100 % load),
//! of older transformer-based modules, and of eco mode.

use std::str::FromStr;

use super::LossCurve;
use crate::redundancy::{Redundancy, UnitBank};
use crate::settings::SettingsError;

/// Largest module \[W\]; an assumption from current product ranges (0.8 to 1.5 MW).
const MODULE_RATING_MAX_W: f64 = 1.0e6;

/// Construction and mode of the UPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpsKind {
    /// Transformerless double conversion.
    #[default]
    DoubleConversion,
    /// Older double conversion with transformer.
    Legacy,
    /// Line-interactive bypass; the inverter only takes over on a disturbance.
    EcoMode,
}

impl FromStr for UpsKind {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| SettingsError::Ups(text.to_owned()))
    }
}

impl UpsKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::DoubleConversion, Self::Legacy, Self::EcoMode];

    /// Name by which a user picks it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoubleConversion => "double-conversion",
            Self::Legacy => "legacy",
            Self::EcoMode => "eco",
        }
    }

    /// Loss coefficients of one module.
    pub fn loss_curve(self) -> LossCurve {
        let [no_load, proportional, quadratic] = match self {
            Self::DoubleConversion => [0.008, 0.012, 0.016],
            Self::Legacy => [0.02, 0.03, 0.02],
            Self::EcoMode => [0.006, 0.002, 0.002],
        };
        LossCurve {
            no_load,
            proportional,
            quadratic,
        }
    }
}

/// The UPS of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ups {
    bank: UnitBank,
    curve: LossCurve,
}

impl Ups {
    /// Sized to deliver `design_output_w` \[W\].
    pub fn new(kind: UpsKind, design_output_w: f64, redundancy: Redundancy) -> Self {
        Self {
            bank: UnitBank::new(design_output_w, MODULE_RATING_MAX_W, redundancy),
            curve: kind.loss_curve(),
        }
    }

    /// Loss \[W\] while delivering `output_w` \[W\].
    #[inline]
    pub fn loss_w(&self, output_w: f64) -> f64 {
        self.curve.loss_w(&self.bank, output_w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_conversion_meets_the_data_sheet() {
        let curve = UpsKind::DoubleConversion.loss_curve();
        assert!((curve.efficiency(0.25) - 0.954).abs() < 0.001);
        assert!((curve.efficiency(0.5) - 0.965).abs() < 0.001);
        assert!((curve.efficiency(1.0) - 0.965).abs() < 0.001);
    }

    #[test]
    fn a_second_train_costs_its_no_load_loss() {
        let single = Ups::new(UpsKind::DoubleConversion, 1e6, Redundancy::N);
        let double = Ups::new(UpsKind::DoubleConversion, 1e6, Redundancy::TwoN);
        assert!((single.loss_w(0.0) - 8e3).abs() < 1e-6);
        assert!((double.loss_w(0.0) - 16e3).abs() < 1e-6);
        // Two half-loaded modules: resistive losses halve, no-load losses double.
        assert!((double.loss_w(1e6) - (16e3 + 12e3 + 8e3)).abs() < 1e-6);
    }

    #[test]
    fn eco_mode_loses_least_and_legacy_most() {
        for share in [0.2, 0.5, 1.0] {
            let eco = UpsKind::EcoMode.loss_curve().efficiency(share);
            let double = UpsKind::DoubleConversion.loss_curve().efficiency(share);
            let legacy = UpsKind::Legacy.loss_curve().efficiency(share);
            assert!(eco > double && double > legacy);
        }
    }
}
