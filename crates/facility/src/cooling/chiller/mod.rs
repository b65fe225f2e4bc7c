//! Electric chiller.
//!
//! # What it computes
//! Compressor power of equal chillers that share a load:
//! `P = Q_ref / COP_ref × CAPFT(T_e, T_c) × EIRFT(T_e, T_c) × EIRFPLR(PLR) × cycling / lift correction`,
//! with `T_e` the leaving evaporator and `T_c` the entering condenser temperature (water, or outdoor air).
//!
//! # Assumptions
//! - The curves are evaluated inside their record's limits only. Data-centre water of 15 to 20 °C lies
//!   outside every public record, so beyond the limits the COP follows the Carnot COP of the lift. With
//!   `r = COP_Carnot(T_e, T_c) / COP_Carnot(limit)` it is multiplied by r where the lift is larger than the
//!   record's (r < 1), and by `1 + (r - 1) / 2` where it is smaller: compressors lose efficiency at low
//!   lift, and public records, extrapolated to 18 °C water, show about half the gain of Carnot.
//! - Head-pressure control keeps the condenser at the record's least temperature and the lift at 15 K, so
//!   cold weather improves the COP only down to there.
//! - Capacity beyond the limits is that at the limit.
//! - Units are staged: a running unit carries at least half its capacity; what is less runs part of the hour.
//!
//! # Valid range
//! Any load; a load above the capacity is served up to the capacity.
//!
//! # References
//! `EnergyPlus` Engineering Reference, Chiller:Electric:EIR. Curve records: [`curves`].

pub mod curves;

use crate::psychrometrics::ZERO_CELSIUS_K;
use crate::redundancy::{Redundancy, UnitBank};
use curves::{ChillerCurves, Quadratic};

/// Least part-load ratio of a running unit.
const STAGING_PART_LOAD: f64 = 0.5;
/// Least temperature lift between evaporation and condensation \[K\].
const LIFT_MIN_K: f64 = 15.0;
/// Share of the Carnot gain that a lift below the record's brings.
const CARNOT_GAIN_REALISED: f64 = 0.5;
/// Largest unit \[W\]; an assumption from the records' usual sizes.
const UNIT_CAPACITY_MAX_W: f64 = 1.5e6;

/// The chillers of a plant, with a fixed leaving evaporator temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chiller {
    curves: &'static ChillerCurves,
    reference_capacity_w: f64,
    leaving_c: f64,
    /// The record's curves at the fixed leaving temperature.
    capacity: Quadratic,
    input_ratio: Quadratic,
    /// Absolute leaving temperature over its limit in the record.
    carnot_ratio: f64,
    /// Leaving temperature within the record \[°C\].
    leaving_limited_c: f64,
}

/// What the chillers do in one step.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChillerState {
    /// Heat taken from the chilled water \[W\].
    pub cooling_w: f64,
    /// Compressor power \[W\].
    pub compressor_w: f64,
}

impl Chiller {
    /// Sized to cool `design_load_w` \[W\] to `leaving_c` \[°C\] at `design_entering_c` \[°C\].
    pub fn new(
        curves: &'static ChillerCurves,
        design_load_w: f64,
        leaving_c: f64,
        design_entering_c: f64,
        redundancy: Redundancy,
    ) -> Self {
        let bank = UnitBank::new(design_load_w, UNIT_CAPACITY_MAX_W, redundancy);
        let leaving_limited_c = leaving_c.clamp(curves.leaving_min_c, curves.leaving_max_c);
        let unsized_chiller = Self {
            curves,
            reference_capacity_w: 1.0,
            leaving_c,
            capacity: curves.capacity.at_x(leaving_limited_c),
            input_ratio: curves.input_ratio.at_x(leaving_limited_c),
            carnot_ratio: (leaving_c + ZERO_CELSIUS_K) / (leaving_limited_c + ZERO_CELSIUS_K),
            leaving_limited_c,
        };
        let capacity_share = unsized_chiller.capacity_w(design_entering_c);
        Self {
            reference_capacity_w: bank.total_rating() / capacity_share,
            ..unsized_chiller
        }
    }

    /// Heat that all units together can take \[W\] at this entering condenser temperature \[°C\].
    pub fn capacity_w(&self, entering_c: f64) -> f64 {
        let (_, entering_limited_c) = self.entering(entering_c);
        self.reference_capacity_w * self.capacity.at(entering_limited_c)
    }

    /// Serves a load \[W\] at this entering condenser temperature \[°C\].
    pub fn run(&self, load_w: f64, entering_c: f64) -> ChillerState {
        if load_w <= 0.0 || self.reference_capacity_w <= 0.0 {
            return ChillerState::default();
        }
        let (controlled_c, limited_c) = self.entering(entering_c);
        let capacity_w = self.reference_capacity_w * self.capacity.at(limited_c);
        let cooling_w = load_w.min(capacity_w);
        let part_load = (cooling_w / capacity_w).max(STAGING_PART_LOAD);
        let input_ratio =
            self.input_ratio.at(limited_c) * self.curves.input_ratio_part_load(part_load);
        let lift_correction = self.lift_correction(controlled_c, limited_c);
        ChillerState {
            cooling_w,
            // The running units' capacity is the cooling over their part load.
            compressor_w: cooling_w * input_ratio
                / (part_load * self.curves.reference_cop * lift_correction),
        }
    }

