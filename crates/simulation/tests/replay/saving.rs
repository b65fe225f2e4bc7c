//! Sleep, consolidation and moves with results found by hand.

use angara_simulation::replay::{
    Consolidation, HostStates, Migration, MigrationTotals, PlacementPolicy, StateTimes,
};

use super::laws::is_near;
use super::support::{Case, GHZ, busy, case, hosts};

const STATES: HostStates = HostStates {
    sleep_after_ms: 100,
    sleep_w: 10.0,
    off_after_ms: Some(200),
    off_w: 1.0,
    wake_from_sleep_ms: 30,
    wake_from_off_ms: 50,
    wake_w: 150.0,
    prefer_awake: false,
};

#[test]
fn an_idle_host_sleeps_goes_off_and_wakes_for_a_task() {
    let tasks = [0, 250, 1_000].map(|at_ms| busy(at_ms, at_ms, 1, 100));
    let mut case = case(hosts(1, 1), tasks.to_vec());
    case.options.host_states = Some(STATES);
    let outcome = case.run();
    // Idle from 100, asleep from 200, waking from 250, busy from 280, idle from 380, asleep from 480, off from 680,
    // waking from 1000, busy from 1050.
    assert_eq!(outcome.tasks.start_ms, [Some(0), Some(280), Some(1_050)]);
    assert_eq!(outcome.tasks.wait_ms, [0, 30, 50]);
    assert_eq!(outcome.makespan_ms, 1_150);
    let times = StateTimes {
        busy_ms: 300,
        idle_ms: 200,
        asleep_ms: 250,
        off_ms: 320,
        waking_ms: 80,
    };
    assert_eq!(outcome.hosts[0].times, times);
    let energy_j = 60.0 + 20.0 + 2.5 + 0.32 + 12.0;
    assert!(is_near(outcome.hosts[0].energy_j, energy_j));
}

#[test]
fn tasks_that_come_while_a_host_wakes_start_together() {
    let tasks = [0, 10, 20, 40].map(|at_ms| busy(at_ms, 500 + at_ms, 1, 100));
    let mut tasks = tasks.to_vec();
    tasks.push(busy(99, 0, 1, 100));
    let mut case = case(hosts(4, 1), tasks);
    case.options.host_states = Some(STATES);
    // Off from 400; asked at 500, awake at 550.
    let starts = [550, 550, 550, 550, 0].map(Some);
    assert_eq!(case.run().tasks.start_ms, starts);
}

#[test]
fn a_host_is_woken_only_where_no_other_has_room_when_that_is_preferred() {
    let tasks = vec![
        busy(0, 0, 1, 1_000),
        busy(1, 150, 1, 100),
        busy(2, 160, 2, 100),
    ];
    let mut case = case(hosts(2, 2), tasks);
    case.options.placement.policy = PlacementPolicy::WorstFit;
    let placed = |case: &Case| {
        let tasks = case.run().tasks;
        (tasks.host, tasks.start_ms)
    };
    case.options.host_states = Some(STATES);
    let emptiest = vec![Some(0), Some(1), Some(1)];
    assert_eq!(
        placed(&case),
        (emptiest, vec![Some(0), Some(180), Some(280)])
    );
    case.options.host_states = Some(HostStates {
        prefer_awake: true,
        ..STATES
    });
    let awake = vec![Some(0), Some(0), Some(1)];
    assert_eq!(placed(&case), (awake, vec![Some(0), Some(150), Some(190)]));
}

/// Two hosts of four cores, each half taken by a task of one second.
fn two_halves() -> Case {
    let tasks = vec![busy(0, 0, 2, 1_000), busy(1, 0, 2, 1_000)];
    let mut case = case(hosts(4, 2), tasks);
    case.options.placement.policy = PlacementPolicy::WorstFit;
    case.options.host_states = Some(HostStates {
        sleep_after_ms: 0,
        sleep_w: 0.0,
        off_after_ms: None,
        ..STATES
    });
    case.options.consolidation = Some(Consolidation {
        interval_ms: 100,
        empty_below: 0.6,
        fill_from: 0.5,
        migration: Migration {
            // A gibibyte in 100 ms.
            bandwidth_mib_per_s: 10_240.0,
            dirty_rounds: 0.0,
            downtime_ms: 0,
            cpu_share: 0.0,
        },
    });
    case
}

#[test]
fn two_half_empty_hosts_become_one_and_the_other_sleeps() {
    let mut case = two_halves();
    let outcome = case.run();
    assert_eq!(outcome.tasks.host, [Some(1), Some(1)]);
    assert_eq!(outcome.tasks.end_ms, [Some(1_000), Some(1_000)]);
    let energies: Vec<f64> = outcome.hosts.iter().map(|host| host.energy_j).collect();
    // 150 W each for 200 ms, then nothing at all and 200 W.
    assert!(
        is_near(energies[0], 30.0) && is_near(energies[1], 30.0 + 160.0),
        "{energies:?}"
    );
    case.options.consolidation = None;
    let apart: f64 = case.run().hosts.iter().map(|host| host.energy_j).sum();
    assert!(is_near(apart - 80.0, energies[0] + energies[1]));
}

#[test]
fn a_move_takes_time_and_processors_of_both_hosts() {
    let mut case = two_halves();
    if let Some(rule) = &mut case.options.consolidation {
        rule.migration.dirty_rounds = 1.0;
        rule.migration.downtime_ms = 50;
        rule.migration.cpu_share = 0.5;
    }
    let outcome = case.run();
    // Copied from 100 to 300 at a quarter of both hosts, still until 350, and so much later at its end.
    assert_eq!(outcome.tasks.end_ms, [Some(1_050), Some(1_000)]);
    assert_eq!(outcome.tasks.migrations, [1, 0]);
    assert_eq!(outcome.tasks.downtime_ms, [50, 0]);
    let moved = MigrationTotals {
        completed: 1,
        cancelled: 0,
        downtime_ms: 50,
    };
    assert_eq!(outcome.migrations, moved);
    let overhead = 250 * u128::from(GHZ);
    assert_eq!(
        [outcome.hosts[0].overhead, outcome.hosts[1].overhead],
        [overhead; 2]
    );
    assert!(is_near(outcome.hosts[0].energy_j, 15.0 + 35.0 + 6.25));
    assert!(is_near(
        outcome.hosts[1].energy_j,
        15.0 + 43.75 + 130.0 + 7.5
    ));
    assert_eq!(outcome.cpu_work.lost, 0);
}

#[test]
fn a_host_whose_tasks_do_not_all_find_room_keeps_them_all() {
    let mut case = two_halves();
    case.tasks.push(busy(2, 1, 1, 1_000));
    // Now 3 of 4 and 2 of 4: the two cores fit nowhere.
    let outcome = case.run();
    assert_eq!(outcome.migrations, MigrationTotals::default());
}

#[test]
fn a_task_that_ends_while_it_is_copied_ends_its_move() {
    let mut case = two_halves();
    case.tasks[0].1[0].0 = 150;
    let outcome = case.run();
    assert_eq!(outcome.migrations.cancelled, 1);
    assert_eq!(outcome.tasks.end_ms, [Some(150), Some(1_000)]);
    assert_eq!(outcome.tasks.host, [Some(0), Some(1)]);
}
