//! What must hold for every log.

use std::ops::Range;

use angara_simulation::batch::{BatchFigures, BatchJob, QueuePolicy, Schedule, schedule};
use proptest::prelude::*;

/// Processors of the machine in all these laws.
pub(crate) const PROCESSORS: u64 = 8;

/// Jobs that crowd a small machine, in any order, some on the same second; estimates are up to so much too long.
pub(crate) fn jobs(count: Range<usize>, excess_s: i64) -> impl Strategy<Value = Vec<BatchJob>> {
    let job = (-60i64..60, 1i64..25, 0..=excess_s, 1..=PROCESSORS).prop_map(
        |(submit_s, run_s, excess_s, processors)| BatchJob {
            submit_s,
            run_s,
            estimate_s: run_s + excess_s,
            processors,
        },
    );
    prop::collection::vec(job, count)
}

/// Most processors in use at any instant.
fn most_in_use(jobs: &[BatchJob], schedule: &Schedule) -> u128 {
    let mut changes: Vec<(i64, i128)> = Vec::new();
    for (job, start_s) in jobs.iter().zip(&schedule.start_s) {
        changes.push((*start_s, i128::from(job.processors)));
        changes.push((start_s + job.run_s, -i128::from(job.processors)));
    }
    changes.sort_unstable();
    let (mut used, mut most) = (0, 0);
    for (_, change) in changes {
        used += change;
        most = most.max(used);
    }
    most as u128
}

/// Rows in the order of submission.
fn in_order(jobs: &[BatchJob]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..jobs.len()).collect();
    rows.sort_by_key(|row| (jobs[*row].submit_s, *row));
    rows
}

/// Laws that every policy keeps on every log.
pub(crate) fn check(jobs: &[BatchJob], processors: u64, policy: QueuePolicy, found: &Schedule) {
    assert!(
        most_in_use(jobs, found) <= u128::from(processors),
        "{policy:?}"
    );
    for (row, job) in jobs.iter().enumerate() {
        assert!(found.start_s[row] >= job.submit_s, "{policy:?} {row}");
        assert!(
            found.start_s[row] <= found.promised_s[row],
            "{policy:?} {row}"
        );
    }
    // The machine never idles while a job waits, so all is over by the last submission and all run times.
    let end_s = |row: usize| i128::from(found.start_s[row]) + i128::from(jobs[row].run_s);
    let last_s = (0..jobs.len()).map(end_s).max().unwrap_or(0);
    let submitted_s = jobs.iter().map(|job| job.submit_s).max().unwrap_or(0);
    let runs_s: i128 = jobs.iter().map(|job| i128::from(job.run_s)).sum();
    assert!(last_s <= i128::from(submitted_s) + runs_s, "{policy:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_policy_exceeds_the_machine_or_breaks_a_promise(jobs in jobs(0..80, 40)) {
        for policy in QueuePolicy::ALL {
            let found = schedule(&jobs, PROCESSORS, policy).unwrap();
            check(&jobs, PROCESSORS, policy, &found);
        }
    }

    #[test]
    fn no_job_starts_after_one_submitted_later_under_fcfs(jobs in jobs(0..80, 40)) {
        let found = schedule(&jobs, PROCESSORS, QueuePolicy::Fcfs).unwrap();
        let starts: Vec<i64> = in_order(&jobs).iter().map(|row| found.start_s[*row]).collect();
        prop_assert!(starts.is_sorted());
    }

    #[test]
    fn with_exact_estimates_no_reservation_ever_moves(jobs in jobs(0..80, 0)) {
        let found = schedule(&jobs, PROCESSORS, QueuePolicy::Conservative).unwrap();
        prop_assert_eq!(found.start_s, found.promised_s);
    }

    #[test]
    fn with_exact_estimates_the_head_starts_at_its_shadow_time_under_easy(jobs in jobs(0..80, 0)) {
        let found = schedule(&jobs, PROCESSORS, QueuePolicy::Easy).unwrap();
        prop_assert_eq!(found.start_s, found.promised_s);
    }

    #[test]
    fn jobs_that_all_take_the_whole_machine_start_alike_under_all_policies(
        jobs in jobs(0..40, 40),
    ) {
        let jobs: Vec<BatchJob> =
            jobs.iter().map(|job| BatchJob { processors: PROCESSORS, ..*job }).collect();
        let fcfs = schedule(&jobs, PROCESSORS, QueuePolicy::Fcfs).unwrap();
        let easy = schedule(&jobs, PROCESSORS, QueuePolicy::Easy).unwrap();
        prop_assert_eq!(&easy.start_s, &fcfs.start_s);
        // A single processor with equal jobs: nobody is short enough to overtake.
        let equal: Vec<BatchJob> = jobs
            .iter()
            .map(|job| BatchJob { run_s: 7, estimate_s: 9, processors: 1, ..*job })
            .collect();
        let starts: Vec<Vec<i64>> = QueuePolicy::ALL
            .iter()
            .map(|policy| schedule(&equal, 1, *policy).unwrap().start_s)
            .collect();
        prop_assert_eq!(&starts[1], &starts[0]);
        prop_assert_eq!(&starts[2], &starts[0]);
    }

    #[test]
    fn where_all_jobs_fit_at_once_nobody_waits(jobs in jobs(1..80, 40)) {
        let machine: u64 = jobs.iter().map(|job| job.processors).sum();
        for policy in QueuePolicy::ALL {
            let found = schedule(&jobs, machine, policy).unwrap();
            let figures = BatchFigures::of(&jobs, &found, machine);
            prop_assert_eq!(figures.waiting_jobs, 0);
            prop_assert_eq!(figures.mean_bounded_slowdown, 1.0);
        }
    }

    #[test]
    fn a_clock_that_begins_elsewhere_changes_no_wait(
        jobs in jobs(0..60, 40),
        shift_s in -1_000_000_000_000i64..1_000_000_000_000,
    ) {
        let moved: Vec<BatchJob> = jobs
            .iter()
            .map(|job| BatchJob { submit_s: job.submit_s + shift_s, ..*job })
            .collect();
        for policy in QueuePolicy::ALL {
            let here = schedule(&jobs, PROCESSORS, policy).unwrap();
            let there = schedule(&moved, PROCESSORS, policy).unwrap();
            let back: Vec<i64> = there.start_s.iter().map(|start_s| start_s - shift_s).collect();
            prop_assert_eq!(back, here.start_s);
        }
    }
}