    /// Factor on the COP at the record's limits for the temperatures beyond them.
    #[inline]
    fn lift_correction(&self, entering_c: f64, entering_limited_c: f64) -> f64 {
        let offset_k = self.curves.lift_offset_k;
        let lift_k =
            |leaving_c: f64, entering_c: f64| (entering_c + offset_k - leaving_c).max(LIFT_MIN_K);
        let ratio = self.carnot_ratio * lift_k(self.leaving_limited_c, entering_limited_c)
            / lift_k(self.leaving_c, entering_c);
        if ratio > 1.0 {
            1.0 + CARNOT_GAIN_REALISED * (ratio - 1.0)
        } else {
            ratio
        }
    }

    /// Entering condenser temperature under head-pressure control \[°C\], and the same inside the record's limits.
    #[inline]
    fn entering(&self, entering_c: f64) -> (f64, f64) {
        let lift_kept_c = self.leaving_c + LIFT_MIN_K - self.curves.lift_offset_k;
        let controlled_c = entering_c.max(self.curves.entering_min_c).max(lift_kept_c);
        (controlled_c, controlled_c.min(self.curves.entering_max_c))
    }
}

#[cfg(test)]
mod tests {
    use super::curves::{AIR_COOLED_SCROLL, WATER_COOLED_CENTRIFUGAL};
    use super::*;
    use proptest::prelude::*;

    fn cop(curves: &'static ChillerCurves, leaving_c: f64, entering_c: f64, share: f64) -> f64 {
        let chiller = Chiller::new(curves, 1e6, leaving_c, 30.0, Redundancy::N);
        let state = chiller.run(1e6 * share, entering_c);
        state.cooling_w / state.compressor_w
    }

    #[test]
    fn no_load_takes_no_power() {
        let chiller = Chiller::new(&AIR_COOLED_SCROLL, 1e6, 16.0, 35.0, Redundancy::N);
        assert_eq!(chiller.run(0.0, 30.0), ChillerState::default());
    }

    #[test]
    fn a_load_above_capacity_is_served_up_to_it() {
        let chiller = Chiller::new(&AIR_COOLED_SCROLL, 1e6, 16.0, 35.0, Redundancy::N);
        let state = chiller.run(2e6, 35.0);
        assert!((state.cooling_w - 1e6).abs() < 1e-3);
    }

    #[test]
    fn warm_water_raises_the_cop_within_reason() {
        // Medians of public records, at part load 0.6: 6.2 at 7 °C and 30 °C, 7.9 extrapolated to 18 °C.
        let cold = cop(&WATER_COOLED_CENTRIFUGAL, 7.0, 30.0, 0.6);
        let warm = cop(&WATER_COOLED_CENTRIFUGAL, 18.0, 30.0, 0.6);
        assert!((5.5..7.5).contains(&cold), "{cold}");
        assert!(warm > 1.2 * cold && warm < 1.4 * cold, "{warm}");
        // Medians of air-cooled records at 12 °C: 4.6 at 20 °C ambient, 3.3 at 35 °C.
        let mild = cop(&AIR_COOLED_SCROLL, 12.0, 20.0, 0.6);
        let hot = cop(&AIR_COOLED_SCROLL, 12.0, 35.0, 0.6);
        assert!((4.0..6.5).contains(&mild), "{mild}");
        assert!((3.0..4.5).contains(&hot), "{hot}");
    }

    proptest! {
        #[test]
        fn cop_never_rises_with_outdoor_temperature(
            entering in -60.0..60.0_f64, warmer in 0.0..40.0_f64,
            leaving in 5.0..24.0_f64, share in 0.0..0.8_f64,
        ) {
            for curves in [&WATER_COOLED_CENTRIFUGAL, &AIR_COOLED_SCROLL] {
                let chiller = Chiller::new(curves, 1e6, leaving, 30.0, Redundancy::NPlusOne);
                let cool = chiller.run(1e6 * share, entering);
                let warm = chiller.run(1e6 * share, entering + warmer);
                // Per unit of heat, for a hot chiller may not serve the whole load.
                prop_assert!(
                    warm.compressor_w * cool.cooling_w
                        >= cool.compressor_w * warm.cooling_w * (1.0 - 1e-12)
                );
            }
        }

        #[test]
        fn power_never_falls_with_load(
            entering in -60.0..60.0_f64, share in 0.0..1.5_f64, more in 0.0..0.5_f64,
        ) {
            for curves in [&WATER_COOLED_CENTRIFUGAL, &AIR_COOLED_SCROLL] {
                let chiller = Chiller::new(curves, 1e6, 18.0, 30.0, Redundancy::N);
                let low = chiller.run(1e6 * share, entering).compressor_w;
                let high = chiller.run(1e6 * (share + more), entering).compressor_w;
                prop_assert!(high >= low * (1.0 - 1e-12));
            }
        }
    }
}
