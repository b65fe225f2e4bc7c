use super::*;
use proptest::prelude::*;

fn spec(capacity_kwh: f64, threshold: f64) -> BatterySpec {
    BatterySpec {
        capacity_j: capacity_kwh * 3.6e6,
        charging_w: 1000.0,
        initial_charge_j: 0.0,
        policy: BatteryPolicySpec::SingleThreshold { threshold },
        embodied_g: 0.0,
        lifetime_ms: 0.0,
    }
}

/// Advances through an interval of constant load, letting the policy decide at each limit.
fn play(battery: &mut Battery, interval_ms: i64, load_w: f64) -> f64 {
    let mut left_ms = interval_ms;
    let mut grid_j = 0.0;
    while left_ms > 0 {
        let step_ms = battery
            .next_change_ms(load_w)
            .unwrap_or(left_ms)
            .min(left_ms);
        grid_j += battery.advance(step_ms, load_w);
        battery.on_limit();
        left_ms -= step_ms;
    }
    grid_j
}

// The cases and their values are tests of another simulator.
#[test]
fn an_empty_battery_under_a_dirty_grid_leaves_the_load_to_the_grid() {
    let mut battery = Battery::new(&spec(0.1, 90.0)).unwrap();
    battery.on_intensity(100.0);
    assert_eq!(battery.state(), BatteryState::Idle);
    assert_eq!(battery.grid_w(150.0), 150.0);
    assert_eq!(play(&mut battery, 600_000, 150.0), 90_000.0);
}

#[test]
fn what_a_clean_grid_charged_is_used_up_under_a_dirty_one() {
    let mut battery = Battery::new(&spec(0.02, 100.0)).unwrap();
    battery.on_intensity(80.0);
    assert_eq!(battery.grid_w(150.0), 1150.0);
    assert_eq!(battery.next_change_ms(150.0), Some(72_000));
    let mut grid_j = play(&mut battery, 72_000, 150.0);
    assert_eq!(battery.state(), BatteryState::Idle);
    assert_eq!(battery.charge_j(), 72_000.0);
    assert_eq!(battery.grid_w(150.0), 150.0);
    grid_j += play(&mut battery, 528_000, 150.0);
    battery.on_intensity(120.0);
    assert_eq!(battery.grid_w(150.0), 0.0);
    assert_eq!(battery.next_change_ms(150.0), Some(480_000));
    grid_j += play(&mut battery, 1_200_000, 150.0);
    assert_eq!(battery.charge_j(), 0.0);
    assert!((grid_j - 270_000.0).abs() < 1e-6, "{grid_j}");
}

#[test]
fn a_failed_host_draws_its_idle_power_through_the_battery() {
    let mut battery = Battery::new(&spec(0.1, 90.0)).unwrap();
    battery.on_intensity(100.0);
    let grid_j = play(&mut battery, 300_000, 150.0)
        + play(&mut battery, 300_000, 100.0)
        + play(&mut battery, 600_000, 150.0);
    assert_eq!(grid_j, 165_000.0);
}

#[test]
fn an_interval_beyond_full_or_empty_is_split_there() {
    let mut battery = Battery::new(&spec(0.02, 100.0)).unwrap();
    battery.on_intensity(80.0);
    assert_eq!(battery.advance(100_000, 150.0), 72_000.0 + 15_000.0);
    assert_eq!(battery.charge_j(), 72_000.0);
    assert_eq!(battery.next_change_ms(150.0), None);
    battery.on_intensity(120.0);
    assert_eq!(battery.advance(500_000, 150.0), 3_000.0);
    assert_eq!(battery.charge_j(), 0.0);
    assert_eq!(battery.grid_w(150.0), 150.0);
}

