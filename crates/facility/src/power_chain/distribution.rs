//! Distribution from the UPS to the racks: switchboards, power distribution units, busbars.
//!
//! # What it computes
//! Loss between the UPS output and the IT input.
//!
//! # Assumptions
//! Inside the halls: its loss is heat for the cooling plant. Server power supplies count as IT.
//!
//! # Valid range
//! Load share 0 to 1 of a unit.
//!
//! # References
//! Coefficients 0.003 and 0.010 of the rating, as for a distribution unit with isolation transformer;
//! at full load within the 0 to 2 % range of Lei and Masanet, Energy 2020, 117556.

use super::LossCurve;
use crate::redundancy::{Redundancy, UnitBank};

/// Largest unit \[W\]; an assumption (300 kVA distribution units).
const UNIT_RATING_MAX_W: f64 = 3.0e5;
/// No-load and resistive losses.
const LOSS: LossCurve = LossCurve {
    no_load: 0.003,
    proportional: 0.0,
    quadratic: 0.010,
};

/// The distribution units of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    bank: UnitBank,
}

impl Distribution {
    /// Sized to deliver `design_output_w` \[W\].
    pub fn new(design_output_w: f64, redundancy: Redundancy) -> Self {
        Self {
            bank: UnitBank::new(design_output_w, UNIT_RATING_MAX_W, redundancy),
        }
    }

    /// Loss \[W\] while delivering `output_w` \[W\].
    #[inline]
    pub fn loss_w(&self, output_w: f64) -> f64 {
        LOSS.loss_w(&self.bank, output_w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dual_feeds_halve_the_resistive_loss() {
        let single = Distribution::new(3e5, Redundancy::N);
        let dual = Distribution::new(3e5, Redundancy::TwoN);
        let resistive = |unit: &Distribution| unit.loss_w(3e5) - unit.loss_w(0.0);
        assert!((resistive(&single) - 2.0 * resistive(&dual)).abs() < 1e-6);
    }
}
