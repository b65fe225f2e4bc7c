//! What is given of a battery.

use thiserror::Error;

use super::policy::BatteryPolicySpec;

/// A battery as given.
#[derive(Debug, Clone, PartialEq)]
pub struct BatterySpec {
    /// Capacity [J].
    pub capacity_j: f64,
    /// Power drawn for charging, on top of the load [W].
    pub charging_w: f64,
    /// Charge at the start of the run [J].
    pub initial_charge_j: f64,
    /// When it charges and discharges.
    pub policy: BatteryPolicySpec,
    /// Carbon of its making [g].
    pub embodied_g: f64,
    /// Time over which the carbon of its making is spread [ms]; 0 where not known.
    pub lifetime_ms: f64,
}

impl BatterySpec {
    pub(super) fn check(&self) -> Result<(), BatteryError> {
        let values = [
            ("capacity", self.capacity_j),
            ("charging power", self.charging_w),
            ("initial charge", self.initial_charge_j),
            ("embodied carbon", self.embodied_g),
            ("lifetime", self.lifetime_ms),
        ];
        for (what, value) in values {
            if !(value.is_finite() && value >= 0.0) {
                return Err(BatteryError::InvalidValue { what, value });
            }
        }
        if self.initial_charge_j > self.capacity_j {
            return Err(BatteryError::Overcharged {
                initial_charge_j: self.initial_charge_j,
                capacity_j: self.capacity_j,
            });
        }
        self.policy.check()
    }
}

/// Why a battery cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum BatteryError {
    /// A quantity that is no number or negative.
    #[error("the {what} of a battery cannot be {value}")]
    InvalidValue {
        /// What is given.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// More charge than capacity.
    #[error("a battery of {capacity_j} J cannot begin with {initial_charge_j} J")]
    Overcharged {
        /// Charge at the start [J].
        initial_charge_j: f64,
        /// Capacity [J].
        capacity_j: f64,
    },
    /// A lower threshold above the upper one.
    #[error("the lower threshold of {lower} g/kWh lies above the upper threshold of {upper} g/kWh")]
    CrossedThresholds {
        /// Intensity under which the battery charges [g/kWh].
        lower: f64,
        /// Intensity over which it discharges [g/kWh].
        upper: f64,
    },
    /// A window of no intensities.
    #[error("the window of a battery's policy must hold at least one intensity")]
    EmptyWindow,
}
