//! The order of the input rows means nothing where tasks are submitted at different times.

use angara_simulation::replay::ReplayOutcome;
use proptest::prelude::*;

use super::plan::any_case;
use super::support::Case;

/// The case with its tasks in another order; `order[new row] = old row`.
fn permuted(case: &Case, order: &[usize]) -> Case {
    let mut new_of = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        new_of[*old] = new as u32;
    }
    let mut other = case.clone();
    other.tasks = order.iter().map(|old| case.tasks[*old].clone()).collect();
    for (task, _) in &mut other.tasks {
        for parent in &mut task.parents {
            *parent = new_of[*parent as usize];
        }
    }
    other
}

/// Results of a task as one value.
fn of_task(outcome: &ReplayOutcome, row: usize) -> impl PartialEq + std::fmt::Debug {
    let tasks = &outcome.tasks;
    (
        (tasks.state[row], tasks.host[row], tasks.start_ms[row]),
        (tasks.end_ms[row], tasks.failures[row], tasks.wait_ms[row]),
        (tasks.cpu_done[row], tasks.cpu_lost[row]),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter_when_submissions_differ(
        mut case in any_case(),
        shuffled in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        step_ms in 1..4_000_i64,
    ) {
        for (row, (task, _)) in case.tasks.iter_mut().enumerate() {
            task.submission_ms = row as i64 * step_ms;
        }
        let order: Vec<usize> = shuffled.into_iter().filter(|row| *row < case.tasks.len()).collect();
        let other = permuted(&case, &order);
        let (plain, permuted) = (case.run(), other.run());
        for (new, old) in order.iter().enumerate() {
            assert_eq!(of_task(&plain, *old), of_task(&permuted, new));
        }
        assert_eq!(plain.hosts, permuted.hosts);
        assert_eq!(plain.sources, permuted.sources);
        assert_eq!(plain.makespan_ms, permuted.makespan_ms);
    }
}
