//! Two thresholds: over the upper the battery discharges, under the lower it charges, between them it rests.

use super::{BatteryState, Situation};

#[derive(Debug, Clone, Copy)]
pub(in crate::battery) struct DoubleThreshold {
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl DoubleThreshold {
    pub(super) fn decide(&self, situation: Situation) -> BatteryState {
        situation.state(
            situation.intensity > self.upper,
            situation.intensity < self.lower,
        )
    }
}
