//! Hosts of a site in pools: by resource, platform, and whether jobs have first call on them.

use angara_fleet::{Fleet, Resource};
use angara_workload::{LoadKind, Tasks};

use super::Fate;
use super::set_aside::{Members, hosts_for_jobs};
use crate::placement::{Choice, HostIndex, PlacementPolicy, Room};
use crate::{Clock, Placement};

/// The hosts of one site.
#[derive(Clone, Copy)]
pub(crate) struct SiteHosts<'a> {
    pub(crate) fleet: &'a Fleet,
    pub(crate) site: usize,
}

impl SiteHosts<'_> {
    /// Number of hosts.
    pub(crate) fn len(&self) -> usize {
        self.fleet.site_hosts[self.site].len()
    }

    /// Model of a host of the site.
    pub(crate) fn model_of(&self, host: usize) -> &angara_fleet::HostModel {
        self.fleet
            .model_of(self.fleet.site_hosts[self.site].start + host)
    }
}

/// Hosts of one resource and platform, on one side of the division between interactive tasks and jobs.
#[derive(Debug, Clone)]
struct Pool {
    resource: Resource,
    platform: u32,
    /// True where jobs have first call on the hosts.
    is_for_jobs: bool,
    /// What the empty hosts offer, each kind once.
    sizes: Vec<Room>,
    hosts: HostIndex,
}

impl Pool {
    fn new(group: &Members, hosts: &[(u32, Room)], is_for_jobs: bool) -> Self {
        let mut sizes: Vec<Room> = hosts.iter().map(|(_, room)| *room).collect();
        sizes.sort_by_key(|room| (room.milli, room.memory_bytes));
        sizes.dedup();
        Self {
            resource: group.resource,
            platform: group.platform,
            is_for_jobs,
            sizes,
            hosts: HostIndex::new(hosts),
        }
    }

    fn serves(&self, resource: Resource, platforms: u64) -> bool {
        self.resource == resource && platforms >> self.platform & 1 == 1
    }
}

/// All pools of a site.
#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pools: Vec<Pool>,
    /// Pool of each host of the site.
    pool_of: Vec<u32>,
}

impl Pools {
    /// Pools of empty hosts; where jobs are kept apart, what they ask for divides each in two.
    pub(crate) fn new(
        hosts: &SiteHosts<'_>,
        tasks: &Tasks,
        clock: Clock,
        placement: Placement,
    ) -> Self {
        let members = members(hosts);
        let for_jobs = if placement.jobs_apart {
            hosts_for_jobs(tasks, &members, clock)
        } else {
            vec![0; members.len()]
        };
        let mut pools = Vec::new();
        let mut pool_of = vec![0; hosts.len()];
        for (group, for_jobs) in members.iter().zip(for_jobs) {
            let (shared, apart) = group.hosts.split_at(group.hosts.len() - for_jobs);
            for (side, is_for_jobs) in [(shared, false), (apart, true)] {
                if side.is_empty() {
                    continue;
                }
                for (row, _) in side {
                    pool_of[*row as usize] = pools.len() as u32;
                }
                pools.push(Pool::new(group, side, is_for_jobs));
            }
        }
        Self { pools, pool_of }
    }

    /// Why no host could hold a need even when empty; `None` where one could.
    pub(crate) fn refusal(&self, resource: Resource, platforms: u64, need: Room) -> Option<Fate> {
        let mut refusal = Some(Fate::NoPlatform);
        for pool in &self.pools {
            if pool.serves(resource, platforms) {
                if pool.sizes.iter().any(|size| size.holds(need)) {
                    return None;
                }
                refusal = Some(Fate::TooLarge);
            }
        }
        refusal
    }

    /// The host that a policy prefers among all pools that serve, those of the task's own side first.
    pub(crate) fn choose(
        &self,
        policy: &dyn PlacementPolicy,
        kind: LoadKind,
        resource: Resource,
        platforms: u64,
        need: Room,
    ) -> Option<u32> {
        let is_job = kind == LoadKind::Batch;
        self.pools
            .iter()
            .filter(|pool| pool.serves(resource, platforms))
            .filter_map(|pool| {
                let choice = policy.choose(&pool.hosts, need)?;
                Some((pool.is_for_jobs != is_job, choice))
            })
            .min()
            .map(|(_, choice): (bool, Choice)| choice.host)
    }

    pub(crate) fn take(&mut self, host: u32, need: Room) {
        self.pools[self.pool_of[host as usize] as usize]
            .hosts
            .take(host, need);
    }

    pub(crate) fn give(&mut self, host: u32, need: Room) {
        self.pools[self.pool_of[host as usize] as usize]
            .hosts
            .give(host, need);
    }

    pub(crate) fn resource_of(&self, host: u32) -> Resource {
        self.pools[self.pool_of[host as usize] as usize].resource
    }

    pub(crate) fn platform_of(&self, host: u32) -> u32 {
        self.pools[self.pool_of[host as usize] as usize].platform
    }
}

/// Hosts by resource and platform, in the order in which these first occur.
fn members(hosts: &SiteHosts<'_>) -> Vec<Members> {
    let mut groups: Vec<Members> = Vec::new();
    for host in 0..hosts.len() {
        let model = hosts.model_of(host);
        let found = groups
            .iter()
            .position(|group| group.resource == model.resource && group.platform == model.platform);
        let group = found.unwrap_or_else(|| {
            groups.push(Members {
                resource: model.resource,
                platform: model.platform,
                hosts: Vec::new(),
            });
            groups.len() - 1
        });
        groups[group].hosts.push((
            host as u32,
            Room {
                milli: model.capacity_milli,
                memory_bytes: model.memory_bytes,
            },
        ));
    }
    groups
}
