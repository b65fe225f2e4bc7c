//! A fixed number of hosts (or of tasks without host) of one site, played by one thread.

use angara_workload::Demand;

use super::columns::{ServiceWork, StepColumns};
use super::host::{HostSetting, HostTask, Player};
use super::power::HostPower;
use super::unplaced::lose_steps;
use crate::Clock;
use crate::schedule::SiteHosts;

/// Hosts of a chunk; part of the result, since sums are taken chunk by chunk.
const CHUNK_HOSTS: usize = 32;
/// Unplaced tasks of a chunk.
const CHUNK_TASKS: usize = 256;

/// What a chunk plays.
#[derive(Clone)]
pub(crate) enum Chunk<'a> {
    /// Hosts from one row of the site to another, with the tasks of each.
    Hosts {
        site: SiteHosts<'a>,
        first: usize,
        tasks: Vec<&'a [HostTask]>,
        demand: &'a dyn Demand,
    },
    /// Tasks on the grid that found no host, with their resources.
    Unplaced {
        site: usize,
        tasks: &'a [(HostTask, usize)],
        demand: &'a dyn Demand,
    },
}

/// Sums of a chunk.
#[derive(Debug)]
pub(crate) struct ChunkResult {
    pub(crate) site: usize,
    pub(crate) columns: StepColumns,
    pub(crate) services: Vec<ServiceWork>,
    pub(crate) hosts: Vec<HostRow>,
    pub(crate) samples: u64,
}

/// One host over the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HostRow {
    pub(crate) tasks: u32,
    pub(crate) mean_utilisation: f64,
    pub(crate) energy_j: f64,
    pub(crate) served: u128,
}

impl<'a> Chunk<'a> {
    /// Chunks of the hosts of a site, `tasks` by host.
    pub(crate) fn of_hosts(
        site: SiteHosts<'a>,
        tasks: &[&'a [HostTask]],
        demand: &'a dyn Demand,
    ) -> Vec<Self> {
        tasks
            .chunks(CHUNK_HOSTS)
            .enumerate()
            .map(|(chunk, tasks)| Self::Hosts {
                site,
                first: chunk * CHUNK_HOSTS,
                tasks: tasks.to_vec(),
                demand,
            })
            .collect()
    }

    /// Chunks of the tasks of a site that found no host.
    pub(crate) fn of_unplaced(
        site: usize,
        tasks: &'a [(HostTask, usize)],
        demand: &'a dyn Demand,
    ) -> impl Iterator<Item = Self> {
        tasks.chunks(CHUNK_TASKS).map(move |tasks| Self::Unplaced {
            site,
            tasks,
            demand,
        })
    }

    /// Hosts in the chunk.
    pub(crate) fn hosts(&self) -> usize {
        match self {
            Self::Hosts { tasks, .. } => tasks.len(),
            Self::Unplaced { .. } => 0,
        }
    }

    /// Plays the chunk.
    pub(crate) fn play(&self, clock: Clock, services: usize) -> ChunkResult {
        let mut columns = StepColumns::new(clock.steps);
        let mut works = vec![ServiceWork::default(); services];
        match self {
            Self::Hosts {
                site,
                first,
                tasks,
                demand,
            } => {
                let mut player = Player::default();
                let mut hosts = Vec::with_capacity(tasks.len());
                let mut samples = 0;
                for (offset, tasks) in tasks.iter().enumerate() {
                    let model = site.model_of(first + offset);
                    let power = HostPower::new(model);
                    let setting = HostSetting {
                        capacity_milli: model.capacity_milli,
                        resource: model.resource as usize,
                        power: &power,
                        demand: *demand,
                        clock,
                    };
                    let sums = player.play(&setting, tasks, &mut columns, &mut works);
                    samples += sums.samples;
                    let possible = model.capacity_milli as f64 * clock.end_ms() as f64;
                    hosts.push(HostRow {
                        tasks: tasks.len() as u32,
                        mean_utilisation: sums.served as f64 / possible,
                        energy_j: sums.energy_j,
                        served: sums.served,
                    });
                }
                ChunkResult {
                    site: site.site,
                    columns,
                    services: works,
                    hosts,
                    samples,
                }
            }
            Self::Unplaced {
                site,
                tasks,
                demand,
            } => {
                let samples = lose_steps(tasks, *demand, clock, &mut columns, &mut works);
                ChunkResult {
                    site: *site,
                    columns,
                    services: works,
                    hosts: Vec::new(),
                    samples,
                }
            }
        }
    }
}
