//! The engine: everything that happens, instant by instant.
//!
//! # What it computes
//! Where and when each task runs, what it is given, and the power, energy and emissions of the hosts. At one instant,
//! in this order: carbon intensities change; hosts come up; hosts fail; hosts are awake; fragments, checkpoints and
//! tasks end; tasks that are moved stop and arrive; tasks are submitted; waiting tasks are placed, where the instant is
//! a multiple of the quantum and something has changed that may let one be placed; hosts are emptied; idle hosts go to
//! sleep or off; batteries decide; a sample is taken; turns of round robins move on. A sample at a
//! boundary thus sees what begins there.
//!
//! # Assumptions
//! A task starts at the instant it is placed, or when its host is awake, and holds what it reserves until it ends. A failed host draws idle power.
//! Its tasks go to the end of the queue and start from what they saved last, or from the beginning.
//!
//! # Progress
//! Every run ends: fragments last at least a millisecond; a task that nothing supplies, that no host can ever hold, or
//! that fails too often is given up; so is the first of the queue, and then what runs unsupplied, when outages go on
//! without anything being placed, supplied or ending; a checkpoint is followed by work before the next; and nothing
//! runs beyond 3,000 years.
//!
//! # References
//! Mastenbroek et al., `OpenDC` 2.0 (`CCGrid` 2021), for the semantics of clock, fragments and queue.

mod consolidation;
mod deferral;
mod ending;
mod host;
mod migration;
mod outages;
pub(super) mod queue;
mod run;
mod running;
mod sampling;
mod source;
mod states;

use super::{NoSamples, ReplayError, ReplayInput, ReplayOutcome, ReplayProgress, SampleSink};

/// Replays a workload.
///
/// # Errors
/// Input that cannot be replayed, by name; and books that do not close, which no input should bring about.
pub fn replay(
    input: &ReplayInput<'_>,
    samples: Option<&mut dyn SampleSink>,
    progress: &dyn ReplayProgress,
) -> Result<ReplayOutcome, ReplayError> {
    check(input, input.fragments.tasks())?;
    let mut none = NoSamples;
    let sink = samples.unwrap_or(&mut none);
    run::Run::new(input, sink, progress)?.play_out()
}

/// Refuses input that refers to what is not there, or cannot mean anything.
pub(super) fn check(input: &ReplayInput<'_>, fragment_tasks: usize) -> Result<(), ReplayError> {
    let (topology, tasks, options) = (input.topology, input.tasks, input.options);
    if topology.hosts.is_empty() {
        return Err(ReplayError::NoHosts);
    }
    let within = |what, row: u32, count: usize| {
        let row = row as usize;
        if row < count {
            Ok(())
        } else {
            Err(ReplayError::Missing { what, row, count })
        }
    };
    for host in &topology.hosts {
        within("host kind", host.kind, topology.kinds.len())?;
        within("cluster", host.cluster, topology.clusters.len())?;
    }
    for cluster in &topology.clusters {
        if let Some(carbon) = cluster.carbon {
            within("carbon series", carbon as u32, input.carbon.len())?;
        }
    }
    for (row, kind) in topology.kinds.iter().enumerate() {
        if kind.capacity_hz() == 0 {
            return Err(ReplayError::NoCapacity { kind: row });
        }
    }
    if !tasks.are_whole() || fragment_tasks != tasks.len() {
        return Err(ReplayError::Columns);
    }
    let positive = |option, value: i64| {
        if value > 0 {
            Ok(())
        } else {
            Err(ReplayError::Option {
                option,
                value: format!("{value} ms"),
                expected: "at least 1 ms",
            })
        }
    };
    positive("quantum", options.quantum_ms)?;
    if let Some(sample_ms) = options.sample_ms {
        positive("sample interval", sample_ms)?;
    }
    if let Some(states) = &options.host_states {
        states::check(states)?;
    }
    if let Some(consolidation) = &options.consolidation {
        consolidation::check(consolidation)?;
    }
    if let Some(checkpoints) = options.checkpoints {
        positive("checkpoint interval", checkpoints.interval_ms)?;
        if checkpoints.duration_ms < 0 {
            return Err(ReplayError::Option {
                option: "checkpoint duration",
                value: format!("{} ms", checkpoints.duration_ms),
                expected: "at least 0 ms",
            });
        }
        let scaling = checkpoints.interval_scaling;
        if !(scaling.is_finite() && scaling > 0.0) {
            return Err(ReplayError::Option {
                option: "checkpoint interval scaling",
                value: scaling.to_string(),
                expected: "a number above 0",
            });
        }
    }
    Ok(())
}
