//! Approach of an open cooling tower, York correlation.
//!
//! # What it computes
//! Approach (leaving water minus wet bulb) as a polynomial of second degree in wet bulb, range and the ratio
//! of water to air flow, each flow relative to design.
//!
//! # Assumptions
//! One correlation for all counterflow towers designed for 3.9 K approach and 5.6 K range at 25.6 °C.
//!
//! # Valid range
//! Wet bulb -34.4 to 26.7 °C, range 1.1 to 22.2 K, approach 1.1 to 40 K, flow ratio up to 8. Inputs outside
//! are taken at the limit. Above about 16 K of range the polynomial is no longer monotone in the ratio.
//!
//! # References
//! `EnergyPlus` Engineering Reference, Variable Speed Cooling Towers, York correlation.

/// Coefficients: the power of the wet bulb varies fastest, then the range, then the flow ratio.
const COEFFICIENTS: [[[f64; 3]; 3]; 3] = [
    [
        [-0.359741205, -0.055053608, 0.0023850432],
        [0.173926877, -0.0248473764, 0.00048430224],
        [-0.005589849456, 0.0005770079712, -0.00001342427256],
    ],
    [
        [2.84765801111111, -0.121765149, 0.0014599242],
        [1.680428651, -0.0166920786, -0.0007190532],
        [-0.025485194448, 0.0000487491696, 0.00002719234152],
    ],
    [
        [-0.0653766255555556, -0.002278167, 0.0002500254],
        [-0.0910565458, 0.00318176316, 0.000038621772],
        [-0.0034285382352, 0.00000856589904, -0.000001516821552],
    ],
];

const WET_BULB_MIN_C: f64 = -34.4;
const WET_BULB_MAX_C: f64 = 26.7;
const RANGE_MIN_K: f64 = 1.1;
const RANGE_MAX_K: f64 = 22.2;
const APPROACH_MIN_K: f64 = 1.1;
const APPROACH_MAX_K: f64 = 40.0;
/// Greatest ratio of water to air flow.
pub const FLOW_RATIO_MAX: f64 = 8.0;

/// The correlation at one wet bulb and range: a quadratic in the flow ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ApproachCurve {
    constant: f64,
    linear: f64,
    quadratic: f64,
}

impl ApproachCurve {
    /// At this wet bulb \[°C\] and range \[K\].
    pub fn new(wet_bulb_c: f64, range_k: f64) -> Self {
        let wet_bulb = wet_bulb_c.clamp(WET_BULB_MIN_C, WET_BULB_MAX_C);
        let range = range_k.clamp(RANGE_MIN_K, RANGE_MAX_K);
        let quadratic_at = |[a, b, c]: [f64; 3], x: f64| a + x * (b + x * c);
        let [constant, linear, quadratic] = COEFFICIENTS
            .map(|rows| quadratic_at(rows.map(|row| quadratic_at(row, wet_bulb)), range));
        Self {
            constant,
            linear,
            quadratic,
        }
    }

    /// Approach \[K\] at this ratio of water to air flow.
    pub fn approach_k(&self, flow_ratio: f64) -> f64 {
        let ratio = flow_ratio.clamp(0.0, FLOW_RATIO_MAX);
        (self.constant + ratio * (self.linear + ratio * self.quadratic))
            .clamp(APPROACH_MIN_K, APPROACH_MAX_K)
    }

    /// Greatest flow ratio, at least `flow_ratio_min`, whose approach does not exceed `approach_k` \[K\]; `None` where
    /// even `flow_ratio_min` exceeds it.
    pub fn flow_ratio(&self, approach_k: f64, flow_ratio_min: f64) -> Option<f64> {
        if self.approach_k(flow_ratio_min) > approach_k {
            return None;
        }
        // Roots of the quadratic in the form that stays exact for a small leading coefficient.
        let offset = self.constant - approach_k;
        let discriminant = self.linear * self.linear - 4.0 * self.quadratic * offset;
        let ratio = if discriminant < 0.0 {
            FLOW_RATIO_MAX
        } else {
            -2.0 * offset / (self.linear + discriminant.sqrt())
        };
        Some(ratio.clamp(flow_ratio_min, FLOW_RATIO_MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn approach_meets_the_reference_values() {
        let cases = [
            (25.56, 5.56, 1.0, 3.84252),
            (25.56, 5.56, 0.5, 1.42141),
            (20.0, 5.56, 1.0, 5.05802),
            (10.0, 5.56, 1.0, 7.77061),
            (0.0, 5.56, 1.0, 11.15985),
            (18.0, 8.0, 1.2, 9.04333),
        ];
        for (wet_bulb_c, range_k, flow_ratio, expected) in cases {
            let found = ApproachCurve::new(wet_bulb_c, range_k).approach_k(flow_ratio);
            assert!((found - expected).abs() < 1e-5, "{wet_bulb_c}: {found}");
        }
    }

    proptest! {
        #[test]
        fn flow_ratio_gives_the_approach_back(
            wet_bulb in 0.0..26.0_f64, range in 2.0..8.0_f64, ratio in 1.0..2.5_f64,
        ) {
            let curve = ApproachCurve::new(wet_bulb, range);
            let approach = curve.approach_k(ratio);
            let found = curve.flow_ratio(approach, 1.0).unwrap();
            prop_assert!((found - ratio).abs() < 1e-6, "{found} {ratio}");
        }

        #[test]
        fn leaving_water_never_cools_when_the_wet_bulb_rises(
            wet_bulb in -10.0..40.0_f64, more in 0.0..10.0_f64, range in 2.0..8.0_f64,
        ) {
            let leaving = |wet_bulb: f64| wet_bulb + ApproachCurve::new(wet_bulb, range).approach_k(1.0);
            prop_assert!(leaving(wet_bulb + more) >= leaving(wet_bulb));
        }
    }
}
