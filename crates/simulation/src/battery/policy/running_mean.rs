//! The mean of the latest intensities, the one in force included, is the threshold: from it on the battery
//! discharges, under it it charges.

use super::window::Window;
use super::{BatteryState, Situation};

#[derive(Debug, Clone)]
pub(in crate::battery) struct RunningMean {
    window: Window,
    threshold: f64,
}

impl RunningMean {
    pub(super) fn new(starting_threshold: f64, window: usize) -> Self {
        Self {
            window: Window::new(starting_threshold, window),
            threshold: starting_threshold,
        }
    }

    pub(super) fn learn(&mut self, intensity: f64) {
        self.window.push(intensity);
        self.threshold = self.window.mean();
    }

    pub(super) fn decide(&self, situation: Situation) -> BatteryState {
        let is_dirty = situation.intensity >= self.threshold;
        situation.state(is_dirty, !is_dirty)
    }
}
