//! Saturation pressure of water vapour.
//!
//! # What it computes
//! `ln p = c1/T + c2 + c3 T + c4 T² + c5 T³ + c6 T⁴ + c7 ln T`, T in kelvin, p in pascal.
//!
//! # Assumptions
//! Over ice up to the triple point (0.01 °C), over liquid water above it.
//!
//! # Valid range
//! -100 to 200 °C; temperatures outside are taken at the limit.
//!
//! # References
//! ASHRAE Handbook Fundamentals 2017, chapter 1, equations 5 and 6.

use crate::{TEMPERATURE_MAX_C, TEMPERATURE_MIN_C, ZERO_CELSIUS_K};

/// Triple point of water \[°C\]: the ice and the water formula meet here.
const TRIPLE_POINT_C: f64 = 0.01;

const OVER_ICE: [f64; 7] = [
    -5.6745359e3,
    6.3925247,
    -9.677843e-3,
    6.2215701e-7,
    2.0747825e-9,
    -9.484024e-13,
    4.1635019,
];
const OVER_WATER: [f64; 7] = [
    -5.8002206e3,
    1.3914993,
    -4.8640239e-2,
    4.1764768e-5,
    -1.4452093e-8,
    0.0,
    6.5459673,
];

/// Width at which a root is found \[K\].
const ROOT_TOLERANCE_K: f64 = 1e-10;
/// Steps after which a root is given up; Newton's method needs three or four.
const ROOT_STEPS_MAX: usize = 30;

/// Saturation pressure of water vapour \[Pa\] at `temperature_c` \[°C\].
pub fn saturation_pressure_pa(temperature_c: f64) -> f64 {
    libm::exp(ln_pressure_and_slope(limited(temperature_c)).0)
}

/// Change of the saturation pressure with temperature \[Pa/K\] at `temperature_c` \[°C\].
pub fn saturation_pressure_slope_pa_per_k(temperature_c: f64) -> f64 {
    let (ln_pressure, slope) = ln_pressure_and_slope(limited(temperature_c));
    libm::exp(ln_pressure) * slope
}

/// Saturation pressure \[Pa\] and its change with temperature \[Pa/K\] inside the range, in one evaluation.
pub(crate) fn pressure_and_slope(temperature_c: f64) -> (f64, f64) {
    let (ln_pressure, slope) = ln_pressure_and_slope(limited(temperature_c));
    let pressure_pa = libm::exp(ln_pressure);
    (pressure_pa, pressure_pa * slope)
}

/// Temperature \[°C\] at which the logarithm of the saturation pressure is `ln_pressure`; held at the limits.
pub(crate) fn saturation_temperature_c(ln_pressure: f64) -> f64 {
    let at_triple_point = ln_pressure_and_slope(TRIPLE_POINT_C).0;
    let (least_c, greatest_c) = if ln_pressure <= at_triple_point {
        (TEMPERATURE_MIN_C, TRIPLE_POINT_C)
    } else {
        // Just above the point, so that the formula for water is taken.
        (TRIPLE_POINT_C.next_up(), TEMPERATURE_MAX_C)
    };
    // Magnus's formula (Alduchov and Eskridge 1996) is off by less than a kelvin where it matters.
    let magnus = (ln_pressure - 6.4152) / 17.625;
    let mut temperature_c = (243.04 * magnus / (1.0 - magnus)).clamp(least_c, greatest_c);
    for _ in 0..ROOT_STEPS_MAX {
        let (found, slope) = ln_pressure_and_slope(temperature_c);
        let next_c = (temperature_c + (ln_pressure - found) / slope).clamp(least_c, greatest_c);
        let step_k = (next_c - temperature_c).abs();
        temperature_c = next_c;
        if step_k <= ROOT_TOLERANCE_K {
            break;
        }
    }
    temperature_c
}

fn limited(temperature_c: f64) -> f64 {
    temperature_c.clamp(TEMPERATURE_MIN_C, TEMPERATURE_MAX_C)
}

/// Natural logarithm of the pressure in pascal, and its change with temperature \[1/K\].
fn ln_pressure_and_slope(temperature_c: f64) -> (f64, f64) {
    let [c1, c2, c3, c4, c5, c6, c7] = if temperature_c <= TRIPLE_POINT_C {
        OVER_ICE
    } else {
        OVER_WATER
    };
    let kelvin = temperature_c + ZERO_CELSIUS_K;
    let inverse = 1.0 / kelvin;
    let ln_pressure = c1 * inverse
        + c2
        + kelvin * (c3 + kelvin * (c4 + kelvin * (c5 + kelvin * c6)))
        + c7 * libm::log(kelvin);
    let slope = inverse * (c7 - c1 * inverse)
        + (c3 + kelvin * (2.0 * c4 + kelvin * (3.0 * c5 + kelvin * 4.0 * c6)));
    (ln_pressure, slope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_temperature_of_a_saturation_pressure_is_found_again(temperature_c in -100.0..200.0_f64) {
            let pressure_pa = saturation_pressure_pa(temperature_c);
            let found = saturation_temperature_c(libm::log(pressure_pa));
            prop_assert!((found - temperature_c).abs() < 1e-8, "{found}");
        }

        #[test]
        fn the_slope_is_the_change_of_the_pressure(temperature_c in -99.0..199.0_f64) {
            prop_assume!((temperature_c - TRIPLE_POINT_C).abs() > 1e-3);
            let step_k = 1e-4;
            let change = saturation_pressure_pa(temperature_c + step_k)
                - saturation_pressure_pa(temperature_c - step_k);
            let slope = saturation_pressure_slope_pa_per_k(temperature_c);
            prop_assert!((change / (2.0 * step_k) / slope - 1.0).abs() < 1e-5);
        }
    }
}
