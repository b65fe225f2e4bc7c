//! Twice as slow is twice as long, and twice the energy.

use angara_simulation::failure::FailureModel;
use angara_simulation::replay::{Filter, Play};
use angara_simulation::sharing::SharingPolicy;
use proptest::prelude::*;

use super::laws::is_near;
use super::plan::{any_case, sequence};
use super::support::Case;

/// The case with all times doubled.
fn doubled(case: &Case) -> Case {
    let mut twice = case.clone();
    for kind in &mut twice.topology.kinds {
        kind.turn_ms *= 2;
    }
    for (task, rows) in &mut twice.tasks {
        task.submission_ms *= 2;
        for row in rows {
            row.0 *= 2;
        }
    }
    let options = &mut twice.options;
    options.quantum_ms *= 2;
    if let Some(checkpoints) = &mut options.checkpoints {
        checkpoints.interval_ms *= 2;
        checkpoints.duration_ms *= 2;
    }
    if let Some(states) = &mut options.host_states {
        states.sleep_after_ms *= 2;
        states.off_after_ms = states.off_after_ms.map(|time_ms| 2 * time_ms);
        states.wake_from_sleep_ms *= 2;
        states.wake_from_off_ms *= 2;
    }
    if let Some(consolidation) = &mut options.consolidation {
        consolidation.interval_ms *= 2;
        consolidation.migration.downtime_ms *= 2;
        consolidation.migration.bandwidth_mib_per_s /= 2.0;
    }
    if let FailureModel::Sequence(sequence) = &mut options.failures {
        for row in &mut sequence.rows {
            row.interval_ms *= 2;
            row.duration_ms *= 2;
        }
    }
    twice
}

/// Leaves out what has a clock of its own: hours looked ahead, carbon, batteries, intervals that shrink to nothing.
fn on_one_clock(mut case: Case, failures: FailureModel) -> Case {
    case.options.deferral = None;
    for (task, _) in &mut case.tasks {
        // No copy takes less than a millisecond.
        task.memory_mib = task.memory_mib.max(1_024);
    }
    case.options.failures = failures;
    if let FailureModel::Sequence(sequence) = &mut case.options.failures {
        for row in &mut sequence.rows {
            // Outages of no length are taken for the shortest.
            row.duration_ms = row.duration_ms.max(1);
        }
    }
    if let Some(checkpoints) = &mut case.options.checkpoints {
        checkpoints.interval_scaling = checkpoints.interval_scaling.max(1.0);
    }
    for cluster in &mut case.topology.clusters {
        cluster.carbon = None;
        cluster.battery = None;
    }
    case
}

fn assert_doubled(case: &Case) {
    let (once, twice) = (case.run(), doubled(case).run());
    let double = |times: &[Option<i64>]| -> Vec<Option<i64>> {
        times
            .iter()
            .map(|at_ms| at_ms.map(|at_ms| 2 * at_ms))
            .collect()
    };
    assert_eq!(once.tasks.state, twice.tasks.state);
    assert_eq!(double(&once.tasks.start_ms), twice.tasks.start_ms);
    assert_eq!(double(&once.tasks.end_ms), twice.tasks.end_ms);
    assert_eq!(2 * once.makespan_ms, twice.makespan_ms);
    assert_eq!(2 * once.cpu_work.done, twice.cpu_work.done);
    assert_eq!(2 * once.cpu_work.lost, twice.cpu_work.lost);
    for (host, other) in once.hosts.iter().zip(&twice.hosts) {
        assert!(is_near(2.0 * host.energy_j, other.energy_j));
        assert_eq!(2 * host.served, other.served);
    }
}

/// A case in which no fragment ends between two milliseconds: each task has its host for itself, and asks for what
/// makes its work a whole number of milliseconds at full speed.
fn without_remainders(mut case: Case) -> Case {
    case.options.play = Play::Stretch;
    case.options.placement.filters = vec![Filter::TasksMax(1)];
    let first = case.topology.kinds[0].clone();
    for kind in &mut case.topology.kinds {
        kind.core_hz = 4_000_000_000;
        kind.cores = first.cores;
        kind.cpu_sharing = match kind.cpu_sharing {
            SharingPolicy::FixedShare(_) => SharingPolicy::EqualShare,
            other => other,
        };
    }
    if let Some(checkpoints) = &mut case.options.checkpoints {
        checkpoints.duration_ms *= 4;
    }
    let capacity_hz = case.capacity_hz(0);
    for (_, rows) in &mut case.tasks {
        for (duration_ms, cpu_hz, gpu_hz) in rows {
            *duration_ms *= 4;
            *cpu_hz = capacity_hz / 4 * (*cpu_hz % 13);
            *gpu_hz = 0;
        }
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn doubling_all_times_doubles_times_work_and_energy_of_work_that_is_dropped(
        case in any_case(),
        failures in prop_oneof![Just(FailureModel::None), sequence()],
    ) {
        let mut case = on_one_clock(case, failures);
        case.options.play = Play::Drop;
        assert_doubled(&case);
    }

    #[test]
    fn doubling_all_times_doubles_times_work_and_energy_of_work_that_is_stretched(
        case in any_case(),
        failures in prop_oneof![Just(FailureModel::None), sequence()],
    ) {
        assert_doubled(&without_remainders(on_one_clock(case, failures)));
    }
}
