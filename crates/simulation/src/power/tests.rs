use super::*;
use angara_catalog::PowerCurve;
use proptest::prelude::*;

const UTILISATIONS: [f64; 6] = [0.0, 0.1, 0.25, 0.5, 0.75, 1.0];

fn check(model: &PowerModel, expected_w: [f64; 6]) {
    for (utilisation, expected_w) in UTILISATIONS.into_iter().zip(expected_w) {
        let power_w = model.power_w(utilisation);
        assert!(
            (power_w - expected_w).abs() < 1e-3,
            "{model:?} at {utilisation}: {power_w} W, expected {expected_w} W"
        );
    }
}

// Expected values: the tables of another simulator's formulas, printed with three digits.
#[test]
fn seven_formulas_give_the_tabulated_powers() {
    let rising = [200.0, 215.0, 237.5, 275.0, 312.5, 350.0];
    check(
        &PowerModel::Constant(Constant::new(400.0).unwrap()),
        [400.0; 6],
    );
    check(
        &PowerModel::Linear(Linear::new(200.0, 350.0).unwrap()),
        rising,
    );
    check(
        &PowerModel::SquareRoot(SquareRoot::new(200.0, 350.0).unwrap()),
        [200.0, 247.434, 275.0, 306.066, 329.904, 350.0],
    );
    check(
        &PowerModel::Square(Square::new(200.0, 350.0).unwrap()),
        [200.0, 201.5, 209.375, 237.5, 284.375, 350.0],
    );
    check(
        &PowerModel::Cubic(Cubic::new(200.0, 350.0).unwrap()),
        [200.0, 200.15, 202.344, 218.75, 263.281, 350.0],
    );
    check(
        &PowerModel::MeanSquaredError(MeanSquaredError::new(200.0, 350.0, 1.4).unwrap()),
        [200.0, 224.028, 253.462, 293.161, 324.729, 350.0],
    );
    check(
        &PowerModel::MeanSquaredError(MeanSquaredError::new(200.0, 350.0, 1.0).unwrap()),
        rising,
    );
    check(
        &PowerModel::Asymptotic(Asymptotic::new(200.0, 350.0, 0.3, false).unwrap()),
        [200.0, 228.760, 261.155, 298.334, 325.094, 347.324],
    );
}

#[test]
fn frequency_scaling_puts_the_cube_of_utilisation_into_the_asymptotic_formula() {
    let scaled = PowerModel::Asymptotic(Asymptotic::new(200.0, 350.0, 0.3, true).unwrap());
    let plain = PowerModel::Asymptotic(Asymptotic::new(200.0, 350.0, 0.3, false).unwrap());
    for utilisation in UTILISATIONS {
        let cube = utilisation * utilisation * utilisation;
        assert!((scaled.power_w(utilisation) - plain.power_w(cube)).abs() < 1e-9);
    }
}

#[test]
fn asymptote_at_zero_leaves_the_proportional_part_alone() {
    for utilisation in [0.0, -0.5] {
        let model = Asymptotic::new(200.0, 350.0, utilisation, false).unwrap();
        check(
            &PowerModel::Asymptotic(model),
            [275.0, 282.5, 293.75, 312.5, 331.25, 350.0],
        );
    }
}

#[test]
fn measured_model_equals_the_catalogue_curve() {
    for year in [2008, 2015, 2023] {
        let curve = PowerCurve::of_servers(year);
        let model = PowerModel::Measured(Measured::of_curve(curve, 90.0, 410.0).unwrap());
        for step in 0..=1000 {
            let utilisation = f64::from(step) / 1000.0;
            let expected_w = curve.power_w(90.0, 410.0, utilisation);
            assert!((model.power_w(utilisation) - expected_w).abs() < 1e-9);
        }
        assert_eq!(model.idle_w(), 90.0);
        assert!((model.peak_w() - 410.0).abs() < 1e-9);
    }
}

