//! Air-cooled chillers as the trim of a topology.
//!
//! # What it computes
//! Compressor power, rejected and unmet heat for a heat load in a water loop.
//!
//! # Assumptions
//! Condensers stand outdoors in ambient air; their fans are part of the compressor power, as in the record.
//!
//! # Valid range
//! As [`crate::cooling::chiller`].
//!
//! # References
//! As [`crate::cooling::chiller`].

use crate::cooling::chiller::Chiller;
use crate::cooling::chiller::curves::AIR_COOLED_SCROLL;
use crate::design::DesignConditions;

/// The trim chillers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PackagedChiller {
    chiller: Chiller,
}

/// What they do in one step.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_field_names, reason = "the suffix is the unit")]
pub(super) struct Trim {
    pub(super) compressor_w: f64,
    pub(super) heat_rejected_w: f64,
    pub(super) unmet_w: f64,
}

impl PackagedChiller {
    /// Sized for the whole load \[W\] on the hottest day, leaving water at `leaving_c` \[°C\].
    pub(super) fn new(load_w: f64, leaving_c: f64, design: &DesignConditions) -> Self {
        Self {
            chiller: Chiller::new(
                &AIR_COOLED_SCROLL,
                load_w,
                leaving_c,
                design.dry_bulb_c,
                design.cooling_redundancy,
            ),
        }
    }

    /// Takes `load_w` \[W\] at this ambient \[°C\].
    #[inline]
    pub(super) fn run(&self, load_w: f64, ambient_c: f64) -> Trim {
        let state = self.chiller.run(load_w, ambient_c);
        Trim {
            compressor_w: state.compressor_w,
            heat_rejected_w: state.cooling_w + state.compressor_w,
            unmet_w: load_w - state.cooling_w,
        }
    }
}
