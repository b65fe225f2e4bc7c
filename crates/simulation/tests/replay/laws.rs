//! What holds for every replay.

use std::sync::Arc;

use angara_simulation::failure::FailureModel;
use angara_simulation::replay::{Play, ReplayOutcome, TaskState, Virtualisation};
use angara_simulation::sharing::SharingPolicy;
use proptest::prelude::*;

use super::plan::any_case;
use super::support::{Case, Sums};

/// Largest relative difference of energies that are summed in different pieces.
const ROUNDING: f64 = 1e-9;

pub(crate) fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() <= ROUNDING * one.abs().max(other.abs()).max(1e-3)
}

/// Energy [J] or emissions [g] of a source: a battery may leave only the rounding of its charge.
fn is_near_at_source(one: f64, other: f64) -> bool {
    is_near(one, other) || (one - other).abs() <= 1e-6
}

/// Least and most power of a host [W].
fn power_range_w(case: &Case, host: usize) -> (f64, f64) {
    let kind = &case.topology.kinds[case.topology.hosts[host].kind as usize];
    let mut range = (kind.cpu_power.idle_w(), kind.cpu_power.peak_w());
    for gpu in &kind.gpus {
        range.0 += gpu.power.idle_w();
        range.1 += gpu.power.peak_w();
    }
    if let Some(states) = &case.options.host_states {
        for power_w in [states.sleep_w, states.off_w, states.wake_w] {
            range = (range.0.min(power_w), range.1.max(power_w));
        }
    }
    range
}

/// What must hold of the results of any run.
pub(crate) fn check(case: &Case, outcome: &ReplayOutcome) {
    let tasks = &outcome.tasks;
    let moved: u64 = tasks.migrations.iter().map(|times| u64::from(*times)).sum();
    assert_eq!(moved, outcome.migrations.completed);
    let makespan_ms = outcome.makespan_ms;
    assert!(tasks.state.iter().all(|state| state.is_final()));
    let work = &outcome.cpu_work;
    assert_eq!(work.done + work.lost, work.demanded);
    assert_eq!(tasks.cpu_done.iter().sum::<u128>(), work.done);
    let served: u128 = outcome.hosts.iter().map(|host| host.served).sum();
    assert_eq!(served, work.done);
    for (row, (task, rows)) in case.tasks.iter().enumerate() {
        if tasks.state[row] != TaskState::Completed {
            continue;
        }
        let run_ms: i64 = rows.iter().map(|fragment| fragment.0).sum();
        let demanded: u128 = rows
            .iter()
            .map(|(duration_ms, cpu_hz, _)| *duration_ms as u128 * u128::from(*cpu_hz))
            .sum();
        let (start_ms, end_ms) = (tasks.start_ms[row], tasks.end_ms[row]);
        let (start_ms, end_ms) = (start_ms.expect("a start"), end_ms.expect("an end"));
        assert!(start_ms >= task.submission_ms - first_ms(case) && end_ms >= start_ms);
        assert!(end_ms <= makespan_ms);
        if tasks.failures[row] == 0 {
            let own_ms = end_ms - start_ms;
            let least_ms = run_ms + tasks.checkpoint_ms[row] + tasks.downtime_ms[row];
            match case.options.play {
                Play::Drop => assert_eq!(own_ms, least_ms),
                Play::Stretch => assert!(own_ms >= least_ms),
            }
            if case.options.checkpoints.is_none() {
                assert_eq!(tasks.cpu_done[row] + tasks.cpu_lost[row], demanded);
                assert!(case.options.play == Play::Drop || tasks.cpu_lost[row] == 0);
            }
        }
    }
    for (row, host) in outcome.hosts.iter().enumerate() {
        let offered = u128::from(case.capacity_hz(row)) * makespan_ms as u128;
        assert_eq!(host.served + host.idle + host.overhead, offered);
        assert_eq!(host.up_ms + host.down_ms, makespan_ms);
        let times = host.times;
        let saving_ms = times.asleep_ms + times.off_ms + times.waking_ms;
        assert_eq!(times.busy_ms + times.idle_ms + saving_ms, host.up_ms);
        assert!(case.options.host_states.is_some() || saving_ms == 0);
        let (least_w, most_w) = power_range_w(case, row);
        let run_s = makespan_ms as f64 * 1e-3;
        assert!(host.energy_j >= least_w * run_s * (1.0 - ROUNDING));
        assert!(host.energy_j <= most_w * run_s * (1.0 + ROUNDING));
    }
}

pub(crate) fn first_ms(case: &Case) -> i64 {
    let submissions = case.tasks.iter().map(|(task, _)| task.submission_ms);
    submissions.min().expect("a task")
}

