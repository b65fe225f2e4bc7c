//! Laws that every run obeys.

use angara_simulation::{Clock, Outcome, Placement, PlacementRule};
use angara_workload::Fragment;
use proptest::prelude::*;

use crate::small::{HOUR, Load, fleet, run, server};

/// A job: submission and duration in minutes, cores, service.
type Job = (i64, i64, u32, u32);
/// An interactive task: what it sets aside and its demand by step, over and over.
type Row = (u32, Vec<u32>);

/// Jobs at distinct times, and interactive tasks.
fn mixed_load() -> impl Strategy<Value = (Vec<Job>, Vec<Row>)> {
    let jobs = prop::collection::btree_map(0i64..2500, (1i64..900, 1u32..9, 0u32..2), 0..60);
    let rows = prop::collection::vec(
        (1u32..4000, prop::collection::vec(0u32..9000, 1..30)),
        0..12,
    );
    (jobs, rows).prop_map(|(jobs, rows)| {
        let jobs = jobs
            .into_iter()
            .map(|(submission, (duration, cores, service))| (submission, duration, cores, service))
            .collect();
        (jobs, rows)
    })
}

fn build(jobs: &[Job], rows: &[Row], minute_ms: i64, days: i64) -> Load {
    let mut load = Load::default();
    for (reserved_milli, row) in rows {
        load = load.interactive(days * 1440 * minute_ms, *reserved_milli, row);
    }
    for (submission, duration, cores, service) in jobs {
        load = load.job(submission * minute_ms, duration * minute_ms, *cores);
        let last = load.tasks.len() - 1;
        load.tasks.service[last] = *service;
    }
    load
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn work_and_energy_are_conserved_and_energy_lies_between_idle_and_peak(
        (jobs, rows) in mixed_load(),
        rule in 0usize..3,
    ) {
        let rule = [PlacementRule::FirstFit, PlacementRule::BestFit, PlacementRule::WorstFit][rule];
        let fleet = fleet(vec![server(8), server(6)], &[&[0, 1, 0]]);
        let clock = Clock { step_ms: HOUR, steps: 48 };
        let placement = Placement { interactive: rule, batch: rule, jobs_apart: true };
        let load = build(&jobs, &rows, 60_000, 2);
        let outcome = run(&fleet, &[load], clock, placement).unwrap();
        prop_assert_eq!(outcome.residuals.work_milli_ms, 0);
        prop_assert_eq!(outcome.residuals.served_milli_ms, 0);
        prop_assert!(outcome.residuals.energy_relative.abs() < 1e-12);
        let submitted: u128 = jobs
            .iter()
            .map(|(_, duration, cores, _)| (*duration as u128) * 60_000 * 1000 * u128::from(*cores))
            .sum::<u128>()
            + rows
                .iter()
                .map(|(_, row)| (0..48).map(|step| u128::from(row[step % row.len()])).sum::<u128>())
                .sum::<u128>()
                * HOUR as u128;
        let total: u128 = outcome.services.iter().map(|service| service.submitted).sum();
        prop_assert_eq!(total, submitted);
        for energy_j in &outcome.hosts.energy_j {
            let seconds = 48.0 * 3600.0;
            prop_assert!((100.0 * seconds - 1e-3..=300.0 * seconds + 1e-3).contains(energy_j));
        }
        for step in 0..48 {
            prop_assert!(outcome.sites[0].cores.utilisation(step) <= 1.0);
        }
        let steps_lost: u64 = (0..48)
            .map(|step| outcome.sites[0].cores.demanded[step] - outcome.sites[0].cores.served[step])
            .sum();
        let lost: u128 = outcome.services.iter().map(|service| service.lost).sum();
        prop_assert_eq!(u128::from(steps_lost), lost);
    }

    #[test]
    fn the_order_of_rows_does_not_matter_when_submissions_differ((jobs, _) in mixed_load()) {
        let fleet = fleet(vec![server(8), server(6)], &[&[0, 1]]);
        let clock = Clock { step_ms: HOUR, steps: 48 };
        let forwards = run(&fleet, &[build(&jobs, &[], 60_000, 2)], clock, Placement::default()).unwrap();
        let reversed: Vec<_> = jobs.iter().rev().copied().collect();
        let backwards = run(&fleet, &[build(&reversed, &[], 60_000, 2)], clock, Placement::default()).unwrap();
        prop_assert_eq!(forwards, backwards);
    }

    #[test]
    fn doubling_all_times_doubles_work_and_energy((jobs, rows) in mixed_load()) {
        let fleet = fleet(vec![server(8), server(6)], &[&[0, 1]]);
        let once = Clock { step_ms: HOUR, steps: 48 };
        let twice = Clock { step_ms: 2 * HOUR, steps: 48 };
        let single = run(&fleet, &[build(&jobs, &rows, 60_000, 2)], once, Placement::default()).unwrap();
        let double = run(&fleet, &[build(&jobs, &rows, 120_000, 2)], twice, Placement::default()).unwrap();
        for (one, two) in single.services.iter().zip(&double.services) {
            prop_assert_eq!(2 * one.done, two.done);
            prop_assert_eq!(2 * one.lost, two.lost);
            prop_assert_eq!(2 * one.queued(), two.queued());
        }
        for (one, two) in single.hosts.energy_j.iter().zip(&double.hosts.energy_j) {
            prop_assert!((2.0 * one - two).abs() <= 1e-12 * two);
        }
    }

    #[test]
    fn steps_and_fragments_say_the_same((_, rows) in mixed_load(), split in 1usize..48) {
        // The same demand, tied to the grid in one run and played as fragments cut anywhere in the other.
        let fleet = fleet(vec![server(64)], &[&[0]]);
        let clock = Clock { step_ms: HOUR, steps: 48 };
        let on_grid = build(&[], &rows, 60_000, 2);
        let mut as_fragments = on_grid.clone();
        for (_, row) in as_fragments.demand.rows.iter_mut().zip(0..).map(|(row, index)| (index, row)) {
            let values = row.clone().unwrap();
            let mut fragments = Vec::new();
            for step in 0..48 {
                let demand_milli = values[step % values.len()];
                if step == split {
                    fragments.push(Fragment { end_ms: step as i64 * HOUR + 17, demand_milli });
                }
                fragments.push(Fragment { end_ms: (step as i64 + 1) * HOUR, demand_milli });
            }
            *row = Err(fragments);
        }
        let first = run(&fleet, &[on_grid], clock, Placement::default()).unwrap();
        let second = run(&fleet, &[as_fragments], clock, Placement::default()).unwrap();
        prop_assert_eq!(&first.sites[0].cores, &second.sites[0].cores);
        prop_assert_eq!(first.services[0].lost, second.services[0].lost);
        for (one, two) in first.sites[0].it_power_w.iter().zip(&second.sites[0].it_power_w) {
            prop_assert!((one - two).abs() <= 1e-9);
        }
    }
}