#[test]
fn nothing_is_awaited_where_nothing_flows() {
    let mut battery = Battery::new(&spec(0.02, 100.0)).unwrap();
    assert_eq!(battery.next_change_ms(150.0), None);
    battery.on_intensity(f64::NAN);
    assert_eq!(battery.state(), BatteryState::Idle);
    battery.on_intensity(80.0);
    battery.advance(1, 0.0);
    battery.on_intensity(120.0);
    assert_eq!(battery.state(), BatteryState::Discharging);
    assert_eq!(battery.next_change_ms(0.0), None);
    // One joule lasts for a time beyond all clocks.
    assert_eq!(battery.next_change_ms(1e-300), None);
    // And for less than a millisecond.
    assert_eq!(battery.next_change_ms(1e9), Some(1));
}

#[test]
fn embodied_carbon_is_spread_over_the_lifetime_and_none_without_one() {
    let mut spec = spec(1.0, 100.0);
    spec.embodied_g = 365_000.0;
    assert_eq!(Battery::new(&spec).unwrap().embodied_g_per_ms(), 0.0);
    spec.lifetime_ms = 365.0 * 86_400_000.0;
    let rate = Battery::new(&spec).unwrap().embodied_g_per_ms();
    assert!((rate * 86_400_000.0 - 1000.0).abs() < 1e-9);
}

#[test]
fn what_cannot_be_is_refused() {
    let mut negative = spec(1.0, 100.0);
    negative.charging_w = -1.0;
    assert!(matches!(
        Battery::new(&negative),
        Err(BatteryError::InvalidValue {
            what: "charging power",
            ..
        })
    ));
    let mut overcharged = spec(1.0, 100.0);
    overcharged.initial_charge_j = 3.7e6;
    assert!(matches!(
        Battery::new(&overcharged),
        Err(BatteryError::Overcharged { .. })
    ));
    assert!(matches!(
        Battery::new(&spec(1.0, f64::NAN)),
        Err(BatteryError::InvalidValue {
            what: "threshold",
            ..
        })
    ));
    let mut crossed = spec(1.0, 100.0);
    crossed.policy = BatteryPolicySpec::DoubleThreshold {
        lower: 2.0,
        upper: 1.0,
    };
    assert!(matches!(
        Battery::new(&crossed),
        Err(BatteryError::CrossedThresholds { .. })
    ));
    let mut empty = spec(1.0, 100.0);
    empty.policy = BatteryPolicySpec::RunningMean {
        starting_threshold: 1.0,
        window: 0,
    };
    assert_eq!(Battery::new(&empty).unwrap_err(), BatteryError::EmptyWindow);
}

proptest! {
    #[test]
    fn energy_is_conserved_and_every_wait_ends_at_a_limit(
        capacity_j in 0.0..1e7f64,
        share in 0.0..=1.0f64,
        charging_w in 0.0..1e5f64,
        steps in prop::collection::vec((0.0..200.0f64, 0i64..1_000_000, 0.0..1e4f64, any::<bool>()), 1..60),
    ) {
        let mut spec = spec(0.0, 100.0);
        spec.capacity_j = capacity_j;
        spec.initial_charge_j = capacity_j * share;
        spec.charging_w = charging_w;
        let mut battery = Battery::new(&spec).unwrap();
        let (mut grid_j, mut load_j) = (0.0, 0.0);
        for (intensity, interval_ms, load_w, is_awaited) in steps {
            battery.on_intensity(intensity);
            // Either the limit is awaited to the millisecond, or overrun.
            let awaited_ms = battery.next_change_ms(load_w).filter(|_| is_awaited);
            let interval_ms = awaited_ms.map_or(interval_ms, |awaited_ms| awaited_ms.min(100_000_000));
            let drawn_j = battery.advance(interval_ms, load_w);
            prop_assert!(drawn_j >= 0.0);
            prop_assert!((0.0..=capacity_j).contains(&battery.charge_j()));
            if awaited_ms == Some(interval_ms) {
                prop_assert_eq!(battery.next_change_ms(load_w), None);
            }
            grid_j += drawn_j;
            load_j += load_w * interval_ms as f64 / 1e3;
        }
        let stored_j = battery.charge_j() - spec.initial_charge_j;
        let scale_j = grid_j + load_j + capacity_j;
        prop_assert!((grid_j - load_j - stored_j).abs() <= 1e-9 * scale_j);
    }
}
