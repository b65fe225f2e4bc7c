use super::BatteryState::{Charging, Discharging, Idle};
use super::*;

/// States of a half-full battery under one intensity after the other.
fn states(spec: &BatteryPolicySpec, intensities: &[f64]) -> Vec<BatteryState> {
    let mut policy = Policy::new(spec);
    let mut state = Idle;
    intensities
        .iter()
        .map(|intensity| {
            policy.learn(*intensity);
            state = policy.decide(Situation {
                intensity: *intensity,
                is_charging: state == Charging,
                is_empty: false,
                is_full: false,
            });
            state
        })
        .collect()
}

#[test]
fn one_threshold_discharges_from_it_on_and_charges_under_it() {
    let spec = BatteryPolicySpec::SingleThreshold { threshold: 100.0 };
    assert_eq!(
        states(&spec, &[99.9, 100.0, 100.1]),
        [Charging, Discharging, Discharging]
    );
}

#[test]
fn between_two_thresholds_the_battery_rests() {
    let spec = BatteryPolicySpec::DoubleThreshold {
        lower: 80.0,
        upper: 120.0,
    };
    assert_eq!(
        states(&spec, &[79.0, 80.0, 100.0, 120.0, 121.0]),
        [Charging, Idle, Idle, Idle, Discharging]
    );
}

#[test]
fn running_mean_includes_the_intensity_in_force_and_forgets_the_oldest() {
    let spec = BatteryPolicySpec::RunningMean {
        starting_threshold: 100.0,
        window: 3,
    };
    // Means by hand: (100+90)/2 = 95, (100+90+98)/3 = 96, (90+98+93)/3 = 93.67, (98+93+95)/3 = 95.33.
    assert_eq!(
        states(&spec, &[90.0, 98.0, 93.0, 95.0]),
        [Charging, Discharging, Charging, Charging]
    );
}

#[test]
fn running_mean_plus_waits_until_the_intensity_stops_falling_and_then_goes_on() {
    let spec = BatteryPolicySpec::RunningMeanPlus {
        starting_threshold: 200.0,
        window: 10,
    };
    // All but the last lie under the mean; the fourth rises, so charging begins; the fifth falls, yet it goes on.
    assert_eq!(
        states(&spec, &[150.0, 120.0, 100.0, 105.0, 95.0, 180.0]),
        [Idle, Idle, Idle, Charging, Charging, Discharging]
    );
}

#[test]
fn running_median_is_the_middle_of_the_window() {
    let spec = BatteryPolicySpec::RunningMedian {
        starting_threshold: 100.0,
        window: 3,
    };
    // Windows: {100, 10} median 55; {100, 10, 60} median 60; {10, 60, 59} median 59; {60, 59, 20} median 59.
    assert_eq!(
        states(&spec, &[10.0, 60.0, 59.0, 20.0]),
        [Charging, Discharging, Discharging, Charging]
    );
}

#[test]
fn running_quartiles_rest_in_the_middle_half_once_the_window_is_full() {
    let spec = BatteryPolicySpec::RunningQuartiles {
        starting_threshold: 50.0,
        window: 5,
    };
    // Until four are told the median decides; then {50, 10, 90, 30, 70} has quartiles 30 and 70,
    // {10, 90, 30, 70, 60} too, and {90, 30, 70, 60, 20} has 30 and 70.
    assert_eq!(
        states(&spec, &[10.0, 90.0, 30.0, 70.0, 60.0, 20.0]),
        [Charging, Discharging, Charging, Discharging, Idle, Charging]
    );
}

#[test]
fn every_window_length_gives_a_decision() {
    for window in 1..6 {
        let starting_threshold = 5.0;
        let specs = [
            BatteryPolicySpec::RunningMean {
                starting_threshold,
                window,
            },
            BatteryPolicySpec::RunningMeanPlus {
                starting_threshold,
                window,
            },
            BatteryPolicySpec::RunningMedian {
                starting_threshold,
                window,
            },
            BatteryPolicySpec::RunningQuartiles {
                starting_threshold,
                window,
            },
        ];
        for spec in specs {
            let decided = states(&spec, &[1.0, 9.0, 4.0, 4.0, 8.0, 2.0, 3.0]);
            assert!(decided.contains(&Discharging), "{spec:?}: {decided:?}");
        }
    }
}

#[test]
fn full_does_not_charge_and_empty_does_not_discharge() {
    let policy = Policy::new(&BatteryPolicySpec::SingleThreshold { threshold: 100.0 });
    let mut situation = Situation {
        intensity: 50.0,
        is_charging: true,
        is_empty: false,
        is_full: true,
    };
    assert_eq!(policy.decide(situation), Idle);
    situation.intensity = 150.0;
    assert_eq!(policy.decide(situation), Discharging);
    situation.is_empty = true;
    assert_eq!(policy.decide(situation), Idle);
}