#[test]
fn spare_processors_count_all_ends_at_the_shadow_time() {
    let job = |submit_s, run_s, processors| BatchJob {
        submit_s,
        run_s,
        estimate_s: run_s,
        processors,
    };
    // Two jobs of four end at 10; the head needs five of them, so four of the nine free then are spare.
    let jobs = [
        job(0, 10, 4),
        job(0, 10, 4),
        job(1, 5, 5),
        job(2, 100, 1),
        job(3, 100, 4),
    ];
    let found = schedule(&jobs, 9, QueuePolicy::Easy).unwrap();
    assert_eq!(found.start_s, [0, 0, 10, 2, 15]);
    assert_eq!(found.promised_s[2], 10);
}

#[test]
fn a_short_job_overtakes_and_a_long_one_does_not() {
    let job = |submit_s, run_s, processors| BatchJob {
        submit_s,
        run_s,
        estimate_s: run_s,
        processors,
    };
    let jobs = [job(0, 10, 6), job(1, 10, 8), job(2, 20, 2), job(3, 7, 2)];
    for (policy, starts) in [
        (QueuePolicy::Fcfs, [0, 10, 20, 20]),
        (QueuePolicy::Easy, [0, 10, 20, 3]),
        (QueuePolicy::Conservative, [0, 10, 20, 3]),
    ] {
        assert_eq!(schedule(&jobs, 8, policy).unwrap().start_s, starts);
    }
}

#[test]
fn conservative_backfilling_protects_the_second_in_the_queue_too() {
    let job = |submit_s, run_s, processors| BatchJob {
        submit_s,
        run_s,
        estimate_s: run_s,
        processors,
    };
    // The long narrow job is spare to the head (4 of 8 processors), but not to the second, which needs all.
    let jobs = [job(0, 10, 6), job(1, 10, 4), job(2, 10, 8), job(3, 50, 2)];
    let easy = schedule(&jobs, 8, QueuePolicy::Easy).unwrap();
    let conservative = schedule(&jobs, 8, QueuePolicy::Conservative).unwrap();
    assert_eq!(easy.start_s, [0, 10, 53, 3]);
    assert_eq!(conservative.start_s, [0, 10, 20, 30]);
}

#[test]
fn a_machine_with_nothing_to_run_asks_the_waiting_jobs_again() {
    let job = |submit_s, run_s, estimate_s, processors| BatchJob {
        submit_s,
        run_s,
        estimate_s,
        processors,
    };
    // The second ends early, at 3. The third is asked first and stays behind the fourth, which then moves from 10 to
    // 3 and ends on time: nothing runs from 93 on, seven seconds before the third was to start.
    let jobs = [
        job(0, 10, 10, 2),
        job(0, 3, 100, 6),
        job(1, 5, 5, 8),
        job(2, 90, 90, 2),
    ];
    let found = schedule(&jobs, 8, QueuePolicy::Conservative).unwrap();
    assert_eq!(found.promised_s, [0, 0, 100, 10]);
    assert_eq!(found.start_s, [0, 0, 93, 3]);
}
