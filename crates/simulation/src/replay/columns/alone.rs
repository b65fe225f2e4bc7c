//! Hosts that never run two tasks at once: their fragments are played as they are read, and never held.

use super::super::{HostKind, ReplayInput, hertz};
use super::filling::{BLOCK, Filling, Scratch};
use super::grid::{Cells, Grid};
use super::host::{HostPlay, Stay, with_power};
use super::store::{FragmentStore, StoreError};
use crate::power::PowerModel;

/// A run of fragments.
#[derive(Debug)]
pub(super) struct RunPlay {
    pub(super) task: u32,
    /// Time since the start of the task at which it begins [ms].
    pub(super) since_ms: i64,
    /// Its length [ms].
    pub(super) run_ms: i64,
    pub(super) fragments: u64,
    pub(super) sums: HostPlay,
    /// Its fragments, where it could not be played for want of knowing since when.
    pub(super) unplayed: Option<Box<Unplayed>>,
}

/// Lengths [ms] and demands [MHz] of the fragments of a run.
pub(super) type Unplayed = (Vec<i64>, Vec<f64>);

/// What a part yields.
pub(super) struct PartPlay {
    /// By cluster.
    pub(super) cells: Vec<Cells>,
    pub(super) runs: Vec<RunPlay>,
}

/// True where no two stays overlap; they are in the order of their starts.
pub(super) fn is_alone(stays: &[Stay]) -> bool {
    stays
        .windows(2)
        .all(|pair| pair[0].end_ms <= pair[1].start_ms)
}

/// Where and when a task runs alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) host: u32,
    pub(super) start_ms: i64,
}

/// Plays the runs of a part that belong to hosts of their own.
pub(super) fn play_part(
    input: &ReplayInput<'_>,
    store: &dyn FragmentStore,
    part: usize,
    places: &[Option<Place>],
    grids: &[Grid],
) -> Result<PartPlay, StoreError> {
    let mut played = PartPlay {
        cells: grids.iter().map(|grid| Cells::new(grid.len())).collect(),
        runs: Vec::with_capacity(places.len() / store.parts().max(1) + 1),
    };
    let mut begun = Begun::default();
    store.run_through(part, &mut |task, since_ms, durations_ms, demands_mhz| {
        let Some(place) = places[task as usize] else {
            return;
        };
        let PartPlay { cells, runs } = &mut played;
        let mut play = |since_ms, durations_ms: &[i64], demands_mhz: &[f64]| {
            let run = play_run(
                input,
                place,
                since_ms,
                durations_ms,
                demands_mhz,
                grids,
                cells,
            );
            runs.push(RunPlay { task, ..run });
        };
        if let Some(since_ms) = since_ms {
            play(since_ms, durations_ms, demands_mhz);
            return;
        }
        // Only a task whose fragments all lie here surely begins here.
        let length_ms = durations_ms
            .iter()
            .fold(0_i64, |sum, each| sum.wrapping_add(*each));
        if begun.task == Some(task) {
            begun.extend(durations_ms, demands_mhz, length_ms);
            if begun.length_ms == store.run_ms(task as usize) {
                play(0, &begun.durations_ms, &begun.demands_mhz);
                begun.clear();
            }
            return;
        }
        let is_whole = length_ms == store.run_ms(task as usize);
        if is_whole {
            play(0, durations_ms, demands_mhz);
        }
        begun.leave(runs);
        if !is_whole {
            begun.task = Some(task);
            begun.extend(durations_ms, demands_mhz, length_ms);
        }
    })?;
    begun.leave(&mut played.runs);
    Ok(played)
}

/// A task of which not all fragments have been met.
#[derive(Debug, Default)]
struct Begun {
    task: Option<u32>,
    length_ms: i64,
    durations_ms: Vec<i64>,
    demands_mhz: Vec<f64>,
}

impl Begun {
    fn extend(&mut self, durations_ms: &[i64], demands_mhz: &[f64], length_ms: i64) {
        self.durations_ms.extend_from_slice(durations_ms);
        self.demands_mhz.extend_from_slice(demands_mhz);
        self.length_ms = self.length_ms.saturating_add(length_ms);
    }

    fn clear(&mut self) {
        self.task = None;
        self.length_ms = 0;
        self.durations_ms.clear();
        self.demands_mhz.clear();
    }

