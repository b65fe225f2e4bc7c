//! Emergency generators.
//!
//! # What it computes
//! Fuel at a load, hours of a tank, and the probability that enough of the installed sets start.
//!
//! # Assumptions
//! Sets start independently of each other and take an equal share. Willans' line: fuel is a no-load part and a part in
//! proportion to the load.
//!
//! # Valid range
//! Load share 0 to 1 of the running sets.
//!
//! # References
//! Fuel of 0.025 and 0.225 l per kWh of rating and of load: data sheets of diesel sets of 2 to 3 MW (0.25 l/kWh at full
//! load), an assumption. Failure to start on demand 0.5 %: within the 0.2 to 1 % of NUREG/CR-6928 and IEEE 493 [mem].

use crate::redundancy::Redundancy;

/// Fuel without load \[l/h per kW of rating\].
const FUEL_NO_LOAD: f64 = 0.025;
/// Fuel of the load \[l/kWh\].
const FUEL_OF_LOAD: f64 = 0.225;
/// Probability that a set does not start when it should.
pub const START_FAILURE: f64 = 0.005;
/// Time from the loss of the grid until the sets carry the load \[s\].
pub const START_SECONDS: f64 = 30.0;
/// Largest set \[W\].
const UNIT_RATING_MAX_W: f64 = 2.5e6;

/// The generators of a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Generators {
    needed: u32,
    installed: u32,
    unit_w: f64,
}

impl Generators {
    /// Sets for this load \[W\] at the grid connection.
    pub fn new(design_load_w: f64, redundancy: Redundancy) -> Self {
        let needed = (design_load_w / UNIT_RATING_MAX_W).ceil().max(1.0) as u32;
        Self {
            needed,
            installed: match redundancy {
                Redundancy::N => needed,
                Redundancy::NPlusOne => needed + 1,
                Redundancy::TwoN => 2 * needed,
                Redundancy::NMinusOne => needed - 1,
                Redundancy::TwoNMinusOne => 2 * needed - 1,
            },
            unit_w: design_load_w / f64::from(needed),
        }
    }

    /// Sets that are installed.
    pub fn installed(&self) -> u32 {
        self.installed
    }

    /// Fuel \[l/h\] while all sets share this load \[W\].
    pub fn fuel_l_per_hour(&self, load_w: f64) -> f64 {
        let rating_kw = f64::from(self.installed) * self.unit_w / 1e3;
        FUEL_NO_LOAD * rating_kw + FUEL_OF_LOAD * load_w / 1e3
    }

    /// Probability that enough sets start.
    pub fn starts(&self) -> f64 {
        if self.installed < self.needed {
            return 0.0;
        }
        let (n, mut sum, mut ways) = (self.installed, 0.0, 1.0);
        for failed in 0..=(n - self.needed) {
            if failed > 0 {
                ways *= f64::from(n - failed + 1) / f64::from(failed);
            }
            sum += ways
                * libm::pow(START_FAILURE, f64::from(failed))
                * libm::pow(1.0 - START_FAILURE, f64::from(n - failed));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spare_set_makes_the_start_surer() {
        let starts = |redundancy: Redundancy| Generators::new(1e7, redundancy).starts();
        assert!((starts(Redundancy::N) - libm::pow(0.995, 4.0)).abs() < 1e-12);
        // 1 - P(two or more of five fail) = 1 - 10 · 0.005² · 0.995³ - ...
        assert!((1.0 - starts(Redundancy::NPlusOne) - 2.475e-4).abs() < 2e-6);
        assert!(starts(Redundancy::TwoN) > starts(Redundancy::NPlusOne));
        assert_eq!(starts(Redundancy::NMinusOne), 0.0);
    }

    #[test]
    fn a_full_load_burns_a_quarter_of_a_litre_per_kilowatt_hour() {
        let sets = Generators::new(1e7, Redundancy::N);
        assert!((sets.fuel_l_per_hour(1e7) / 1e4 - 0.25).abs() < 1e-9);
        assert_eq!(sets.installed(), 4);
    }
}
