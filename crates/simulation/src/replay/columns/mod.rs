//! The columnar path: replays whose tasks end on time whatever they are given.
//!
//! # What it computes
//! The same as the event engine, without its samples of hosts and tasks. When demand that is not supplied is lost,
//! and nothing fails, every task ends when its fragments do, so all tasks are placed first, by submissions and ends
//! alone. Each host then merges what its tasks demand, in one pass over the columns of their fragments and in
//! parallel to the other hosts; shares are worked out only where demand exceeds capacity. Sums over time are kept by
//! the cells of a grid, which is cut where a carbon intensity changes.
//!
//! # Assumptions
//! Those of the event engine; dropped demand, max-min fair sharing, no accelerators, failures, checkpoints, batteries,
//! deferral, prices, host states or consolidation.
//!
//! # Determinism
//! Hosts are played in fixed chunks whose sums are taken in their order, so threads never change a bit.

mod alone;
mod ends;
mod filling;
mod grid;
mod host;
mod schedule;
mod store;

use rayon::prelude::*;

use super::engine::check;
use super::outcome::{HostTotals, ReplayOutcome, SourceTotals, StateTimes, WorkTotals};
use super::{HostKind, Play, ReplayError, ReplayInput, ReplayProgress, ReplayStatus};
use crate::failure::FailureModel;
use crate::sharing::SharingPolicy;
use alone::{PartPlay, Place, play_gaps, play_part, play_run};
use grid::{Cells, Grid};
use host::{HostPlay, Player, Stay};
use schedule::{Schedule, schedule};
pub use store::{FragmentBlock, FragmentStore, RunTaker, StoreError};

/// Hosts of a chunk; part of the result, since sums are taken chunk by chunk.
const CHUNK_HOSTS: usize = 16;
/// Fragments that are held at once, at most where hosts allow it.
const FRAGMENTS_HELD: u64 = 64 << 20;
/// Chunks whose sums are held at once.
const WAVE_CHUNKS: usize = 512;
/// Parts whose sums are held at once.
const WAVE_PARTS: usize = 64;
/// Largest relative difference between the energy of hosts and of cells.
const ENERGY_TOLERANCE: f64 = 1e-9;

/// Everything a columnar replay yields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnOutcome {
    /// As the event engine yields it.
    pub outcome: ReplayOutcome,
    /// Over time, by cluster.
    pub series: Vec<Series>,
}

/// A cluster over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// End of each interval [ms since the first submission]; they follow one another from zero.
    pub end_ms: Vec<i64>,
    /// Energy of the hosts in each [J].
    pub energy_j: Vec<f64>,
    /// Emissions of that energy [g].
    pub carbon_g: Vec<f64>,
    /// Mean share of the capacity that was busy in each [1].
    pub utilisation: Vec<f64>,
    /// Tasks of the whole run that ran at the end of each.
    pub running: Vec<u64>,
    /// Tasks of the whole run that waited at the end of each.
    pub pending: Vec<u64>,
}

/// True where a replay may take the columnar path.
pub fn suits_columns(input: &ReplayInput<'_>) -> bool {
    let options = input.options;
    options.play == Play::Drop
        && options.failures == FailureModel::None
        && options.checkpoints.is_none()
        && options.deferral.is_none()
        && options.host_states.is_none()
        && options.consolidation.is_none()
        && options.prices.iter().all(Option::is_none)
        && input.fragments.gpu_hz.is_empty()
        && input
            .topology
            .clusters
            .iter()
            .all(|cluster| cluster.battery.is_none())
        && input
            .topology
            .kinds
            .iter()
            .all(|kind| kind.gpus.is_empty() && kind.cpu_sharing == SharingPolicy::MaxMinFair)
}

