//! Small cases with results found by hand.

use std::sync::Arc;

use angara_simulation::failure::{FailureGroup, FailureModel, FailureProcesses, Law};
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::replay::{
    AntiAffinity, Checkpoints, Deferral, DeferralSignal, Filter, PlacementPolicy, Play, TaskState,
};

use super::support::{Case, GHZ, busy, case, hosts, hosts_of};

fn starts(case: &Case) -> Vec<Option<i64>> {
    case.run().tasks.start_ms
}

#[test]
fn of_waiting_tasks_that_of_higher_priority_starts_first() {
    let mut tasks = vec![busy(0, 0, 1, 100), busy(1, 10, 1, 100), busy(2, 20, 1, 100)];
    tasks[2].0.priority = 5;
    let case = case(hosts(1, 1), tasks);
    assert_eq!(starts(&case), [Some(0), Some(200), Some(100)]);
}

#[test]
fn tasks_of_a_group_are_kept_on_different_hosts_racks_or_clusters() {
    let places = [(0, Some(0)), (0, Some(0)), (0, Some(1)), (1, Some(2))];
    let hosts_under = |scope| {
        let mut tasks = vec![busy(0, 0, 1, 100), busy(1, 1, 1, 100), busy(2, 2, 1, 100)];
        for (task, _) in &mut tasks {
            task.group = Some(0);
        }
        let mut case = case(hosts_of(4, &places), tasks);
        case.options.placement.filters = vec![Filter::Apart(scope)];
        let outcome = case.run();
        (outcome.tasks.host, outcome.tasks.start_ms[2])
    };
    let (host, rack) = (AntiAffinity::Host, AntiAffinity::Rack);
    assert_eq!(
        hosts_under(host),
        (vec![Some(0), Some(1), Some(2)], Some(2))
    );
    assert_eq!(
        hosts_under(rack),
        (vec![Some(0), Some(2), Some(3)], Some(2))
    );
    // Two clusters hold two of the three: the third waits for the first to end.
    let cluster = AntiAffinity::Cluster;
    assert_eq!(
        hosts_under(cluster),
        (vec![Some(0), Some(3), Some(0)], Some(100))
    );
}

#[test]
fn a_task_waits_for_clean_power_but_not_beyond_its_deadline() {
    let start_with = |deferrable, deadline_ms| {
        let mut tasks = vec![busy(0, 0, 1, 100)];
        tasks[0].0.deferrable = deferrable;
        tasks[0].0.deadline_ms = deadline_ms;
        let mut case = case(hosts(1, 1), tasks);
        case.topology.clusters[0].carbon = Some(0);
        let steps = [(0, 300.0), (5_000_000, 100.0)];
        case.carbon = vec![IntensitySeries::carbon(steps).expect("a series")];
        // Of now and the next four hours three are clean, so the second cleanest is.
        case.options.deferral = Some(Deferral {
            quantile: 0.35,
            hours: 4,
            ..Deferral::default()
        });
        starts(&case)[0]
    };
    assert_eq!(start_with(false, None), Some(0));
    assert_eq!(start_with(true, None), Some(5_000_000));
    assert_eq!(start_with(true, Some(1_000_100)), Some(1_000_000));
    assert_eq!(start_with(true, Some(50)), Some(0));
}

#[test]
fn a_task_that_may_wait_starts_when_power_is_cheap() {
    let mut tasks = vec![busy(0, 0, 1, 100)];
    tasks[0].0.deferrable = true;
    let mut case = case(hosts(1, 1), tasks);
    let steps = [(0, 90.0), (7_200_000, -5.0)];
    let prices = IntensitySeries::price(steps).expect("a series");
    case.options.prices = vec![Some(Arc::new(prices))];
    case.options.deferral = Some(Deferral {
        signal: DeferralSignal::Price,
        quantile: 0.35,
        hours: 4,
    });
    assert_eq!(starts(&case), [Some(7_200_000)]);
}

#[test]
fn energy_costs_what_the_price_of_its_moment_says() {
    // Two hosts of 100 W idle and 200 W busy, at two prices, and a battery that is never used.
    let prices = |steps: &[(i64, f64)]| {
        let series = IntensitySeries::price(steps.iter().copied()).expect("a series");
        Some(Arc::new(series))
    };
    let mut topology = hosts_of(1, &[(0, None), (1, None)]);
    topology.clusters[1].carbon = Some(0);
    let mut case = case(topology, vec![busy(0, 0, 1, 7_200_000)]);
    case.carbon = vec![IntensitySeries::carbon([(0, 100.0), (1_000, 50.0)]).expect("a series")];
    case.options.prices = vec![
        prices(&[(0, 60.0), (3_600_000, -20.0)]),
        prices(&[(0, 10.0)]),
    ];
    let outcome = case.run();
    let near = |cost: f64, expected: f64| assert!((cost - expected).abs() < 1e-12, "{cost}");
    // 200 Wh at 60 and 200 Wh at -20; 200 Wh at 10 [money/MWh].
    near(outcome.sources[0].cost, 2e-4 * 60.0 - 2e-4 * 20.0);
    near(outcome.sources[1].cost, 2e-4 * 10.0);
    assert_eq!(outcome.sources[0].carbon_g, 0.0);
    near(
        outcome.sources[1].carbon_g,
        0.1 * (100.0 + 50.0 * 7_199.0) / 3_600.0,
    );
}

