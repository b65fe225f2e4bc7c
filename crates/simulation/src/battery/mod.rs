//! A battery between the grid and the hosts.
//!
//! # What it computes
//! Charge over time, and power and energy drawn from the grid. While charging the grid carries the hosts' load and
//! the charging power; while discharging the battery carries the whole load; while idle the grid does. A policy
//! decides which, from the carbon intensity of the grid.
//!
//! # Assumptions
//! No losses, no ageing, no limit on discharging power, constant charging power. The policy decides only when the
//! intensity is told anew and when the battery is full or empty. Between full or empty and the next decision the
//! battery neither charges nor discharges.
//!
//! # Valid range
//! Loads and charging powers from 0 W. Within an interval the load is constant.
//!
//! # References
//! The state machine and its policies are those of the `OpenDC` data-centre simulator, from a description of them.

mod policy;
mod spec;

pub use policy::BatteryPolicySpec;
pub use spec::{BatteryError, BatterySpec};

use policy::{Policy, Situation};

/// Share of the capacity that counts as nothing: what rounding leaves at full and empty [1].
const ROUNDING: f64 = 1e-12;

/// What a battery does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatteryState {
    /// Neither charges nor discharges.
    Idle,
    /// Draws its charging power from the grid.
    Charging,
    /// Carries the load of the hosts.
    Discharging,
}

/// A battery at an instant of a run.
#[derive(Debug, Clone)]
pub struct Battery {
    capacity_j: f64,
    charging_w: f64,
    embodied_g_per_ms: f64,
    charge_j: f64,
    state: BatteryState,
    policy: Policy,
    /// Intensity in force [g/kWh]; none has been told yet.
    intensity: Option<f64>,
}

impl Battery {
    /// A battery at the start of a run, idle until an intensity is told; fails on a specification that cannot be.
    pub fn new(spec: &BatterySpec) -> Result<Self, BatteryError> {
        spec.check()?;
        let embodied_g_per_ms = if spec.lifetime_ms > 0.0 {
            spec.embodied_g / spec.lifetime_ms
        } else {
            0.0
        };
        Ok(Self {
            capacity_j: spec.capacity_j,
            charging_w: spec.charging_w,
            embodied_g_per_ms,
            charge_j: spec.initial_charge_j,
            state: BatteryState::Idle,
            policy: Policy::new(&spec.policy),
            intensity: None,
        })
    }

    /// From now on a carbon intensity [g/kWh] holds, even if it equals the last: the policy decides again. What is
    /// no number is no news.
    pub fn on_intensity(&mut self, intensity: f64) {
        if intensity.is_finite() {
            self.intensity = Some(intensity);
            self.policy.learn(intensity);
            self.decide();
        }
    }

    /// The battery may be full or empty: the policy decides again.
    pub fn on_limit(&mut self) {
        self.decide();
    }

    fn decide(&mut self) {
        if let Some(intensity) = self.intensity {
            self.state = self.policy.decide(Situation {
                intensity,
                is_charging: self.state == BatteryState::Charging,
                is_empty: self.is_empty(),
                is_full: self.is_full(),
            });
        }
    }

    /// Advances through an interval [ms] of constant load of the hosts [W]; returns the energy drawn from the grid
    /// [J]. When the battery becomes full or empty within the interval, the grid carries the load of the rest.
    pub fn advance(&mut self, interval_ms: i64, load_w: f64) -> f64 {
        let interval_s = interval_ms.max(0) as f64 / 1e3;
        let load_j = load_w * interval_s;
        match self.state {
            BatteryState::Idle => load_j,
            BatteryState::Charging => {
                let before_j = self.charge_j;
                let asked_j = self.charging_w * interval_s;
                self.charge_j = if asked_j >= self.room_j() - ROUNDING * self.capacity_j {
                    self.capacity_j
                } else {
                    before_j + asked_j
                };
                load_j + (self.charge_j - before_j)
            }
            BatteryState::Discharging => {
                let before_j = self.charge_j;
                self.charge_j = if load_j >= before_j - ROUNDING * self.capacity_j {
                    0.0
                } else {
                    before_j - load_j
                };
                // Rounding at empty must not let the grid take energy in.
                (load_j - (before_j - self.charge_j)).max(0.0)
            }
        }
    }

    /// Power drawn from the grid at a load of the hosts [W].
    pub fn grid_w(&self, load_w: f64) -> f64 {
        match self.state {
            BatteryState::Charging if !self.is_full() => load_w + self.charging_w,
            BatteryState::Discharging if !self.is_empty() => 0.0,
            _ => load_w,
        }
    }

    /// Time until the battery is full or empty at a load of the hosts [W], rounded up, at least 1 [ms]; none while
    /// idle, when the limit is reached already, or when it never is.
    pub fn next_change_ms(&self, load_w: f64) -> Option<i64> {
        let (left_j, power_w) = match self.state {
            BatteryState::Idle => return None,
            BatteryState::Charging => (self.room_j(), self.charging_w),
            BatteryState::Discharging => (self.charge_j, load_w),
        };
        if left_j <= 0.0 || power_w <= 0.0 {
            return None;
        }
        let left_ms = (left_j / power_w * 1e3).ceil();
        // Beyond half the range of times nothing is awaited.
        (left_ms < i64::MAX as f64 / 2.0).then_some((left_ms as i64).max(1))
    }

    /// Charge [J].
    pub fn charge_j(&self) -> f64 {
        self.charge_j
    }

    /// What the battery does.
    pub fn state(&self) -> BatteryState {
        self.state
    }

    /// Carbon of its making, spread over its lifetime [g/ms]; 0 where no lifetime is given.
    pub fn embodied_g_per_ms(&self) -> f64 {
        self.embodied_g_per_ms
    }

    fn room_j(&self) -> f64 {
        self.capacity_j - self.charge_j
    }

    fn is_empty(&self) -> bool {
        self.charge_j <= 0.0
    }

    fn is_full(&self) -> bool {
        self.charge_j >= self.capacity_j
    }
}

#[cfg(test)]
mod tests;
