//! Power towards an asymptote.
//!
//! # What it computes
//! `P(u) = P0 + (P1 − P0)/2·(1 + u − e^(−u/a))`; with frequency scaling `u³` stands for both `u`. Here `a` is the
//! utilisation at which the machine comes near the asymptote.
//!
//! # Assumptions
//! Part of the power rises in proportion, part wakes up early.
//!
//! # Valid range
//! Utilisation 0 to 1. At `a` of 0 or below the exponential vanishes at every utilisation, 0 included: power then
//! starts half-way between idle and full. Full power is approached, not reached: at 1 the model stays
//! `(P1 − P0)/2·e^(−1/a)` below it.
//!
//! # References
//! Kliazovich, Bouvry and Khan, `DENS`: data center energy-efficient network-aware scheduling, Cluster Computing 16
//! (2013).

use super::range::{PowerError, PowerRange};

/// Towards an asymptote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asymptotic {
    range: PowerRange,
    asymptote_utilisation: f64,
    frequency_scaling: bool,
}

impl Asymptotic {
    /// From idle and full power [W], the utilisation `a` near which the asymptote is reached [1], and whether the
    /// machine scales its frequency; fails on what is no power, when full power is the smaller, or when `a` is no
    /// number.
    pub fn new(
        idle_w: f64,
        full_w: f64,
        asymptote_utilisation: f64,
        frequency_scaling: bool,
    ) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        if !asymptote_utilisation.is_finite() {
            return Err(PowerError::InvalidUtilisation {
                utilisation: asymptote_utilisation,
            });
        }
        Ok(Self {
            range,
            asymptote_utilisation,
            frequency_scaling,
        })
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        let load = if self.frequency_scaling {
            utilisation * utilisation * utilisation
        } else {
            utilisation
        };
        let decay = if self.asymptote_utilisation > 0.0 {
            libm::exp(-load / self.asymptote_utilisation)
        } else {
            0.0
        };
        self.range.at(0.5 * (1.0 + load - decay))
    }
}