/// Replays a workload by columns; `step_ms` is the longest interval of the series.
///
/// # Errors
/// Input that cannot be replayed, by name; fragments that cannot be read; and books that do not close, which no input
/// should bring about.
pub fn replay_columns(
    input: &ReplayInput<'_>,
    store: &dyn FragmentStore,
    step_ms: i64,
    progress: &dyn ReplayProgress,
) -> Result<ColumnOutcome, ReplayError> {
    check(input, store.tasks())?;
    if !suits_columns(input) {
        return Err(ReplayError::Option {
            option: "path",
            value: "columns".to_owned(),
            expected: "the event engine, for all but dropped demand on processors alone",
        });
    }
    let mut schedule = schedule(input, store, step_ms);
    let topology = input.topology;
    let clock_ms = input.tasks.first_ms();
    let grids: Vec<Grid> = topology
        .clusters
        .iter()
        .map(|cluster| {
            let carbon = cluster.carbon.map(|row| &input.carbon[row]);
            Grid::new(schedule.makespan_ms, step_ms, carbon, clock_ms)
        })
        .collect();
    let stays = schedule.stays_by_host(topology.hosts.len(), store.parts() > 0);
    let mut sums = Sums {
        cells: grids.iter().map(|grid| Cells::new(grid.len())).collect(),
        hosts: vec![(HostPlay::default(), 0); topology.hosts.len()],
        ended: 0,
        fragments: 0,
    };
    let mut results = std::mem::take(&mut schedule.results);
    if store.is_trusting() && stays.alone.contains(&false) {
        return Err(StoreError::Lengths.into());
    }
    if stays.alone.contains(&true) {
        let mut lengths_ms = vec![0; input.tasks.len()];
        let places = stays.places(input.tasks.len());
        let parts: Vec<usize> = (0..store.parts()).collect();
        for wave in parts.chunks(WAVE_PARTS) {
            let played = wave
                .par_iter()
                .with_max_len(1)
                .map(|part| play_part(input, store, *part, &places, &grids))
                .collect::<Result<Vec<_>, StoreError>>()?;
            for part in played {
                sums.add_part(input, &grids, part, &places, &mut lengths_ms, &mut results)?;
            }
        }
        for (task, place) in places.iter().enumerate() {
            if place.is_some() && lengths_ms[task] != store.run_ms(task) {
                return Err(StoreError::Lengths.into());
            }
        }
    }
    let chunks = chunks(input, store, &stays);
    for wave in chunks.chunks(WAVE_CHUNKS) {
        let played = wave
            .par_iter()
            .with_max_len(1)
            .map(|chunk| play(input, store, &stays, &grids, chunk))
            .collect::<Result<Vec<_>, StoreError>>()?;
        for (chunk, played) in wave.iter().zip(played) {
            sums.add(chunk, played, &mut results, &stays);
        }
        progress.replayed(ReplayStatus {
            now_ms: schedule.makespan_ms,
            ended: sums.ended,
            tasks: input.tasks.len() as u64,
            pending: 0,
            running: 0,
        });
    }
    close(input, store, &schedule, &stays, &grids, &sums, results)
}

/// Consecutive hosts of one cluster.
struct ChunkHosts {
    from: usize,
    to: usize,
    cluster: usize,
}

/// Cuts the hosts into chunks, none across clusters, and none with more fragments than may be held.
fn chunks(input: &ReplayInput<'_>, store: &dyn FragmentStore, stays: &Stays) -> Vec<ChunkHosts> {
    let hosts = &input.topology.hosts;
    let mut chunks = Vec::new();
    let mut from = 0;
    let mut held = 0;
    for host in 0..hosts.len() {
        let fragments: u64 = stays
            .held(host)
            .iter()
            .map(|stay| match stay.only_work() {
                Some(_) => 1,
                None => store.fragments(stay.task as usize),
            })
            .sum();
        let is_cut = host > from
            && ((host - from >= CHUNK_HOSTS && held >= store.fragments_at_once())
                || hosts[host].cluster != hosts[from].cluster
                || held + fragments > FRAGMENTS_HELD);
        if is_cut {
            chunks.push(ChunkHosts {
                from,
                to: host,
                cluster: hosts[from].cluster as usize,
            });
            from = host;
            held = 0;
        }
        held += fragments;
    }
    chunks.push(ChunkHosts {
        from,
        to: hosts.len(),
        cluster: hosts[from].cluster as usize,
    });
    chunks
}

/// Sums of a chunk.
struct ChunkPlay {
    cells: Cells,
    hosts: Vec<HostPlay>,
    /// Work demanded of each stay of the chunk, and what of it was lost [Hz ms].
    works: Vec<(u128, u128)>,
}

