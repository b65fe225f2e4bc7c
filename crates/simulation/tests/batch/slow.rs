//! Conservative backfilling written for plainness, and the real one compared with it.

use angara_simulation::batch::{
    BatchJob, Overrun, QueuePolicy, Schedule, SkipReason, jobs_of, schedule,
};
use proptest::prelude::*;

use crate::laws::jobs;
use crate::logs;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Absent,
    Waiting,
    Running,
    Ended,
}

/// Starts with the definition in every line: a list of reservations, all of which are looked at for everything.
fn slow_conservative(jobs: &[BatchJob], processors: u64) -> Schedule {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|row| (jobs[*row].submit_s, *row));
    let mut state = vec![State::Absent; jobs.len()];
    let mut start_s = vec![0; jobs.len()];
    let mut promised_s = vec![0; jobs.len()];
    loop {
        let now_s = (0..jobs.len())
            .filter_map(|row| match state[row] {
                State::Absent => Some(jobs[row].submit_s),
                State::Waiting => Some(start_s[row]),
                State::Running => Some(start_s[row] + jobs[row].run_s),
                State::Ended => None,
            })
            .min();
        let Some(now_s) = now_s else {
            return Schedule {
                start_s,
                promised_s,
            };
        };
        let mut early = false;
        for row in 0..jobs.len() {
            if state[row] == State::Running && start_s[row] + jobs[row].run_s <= now_s {
                state[row] = State::Ended;
                early |= jobs[row].estimate_s > jobs[row].run_s;
            }
        }
        if early {
            compress(jobs, processors, &order, &mut state, &mut start_s, now_s);
        }
        for row in &order {
            if state[*row] == State::Absent && jobs[*row].submit_s <= now_s {
                start_s[*row] = earliest(jobs, processors, &state, &start_s, *row, now_s);
                promised_s[*row] = start_s[*row];
                state[*row] = State::Waiting;
            }
        }
        begin(&mut state, &start_s, now_s);
        if !state.contains(&State::Running) && state.contains(&State::Waiting) {
            compress(jobs, processors, &order, &mut state, &mut start_s, now_s);
            begin(&mut state, &start_s, now_s);
        }
    }
}

fn begin(state: &mut [State], start_s: &[i64], now_s: i64) {
    for row in 0..state.len() {
        if state[row] == State::Waiting && start_s[row] <= now_s {
            state[row] = State::Running;
        }
    }
}

fn compress(
    jobs: &[BatchJob],
    processors: u64,
    order: &[usize],
    state: &mut [State],
    start_s: &mut [i64],
    now_s: i64,
) {
    for row in order {
        if state[*row] == State::Waiting {
            state[*row] = State::Absent;
            let found_s = earliest(jobs, processors, state, start_s, *row, now_s);
            assert!(found_s <= start_s[*row], "a promise is kept");
            start_s[*row] = found_s;
            state[*row] = State::Waiting;
        }
    }
}

/// Tries now and every end of a reservation.
fn earliest(
    jobs: &[BatchJob],
    processors: u64,
    state: &[State],
    start_s: &[i64],
    row: usize,
    now_s: i64,
) -> i64 {
    let held: Vec<(i64, i64, u64)> = (0..jobs.len())
        .filter(|other| matches!(state[*other], State::Waiting | State::Running))
        .map(|other| {
            let job = &jobs[other];
            let from_s = start_s[other];
            (from_s, from_s + job.estimate_s, job.processors)
        })
        .collect();
    let used = |at_s: i64| -> u64 {
        held.iter()
            .filter(|(from_s, to_s, _)| (*from_s..*to_s).contains(&at_s))
            .map(|(_, _, processors)| processors)
            .sum()
    };
    let fits = |candidate_s: i64| {
        let span = candidate_s..candidate_s + jobs[row].estimate_s;
        let changes = held.iter().map(|(from_s, _, _)| *from_s);
        changes
            .filter(|change_s| span.contains(change_s))
            .chain([candidate_s])
            .all(|at_s| used(at_s) + jobs[row].processors <= processors)
    };
    let mut candidates: Vec<i64> = held.iter().map(|(_, to_s, _)| *to_s).collect();
    candidates.push(now_s);
    candidates.retain(|candidate_s| *candidate_s >= now_s);
    candidates.sort_unstable();
    candidates
        .into_iter()
        .find(|candidate_s| fits(*candidate_s))
        .expect("a job within the machine fits after all others")
}

#[test]
fn the_first_jobs_of_kth_start_when_the_slow_scheduler_starts_them() {
    let Some((log, processors)) = logs::log("KTH-SP2-1996-2-raw") else {
        return;
    };
    for overrun in [Overrun::Kill, Overrun::Extend] {
        let found = jobs_of(&log, processors, overrun);
        assert_eq!(found.skipped_for(SkipReason::WithoutRun), 8);
        let jobs = &found.jobs[..2_000];
        let fast = schedule(jobs, processors, QueuePolicy::Conservative).unwrap();
        assert_eq!(fast, slow_conservative(jobs, processors));
        let moved = (0..jobs.len())
            .filter(|row| fast.start_s[*row] < fast.promised_s[*row])
            .count();
        assert!(moved > 100, "compression is at work: {moved}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn conservative_backfilling_agrees_with_the_slow_scheduler(jobs in jobs(1..60, 40)) {
        let fast = schedule(&jobs, 8, QueuePolicy::Conservative).unwrap();
        prop_assert_eq!(fast, slow_conservative(&jobs, 8));
    }
}
