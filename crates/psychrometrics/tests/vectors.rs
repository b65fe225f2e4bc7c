//! The psychrometric test vectors of ASHRAE's textbook values as collected for open psychrometric libraries.

use angara_psychrometrics::*;

fn relative(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs(),
        "found {found}, expected {expected}"
    );
}

fn absolute(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected}"
    );
}

const SEA_LEVEL_PA: f64 = 101_325.0;

#[test]
fn saturation_pressure_over_ice_and_water() {
    absolute(saturation_pressure_pa(-60.0), 1.08, 0.01);
    for (temperature_c, expected) in [
        (-20.0, 103.24),
        (-5.0, 401.74),
        (5.0, 872.6),
        (25.0, 3169.7),
        (50.0, 12_351.3),
        (100.0, 101_418.0),
        (150.0, 476_101.4),
    ] {
        relative(saturation_pressure_pa(temperature_c), expected, 3e-4);
    }
}

#[test]
fn humidity_ratio_of_saturated_air() {
    for (temperature_c, expected, tolerance) in [
        (-50.0, 2.43e-5, 1e-2),
        (-20.0, 6.373e-4, 1e-2),
        (-5.0, 2.4863e-3, 5e-3),
        (5.0, 5.425e-3, 5e-3),
        (25.0, 2.0173e-2, 5e-3),
        (50.0, 8.6863e-2, 1e-2),
        (85.0, 0.838105, 2e-2),
    ] {
        relative(
            saturation_humidity_ratio(temperature_c, SEA_LEVEL_PA),
            expected,
            tolerance,
        );
    }
}

#[test]
fn enthalpy_of_saturated_air() {
    for (temperature_c, expected, tolerance) in [
        (-50.0, -50_222.0, 1e-2),
        (-20.0, -18_542.0, 1e-2),
        (-5.0, 1164.0, 3e-2),
        (5.0, 18_639.0, 1e-2),
        (25.0, 76_504.0, 1e-2),
        (50.0, 275_353.0, 1e-2),
        (85.0, 2_307_539.0, 1e-2),
    ] {
        relative(
            saturation_enthalpy_j_per_kg(temperature_c, SEA_LEVEL_PA),
            expected,
            tolerance,
        );
    }
}

#[test]
fn wet_bulb_where_newton_iterations_once_diverged() {
    let humidity_ratio = humidity_ratio_from_relative_humidity(7.0, 0.61, 100_000.0);
    relative(
        wet_bulb_c(7.0, humidity_ratio, 100_000.0),
        3.92667433781955,
        1e-3,
    );
    // The dew point of the same air: its iteration was the one that diverged.
    let dew_point = dew_point_c(humidity_ratio, 100_000.0);
    absolute(
        relative_humidity(
            7.0,
            humidity_ratio_from_dew_point(dew_point, 100_000.0),
            100_000.0,
        ),
        0.61,
        1e-9,
    );
}

#[test]
fn vapour_pressure_and_humidity_ratio_invert_each_other() {
    relative(
        humidity_ratio_from_vapour_pressure(3169.7, 95_461.0),
        0.0213603998047487,
        1e-6,
    );
    absolute(
        vapour_pressure_pa(0.0213603998047487, 95_461.0),
        3169.7,
        1e-4,
    );
}

#[test]
fn wet_bulb_and_humidity_ratio_invert_each_other() {
    for (dry_bulb_c, wet_bulb, expected) in [
        (30.0, 25.0, 0.0192281274241096),
        (-1.0, -5.0, 0.00120399819933844),
    ] {
        let ratio = humidity_ratio_from_wet_bulb(dry_bulb_c, wet_bulb, 95_461.0);
        relative(ratio, expected, 3e-4);
        absolute(wet_bulb_c(dry_bulb_c, ratio, 95_461.0), wet_bulb, 1e-6);
    }
}

#[test]
fn dry_air() {
    relative(dry_air_enthalpy_j_per_kg(25.0), 25_148.0, 3e-4);
    relative(dry_air_volume_m3_per_kg(25.0, SEA_LEVEL_PA), 0.8443, 1e-3);
    relative(dry_air_density_kg_per_m3(25.0, SEA_LEVEL_PA), 1.18441, 1e-3);
}

#[test]
fn moist_air() {
    absolute(dry_bulb_from_enthalpy_c(81_316.0, 0.02), 30.0, 1e-3);
    relative(humidity_ratio_from_enthalpy(81_316.0, 30.0), 0.02, 1e-3);
    relative(enthalpy_j_per_kg(30.0, 0.02), 81_316.0, 3e-4);
    relative(
        volume_m3_per_kg(30.0, 0.02, 95_461.0),
        0.940855374352943,
        3e-4,
    );
    relative(
        density_kg_per_m3(30.0, 0.02, 95_461.0),
        1.08411986348219,
        3e-4,
    );
}