fn play(
    input: &ReplayInput<'_>,
    store: &dyn FragmentStore,
    stays: &Stays,
    grids: &[Grid],
    chunk: &ChunkHosts,
) -> Result<ChunkPlay, StoreError> {
    let mut tasks: Vec<u32> = Vec::new();
    for host in chunk.from..chunk.to {
        tasks.extend(stays.held(host).iter().map(|stay| stay.task));
    }
    let block = store.read(&tasks)?;
    let grid = &grids[chunk.cluster];
    let mut cells = Cells::new(grid.len());
    let mut works = vec![(0, 0); tasks.len()];
    let mut hosts = Vec::with_capacity(chunk.to - chunk.from);
    let mut player = Player::default();
    let mut first = 0;
    for host in chunk.from..chunk.to {
        let of_host = stays.held(host);
        let kind: &HostKind = &input.topology.kinds[input.topology.hosts[host].kind as usize];
        if stays.alone[host] {
            hosts.push(play_gaps(kind, stays.of(host), grid, &mut cells));
            continue;
        }
        let works = &mut works[first..first + of_host.len()];
        hosts.push(player.play(kind, of_host, &block, first, grid, &mut cells, works));
        first += of_host.len();
    }
    drop(player);
    store.give_back(block);
    Ok(ChunkPlay {
        cells,
        hosts,
        works,
    })
}

/// Tasks of each host with their starts, in the order of these.
pub(super) struct Stays {
    starts: Vec<usize>,
    rows: Vec<Stay>,
    /// Hosts whose tasks are played as they are read.
    alone: Vec<bool>,
}

impl Stays {
    fn of(&self, host: usize) -> &[Stay] {
        &self.rows[self.starts[host]..self.starts[host + 1]]
    }

    /// Tasks of a host whose fragments are held while it is played.
    fn held(&self, host: usize) -> &[Stay] {
        if self.alone[host] { &[] } else { self.of(host) }
    }

    /// How long a host had a task [ms].
    fn busy_ms(&self, host: usize) -> i64 {
        let (mut busy_ms, mut until_ms) = (0, 0);
        for stay in self.of(host) {
            busy_ms += (stay.end_ms - stay.start_ms.max(until_ms)).max(0);
            until_ms = until_ms.max(stay.end_ms);
        }
        busy_ms
    }

    /// Where and when the tasks run that are played as they are read.
    fn places(&self, tasks: usize) -> Vec<Option<Place>> {
        let mut places = vec![None; tasks];
        for host in (0..self.alone.len()).filter(|host| self.alone[*host]) {
            for stay in self.of(host) {
                places[stay.task as usize] = Some(Place {
                    host: host as u32,
                    start_ms: stay.start_ms,
                });
            }
        }
        places
    }
}

/// Sums of all chunks so far.
struct Sums {
    cells: Vec<Cells>,
    hosts: Vec<(HostPlay, u64)>,
    ended: u64,
    /// Fragments played as they were read.
    fragments: u64,
}

impl Sums {
    fn add(
        &mut self,
        chunk: &ChunkHosts,
        played: ChunkPlay,
        results: &mut super::TaskResults,
        stays: &Stays,
    ) {
        self.cells[chunk.cluster].add(&played.cells);
        let mut works = played.works.into_iter();
        for (host, played) in (chunk.from..chunk.to).zip(played.hosts) {
            for (stay, (demanded, lost)) in stays.held(host).iter().zip(works.by_ref()) {
                // Most tasks of one fragment need not be looked for in memory again.
                if lost > 0 || stay.only_work() != Some(demanded) {
                    results.cpu_done[stay.task as usize] = demanded - lost;
                    results.cpu_lost[stay.task as usize] = lost;
                }
            }
            let tasks = stays.of(host).len() as u64;
            self.ended += tasks;
            self.hosts[host].0.add(played);
            self.hosts[host].1 += tasks;
        }
    }

