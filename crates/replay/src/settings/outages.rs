//! Failure processes over the groups of a topology.

use std::collections::BTreeMap;

use angara_simulation::failure::{FailureGroup, FailureProcesses};

use super::failures::{FailureProcess, Scope};
use crate::plan::PlannedTopology;

/// One process for each group of hosts that fail as one; hosts in no such group do not fail so.
pub(crate) fn processes_of(
    processes: &[FailureProcess],
    site: &PlannedTopology,
) -> FailureProcesses {
    let mut groups = Vec::new();
    for process in processes {
        for (number, hosts) in hosts_by_group(process.scope, site) {
            groups.push(FailureGroup {
                name: format!("{} {number}", process.scope.name()),
                hosts,
                time_to_failure: process.time_to_failure.clone(),
                time_to_repair: process.time_to_repair.clone(),
                share: process.share.clone(),
            });
        }
    }
    FailureProcesses { groups }
}

fn hosts_by_group(scope: Scope, site: &PlannedTopology) -> BTreeMap<u32, Vec<u32>> {
    let topology = &site.topology;
    let group_of = |row: usize| {
        let host = &topology.hosts[row];
        match scope {
            Scope::Host => Some(row as u32),
            Scope::Rack => host.rack,
            Scope::Feed => site.groups.feed.get(row).copied().flatten(),
            Scope::Hall => site.groups.hall.get(row).copied().flatten(),
            Scope::Cluster => Some(host.cluster),
            Scope::Site => Some(topology.clusters[host.cluster as usize].zone),
            Scope::All => Some(0),
        }
    };
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for row in 0..topology.hosts.len() {
        if let Some(group) = group_of(row) {
            groups.entry(group).or_default().push(row as u32);
        }
    }
    groups
}
