//! Loss of an electrical component against load.
//!
//! # What it computes
//! `P_in = P_out + P_r (a0 + a1 x + a2 x²)`, x the load of a unit over its rating: no-load, proportional
//! and resistive losses, summed over the units that share the load.
//!
//! # Assumptions
//! Steady state, unity power factor, losses independent of temperature.
//!
//! # Valid range
//! x from 0 to 1; an overload follows the same curve.
//!
//! # References
//! Pelley et al., "Understanding and abstracting total data center power", WEED 2009.

use crate::redundancy::UnitBank;

/// Coefficients of the loss polynomial, as shares of the rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossCurve {
    /// Loss without load.
    pub no_load: f64,
    /// Loss proportional to the load.
    pub proportional: f64,
    /// Loss proportional to the square of the load.
    pub quadratic: f64,
}

impl LossCurve {
    /// Loss \[W\] of all units of the bank together while they deliver `output_w` \[W\].
    #[inline]
    pub fn loss_w(&self, bank: &UnitBank, output_w: f64) -> f64 {
        let share = bank.share(output_w);
        bank.total_rating() * (self.no_load + share * (self.proportional + share * self.quadratic))
    }

    /// Output over input at this load share (above 0) of a unit.
    pub fn efficiency(&self, share: f64) -> f64 {
        share / (share + self.no_load + share * (self.proportional + share * self.quadratic))
    }
}
