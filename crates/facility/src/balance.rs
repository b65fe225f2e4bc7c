//! Conservation of energy, checked in every step.
//!
//! # What it computes
//! Whether two independent accounts of the same watts agree to 1e-9.
//!
//! # Assumptions
//! None.
//!
//! # Valid range
//! Finite values; anything else counts as an imbalance.
//!
//! # References
//! First law of thermodynamics.

use thiserror::Error;

/// Greatest relative difference of a balance that closes.
const TOLERANCE: f64 = 1e-9;

/// Which balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Balance {
    /// Power at the grid connection against the sum of IT, losses, lighting and cooling.
    Electrical,
    /// Power at the grid connection against the heat rejected, released outdoors and left in the halls.
    Heat,
}

impl std::fmt::Display for Balance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Electrical => "electrical",
            Self::Heat => "heat",
        })
    }
}

/// A step whose energy does not add up: a fault of the model, or a load that is negative or not a number.
/// Fatal for the run: its results mean nothing.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error(
    "the {balance} balance of the plant does not close: {supplied_w} W in, {accounted_w} W accounted for, at an IT load of {it_w} W"
)]
pub struct EnergyImbalance {
    /// The balance that fails.
    pub balance: Balance,
    /// IT load of the step \[W\].
    pub it_w: f64,
    /// Power at the grid connection \[W\].
    pub supplied_w: f64,
    /// Sum of the parts \[W\].
    pub accounted_w: f64,
}

/// Holds the two accounts against each other.
#[inline]
pub(crate) fn check(
    balance: Balance,
    it_w: f64,
    supplied_w: f64,
    accounted_w: f64,
) -> Result<(), EnergyImbalance> {
    let scale_w = supplied_w.abs().max(accounted_w.abs());
    // Written so that NaN fails.
    let closes = (supplied_w - accounted_w).abs() <= TOLERANCE * scale_w && scale_w.is_finite();
    if closes && it_w >= 0.0 {
        Ok(())
    } else {
        Err(imbalance(balance, it_w, supplied_w, accounted_w))
    }
}

#[cold]
fn imbalance(balance: Balance, it_w: f64, supplied_w: f64, accounted_w: f64) -> EnergyImbalance {
    EnergyImbalance {
        balance,
        it_w,
        supplied_w,
        accounted_w,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_in_a_hundred_million_is_found() {
        assert!(check(Balance::Heat, 1e6, 1e6, 1e6).is_ok());
        assert!(check(Balance::Heat, 1e6, 1e6, 1e6 + 0.01).is_err());
        assert!(check(Balance::Heat, 1e6, f64::NAN, f64::NAN).is_err());
        assert!(check(Balance::Heat, -1.0, 5.0, 5.0).is_err());
        assert!(check(Balance::Heat, 0.0, 0.0, 0.0).is_ok());
    }

    #[test]
    fn the_message_names_the_balance_and_both_accounts() {
        let error = check(Balance::Electrical, 9.0, 10.0, 11.0).unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("electrical") && message.contains("10 W") && message.contains("11 W")
        );
    }
}