#[test]
fn promised_twice_a_core_gives_each_half() {
    let mut case = case(hosts(1, 1), vec![busy(0, 0, 1, 100), busy(1, 0, 1, 100)]);
    let apart = case.run();
    assert_eq!(apart.tasks.start_ms, [Some(0), Some(100)]);
    assert_eq!((apart.makespan_ms, apart.cpu_work.lost), (200, 0));
    assert_eq!(apart.hosts[0].energy_j, 40.0);
    case.options.placement.filters = vec![Filter::Cores { ratio: 2.0 }];
    let together = case.run();
    assert_eq!(together.tasks.start_ms, [Some(0), Some(0)]);
    assert_eq!(together.tasks.cpu_done, [50 * u128::from(GHZ); 2]);
    assert_eq!(together.cpu_work.lost, 100 * u128::from(GHZ));
    assert_eq!(together.hosts[0].energy_j, 20.0);
    case.options.play = Play::Stretch;
    let stretched = case.run();
    assert_eq!(stretched.tasks.end_ms, [Some(200), Some(200)]);
    assert_eq!(stretched.hosts[0].energy_j, 40.0);
}

#[test]
fn a_task_is_passed_over_so_often_and_then_blocks_the_later_ones() {
    let tasks = vec![
        busy(0, 0, 1, 1_000),
        busy(1, 1, 2, 100),
        busy(2, 10, 1, 10),
        busy(3, 30, 1, 10),
        busy(4, 50, 1, 10),
    ];
    let mut case = case(hosts(2, 1), tasks);
    let in_order = [0, 1_000, 1_100, 1_100, 1_110].map(Some);
    assert_eq!(starts(&case), in_order);
    case.options.placement.lookahead = 4;
    case.options.placement.passed_over_max = 2;
    assert_eq!(starts(&case), [0, 1_000, 10, 30, 1_100].map(Some));
    case.options.placement.passed_over_max = 3;
    assert_eq!(starts(&case), [0, 1_000, 10, 30, 50].map(Some));
}

#[test]
fn where_a_task_goes_at_random_does_not_depend_on_the_others() {
    let tasks: Vec<_> = (0..40).map(|id| busy(id, id, 1, 10_000)).collect();
    let mut case = case(hosts(64, 8), tasks);
    case.options.placement.policy = PlacementPolicy::Random;
    let all = case.run().tasks.host;
    let mut few = case.clone();
    few.tasks.retain(|(task, _)| task.id % 3 == 1);
    let some: Vec<_> = all.iter().skip(1).step_by(3).copied().collect();
    assert_eq!(few.run().tasks.host, some);
    let mut hosts = all.clone();
    hosts.sort_unstable();
    hosts.dedup();
    assert!(hosts.len() > 4, "{hosts:?}");
    case.options.seed = 1;
    assert_ne!(case.run().tasks.host, all);
}

#[test]
fn a_checkpoint_that_takes_longer_than_asked_is_followed_by_work_all_the_same() {
    let mut tasks = vec![busy(0, 0, 1, 200)];
    tasks[0].1[0].1 = 2 * GHZ;
    let mut case = case(hosts(1, 1), tasks);
    case.options.play = Play::Stretch;
    case.options.checkpoints = Some(Checkpoints {
        interval_ms: 100,
        duration_ms: 50,
        interval_scaling: 1.0,
    });
    // 400 ms of work and three checkpoints of 100 ms, each at half the speed that is asked for.
    let outcome = case.run();
    assert_eq!(outcome.tasks.end_ms, [Some(700)]);
    assert_eq!(outcome.tasks.checkpoint_ms, [150]);
    // An interval shorter than the checkpoint lets no task save for ever.
    case.options.checkpoints = Some(Checkpoints {
        interval_ms: 1,
        duration_ms: 50,
        interval_scaling: 0.5,
    });
    assert_eq!(case.run().tasks.end_ms, [Some(400 + 399 * 100)]);
}

#[test]
fn what_nothing_supplies_is_given_up_whatever_goes_on_elsewhere() {
    let mut tasks = vec![busy(0, 0, 1, 100), busy(1, 0, 1, 100)];
    for (_, rows) in &mut tasks {
        rows[0].2 = GHZ;
    }
    let mut case = case(hosts(2, 2), tasks);
    case.options.play = Play::Stretch;
    case.options.checkpoints = Some(Checkpoints {
        interval_ms: 1,
        duration_ms: 3,
        interval_scaling: 0.5,
    });
    let law = || Law::uniform(0.001, 0.01).expect("a law");
    let group = || FailureGroup {
        name: "the other host".to_owned(),
        hosts: vec![1],
        time_to_failure: law(),
        time_to_repair: law(),
        share: None,
    };
    let groups = (0..5).map(|_| group()).collect();
    for failures in [
        FailureModel::None,
        FailureModel::Processes(FailureProcesses { groups }),
    ] {
        case.options.failures = failures;
        let outcome = case.run();
        assert_eq!(outcome.tasks.state, [TaskState::Terminated; 2]);
        assert_eq!(outcome.tasks.cpu_lost, [0, 0]);
    }
}
