//! Power of a machine against its utilisation.
//!
//! # What it computes
//! The power a machine draws at a utilisation `u`, by one of seven formulas or from measured points. Each formula
//! rises from idle power `P0` towards full power `P1` by a shape of its own; the shapes stand in the files of this
//! folder.
//!
//! # Assumptions
//! Power depends on utilisation alone: neither inlet temperature nor clock frequency enters.
//!
//! # Valid range
//! Utilisation 0 to 1; outside it is held at the ends, and what is no number counts as 0. Powers from 0 to 1 TW.
//! Every model gives a finite power of at least 0 W at every utilisation.
//!
//! # References
//! Fan, Weber and Barroso, Power provisioning for a warehouse-sized computer, ISCA 2007 (linear and calibrated
//! curves); Kliazovich, Bouvry and Khan, `DENS`: data center energy-efficient network-aware scheduling, 2013
//! (asymptotic curve); `SPECpower_ssj2008` published results (measured curves).

mod asymptotic;
mod constant;
mod cubic;
mod linear;
mod mean_squared_error;
mod measured;
mod range;
mod square;
mod square_root;

pub use asymptotic::Asymptotic;
pub use constant::Constant;
pub use cubic::Cubic;
pub use linear::Linear;
pub use mean_squared_error::MeanSquaredError;
pub use measured::Measured;
pub use range::PowerError;
pub use square::Square;
pub use square_root::SquareRoot;

/// Power of a machine against its utilisation.
#[derive(Debug, Clone, PartialEq)]
pub enum PowerModel {
    /// The same at every utilisation.
    Constant(Constant),
    /// A straight line.
    Linear(Linear),
    /// Steep at low utilisation.
    SquareRoot(SquareRoot),
    /// Flat at low utilisation.
    Square(Square),
    /// Flatter still at low utilisation.
    Cubic(Cubic),
    /// Calibrated to measurements by one exponent.
    MeanSquaredError(MeanSquaredError),
    /// Towards an asymptote, with or without frequency scaling.
    Asymptotic(Asymptotic),
    /// Through measured points.
    Measured(Measured),
}

impl PowerModel {
    /// Power at a utilisation [W]; utilisation is held within 0 to 1 [1].
    pub fn power_w(&self, utilisation: f64) -> f64 {
        // A comparison with what is no number is false, so it counts as 0.
        let utilisation = if utilisation > 0.0 {
            utilisation.min(1.0)
        } else {
            0.0
        };
        match self {
            Self::Constant(model) => model.power_w(),
            Self::Linear(model) => model.power_w(utilisation),
            Self::SquareRoot(model) => model.power_w(utilisation),
            Self::Square(model) => model.power_w(utilisation),
            Self::Cubic(model) => model.power_w(utilisation),
            Self::MeanSquaredError(model) => model.power_w(utilisation),
            Self::Asymptotic(model) => model.power_w(utilisation),
            Self::Measured(model) => model.power_w(utilisation),
        }
    }

    /// Power at utilisation 0 [W].
    pub fn idle_w(&self) -> f64 {
        self.power_w(0.0)
    }

    /// Power at utilisation 1 [W]; an asymptotic model stays below its full power there.
    pub fn peak_w(&self) -> f64 {
        self.power_w(1.0)
    }
}

#[cfg(test)]
mod tests;
