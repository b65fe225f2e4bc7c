//! Redundancy: how many units stand for a design load, and how they share it.
//!
//! # What it computes
//! N units carry the design load; N+1 or 2N are installed; all installed units run and share the load
//! equally, so each runs below its rating.
//!
//! # Assumptions
//! Equal units, no rotation, no sleeping units. Standby units that are switched off would save no-load
//! losses and lose the saving of slow fans; operators of large sites run them.
//!
//! # Valid range
//! Any non-negative design load.
//!
//! # References
//! EN 50600-2-2 and 2-3 (N, N+1, 2N); ANSI/TIA-942-B.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Installed units against the N that the design load needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Redundancy {
    /// As many as needed.
    N,
    /// One more than needed.
    NPlusOne,
    /// Two complete trains.
    TwoN,
    /// One unit less than needed: N after a unit has failed.
    NMinusOne,
    /// Two complete trains less a unit: 2N after a unit has failed.
    TwoNMinusOne,
}

impl Redundancy {
    /// Every redundancy that is built, from least to most.
    pub const ALL: [Self; 3] = [Self::N, Self::NPlusOne, Self::TwoN];

    /// Name in a scenario: `N`, `N+1`, `2N`.
    pub fn name(self) -> &'static str {
        match self {
            Self::N => "N",
            Self::NPlusOne => "N+1",
            Self::TwoN => "2N",
            Self::NMinusOne => "N-1",
            Self::TwoNMinusOne => "2N-1",
        }
    }

    /// What is left after one unit of a bank has failed: of N+1 the N that are needed.
    #[must_use]
    pub fn with_unit_lost(self) -> Self {
        match self {
            Self::NPlusOne => Self::N,
            Self::N | Self::NMinusOne => Self::NMinusOne,
            Self::TwoN | Self::TwoNMinusOne => Self::TwoNMinusOne,
        }
    }

    /// Units installed where `needed` units carry the design load.
    fn installed(self, needed: f64) -> f64 {
        match self {
            Self::N => needed,
            Self::NPlusOne => needed + 1.0,
            Self::TwoN => 2.0 * needed,
            Self::NMinusOne => needed - 1.0,
            Self::TwoNMinusOne => 2.0 * needed - 1.0,
        }
    }
}

impl fmt::Display for Redundancy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A redundancy that has no meaning here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown redundancy `{0}`: expected N, N+1 or 2N")]
pub struct UnknownRedundancy(String);

impl FromStr for Redundancy {
    type Err = UnknownRedundancy;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|redundancy| redundancy.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownRedundancy(text.to_owned()))
    }
}

/// Equal units that share one load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitBank {
    units_installed: f64,
    total_rating: f64,
    /// One over the rating; 0 for a bank without rating.
    share_per_load: f64,
}

impl UnitBank {
    /// Units of at most `unit_rating_max` (same unit as the load) for this design load.
    pub fn new(design_load: f64, unit_rating_max: f64, redundancy: Redundancy) -> Self {
        let units_needed = (design_load / unit_rating_max).ceil().max(1.0);
        let units_installed = redundancy.installed(units_needed);
        let total_rating = units_installed * (design_load / units_needed);
        Self {
            units_installed,
            total_rating,
            share_per_load: if total_rating > 0.0 {
                1.0 / total_rating
            } else {
                0.0
            },
        }
    }

    /// Number of units installed.
    pub fn units_installed(&self) -> f64 {
        self.units_installed
    }

    /// Rating of all installed units together.
    #[inline]
    pub fn total_rating(&self) -> f64 {
        self.total_rating
    }

    /// Load over the rating of all installed units; 0 for a bank without rating.
    #[inline]
    pub fn share(&self, load: f64) -> f64 {
        load * self.share_per_load
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_trains_each_carry_at_most_half() {
        let bank = UnitBank::new(4e6, 1e6, Redundancy::TwoN);
        assert_eq!(bank.units_installed(), 8.0);
        assert_eq!(bank.share(4e6), 0.5);
    }

    #[test]
    fn one_spare_among_four_lowers_the_share_to_four_fifths() {
        let bank = UnitBank::new(3.6e6, 1e6, Redundancy::NPlusOne);
        assert_eq!(bank.units_installed(), 5.0);
        assert!((bank.share(3.6e6) - 0.8).abs() < 1e-12);
    }

    #[test]
    fn a_failed_unit_leaves_what_was_needed_or_less() {
        let rating = |redundancy: Redundancy| UnitBank::new(4e6, 1e6, redundancy).total_rating();
        assert_eq!(rating(Redundancy::NPlusOne.with_unit_lost()), 4e6);
        assert_eq!(rating(Redundancy::N.with_unit_lost()), 3e6);
        assert_eq!(rating(Redundancy::TwoN.with_unit_lost()), 7e6);
        let nothing = UnitBank::new(1e6, 1e6, Redundancy::NMinusOne);
        assert_eq!((nothing.total_rating(), nothing.share(1e6)), (0.0, 0.0));
    }

    #[test]
    fn a_bank_for_no_load_has_no_share() {
        let bank = UnitBank::new(0.0, 1e6, Redundancy::NPlusOne);
        assert_eq!(bank.share(1.0), 0.0);
    }

    #[test]
    fn names_read_back() {
        for redundancy in Redundancy::ALL {
            assert_eq!(redundancy.name().parse(), Ok(redundancy));
        }
        assert!("3N".parse::<Redundancy>().is_err());
    }
}