    /// Adds a part; the runs of a task must follow one another.
    fn add_part(
        &mut self,
        input: &ReplayInput<'_>,
        grids: &[Grid],
        part: PartPlay,
        places: &[Option<Place>],
        lengths_ms: &mut [i64],
        results: &mut super::TaskResults,
    ) -> Result<(), StoreError> {
        for (sum, cells) in self.cells.iter_mut().zip(&part.cells) {
            sum.add(cells);
        }
        for mut run in part.runs {
            let task = run.task as usize;
            let Some(place) = places[task] else { continue };
            if let Some(unplayed) = run.unplayed.take() {
                let (durations_ms, demands_mhz) = *unplayed;
                let since_ms = lengths_ms[task];
                let cells = &mut self.cells;
                run = play_run(
                    input,
                    place,
                    since_ms,
                    &durations_ms,
                    &demands_mhz,
                    grids,
                    cells,
                );
            }
            if run.since_ms != lengths_ms[task] {
                return Err(StoreError::Lengths);
            }
            lengths_ms[task] = lengths_ms[task].saturating_add(run.run_ms);
            self.fragments += run.fragments;
            results.cpu_done[task] += run.sums.served;
            results.cpu_lost[task] += run.sums.unserved;
            self.hosts[place.host as usize].0.add(run.sums);
        }
        Ok(())
    }
}

/// Checks that nothing was lost on the way and puts the outcome together.
fn close(
    input: &ReplayInput<'_>,
    store: &dyn FragmentStore,
    schedule: &Schedule,
    stays: &Stays,
    grids: &[Grid],
    sums: &Sums,
    results: super::TaskResults,
) -> Result<ColumnOutcome, ReplayError> {
    let topology = input.topology;
    let makespan_ms = schedule.makespan_ms;
    let done: u128 = results.cpu_done.iter().sum();
    let lost: u128 = results.cpu_lost.iter().sum();
    let served: u128 = sums.hosts.iter().map(|(host, _)| host.served).sum();
    let in_cells: u128 = sums.cells.iter().map(Cells::served).sum();
    for accounted in [served, in_cells] {
        if accounted != done {
            return Err(ReplayError::Work {
                submitted: done,
                accounted,
            });
        }
    }
    let hosts_j: f64 = sums.hosts.iter().map(|(host, _)| host.energy_j).sum();
    let sources_j: f64 = sums.cells.iter().map(Cells::energy_j).sum();
    if (hosts_j - sources_j).abs() > ENERGY_TOLERANCE * hosts_j.abs().max(1.0) {
        return Err(ReplayError::Energy { hosts_j, sources_j });
    }
    let mut capacity_hz = vec![0_u128; topology.clusters.len()];
    let hosts = topology
        .hosts
        .iter()
        .zip(&sums.hosts)
        .enumerate()
        .map(|(row, (host, (played, tasks)))| {
            let busy_ms = stays.busy_ms(row);
            let capacity = topology.kinds[host.kind as usize].capacity_hz();
            capacity_hz[host.cluster as usize] += u128::from(capacity);
            HostTotals {
                tasks: *tasks,
                served: played.served,
                unserved: played.unserved,
                idle: (u128::from(capacity) * makespan_ms as u128).saturating_sub(played.served),
                energy_j: played.energy_j,
                up_ms: makespan_ms,
                times: StateTimes {
                    busy_ms,
                    idle_ms: makespan_ms - busy_ms,
                    ..StateTimes::default()
                },
                ..HostTotals::default()
            }
        })
        .collect();
    let series: Vec<Series> = grids
        .iter()
        .zip(&sums.cells)
        .zip(&capacity_hz)
        .map(|((grid, cells), capacity_hz)| grid.series(cells, *capacity_hz, schedule))
        .collect();
    let sources = grids
        .iter()
        .zip(&sums.cells)
        .map(|(grid, cells)| SourceTotals {
            energy_j: cells.energy_j(),
            carbon_g: grid.carbon_g(cells),
            cost: 0.0,
            battery_change_j: 0.0,
        })
        .collect();
    Ok(ColumnOutcome {
        outcome: ReplayOutcome {
            makespan_ms,
            hosts,
            sources,
            cpu_work: WorkTotals {
                demanded: done + lost,
                done,
                lost,
            },
            fragments: if store.is_trusting() {
                sums.fragments
            } else {
                schedule.fragments
            },
            pending_max: schedule.pending_max,
            running_max: schedule.running_max,
            tasks: results,
            ..ReplayOutcome::default()
        },
        series,
    })
}
