//! The quartiles of the latest intensities are the thresholds: from the upper on the battery discharges, up to the
//! lower it charges, between them it rests. Until the window is full the median stands for both. (`OpenDC` reads
//! beyond the end of a window of two or three.)

use super::window::Window;
use super::{BatteryState, Situation};

#[derive(Debug, Clone)]
pub(in crate::battery) struct RunningQuartiles {
    window: Window,
    lower: f64,
    upper: f64,
}

impl RunningQuartiles {
    pub(super) fn new(starting_threshold: f64, window: usize) -> Self {
        Self {
            window: Window::new(starting_threshold, window),
            lower: starting_threshold,
            upper: starting_threshold,
        }
    }

    pub(super) fn learn(&mut self, intensity: f64) {
        self.window.push(intensity);
        (self.lower, self.upper) = if self.window.is_full() {
            (self.window.quantile(0.25), self.window.quantile(0.75))
        } else {
            let median = self.window.quantile(0.5);
            (median, median)
        };
    }

    pub(super) fn decide(&self, situation: Situation) -> BatteryState {
        situation.state(
            situation.intensity >= self.upper,
            situation.intensity <= self.lower,
        )
    }
}
