//! Logs that nobody recorded: no panic, no endless loop, and the laws still hold.

use angara_simulation::batch::{
    BatchError, BatchFigures, BatchJob, Overrun, QueuePolicy, jobs_of, schedule,
};
use angara_workload::trace::BatchJobs;
use proptest::prelude::*;

use crate::laws::check;

/// Any number, the ends of the range more often than chance has it.
fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        -3i64..100,
        Just(i64::MAX),
        Just(i64::MIN),
        (0i64..5).prop_map(|below| i64::MAX - below),
        (1i64..20).prop_map(|parts| i64::MAX / parts),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_numbers_are_scheduled_or_refused(
        rows in prop::collection::vec((number(), number(), number(), number()), 0..12),
        processors in number(),
    ) {
        let jobs: Vec<BatchJob> = rows
            .iter()
            .map(|(submit_s, run_s, estimate_s, processors)| BatchJob {
                submit_s: *submit_s,
                run_s: *run_s,
                estimate_s: *estimate_s,
                processors: *processors as u64,
            })
            .collect();
        for policy in QueuePolicy::ALL {
            if let Ok(found) = schedule(&jobs, processors as u64, policy) {
                check(&jobs, processors as u64, policy, &found);
                BatchFigures::of(&jobs, &found, processors as u64);
            }
        }
    }

    #[test]
    fn estimates_without_end_keep_every_law(
        rows in prop::collection::vec((-50i64..50, 1i64..30, number(), 1u64..=8), 0..40),
        begin_s in prop_oneof![Just(0), Just(i64::MIN + 50), Just(i64::MAX - 2_000)],
        scale in prop_oneof![Just(1), Just(u64::MAX / 9)],
    ) {
        let jobs: Vec<BatchJob> = rows
            .iter()
            .map(|(submit_s, run_s, estimate_s, processors)| BatchJob {
                submit_s: begin_s + submit_s,
                run_s: *run_s,
                estimate_s: (*estimate_s).max(*run_s),
                processors: *processors * scale,
            })
            .collect();
        for policy in QueuePolicy::ALL {
            let found = schedule(&jobs, 8 * scale, policy).unwrap();
            check(&jobs, 8 * scale, policy, &found);
            let figures = BatchFigures::of(&jobs, &found, 8 * scale);
            prop_assert!(figures.utilisation <= 1.0 + 1e-12);
        }
    }

    #[test]
    fn any_log_gives_possible_jobs_and_killing_only_shortens_them(
        rows in prop::collection::vec((number(), number(), number(), number(), number()), 0..12),
        processors in number(),
    ) {
        let log = BatchJobs {
            job: rows.iter().map(|row| row.0).collect(),
            submit_s: rows.iter().map(|row| row.0).collect(),
            run_s: rows.iter().map(|row| row.1).collect(),
            processors_allocated: rows.iter().map(|row| row.2).collect(),
            processors_requested: rows.iter().map(|row| row.3).collect(),
            time_requested_s: rows.iter().map(|row| row.4).collect(),
            ..BatchJobs::default()
        };
        let processors = processors as u64;
        let cut = jobs_of(&log, processors, Overrun::Kill);
        let extended = jobs_of(&log, processors, Overrun::Extend);
        prop_assert_eq!(cut.jobs.len() + cut.skipped.len(), log.len());
        prop_assert_eq!(&cut.rows, &extended.rows);
        for (cut, extended) in cut.jobs.iter().zip(&extended.jobs) {
            prop_assert!(cut.run_s <= extended.run_s);
            prop_assert!(cut.estimate_s <= extended.estimate_s);
        }
        for jobs in [cut.jobs, extended.jobs] {
            let refused = schedule(&jobs, processors, QueuePolicy::Easy).err();
            let too_large = matches!(
                refused,
                None | Some(BatchError::TooLong { .. } | BatchError::TooManyProcessors { .. })
            );
            prop_assert!(too_large, "{refused:?}");
        }
    }
}