#[test]
fn one_two_and_eight_threads_give_the_same_bits() {
    let members: Vec<u32> = (0..150).map(|host| host % 2).collect();
    let fleet = fleet(vec![server(8), server(6)], &[&members, &members[..70]]);
    let mut load = Load::default();
    for number in 0..400i64 {
        let row: Vec<u32> = (0..31)
            .map(|hour| ((number * 37 + hour * 911) % 3001) as u32)
            .collect();
        load = load.interactive(40 * 24 * HOUR, 2000, &row);
    }
    for number in 0..900 {
        load = load.job(
            number * 2_345_671,
            1 + number * 7_654_321 % (30 * HOUR),
            1 + (number % 6) as u32,
        );
    }
    let clock = Clock {
        step_ms: HOUR,
        steps: 40 * 24,
    };
    let outcomes: Vec<Outcome> = [1, 2, 8]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| {
                run(
                    &fleet,
                    &[load.clone(), load.clone()],
                    clock,
                    Placement::default(),
                )
                .unwrap()
            })
        })
        .collect();
    assert!(outcomes[0].services[0].lost > 0);
    assert!(outcomes[0].services[0].waits.longest_h > 0.0);
    let bits = |outcome: &Outcome| -> Vec<u64> {
        let powers = outcome.sites.iter().flat_map(|site| &site.it_power_w);
        powers
            .chain(&outcome.hosts.energy_j)
            .map(|value| value.to_bits())
            .collect()
    };
    for other in &outcomes[1..] {
        assert_eq!(&outcomes[0], other);
        assert_eq!(bits(&outcomes[0]), bits(other));
    }
}
