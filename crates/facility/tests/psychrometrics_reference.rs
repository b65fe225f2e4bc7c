//! Psychrometric reference points of real climates, where the reference folder is at hand.

use angara_facility::{Air, HourAir, psychrometrics};

const REFERENCE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/plant/psychrometrics_reference_si.csv"
);

#[test]
#[allow(clippy::disallowed_methods)]
fn air_of_real_climates_has_the_reference_properties() {
    let Ok(text) = std::fs::read_to_string(REFERENCE) else {
        println!("skipped: the psychrometric reference points are not there");
        return;
    };
    let mut points = 0;
    for line in text.lines().skip(1) {
        // The case name may contain commas; the nine numbers are the last fields.
        let fields: Vec<f64> = line
            .rsplitn(10, ',')
            .take(9)
            .map(|field| field.parse().unwrap())
            .collect();
        let [
            volume,
            enthalpy,
            dew_point,
            wet_bulb,
            ratio,
            saturation,
            pressure,
            humidity,
            dry_bulb,
        ] = fields[..]
        else {
            panic!("{line}")
        };
        let air = HourAir::from(Air::from_relative_humidity(dry_bulb, humidity, pressure));
        let close = |found: f64, expected: f64, tolerance: f64| {
            assert!((found - expected).abs() <= tolerance, "{line}: {found}");
        };
        close(
            psychrometrics::saturation_pressure_pa(dry_bulb),
            saturation,
            1e-5 * saturation,
        );
        close(air.humidity_ratio, ratio, 1e-4 * ratio + 1e-9);
        close(air.wet_bulb_c, wet_bulb, 2e-3);
        close(air.dew_point_c, dew_point, 2e-3);
        close(air.enthalpy_j_per_kg, enthalpy, 0.1);
        close(
            psychrometrics::volume_m3_per_kg(dry_bulb, air.humidity_ratio, pressure),
            volume,
            1e-5,
        );
        points += 1;
    }
    assert_eq!(points, 23);
}