#[test]
fn idle_and_peak_are_the_powers_at_the_ends() {
    let model = PowerModel::Asymptotic(Asymptotic::new(200.0, 350.0, 0.3, false).unwrap());
    assert_eq!(model.idle_w(), 200.0);
    assert!((model.peak_w() - 347.324).abs() < 1e-3);
}

#[test]
fn what_is_no_power_or_parameter_is_refused() {
    assert_eq!(
        Constant::new(-1.0),
        Err(PowerError::NotAPower { power_w: -1.0 })
    );
    assert!(matches!(
        Constant::new(f64::NAN),
        Err(PowerError::NotAPower { .. })
    ));
    assert!(matches!(
        Linear::new(0.0, f64::INFINITY),
        Err(PowerError::NotAPower { .. })
    ));
    assert_eq!(
        Cubic::new(200.0, 100.0),
        Err(PowerError::FullBelowIdle {
            idle_w: 200.0,
            full_w: 100.0
        })
    );
    for exponent in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            MeanSquaredError::new(1.0, 2.0, exponent),
            Err(PowerError::InvalidExponent { .. })
        ));
    }
    assert!(matches!(
        Asymptotic::new(1.0, 2.0, f64::NAN, true),
        Err(PowerError::InvalidUtilisation { .. })
    ));
    let mut points_w = [100.0; 11];
    points_w[7] = -3.0;
    assert_eq!(
        Measured::new(points_w),
        Err(PowerError::NotAPower { power_w: -3.0 })
    );
}

/// All eight models, with exponents and asymptotes of any size.
fn any_model(exponents: std::ops::Range<f64>) -> impl Strategy<Value = PowerModel> {
    let powers = (0.0..1e4f64, 0.0..1e4f64);
    (0..8, powers, exponents, -0.5..2.0f64, any::<bool>()).prop_map(
        |(kind, (idle_w, span_w), exponent, asymptote, scaling)| {
            let full_w = idle_w + span_w;
            match kind {
                0 => PowerModel::Constant(Constant::new(idle_w).unwrap()),
                1 => PowerModel::Linear(Linear::new(idle_w, full_w).unwrap()),
                2 => PowerModel::SquareRoot(SquareRoot::new(idle_w, full_w).unwrap()),
                3 => PowerModel::Square(Square::new(idle_w, full_w).unwrap()),
                4 => PowerModel::Cubic(Cubic::new(idle_w, full_w).unwrap()),
                5 => PowerModel::MeanSquaredError(
                    MeanSquaredError::new(idle_w, full_w, exponent).unwrap(),
                ),
                6 => PowerModel::Asymptotic(
                    Asymptotic::new(idle_w, full_w, asymptote, scaling).unwrap(),
                ),
                _ => PowerModel::Measured(
                    Measured::of_curve(PowerCurve::of_servers(2019), idle_w, full_w).unwrap(),
                ),
            }
        },
    )
}

proptest! {
    #[test]
    fn power_never_falls_with_utilisation(
        model in any_model(1.0..2.0),
        one in 0.0..=1.0f64,
        other in 0.0..=1.0f64,
    ) {
        let (low, high) = (one.min(other), one.max(other));
        let slack_w = 1e-9 * (1.0 + model.power_w(high));
        prop_assert!(model.power_w(low) <= model.power_w(high) + slack_w);
    }

    #[test]
    fn every_utilisation_gives_a_finite_power(
        model in any_model(1e-3..1e3),
        utilisation in any::<f64>(),
    ) {
        let power_w = model.power_w(utilisation);
        prop_assert!(power_w.is_finite() && power_w >= 0.0);
        prop_assert_eq!(model.power_w(f64::NAN), model.idle_w());
        prop_assert_eq!(model.power_w(f64::INFINITY), model.peak_w());
        prop_assert_eq!(model.power_w(-3.0), model.idle_w());
    }
}
