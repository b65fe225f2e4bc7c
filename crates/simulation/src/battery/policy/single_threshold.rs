//! One threshold: from it on the battery discharges, under it it charges.

use super::{BatteryState, Situation};

#[derive(Debug, Clone, Copy)]
pub(in crate::battery) struct SingleThreshold {
    pub(super) threshold: f64,
}

impl SingleThreshold {
    pub(super) fn decide(self, situation: Situation) -> BatteryState {
        let is_dirty = situation.intensity >= self.threshold;
        situation.state(is_dirty, !is_dirty)
    }
}
