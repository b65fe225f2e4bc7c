//! Packaged direct-expansion unit with an air-cooled condenser.
//!
//! # What it computes
//! `P = Q_ref / COP_ref × CAPFT(T_wb, T_o) × EIRFT(T_wb, T_o) × PLR / PLF(PLR)` with the entering wet bulb of the
//! coil, the outdoor temperature, and the loss of cycling `PLF = 0.85 + 0.15 PLR`.
//!
//! # Assumptions
//! A dry coil with return air of 36 °C and 8 °C dew point: entering wet bulb of 18 °C. Head pressure is held at 15 °C
//! outdoors, so that the unit gains nothing from colder air. Units are staged: a running unit carries at least half.
//! Outdoor air above the record's 46.1 °C costs 2 % of the COP and 1 % of the capacity per kelvin.
//!
//! # Valid range
//! Any outdoor temperature; a load above the capacity is served up to the capacity.
//!
//! # References
//! Curves of the `EnergyPlus` example coils (`HPACCoolCapFT`, `HPACEIRFT`), from memory; both are 1 at 19.4 °C and 35 °C.
//! Part-load line: ANSI/AHRI 210/240, degradation of 0.15. COP of 3.0 without the indoor fan: least of common standards
//! for computer-room units, an assumption.

use super::chiller::ChillerState;
use super::chiller::curves::{Biquadratic, Quadratic};
use crate::redundancy::{Redundancy, UnitBank};

const REFERENCE_COP: f64 = 3.0;
const CAPACITY: Biquadratic = Biquadratic([
    0.766956,
    0.0107756,
    -0.0000414703,
    0.00134961,
    -0.000261144,
    0.000457488,
]);
const INPUT_RATIO: Biquadratic = Biquadratic([
    0.297145,
    0.0430933,
    -0.000748766,
    0.00597727,
    0.000482112,
    -0.000956448,
]);
/// Wet bulb of the air that enters the coil \[°C\].
const ENTERING_WET_BULB_C: f64 = 18.0;
/// Outdoor temperature down to which the unit gains \[°C\].
const HEAD_PRESSURE_C: f64 = 15.0;
/// Warmest outdoor air of the curves \[°C\].
const OUTDOOR_MAX_C: f64 = 46.1;
/// Loss of COP beyond it \[1/K\].
const COP_LOSS_PER_K: f64 = 0.02;
/// Loss of capacity beyond it \[1/K\].
const CAPACITY_LOSS_PER_K: f64 = 0.01;
/// Least capacity that is left in any heat, of that at the limit.
const CAPACITY_LEFT_MIN: f64 = 0.5;
/// Share of its efficiency that a unit loses when it runs hardly at all.
const CYCLING_LOSS: f64 = 0.15;
/// Least part-load ratio of a running unit.
const STAGING_PART_LOAD: f64 = 0.5;
/// Largest unit \[W\].
const UNIT_CAPACITY_MAX_W: f64 = 1.0e5;

/// The units of a plant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DxUnit {
    reference_capacity_w: f64,
    capacity: Quadratic,
    input_ratio: Quadratic,
}

impl DxUnit {
    /// Sized for this load \[W\] at this outdoor temperature \[°C\].
    pub fn new(design_load_w: f64, design_outdoor_c: f64, redundancy: Redundancy) -> Self {
        let bank = UnitBank::new(design_load_w, UNIT_CAPACITY_MAX_W, redundancy);
        let unsized_unit = Self {
            reference_capacity_w: 1.0,
            capacity: CAPACITY.at_x(ENTERING_WET_BULB_C),
            input_ratio: INPUT_RATIO.at_x(ENTERING_WET_BULB_C),
        };
        Self {
            reference_capacity_w: bank.total_rating() / unsized_unit.capacity_w(design_outdoor_c),
            ..unsized_unit
        }
    }

    /// Serves a load \[W\] at this outdoor temperature \[°C\].
    pub fn run(&self, load_w: f64, outdoor_c: f64) -> ChillerState {
        let capacity_w = self.capacity_w(outdoor_c);
        if load_w <= 0.0 || capacity_w <= 0.0 {
            return ChillerState::default();
        }
        let cooling_w = load_w.min(capacity_w);
        let part_load = (cooling_w / capacity_w).max(STAGING_PART_LOAD);
        let cycling = 1.0 - CYCLING_LOSS * (1.0 - part_load);
        let beyond_k = (outdoor_c - OUTDOOR_MAX_C).max(0.0);
        let input_ratio = self.input_ratio.at(limited(outdoor_c));
        ChillerState {
            cooling_w,
            compressor_w: cooling_w * input_ratio * (1.0 + COP_LOSS_PER_K * beyond_k)
                / (REFERENCE_COP * cycling),
        }
    }

    /// Heat that all units can take \[W\] at this outdoor temperature \[°C\].
    fn capacity_w(&self, outdoor_c: f64) -> f64 {
        let beyond_k = (outdoor_c - OUTDOOR_MAX_C).max(0.0);
        let left = (1.0 - CAPACITY_LOSS_PER_K * beyond_k).max(CAPACITY_LEFT_MIN);
        self.reference_capacity_w * self.capacity.at(limited(outdoor_c)) * left
    }
}

fn limited(outdoor_c: f64) -> f64 {
    outdoor_c.clamp(HEAD_PRESSURE_C, OUTDOOR_MAX_C)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn curves_are_one_at_their_reference_point() {
        assert!((CAPACITY.at(19.44, 35.0) - 1.0).abs() < 2e-3);
        assert!((INPUT_RATIO.at(19.44, 35.0) - 1.0).abs() < 2e-3);
    }

    #[test]
    fn a_unit_on_a_hot_day_runs_at_its_rated_cop() {
        let unit = DxUnit::new(1e6, 35.0, Redundancy::N);
        let state = unit.run(1e6, 35.0);
        let cop = state.cooling_w / state.compressor_w;
        assert!((2.8..3.2).contains(&cop), "{cop}");
        assert!((unit.run(2e6, 35.0).cooling_w - 1e6).abs() < 1e-3);
    }

    proptest! {
        #[test]
        fn cop_never_rises_with_outdoor_temperature(
            outdoor in -60.0..60.0_f64, warmer in 0.0..40.0_f64, share in 0.01..0.5_f64,
        ) {
            let unit = DxUnit::new(1e6, 35.0, Redundancy::NPlusOne);
            let cool = unit.run(1e6 * share, outdoor);
            let warm = unit.run(1e6 * share, outdoor + warmer);
            prop_assert!(
                warm.compressor_w * cool.cooling_w >= cool.compressor_w * warm.cooling_w * (1.0 - 1e-12)
            );
        }
    }
}