/// Fails where times, states, work or counts differ, or energies beyond rounding.
pub(crate) fn assert_same(one: &ReplayOutcome, other: &ReplayOutcome) {
    assert_eq!(one.makespan_ms, other.makespan_ms);
    assert_eq!(one.tasks, other.tasks);
    assert_eq!(one.cpu_work, other.cpu_work);
    assert_eq!(one.gpu_work, other.gpu_work);
    for (host, other) in one.hosts.iter().zip(&other.hosts) {
        assert!(is_near(host.energy_j, other.energy_j));
        let mut same = *other;
        same.energy_j = host.energy_j;
        assert_eq!(*host, same);
    }
    for (source, other) in one.sources.iter().zip(&other.sources) {
        assert!(is_near_at_source(source.energy_j, other.energy_j));
        assert!(is_near_at_source(source.carbon_g, other.carbon_g));
    }
}

/// A case whose hosts can give everything that all tasks together may ask for at once.
fn never_saturated(mut case: Case) -> Case {
    // Moves take processor time, too.
    case.options.consolidation = None;
    for kind in &mut case.topology.kinds {
        kind.cpu_sharing = match kind.cpu_sharing {
            SharingPolicy::EqualShare | SharingPolicy::FixedShare(_) => SharingPolicy::MaxMinFair,
            other => other,
        };
        kind.gpus.clear();
        kind.virtualisation = Virtualisation::None;
    }
    let hosts = 0..case.topology.hosts.len();
    let least_hz = hosts.map(|host| case.capacity_hz(host)).min();
    let part_hz = least_hz.expect("a host") / case.tasks.len() as u64;
    for (_, rows) in &mut case.tasks {
        for (_, cpu_hz, gpu_hz) in rows {
            *cpu_hz %= part_hz + 1;
            *gpu_hz = 0;
        }
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_run_ends_with_its_work_and_its_energy_accounted_for(case in any_case()) {
        check(&case, &case.run());
    }

    #[test]
    fn energy_paid_by_its_carbon_intensity_costs_its_carbon(mut case in any_case()) {
        let clusters = case.topology.clusters.iter();
        case.options.prices = clusters
            .map(|cluster| cluster.carbon.map(|row| Arc::new(case.carbon[row].clone())))
            .collect();
        for source in case.run().sources {
            // Grams are per kilowatt-hour, prices per megawatt-hour.
            prop_assert!(is_near_at_source(source.carbon_g, 1e3 * source.cost));
        }
    }

    #[test]
    fn samples_change_nothing_and_sum_up_to_the_totals(case in any_case(), sample_ms in 1..20_000_i64) {
        let plain = case.run();
        let mut sampled = case.clone();
        // So short that a run of many samples stays one of few.
        sampled.options.sample_ms = Some(sample_ms.max(plain.makespan_ms / 500));
        let mut sums = Sums::default();
        let outcome = sampled.run_into(Some(&mut sums));
        assert_same(&plain, &outcome);
        for (row, host) in outcome.hosts.iter().enumerate() {
            let sum = sums.hosts[row];
            assert!(is_near(sum.0, host.energy_j));
            assert_eq!((sum.1, sum.2), (host.up_ms, host.down_ms));
            assert!(is_near(sum.3, host.served as f64 / case.capacity_hz(row) as f64));
        }
        for (row, source) in outcome.sources.iter().enumerate() {
            assert!(is_near_at_source(sums.sources[row].0, source.energy_j));
            assert!(is_near_at_source(sums.sources[row].1, source.carbon_g));
        }
        for (row, (done, lost)) in sums.tasks.iter().enumerate() {
            assert_eq!((*done, *lost), (outcome.tasks.cpu_done[row], outcome.tasks.cpu_lost[row]));
        }
        assert_eq!(sums.last.completed as usize, outcome.tasks.count(TaskState::Completed));
        assert_eq!(sums.last.terminated as usize, outcome.tasks.count(TaskState::Terminated));
        assert_eq!((sums.last.pending, sums.last.running), (0, 0));
    }

    #[test]
    fn nothing_is_dropped_and_nothing_stretched_where_hosts_are_never_saturated(case in any_case()) {
        let mut case = never_saturated(case);
        case.options.play = Play::Drop;
        let dropped = case.run();
        case.options.play = Play::Stretch;
        let stretched = case.run();
        assert_eq!(dropped.cpu_work.lost, 0);
        assert_same(&dropped, &stretched);
    }

    #[test]
    fn without_failures_and_parents_only_what_can_never_run_is_given_up(mut case in any_case()) {
        case.options.failures = FailureModel::None;
        case.options.placement.filters.clear();
        case.options.play = Play::Drop;
        for (task, _) in &mut case.tasks {
            task.parents.clear();
        }
        let outcome = case.run();
        assert_eq!(outcome.tasks.count(TaskState::Completed), case.tasks.len());
        let longest_ms = case.tasks.iter().map(|(_, rows)| rows.iter().map(|row| row.0).sum());
        assert!(outcome.makespan_ms >= longest_ms.max().unwrap_or(0));
    }
}
