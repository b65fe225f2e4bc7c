//! Saturation vapour pressure and the pressure of the standard atmosphere.
//!
//! ## What it computes
//! The pressure of saturated water vapour over ice (to 0.01 °C) and over water (above), and air pressure
//! from height.
//!
//! ## Assumptions
//! A plane surface of pure water or ice; the standard atmosphere.
//!
//! ## Valid range
//! −100 to 200 °C; −500 to 10,000 m.
//!
//! ## References
//! Hyland and Wexler 1983, as in ASHRAE Fundamentals 2017, chapter 1, equations 3, 5 and 6.

/// Celsius zero on the Kelvin scale [K].
const CELSIUS_ZERO_K: f64 = 273.15;
/// Triple point of water [°C], where the formula changes from ice to water.
const TRIPLE_POINT_C: f64 = 0.01;

/// Saturation vapour pressure [Pa] at a temperature [°C], held within −100 to 200 °C.
pub(crate) fn saturation_vapour_pressure_pa(temperature_c: f64) -> f64 {
    let temperature_c = temperature_c.clamp(-100.0, 200.0);
    let t = temperature_c + CELSIUS_ZERO_K;
    let ln_pressure = if temperature_c <= TRIPLE_POINT_C {
        -5.6745359e3 / t
            + 6.3925247
            + t * (-9.677843e-3 + t * (6.2215701e-7 + t * (2.0747825e-9 + t * -9.484024e-13)))
            + 4.1635019 * libm::log(t)
    } else {
        -5.8002206e3 / t
            + 1.3914993
            + t * (-4.8640239e-2 + t * (4.1764768e-5 + t * -1.4452093e-8))
            + 6.5459673 * libm::log(t)
    };
    libm::exp(ln_pressure)
}

/// Air pressure of the standard atmosphere [Pa] at a height above sea level [m].
pub(crate) fn standard_pressure_pa(elevation_m: f64) -> f64 {
    101_325.0 * libm::pow(1.0 - 2.25577e-5 * elevation_m, 5.2559)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saturation_pressure_meets_the_published_values() {
        let table = [
            (-20.0, 103.24),
            (-5.0, 401.74),
            (5.0, 872.6),
            (25.0, 3169.7),
            (50.0, 12351.3),
            (100.0, 101_418.0),
            (150.0, 476_101.4),
        ];
        for (temperature_c, expected_pa) in table {
            let found_pa = saturation_vapour_pressure_pa(temperature_c);
            assert!(
                (found_pa / expected_pa - 1.0).abs() < 3e-4,
                "{temperature_c} °C: {found_pa}"
            );
        }
        assert!((saturation_vapour_pressure_pa(-60.0) - 1.08).abs() < 0.01);
    }

    #[test]
    fn standard_pressure_meets_the_published_values() {
        let table = [
            (-500.0, 107_478.0),
            (0.0, 101_325.0),
            (500.0, 95_461.0),
            (1000.0, 89_875.0),
            (4000.0, 61_640.0),
            (10_000.0, 26_436.0),
        ];
        for (elevation_m, expected_pa) in table {
            assert!((standard_pressure_pa(elevation_m) - expected_pa).abs() < 1.0);
        }
    }
}
