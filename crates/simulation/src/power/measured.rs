//! Power through measured points.
//!
//! # What it computes
//! Power at 0, 10, ..., 100 % utilisation as measured, and straight lines between.
//!
//! # Assumptions
//! What is measured under a benchmark's load holds under any load of the same utilisation.
//!
//! # Valid range
//! Utilisation 0 to 1. The points need not rise.
//!
//! # References
//! The `SPECpower_ssj2008` procedure measures these eleven points; shapes by year come from [`PowerCurve`].

use angara_catalog::{CURVE_POINTS, PowerCurve};

use super::range::{PowerError, PowerRange, check_power};

/// Through measured points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    points_w: [f64; CURVE_POINTS],
}

impl Measured {
    /// From power at 0, 10, ..., 100 % utilisation [W]; fails on what is no power.
    pub fn new(points_w: [f64; CURVE_POINTS]) -> Result<Self, PowerError> {
        for power_w in points_w {
            check_power(power_w)?;
        }
        Ok(Self { points_w })
    }

    /// From the shape of a generation of machines and a machine's own idle and full power [W]; fails on what is no
    /// power, or when full power is the smaller.
    pub fn of_curve(curve: &PowerCurve, idle_w: f64, full_w: f64) -> Result<Self, PowerError> {
        let range = PowerRange::new(idle_w, full_w)?;
        Self::new(curve.normalised().map(|share| range.at(share)))
    }

    pub(crate) fn power_w(&self, utilisation: f64) -> f64 {
        let position = utilisation * (CURVE_POINTS - 1) as f64;
        let left = (position as usize).min(CURVE_POINTS - 2);
        let rise_w = self.points_w[left + 1] - self.points_w[left];
        self.points_w[left] + rise_w * (position - left as f64)
    }
}
