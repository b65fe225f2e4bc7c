//! Batteries of the UPS.
//!
//! # What it computes
//! Minutes for which they carry a load that differs from the one they are sized for.
//!
//! # Assumptions
//! Peukert's law: at lower load more of the charge can be used. End of life: 80 % of the capacity is left.
//!
//! # Valid range
//! Loads from a tenth of the rating up; below, the value of a tenth.
//!
//! # References
//! W. Peukert, Elektrotechnische Zeitschrift 20 (1897), 287-288; exponent 1.05 for lithium-ion cells, an assumption
//! within published values. IEEE 1188: end of life at 80 %.

/// Exponent of Peukert's law.
const EXPONENT: f64 = 1.05;
/// Share of the capacity that is left at the end of life.
const END_OF_LIFE: f64 = 0.8;
/// Least share of the load for which the law is taken.
const SHARE_MIN: f64 = 0.1;

/// Batteries sized for a time at the rated load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Battery {
    /// Time at the rated load when new \[s\].
    pub rated_s: f64,
}

impl Battery {
    /// Time \[s\] at this share of the rated load, at the end of the batteries' life.
    pub fn seconds_at(&self, load_share: f64) -> f64 {
        END_OF_LIFE * self.rated_s / libm::pow(load_share.max(SHARE_MIN), EXPONENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_load_lasts_a_little_more_than_twice_as_long() {
        let battery = Battery { rated_s: 300.0 };
        assert!((battery.seconds_at(1.0) - 240.0).abs() < 1e-9);
        let ratio = battery.seconds_at(0.5) / battery.seconds_at(1.0);
        assert!((ratio - 2.07).abs() < 0.01, "{ratio}");
        assert_eq!(battery.seconds_at(0.0), battery.seconds_at(0.1));
    }
}