    /// Leaves a task that goes on elsewhere, or began elsewhere, to be played when it is known since when.
    fn leave(&mut self, runs: &mut Vec<RunPlay>) {
        if let Some(task) = self.task {
            runs.push(RunPlay {
                task,
                since_ms: 0,
                run_ms: 0,
                fragments: 0,
                sums: HostPlay::default(),
                unplayed: Some(Box::new((
                    self.durations_ms.clone(),
                    self.demands_mhz.clone(),
                ))),
            });
            self.clear();
        }
    }
}

/// Plays a run that begins so long after the start of its task; the task is left open.
pub(super) fn play_run(
    input: &ReplayInput<'_>,
    place: Place,
    since_ms: i64,
    durations_ms: &[i64],
    demands_mhz: &[f64],
    grids: &[Grid],
    cells: &mut [Cells],
) -> RunPlay {
    let topology = input.topology;
    let host = &topology.hosts[place.host as usize];
    let kind = &topology.kinds[host.kind as usize];
    let cluster = host.cluster as usize;
    let run = Run {
        from_ms: place.start_ms.saturating_add(since_ms),
        durations_ms,
        demands_mhz,
    };
    let (sums, run_ms) = run.play(kind, &grids[cluster], &mut cells[cluster]);
    RunPlay {
        task: u32::MAX,
        since_ms,
        run_ms,
        fragments: durations_ms.len() as u64,
        sums,
        unplayed: None,
    }
}

struct Run<'a> {
    from_ms: i64,
    durations_ms: &'a [i64],
    demands_mhz: &'a [f64],
}

impl Run<'_> {
    fn play(&self, kind: &HostKind, grid: &Grid, cells: &mut Cells) -> (HostPlay, i64) {
        with_power!(&kind.cpu_power, |power| self
            .play_with(kind, grid, cells, power))
    }

    fn play_with<P: Fn(f64) -> f64>(
        &self,
        kind: &HostKind,
        grid: &Grid,
        cells: &mut Cells,
        power: P,
    ) -> (HostPlay, i64) {
        let capacity_hz = kind.capacity_hz();
        let mut filling = Filling::begin(grid, cells, capacity_hz, power, self.from_ms);
        let mut now_ms = self.from_ms;
        let mut lost = 0_u128;
        let mut scratch = Scratch::default();
        let mut place = 0;
        while place < self.durations_ms.len() {
            let each_ms = self.durations_ms[place];
            let block = &self.durations_ms[place..self.durations_ms.len().min(place + BLOCK)];
            // All at once first: most blocks are even.
            let bits = block.iter().fold(0, |bits, other| bits | (other ^ each_ms));
            let differs = (bits != 0).then(|| block.iter().position(|other| *other != each_ms));
            let next = place + differs.flatten().unwrap_or(block.len());
            let demands_mhz = &self.demands_mhz[place..next];
            place = next;
            if each_ms <= 0 {
                continue;
            }
            let even = filling.add_even(now_ms, each_ms, demands_mhz, &mut scratch);
            if let Some(to_ms) = even {
                now_ms = to_ms;
                continue;
            }
            for megahertz in demands_mhz {
                let demand_hz = hertz(*megahertz);
                let supply_hz = demand_hz.min(capacity_hz);
                lost += u128::from(demand_hz - supply_hz) * each_ms as u128;
                let next_ms = now_ms.saturating_add(each_ms);
                filling.add(now_ms, next_ms, supply_hz);
                now_ms = next_ms;
            }
        }
        let mut sums = filling.finish();
        sums.unserved = lost;
        (sums, now_ms - self.from_ms)
    }
}

/// Plays the time between the stays of a host of one task at a time.
pub(super) fn play_gaps(
    kind: &HostKind,
    stays: &[Stay],
    grid: &Grid,
    cells: &mut Cells,
) -> HostPlay {
    let idle_w = kind.cpu_power.power_w(0.0);
    let mut filling = Filling::begin(grid, cells, kind.capacity_hz(), |_| idle_w, 0);
    let mut now_ms = 0;
    for stay in stays {
        if stay.start_ms > now_ms {
            filling.add(now_ms, stay.start_ms, 0);
        }
        now_ms = stay.end_ms;
        filling.skip_to(now_ms);
    }
    if grid.makespan_ms() > now_ms {
        filling.add(now_ms, grid.makespan_ms(), 0);
    }
    filling.finish()
}
