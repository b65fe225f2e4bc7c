//! Transformer between the medium-voltage grid and the building.
//!
//! # What it computes
//! Loss of the transformers that feed IT, cooling and lighting.
//!
//! # Assumptions
//! Stands outdoors: its loss never reaches the cooling plant.
//!
//! # Valid range
//! Load share 0 to 1 of a unit.
//!
//! # References
//! Coefficients 0.003 (core) and 0.010 (winding) of the rating: an assumption for cast-resin units of 1 to
//! 3 MVA, above the limits of Regulation (EU) 548/2014 and so on the safe side.

use super::LossCurve;
use crate::redundancy::{Redundancy, UnitBank};

/// Largest unit \[W\]; an assumption from common building transformers (2.5 MVA).
const UNIT_RATING_MAX_W: f64 = 2.5e6;
/// Core and winding losses.
const LOSS: LossCurve = LossCurve {
    no_load: 0.003,
    proportional: 0.0,
    quadratic: 0.010,
};

/// The transformers of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transformer {
    bank: UnitBank,
}

impl Transformer {
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
    fn core_loss_remains_without_load() {
        let transformer = Transformer::new(2e6, Redundancy::N);
        assert!((transformer.loss_w(0.0) - 6e3).abs() < 1e-6);
        assert!((transformer.loss_w(2e6) - 26e3).abs() < 1e-6);
    }
}
