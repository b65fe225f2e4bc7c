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

use super::{TEMPERATURE_MAX_C, TEMPERATURE_MIN_C, ZERO_CELSIUS_K};

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

/// Saturation pressure of water vapour \[Pa\] at `temperature_c` \[°C\].
pub fn saturation_pressure_pa(temperature_c: f64) -> f64 {
    libm::exp(ln_saturation_pressure(temperature_c))
}

/// Natural logarithm of the saturation pressure in pascal; nearly linear in 1/T, which root finders like.
pub(super) fn ln_saturation_pressure(temperature_c: f64) -> f64 {
    let limited_c = temperature_c.clamp(TEMPERATURE_MIN_C, TEMPERATURE_MAX_C);
    let [c1, c2, c3, c4, c5, c6, c7] = if limited_c <= TRIPLE_POINT_C {
        OVER_ICE
    } else {
        OVER_WATER
    };
    let kelvin = limited_c + ZERO_CELSIUS_K;
    c1 / kelvin
        + c2
        + kelvin * (c3 + kelvin * (c4 + kelvin * (c5 + kelvin * c6)))
        + c7 * libm::log(kelvin)
}
