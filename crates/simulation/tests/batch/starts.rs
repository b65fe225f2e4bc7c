//! Start of every job against the schedules of an independent program.

use angara_simulation::batch::{Overrun, QueuePolicy, jobs_of, schedule};

use crate::logs;

fn every_start_is_as_expected(name: &str, jobs: usize, skipped: usize) {
    let Some((log, processors)) = logs::log(name) else {
        return;
    };
    for policy in [QueuePolicy::Fcfs, QueuePolicy::Easy] {
        for (overrun, word) in [(Overrun::Kill, "kill"), (Overrun::Extend, "nokill")] {
            let expected = format!("expected/{name}.{}.{word}.sched.zst", policy.name());
            let Some(path) = logs::file(&expected) else {
                continue;
            };
            let found = jobs_of(&log, processors, overrun);
            assert_eq!((found.jobs.len(), found.skipped.len()), (jobs, skipped));
            let schedule = schedule(&found.jobs, processors, policy).expect("a possible log");
            let mut ours: Vec<[i64; 5]> = (0..jobs)
                .map(|place| {
                    let job = &found.jobs[place];
                    [
                        log.job[found.rows[place]],
                        job.submit_s,
                        schedule.start_s[place],
                        job.run_s,
                        job.processors as i64,
                    ]
                })
                .collect();
            let mut theirs: Vec<[i64; 5]> = logs::unpacked(path)
                .lines()
                .map(|line| {
                    let numbers: Vec<i64> = line
                        .split_whitespace()
                        .map(|word| word.parse().expect("a number"))
                        .collect();
                    numbers.try_into().expect("five numbers")
                })
                .collect();
            ours.sort_unstable();
            theirs.sort_unstable();
            assert_eq!(ours.len(), theirs.len(), "{expected}");
            let wrong = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
            assert_eq!(wrong, 0, "{expected}: {wrong} jobs differ");
        }
    }
}

#[test]
fn every_job_of_kth_starts_when_the_reference_starts_it() {
    every_start_is_as_expected("KTH-SP2-1996-2-raw", 28_481, 8);
}

#[test]
fn every_job_of_nasa_starts_when_the_reference_starts_it() {
    every_start_is_as_expected("NASA-iPSC-1993-3.1-cln", 18_066, 173);
}