#[test]
fn standard_atmosphere() {
    for (altitude_m, pressure_pa, temperature_c) in [
        (-500.0, 107_478.0, 18.2),
        (0.0, 101_325.0, 15.0),
        (500.0, 95_461.0, 11.8),
        (1000.0, 89_875.0, 8.5),
        (4000.0, 61_640.0, -11.0),
        (10_000.0, 26_436.0, -50.0),
    ] {
        absolute(standard_pressure_pa(altitude_m), pressure_pa, 1.0);
        absolute(standard_temperature_c(altitude_m), temperature_c, 0.1);
    }
}

#[test]
fn the_altitude_of_a_standard_pressure_is_found_again() {
    for altitude_m in [-500.0, 0.0, 510.0, 4000.0] {
        absolute(
            standard_altitude_m(standard_pressure_pa(altitude_m)),
            altitude_m,
            1e-6,
        );
    }
}

#[test]
fn sea_level_pressure_and_back() {
    absolute(
        sea_level_pressure_pa(101_226.5, 105.0, 17.19),
        102_484.0,
        1.0,
    );
    absolute(station_pressure_pa(102_484.0, 105.0, 17.19), 101_226.5, 1.0);
}

#[test]
fn first_example_of_the_handbook() {
    let humidity_ratio = humidity_ratio_from_wet_bulb(40.0, 20.0, SEA_LEVEL_PA);
    absolute(humidity_ratio, 0.0065, 1e-4);
    absolute(dew_point_c(humidity_ratio, SEA_LEVEL_PA), 7.0, 0.5);
    absolute(
        relative_humidity(40.0, humidity_ratio, SEA_LEVEL_PA),
        0.14,
        0.01,
    );
    absolute(enthalpy_j_per_kg(40.0, humidity_ratio), 56_700.0, 100.0);
    relative(
        volume_m3_per_kg(40.0, humidity_ratio, SEA_LEVEL_PA),
        0.896,
        1e-2,
    );
}

#[test]
fn dew_point_returns_to_itself() {
    for expected in [-20.0, 5.0, 50.0] {
        let vapour_pa = saturation_pressure_pa(expected);
        absolute(dew_point_from_vapour_pressure_c(vapour_pa), expected, 1e-3);
    }
}

#[test]
fn siberian_and_freezing_air() {
    for (dry_bulb_c, humidity, pressure_pa, ratio, wet_bulb, dew_point) in [
        (-37.0, 0.75, 96_000.0, 8.7277e-5, -37.0790, -39.5798),
        (-18.8, 0.80, 95_500.0, 6.03909e-4, -19.1546, -21.1258),
        (17.5, 0.70, 94_800.0, 9.323679e-3, 14.0950, 11.9738),
        (27.0, 0.80, 99_800.0, 1.8308488e-2, 24.2518, 23.2535),
    ] {
        let found = humidity_ratio_from_relative_humidity(dry_bulb_c, humidity, pressure_pa);
        relative(found, ratio, 1e-4);
        absolute(wet_bulb_c(dry_bulb_c, found, pressure_pa), wet_bulb, 2e-3);
        absolute(dew_point_c(found, pressure_pa), dew_point, 2e-3);
    }
    for (dry_bulb_c, wet_bulb) in [(-0.1, -0.6688), (0.1, -0.4794)] {
        let ratio = humidity_ratio_from_relative_humidity(dry_bulb_c, 0.9, SEA_LEVEL_PA);
        absolute(wet_bulb_c(dry_bulb_c, ratio, SEA_LEVEL_PA), wet_bulb, 2e-3);
    }
}

#[test]
fn every_state_of_the_sweep_has_a_wet_bulb_between_dew_point_and_dry_bulb() {
    for temperature in -100..200 {
        for tenth in 0..10 {
            for kilopascal in (60..=110).step_by(10) {
                let dry_bulb_c = f64::from(temperature);
                let pressure_pa = f64::from(kilopascal) * 1000.0;
                let ratio = humidity_ratio_from_relative_humidity(
                    dry_bulb_c,
                    f64::from(tenth) / 10.0,
                    pressure_pa,
                );
                let wet_bulb = wet_bulb_c(dry_bulb_c, ratio, pressure_pa);
                let dew_point = dew_point_c(ratio, pressure_pa);
                assert!(wet_bulb.is_finite() && dew_point.is_finite());
                assert!(wet_bulb <= dry_bulb_c + 1e-6);
                assert!(wet_bulb >= dew_point.min(dry_bulb_c) - 1e-6);
            }
        }
    }
}
