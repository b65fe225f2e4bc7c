//! Idle and full power, checked.

use thiserror::Error;

/// Largest power of a machine [W]: products of it stay finite.
const POWER_MAX_W: f64 = 1e12;

/// Why a power model cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum PowerError {
    /// A power that is no number, negative or beyond a terawatt.
    #[error("{power_w} W is no power of a machine")]
    NotAPower {
        /// What was given [W].
        power_w: f64,
    },
    /// Full power below idle power.
    #[error("full power of {full_w} W lies below idle power of {idle_w} W")]
    FullBelowIdle {
        /// Idle power [W].
        idle_w: f64,
        /// Full power [W].
        full_w: f64,
    },
    /// An exponent that is no positive number.
    #[error("the calibration exponent must be positive, it is {exponent}")]
    InvalidExponent {
        /// What was given [1].
        exponent: f64,
    },
    /// A utilisation of the asymptote that is no number.
    #[error("the utilisation of the asymptote must be a number, it is {utilisation}")]
    InvalidUtilisation {
        /// What was given [1].
        utilisation: f64,
    },
}

/// Idle power and the rise from it to full power.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PowerRange {
    pub(super) idle_w: f64,
    pub(super) span_w: f64,
}

impl PowerRange {
    pub(super) fn new(idle_w: f64, full_w: f64) -> Result<Self, PowerError> {
        check_power(idle_w)?;
        check_power(full_w)?;
        if full_w < idle_w {
            return Err(PowerError::FullBelowIdle { idle_w, full_w });
        }
        Ok(Self {
            idle_w,
            span_w: full_w - idle_w,
        })
    }

    /// Power at a share of the rise [W].
    pub(super) fn at(&self, share: f64) -> f64 {
        self.idle_w + self.span_w * share
    }
}

pub(super) fn check_power(power_w: f64) -> Result<(), PowerError> {
    if (0.0..=POWER_MAX_W).contains(&power_w) {
        Ok(())
    } else {
        Err(PowerError::NotAPower { power_w })
    }
}
