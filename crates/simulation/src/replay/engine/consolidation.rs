//! Hosts that are nearly empty are emptied.
//!
//! # What it computes
//! At each multiple of the interval, from the emptiest host on: a host on which less than some share of the cores is
//! set aside gives all its tasks to others, largest first, each to the one with the fewest free cores that may take
//! it. Only awake hosts with at least some share set aside take tasks in, and only where all tasks of a host find room
//! does any move.
//!
//! # Assumptions
//! A host that is giving tasks away, or being given some, is not emptied; one that is giving tasks away is not filled.
//! Anti-affinity sees a task that is moved at both hosts. Each emptied host makes one fewer that holds tasks, so moves
//! come to an end where nothing is placed.
//!
//! # References
//! Beloglazov and Buyya, Optimal online deterministic algorithms and adaptive heuristics for energy and performance
//! efficient dynamic consolidation of virtual machines, Concurrency and Computation 24 (2012): underloaded hosts are
//! emptied, from the least loaded on, by best fit decreasing.

use std::cmp::Reverse;

use super::super::placement::Need;
use super::super::{Consolidation, ReplayError};
use super::run::Run;
use super::states::PowerState;

/// Refuses intervals, shares and costs that cannot be.
pub(super) fn check(consolidation: &Consolidation) -> Result<(), ReplayError> {
    let cost = &consolidation.migration;
    let refused = |option, value: String, expected| {
        Err(ReplayError::Option {
            option,
            value,
            expected,
        })
    };
    if consolidation.interval_ms < 1 {
        let value = format!("{} ms", consolidation.interval_ms);
        return refused("consolidation interval", value, "at least 1 ms");
    }
    if cost.downtime_ms < 0 {
        let value = format!("{} ms", cost.downtime_ms);
        return refused("downtime of a migration", value, "at least 0 ms");
    }
    if !(cost.bandwidth_mib_per_s.is_finite() && cost.bandwidth_mib_per_s > 0.0) {
        let value = format!("{} MiB/s", cost.bandwidth_mib_per_s);
        return refused("bandwidth of a migration", value, "a number above 0 MiB/s");
    }
    let shares = [
        (
            "share under which hosts are emptied",
            consolidation.empty_below,
        ),
        ("share from which hosts are filled", consolidation.fill_from),
        ("dirty rounds of a migration", cost.dirty_rounds),
        ("processor share of a migration", cost.cpu_share),
    ];
    for (option, share) in shares {
        if !(share.is_finite() && share >= 0.0) {
            return refused(option, share.to_string(), "a number from 0");
        }
    }
    Ok(())
}

impl Run<'_> {
    /// Empties the hosts that are nearly empty, where others can take their tasks.
    pub(super) fn consolidate(&mut self) {
        let Some(rule) = self.input.options.consolidation else {
            return;
        };
        let interval_ms = rule.interval_ms;
        self.next_consolidation_ms = (self.now_ms / interval_ms + 1).saturating_mul(interval_ms);
        let mut sources: Vec<u32> = (0..self.hosts.len() as u32)
            .filter(|host| !self.hosts[*host as usize].running.is_empty())
            .filter(|host| self.share_taken(*host) < rule.empty_below)
            .collect();
        sources.sort_by(|one, other| {
            let (one_share, other_share) = (self.share_taken(*one), self.share_taken(*other));
            one_share.total_cmp(&other_share).then(one.cmp(other))
        });
        for from in sources {
            // What was moved here since is what filled it.
            if !self.moves.touch(from) {
                self.empty(from, &rule);
            }
        }
        self.share_touched();
    }

    /// Share of the cores of a host that is set aside [1].
    fn share_taken(&self, host: u32) -> f64 {
        let cores = self.hosts[host as usize].kind.cores;
        self.rooms.taken_cores(host) as f64 / f64::from(cores)
    }

    /// Moves all tasks of a host where all find room.
    fn empty(&mut self, from: u32, rule: &Consolidation) {
        let tasks = self.hosts[from as usize].running.iter();
        let mut needs: Vec<(u32, Need)> = tasks
            .map(|running| {
                let need = Need::of(self.input.tasks, running.task as usize);
                (running.task, need)
            })
            .collect();
        needs.sort_by_key(|(_, need)| Reverse((need.cores, need.memory_mib)));
        let mut found: Vec<(u32, Need, u32)> = Vec::new();
        for (task, need) in needs {
            let Some(to) = self.fullest_for(from, &need, rule.fill_from) else {
                break;
            };
            self.rooms.take(to, &need);
            found.push((task, need, to));
        }
        let all_found = found.len() == self.hosts[from as usize].running.len();
        for (_, need, to) in &found {
            self.rooms.give(*to, need);
        }
        if all_found {
            for (task, _, to) in found {
                self.begin_move(task, from, to, &rule.migration);
            }
        }
    }

    /// The awake host with the fewest free cores that is full enough and may take a task; the first of equals.
    fn fullest_for(&self, from: u32, need: &Need, fill_from: f64) -> Option<u32> {
        (0..self.hosts.len() as u32)
            .filter(|host| {
                let state = &self.hosts[*host as usize];
                *host != from
                    && state.state == PowerState::Awake
                    && self.share_taken(*host) >= fill_from
                    && self.rooms.tasks(*host) > 0
                    && self.rooms.admits(*host, need)
                    && !self.moves.leave(*host)
            })
            .min_by_key(|host| {
                let cores = u64::from(self.hosts[*host as usize].kind.cores);
                cores.saturating_sub(self.rooms.taken_cores(*host))
            })
    }
}
