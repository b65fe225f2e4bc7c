//! Distance and the delay that physics sets.
//!
//! What it computes: the geodesic distance between two points and the lowest round trip over a fibre of a given length.
//!
//! Assumptions: the Earth is the WGS 84 ellipsoid; light in fibre travels at c / n with the group index n = 1.468 of
//! standard single-mode fibre at 1550 nm, hence 4.897 µs per km one way.
//!
//! Valid range: any two points; any length ≥ 0.
//!
//! References: Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013); ITU-T G.652 (group index of standard
//! fibre); delay of routers and line equipment 0.1 to 0.5 ms per hop, from public round-trip matrices (`WonderProxy`, 2020).

use geographiclib_rs::{Geodesic, InverseGeodesic};

/// Speed of light in vacuum [m/s].
pub const SPEED_OF_LIGHT_M_PER_S: f64 = 299_792_458.0;

/// Group index of standard single-mode fibre [1].
pub const FIBRE_REFRACTIVE_INDEX: f64 = 1.468;

/// Round trip that the equipment of one hop adds to a link whose round trip was estimated from its length [ms].
///
/// A measured round trip has passed the equipment already.
pub const EQUIPMENT_MS_PER_HOP: f64 = 0.2;

/// Length of the shortest path over the ellipsoid between two points given in degrees [m].
pub fn geodesic_distance_m(
    from_latitude: f64,
    from_longitude: f64,
    to_latitude: f64,
    to_longitude: f64,
) -> f64 {
    let distance_m: f64 =
        Geodesic::wgs84().inverse(from_latitude, from_longitude, to_latitude, to_longitude);
    distance_m
}

/// Round trip below which no fibre of this length can go [ms].
pub fn lowest_round_trip_ms(distance_m: f64) -> f64 {
    2.0 * distance_m * FIBRE_REFRACTIVE_INDEX / SPEED_OF_LIGHT_M_PER_S * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn light_in_fibre_takes_4_897_microseconds_per_kilometre() {
        assert!((lowest_round_trip_ms(1e3) / 2.0 * 1e3 - 4.897).abs() < 5e-4);
    }

    #[test]
    fn a_quarter_of_the_equator_is_a_quarter_of_its_circumference() {
        let quarter_m = std::f64::consts::PI * 6_378_137.0 / 2.0;
        assert!((geodesic_distance_m(0.0, 0.0, 0.0, 90.0) - quarter_m).abs() < 1e-6);
    }

    #[test]
    fn equator_to_pole_is_the_meridian_quadrant_of_wgs_84() {
        assert!((geodesic_distance_m(0.0, 30.0, 90.0, 30.0) - 10_001_965.729).abs() < 1e-2);
    }

    proptest! {
        #[test]
        fn distance_is_symmetric(a in -80.0f64..80.0, b in -179.0f64..179.0, c in -80.0f64..80.0, d in -179.0f64..179.0) {
            let there = geodesic_distance_m(a, b, c, d);
            let back = geodesic_distance_m(c, d, a, b);
            prop_assert!((there - back).abs() < 1e-6 * (1.0 + there));
        }
    }
}
