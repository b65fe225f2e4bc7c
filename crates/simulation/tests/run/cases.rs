//! Runs whose results follow by hand.

use angara_fleet::Resource;
use angara_simulation::{Clock, Placement, PlacementRule, SimulationError};

use crate::small::{HOUR, Load, core_hours, day, fleet, model, run, server};

#[test]
fn an_idle_host_draws_idle_power_all_day() {
    let outcome = run(
        &fleet(vec![server(4)], &[&[0]]),
        &[Load::default()],
        day(),
        Placement::default(),
    )
    .unwrap();
    assert_eq!(outcome.sites[0].it_power_w, vec![100.0; 24]);
    assert_eq!(outcome.hosts.energy_j, [100.0 * 86_400.0]);
}

#[test]
fn jobs_queue_for_one_host_in_order_of_submission() {
    // Four cores. A takes all until 2 h, then B and C two each; D needs all four, and E stays behind it.
    let load = Load::default()
        .job(0, 2 * HOUR, 4)
        .job(HOUR / 2, HOUR, 2)
        .job(HOUR, 3 * HOUR, 2)
        .job(HOUR, HOUR, 4)
        .job(HOUR * 3 / 2, HOUR, 2);
    let outcome = run(
        &fleet(vec![server(4)], &[&[0]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    // Starts: A 0, B 2, C 2, D 5 (when C ends), E 6 (though two cores are free from 3 h on).
    let waits = outcome.services[0].waits;
    assert_eq!(waits.jobs, 5);
    assert!((waits.mean_h - (0.0 + 1.5 + 1.0 + 4.0 + 4.5) / 5.0).abs() < 1e-12);
    assert_eq!(waits.longest_h, 4.5);
    let served: Vec<f64> = (0..8)
        .map(|step| outcome.sites[0].cores.served_units(step))
        .collect();
    assert_eq!(served, [4.0, 4.0, 4.0, 2.0, 2.0, 4.0, 2.0, 0.0]);
    let queued = &outcome.sites[0].queued_tasks[..7];
    assert_eq!(queued, [0.5, 3.5, 2.0, 2.0, 2.0, 1.0, 0.0]);
    assert_eq!(
        core_hours(outcome.services[0].done),
        8.0 + 2.0 + 6.0 + 4.0 + 2.0
    );
    // Two of four cores, halfway between 100 W and 300 W.
    assert_eq!(outcome.sites[0].it_power_w[3], 200.0);
}

#[test]
fn contention_is_shared_fairly_and_what_is_not_served_is_lost() {
    // Overcommitted: 3 + 2 + 1 cores wanted in the second hour on four; shares 1.5, 1.5, 1.
    let load = Load::default()
        .interactive(24 * HOUR, 1000, &[1000, 3000])
        .interactive(24 * HOUR, 1000, &[500, 2000])
        .interactive(24 * HOUR, 1000, &[100, 1000])
        .edit(|tasks| tasks.service[0] = 1);
    let outcome = run(
        &fleet(vec![server(4)], &[&[0]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    assert_eq!(core_hours(outcome.services[1].lost), 12.0 * 1.5);
    assert_eq!(core_hours(outcome.services[0].lost), 12.0 * 0.5);
    let cores = &outcome.sites[0].cores;
    assert_eq!((cores.served_units(1), cores.demanded_units(1)), (4.0, 6.0));
    assert_eq!((cores.lost_units(0), cores.served_units(0)), (0.0, 1.6));
    assert_eq!(outcome.sites[0].it_power_w[1], 300.0);
    assert_eq!(cores.utilisation(1), 1.0);
}

#[test]
fn a_job_that_begins_within_a_step_contends_only_while_it_runs() {
    // An interactive task wants 3 of 4 cores; a job of 2 cores runs from 0.25 h to 0.75 h: one core short for half
    // an hour, taken from the larger demand.
    let load = Load::default()
        .interactive(24 * HOUR, 1000, &[3000, 0])
        .job(HOUR / 4, HOUR / 2, 2)
        .edit(|tasks| tasks.service[1] = 1);
    let outcome = run(
        &fleet(vec![server(4)], &[&[0]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    assert_eq!(core_hours(outcome.services[0].lost), 0.5);
    assert_eq!(core_hours(outcome.services[1].lost), 0.0);
    assert_eq!(outcome.sites[0].cores.served_units(0), 3.5);
    let expected_w = f64::midpoint(100.0 + 200.0 * 0.75, 300.0);
    assert!((outcome.sites[0].it_power_w[0] - expected_w).abs() < 1e-9);
}

#[test]
fn fragments_are_played_one_after_the_other_across_steps() {
    let load = Load::default().replay(
        HOUR / 2,
        4,
        &[
            (HOUR, 1000),
            (2 * HOUR, 4000),
            (5 * HOUR / 2, 0),
            (3 * HOUR, 2000),
        ],
    );
    let outcome = run(
        &fleet(vec![server(4)], &[&[0]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    let served: Vec<f64> = (0..5)
        .map(|step| outcome.sites[0].cores.served_units(step))
        .collect();
    assert_eq!(served, [0.5, 2.5, 2.0, 1.0, 0.0]);
}

#[test]
fn work_left_at_the_end_is_waiting_or_running_on() {
    let load = Load::default()
        .job(20 * HOUR, 10 * HOUR, 4)
        .job(22 * HOUR, HOUR, 1);
    let outcome = run(
        &fleet(vec![server(4)], &[&[0]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    let service = outcome.services[0];
    assert_eq!(core_hours(service.submitted), 41.0);
    assert_eq!(core_hours(service.done), 16.0);
    assert_eq!(core_hours(service.running_on), 24.0);
    assert_eq!(core_hours(service.waiting), 1.0);
    assert_eq!(service.lost, 0);
    assert_eq!(service.waits.longest_h, 2.0);
}

#[test]
fn tasks_no_host_can_take_are_lost_with_their_reason() {
    let models = vec![
        model(Resource::Cores, 0, 4, 100),
        model(Resource::Accelerators, 1, 8, 100),
    ];
    let load = Load::default()
        .job(0, HOUR, 5)
        .job(0, HOUR, 1)
        .job(0, HOUR, 1)
        .job(0, HOUR, 8)
        .interactive(24 * HOUR, 4000, &[4000])
        .interactive(24 * HOUR, 4000, &[1000])
        .edit(|tasks| {
            tasks.platforms[1] = 0b10;
            tasks.memory_bytes[2] = 101;
            tasks.resource[3] = Resource::Accelerators;
            tasks.platforms[3] = 0b11;
        });
    let outcome = run(
        &fleet(models, &[&[0, 1]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    let unplaced = outcome.sites[0].unplaced;
    assert_eq!(
        (unplaced.too_large, unplaced.no_platform, unplaced.no_room),
        (2, 1, 1)
    );
    let service = outcome.services[0];
    assert_eq!(core_hours(service.lost_unplaced), 5.0 + 1.0 + 1.0 + 24.0);
    assert_eq!(service.lost, service.lost_unplaced);
    assert_eq!(core_hours(service.done), 8.0 + 96.0);
    assert_eq!(outcome.sites[0].accelerators.served_units(0), 8.0);
    assert_eq!(outcome.sites[0].cores.demanded_units(3), 5.0);
}

#[test]
fn each_rule_chooses_its_host() {
    let fleet = fleet(vec![server(8), server(4), server(6)], &[&[0, 1, 2]]);
    for (rule, expected) in [
        (PlacementRule::FirstFit, [1, 0, 0]),
        (PlacementRule::BestFit, [0, 1, 0]),
        (PlacementRule::WorstFit, [1, 0, 0]),
    ] {
        let placement = Placement {
            interactive: rule,
            batch: rule,
            jobs_apart: true,
        };
        let outcome = run(&fleet, &[Load::default().job(0, HOUR, 3)], day(), placement).unwrap();
        assert_eq!(outcome.hosts.tasks, expected, "{rule:?}");
    }
    let spread = run(
        &fleet,
        &[Load::default().job(0, HOUR, 3).job(0, HOUR, 3)],
        day(),
        Placement {
            interactive: PlacementRule::WorstFit,
            batch: PlacementRule::WorstFit,
            jobs_apart: true,
        },
    );
    assert_eq!(spread.unwrap().hosts.tasks, [1, 0, 1]);
}

#[test]
fn hosts_kept_for_jobs_take_a_job_that_fits_no_gap_between_interactive_tasks() {
    // Four interactive tasks of two cores spread over four hosts of four would leave gaps of two everywhere.
    let mut load = Load::default();
    for _ in 0..4 {
        load = load.interactive(24 * HOUR, 2000, &[2000]);
    }
    load = load.job(0, 24 * HOUR, 4).job(0, 24 * HOUR, 4);
    let fleet = fleet(vec![server(4)], &[&[0, 0, 0, 0]]);
    let waiting = |jobs_apart| {
        let placement = Placement {
            jobs_apart,
            ..Placement::default()
        };
        let outcome = run(&fleet, &[load.clone()], day(), placement).unwrap();
        core_hours(outcome.services[0].waiting)
    };
    assert_eq!(waiting(true), 0.0);
    assert_eq!(waiting(false), 192.0);
}

#[test]
fn a_job_for_another_machine_does_not_wait_behind_the_head() {
    let models = vec![server(4), model(Resource::Cores, 1, 4, 1 << 40)];
    let load = Load::default()
        .job(0, 5 * HOUR, 4)
        .job(HOUR, HOUR, 4)
        .job(HOUR, HOUR, 4)
        .edit(|tasks| tasks.platforms[2] = 0b10);
    let outcome = run(
        &fleet(models, &[&[0, 1]]),
        &[load],
        day(),
        Placement::default(),
    )
    .unwrap();
    assert_eq!(outcome.services[0].waits.longest_h, 4.0);
    assert_eq!(outcome.services[0].waits.mean_h, 4.0 / 3.0);
}

#[test]
fn input_that_cannot_be_played_is_refused_by_name() {
    let fleet = fleet(vec![server(4)], &[&[0]]);
    let refused = |load: Load| {
        run(&fleet, &[load], day(), Placement::default())
            .unwrap_err()
            .to_string()
    };
    let job = || Load::default().job(0, HOUR, 1);
    assert!(
        refused(job().edit(|tasks| tasks.service[0] = 9)).contains("its service does not exist")
    );
    assert!(refused(job().edit(|tasks| tasks.duration_ms[0] = 0)).contains("no length"));
    assert!(refused(job().edit(|tasks| tasks.submission_ms[0] = -1)).contains("before the run"));
    assert!(refused(job().edit(|tasks| tasks.reserved_milli[0] = 0)).contains("nothing aside"));
    let late = Load::default()
        .interactive(HOUR, 1, &[1])
        .edit(|tasks| tasks.submission_ms[0] = 5);
    assert!(refused(late).contains("begin and end with a step"));
    let mut finer = job();
    finer.demand.step_ms = Some(HOUR / 4);
    assert!(refused(finer).contains("steps of 900000 ms"));
    let clock = Clock {
        step_ms: 0,
        steps: 4,
    };
    assert!(run(&fleet, &[job()], clock, Placement::default()).is_err());
    assert!(matches!(
        run(&fleet, &[], day(), Placement::default()),
        Err(SimulationError::SiteCount {
            fleet: 1,
            workload: 0
        })
    ));
}
