//! Outages at random, by groups of hosts that fail together.
//!
//! # What it computes
//! For each group an alternating renewal process: a time to failure, a time to repair, and so on. The outages of all
//! groups are merged by their begins; those that begin together come in the order of the groups.
//!
//! # Assumptions
//! A group is a part of the installation (a host, a rack, a feed, a hall, a site) whose failure takes its hosts with
//! it, all of them or a drawn share. Groups may share hosts, and their outages then overlap.
//!
//! # Valid range
//! Laws in hours.
//!
//! # References
//! Ross, Introduction to Probability Models, chapter 7.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rand_chacha::ChaCha8Rng;

use super::law::Law;
use super::random::stream;
use super::victims::Victims;
use super::{FailureError, HORIZON_MS, Outage};

/// Hosts that fail together.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureGroup {
    /// Name, for messages.
    pub name: String,
    /// Rows of the hosts.
    pub hosts: Vec<u32>,
    /// Time from the start or the last repair to failure [h].
    pub time_to_failure: Law,
    /// Time from failure to repair [h].
    pub time_to_repair: Law,
    /// Share of the hosts that a failure hits [1], held within 0 to 1; all of them where there is none.
    pub share: Option<Law>,
}

/// Groups of hosts that fail at random.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureProcesses {
    /// Groups; each draws from a random stream of its own row.
    pub groups: Vec<FailureGroup>,
}

/// The outages of all groups.
#[derive(Debug, Clone)]
pub(super) struct ProcessOutages {
    groups: Vec<GroupOutages>,
    /// Begin of the next outage and row of each group that has one.
    next: BinaryHeap<Reverse<(i64, usize)>>,
}

#[derive(Debug, Clone)]
struct GroupOutages {
    time_to_failure: Law,
    time_to_repair: Law,
    share: Option<Law>,
    victims: Victims,
    random: ChaCha8Rng,
}

impl ProcessOutages {
    pub(super) fn new(
        processes: &FailureProcesses,
        hosts: u32,
        seed: u64,
    ) -> Result<Self, FailureError> {
        let mut groups = Vec::with_capacity(processes.groups.len());
        for (row, group) in processes.groups.iter().enumerate() {
            groups.push(GroupOutages {
                time_to_failure: group.time_to_failure.clone(),
                time_to_repair: group.time_to_repair.clone(),
                share: group.share.clone(),
                victims: Victims::new(checked_hosts(group, hosts)?),
                random: stream(seed, row),
            });
        }
        let mut outages = Self {
            groups,
            next: BinaryHeap::new(),
        };
        for row in 0..outages.groups.len() {
            outages.await_failure(row, 0);
        }
        Ok(outages)
    }

    /// Draws when a group that is up from an instant on [ms] fails next.
    fn await_failure(&mut self, row: usize, up_ms: i64) {
        let group = &mut self.groups[row];
        let from_ms = up_ms + drawn_ms(&group.time_to_failure, &mut group.random);
        if from_ms <= HORIZON_MS {
            self.next.push(Reverse((from_ms, row)));
        }
    }

    pub(super) fn next(&mut self) -> Option<Outage> {
        let Reverse((from_ms, row)) = self.next.pop()?;
        let group = &mut self.groups[row];
        let share = match &group.share {
            Some(share) => share.draw(&mut group.random),
            None => 1.0,
        };
        let hosts = group.victims.pick(share, &mut group.random);
        let to_ms = from_ms + drawn_ms(&group.time_to_repair, &mut group.random);
        self.await_failure(row, to_ms);
        Some(Outage {
            from_ms,
            to_ms,
            hosts,
        })
    }
}

/// A drawn time, from 1 ms to the horizon [ms].
fn drawn_ms(law: &Law, random: &mut ChaCha8Rng) -> i64 {
    let drawn_ms = (law.draw(random) * 3.6e6).round();
    drawn_ms.clamp(1.0, HORIZON_MS as f64) as i64
}

fn checked_hosts(group: &FailureGroup, count: u32) -> Result<Vec<u32>, FailureError> {
    let mut hosts = group.hosts.clone();
    hosts.sort_unstable();
    let Some(last) = hosts.last() else {
        let group = group.name.clone();
        return Err(FailureError::EmptyGroup { group });
    };
    let twice = hosts.windows(2).find(|pair| pair[0] == pair[1]);
    let invalid = twice
        .map(|pair| pair[0])
        .or((*last >= count).then_some(*last));
    match invalid {
        Some(host) => Err(FailureError::InvalidHost {
            group: group.name.clone(),
            host,
        }),
        None => Ok(hosts),
    }
}
