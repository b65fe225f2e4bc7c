//! As the running mean, but charging begins only when the intensity has stopped falling: cleaner energy may be near.
//! Charging that has begun goes on through a further fall. (`OpenDC` means to do so as well, but forgets that it
//! charges.)

use super::window::Window;
use super::{BatteryState, Situation};

#[derive(Debug, Clone)]
pub(in crate::battery) struct RunningMeanPlus {
    window: Window,
    threshold: f64,
    latest: f64,
    before: f64,
}

impl RunningMeanPlus {
    pub(super) fn new(starting_threshold: f64, window: usize) -> Self {
        Self {
            window: Window::new(starting_threshold, window),
            threshold: starting_threshold,
            latest: starting_threshold,
            before: starting_threshold,
        }
    }

    pub(super) fn learn(&mut self, intensity: f64) {
        self.window.push(intensity);
        self.threshold = self.window.mean();
        self.before = self.latest;
        self.latest = intensity;
    }

    pub(super) fn decide(&self, situation: Situation) -> BatteryState {
        let is_dirty = situation.intensity >= self.threshold;
        let may_charge = situation.is_charging || situation.intensity >= self.before;
        situation.state(is_dirty, !is_dirty && may_charge)
    }
}
