//! When a battery charges and discharges.
//!
//! # What it computes
//! The state of a battery from the carbon intensity in force, the intensities before, and whether the battery is
//! full or empty. All policies discharge when the grid is dirty and charge when it is clean; they differ in what they
//! take for dirty and clean.
//!
//! # Assumptions
//! Intensities are told one by one, each with the same weight whatever its duration.
//!
//! # References
//! The policies are those of the `OpenDC` data-centre simulator, from a description of them; each file says where
//! ours differs.

mod double_threshold;
mod running_mean;
mod running_mean_plus;
mod running_median;
mod running_quartiles;
mod single_threshold;
mod window;

use self::double_threshold::DoubleThreshold;
use self::running_mean::RunningMean;
use self::running_mean_plus::RunningMeanPlus;
use self::running_median::RunningMedian;
use self::running_quartiles::RunningQuartiles;
use self::single_threshold::SingleThreshold;
use super::{BatteryError, BatteryState};

/// When a battery charges and discharges, as given.
#[derive(Debug, Clone, PartialEq)]
pub enum BatteryPolicySpec {
    /// One threshold.
    SingleThreshold {
        /// Intensity from which the battery discharges, and under which it charges [g/kWh].
        threshold: f64,
    },
    /// Two thresholds and a band of rest between them.
    DoubleThreshold {
        /// Intensity under which the battery charges [g/kWh].
        lower: f64,
        /// Intensity over which it discharges [g/kWh].
        upper: f64,
    },
    /// The mean of the latest intensities is the threshold.
    RunningMean {
        /// First value of the window [g/kWh].
        starting_threshold: f64,
        /// Intensities that the window holds.
        window: usize,
    },
    /// As the running mean, but charging begins only when the intensity has stopped falling.
    RunningMeanPlus {
        /// First value of the window [g/kWh].
        starting_threshold: f64,
        /// Intensities that the window holds.
        window: usize,
    },
    /// The median of the latest intensities is the threshold.
    RunningMedian {
        /// First value of the window [g/kWh].
        starting_threshold: f64,
        /// Intensities that the window holds.
        window: usize,
    },
    /// The lower and the upper quartile of the latest intensities are the thresholds.
    RunningQuartiles {
        /// First value of the window [g/kWh].
        starting_threshold: f64,
        /// Intensities that the window holds.
        window: usize,
    },
}

impl BatteryPolicySpec {
    pub(super) fn check(&self) -> Result<(), BatteryError> {
        let thresholds = match *self {
            Self::SingleThreshold { threshold } => [threshold; 2],
            Self::DoubleThreshold { lower, upper } => [lower, upper],
            Self::RunningMean {
                starting_threshold,
                window,
            }
            | Self::RunningMeanPlus {
                starting_threshold,
                window,
            }
            | Self::RunningMedian {
                starting_threshold,
                window,
            }
            | Self::RunningQuartiles {
                starting_threshold,
                window,
            } => {
                if window == 0 {
                    return Err(BatteryError::EmptyWindow);
                }
                [starting_threshold; 2]
            }
        };
        for value in thresholds {
            if !value.is_finite() {
                let what = "threshold";
                return Err(BatteryError::InvalidValue { what, value });
            }
        }
        let [lower, upper] = thresholds;
        if lower > upper {
            return Err(BatteryError::CrossedThresholds { lower, upper });
        }
        Ok(())
    }
}

/// What a policy decides from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    /// Intensity in force [g/kWh].
    pub(super) intensity: f64,
    pub(super) is_charging: bool,
    pub(super) is_empty: bool,
    pub(super) is_full: bool,
}

impl Situation {
    /// Discharges where the grid is dirty and there is charge, charges where it is clean and there is room.
    fn state(&self, is_dirty: bool, is_clean: bool) -> BatteryState {
        if is_dirty && !self.is_empty {
            BatteryState::Discharging
        } else if is_clean && !self.is_full {
            BatteryState::Charging
        } else {
            BatteryState::Idle
        }
    }
}

/// A policy at an instant of a run.
#[derive(Debug, Clone)]
pub(super) enum Policy {
    SingleThreshold(SingleThreshold),
    DoubleThreshold(DoubleThreshold),
    RunningMean(RunningMean),
    RunningMeanPlus(RunningMeanPlus),
    RunningMedian(RunningMedian),
    RunningQuartiles(RunningQuartiles),
}

impl Policy {
    /// A checked policy at the start of a run.
    pub(super) fn new(spec: &BatteryPolicySpec) -> Self {
        match *spec {
            BatteryPolicySpec::SingleThreshold { threshold } => {
                Self::SingleThreshold(SingleThreshold { threshold })
            }
            BatteryPolicySpec::DoubleThreshold { lower, upper } => {
                Self::DoubleThreshold(DoubleThreshold { lower, upper })
            }
            BatteryPolicySpec::RunningMean {
                starting_threshold,
                window,
            } => Self::RunningMean(RunningMean::new(starting_threshold, window)),
            BatteryPolicySpec::RunningMeanPlus {
                starting_threshold,
                window,
            } => Self::RunningMeanPlus(RunningMeanPlus::new(starting_threshold, window)),
            BatteryPolicySpec::RunningMedian {
                starting_threshold,
                window,
            } => Self::RunningMedian(RunningMedian::new(starting_threshold, window)),
            BatteryPolicySpec::RunningQuartiles {
                starting_threshold,
                window,
            } => Self::RunningQuartiles(RunningQuartiles::new(starting_threshold, window)),
        }
    }

    /// Takes a new intensity [g/kWh] into account, before it is decided upon.
    pub(super) fn learn(&mut self, intensity: f64) {
        match self {
            Self::SingleThreshold(_) | Self::DoubleThreshold(_) => {}
            Self::RunningMean(policy) => policy.learn(intensity),
            Self::RunningMeanPlus(policy) => policy.learn(intensity),
            Self::RunningMedian(policy) => policy.learn(intensity),
            Self::RunningQuartiles(policy) => policy.learn(intensity),
        }
    }

    pub(super) fn decide(&self, situation: Situation) -> BatteryState {
        match self {
            Self::SingleThreshold(policy) => policy.decide(situation),
            Self::DoubleThreshold(policy) => policy.decide(situation),
            Self::RunningMean(policy) => policy.decide(situation),
            Self::RunningMeanPlus(policy) => policy.decide(situation),
            Self::RunningMedian(policy) => policy.decide(situation),
            Self::RunningQuartiles(policy) => policy.decide(situation),
        }
    }
}

#[cfg(test)]
mod tests;
