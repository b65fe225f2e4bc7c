//! A run: schedule every site, play every host, close the books.

use angara_fleet::Resource;
use angara_workload::{DemandForm, LoadKind};
use rayon::prelude::*;

use crate::book::{Ledger, SiteBook};
use crate::outcome::{HostOutcome, Outcome, ResourceSteps, ServiceOutcome, SiteOutcome, Waits};
use crate::play::{Chunk, ChunkResult, HostRow, ServiceWork, StepColumns};
use crate::residual::{check_energy, check_work};
use crate::schedule::SiteHosts;
use crate::{Clock, Progress, Residuals, SimulationError, SimulationInput};

/// Memory that results of chunks may take before they are summed [B].
const WAVE_BYTES: usize = 48 << 20;

/// Plays a workload through every host of a fleet.
///
/// The outcome depends on nothing but the input: not on the number of threads, nor on the order in which chunks end.
///
/// # Errors
/// Input that cannot be played, by name; and books that do not close, which no input should bring about.
pub fn simulate(
    input: &SimulationInput<'_>,
    progress: &dyn Progress,
) -> Result<Outcome, SimulationError> {
    check(input)?;
    let sites: Vec<SiteHosts<'_>> = (0..input.sites.len())
        .map(|site| SiteHosts {
            fleet: input.fleet,
            site,
        })
        .collect();
    let books: Vec<SiteBook> = sites
        .par_iter()
        .zip(input.sites)
        .map(|(hosts, site)| {
            SiteBook::open(site, hosts, input.services, input.clock, input.placement)
        })
        .collect();
    let mut chunks = Vec::new();
    for ((hosts, site), book) in sites.iter().zip(input.sites).zip(&books) {
        chunks.extend(Chunk::of_hosts(*hosts, &book.by_host(), site.demand));
        chunks.extend(Chunk::of_unplaced(hosts.site, &book.unplaced, site.demand));
    }
    let played = play(input, &chunks, progress);
    drop(chunks);
    close(input, books, played)
}

/// Sums of all chunks.
struct Played {
    columns: Vec<StepColumns>,
    services: Vec<Vec<ServiceWork>>,
    hosts: Vec<HostRow>,
    samples: u64,
}

/// Plays chunks in waves and sums each wave in the order of its chunks.
fn play(input: &SimulationInput<'_>, chunks: &[Chunk<'_>], progress: &dyn Progress) -> Played {
    let steps = input.clock.steps;
    let mut played = Played {
        columns: vec![StepColumns::new(steps); input.sites.len()],
        services: vec![vec![ServiceWork::default(); input.services]; input.sites.len()],
        hosts: Vec::with_capacity(input.fleet.hosts.len()),
        samples: 0,
    };
    let wave = (WAVE_BYTES / StepColumns::bytes(steps)).clamp(4, 128);
    let all_hosts: usize = chunks.iter().map(Chunk::hosts).sum();
    for chunks in chunks.chunks(wave) {
        let results: Vec<ChunkResult> = chunks
            .par_iter()
            .with_max_len(1)
            .map(|chunk| chunk.play(input.clock, input.services))
            .collect();
        for result in results {
            played.columns[result.site].add(&result.columns);
            for (sum, work) in played.services[result.site].iter_mut().zip(result.services) {
                sum.add(work);
            }
            played.hosts.extend(result.hosts);
            played.samples += result.samples;
        }
        progress.simulated(played.hosts.len() as f64 / all_hosts.max(1) as f64);
    }
    played
}

/// Checks that nothing was lost on the way and puts the outcome together.
fn close(
    input: &SimulationInput<'_>,
    books: Vec<SiteBook>,
    played: Played,
) -> Result<Outcome, SimulationError> {
    let mut totals = vec![ServiceOutcome::default(); input.services];
    let mut all_waits_ms: Vec<Vec<i64>> = vec![Vec::new(); input.services];
    let mut sites = Vec::with_capacity(books.len());
    let mut residuals = Residuals::default();
    let mut steps_j = 0.0;
    let works = played.services.into_iter();
    for (site, ((mut book, columns), works)) in
        books.into_iter().zip(played.columns).zip(works).enumerate()
    {
        let mut services = Vec::with_capacity(input.services);
        for (service, (ledger, work)) in book.ledgers.iter_mut().zip(works).enumerate() {
            let outcome = service_outcome(ledger, work);
            let accounted = outcome.done + outcome.lost + outcome.queued();
            check_work(service, outcome.submitted, accounted)?;
            residuals.work_milli_ms += outcome.submitted as i128 - accounted as i128;
            residuals.served_milli_ms -= outcome.done as i128;
            add_service(&mut totals[service], &outcome);
            all_waits_ms[service].append(&mut ledger.waits_ms);
            services.push(outcome);
        }
        steps_j += columns.energy_j.iter().sum::<f64>();
        sites.push(site_outcome(input, site, book, columns, services));
    }
    for (total, mut waits_ms) in totals.iter_mut().zip(all_waits_ms) {
        total.waits = Waits::of(&mut waits_ms);
    }
    let served: u128 = played.hosts.iter().map(|host| host.served).sum();
    residuals.served_milli_ms += served as i128;
    let done: u128 = totals.iter().map(|service| service.done).sum();
    check_work(input.services, served, done)?;
    let hosts_j: f64 = played.hosts.iter().map(|host| host.energy_j).sum();
    residuals.energy_relative = check_energy(hosts_j, steps_j)?;
    Ok(Outcome {
        sites,
        services: totals,
        hosts: HostOutcome {
            tasks: played.hosts.iter().map(|host| host.tasks).collect(),
            mean_utilisation: played
                .hosts
                .iter()
                .map(|host| host.mean_utilisation)
                .collect(),
            energy_j: played.hosts.iter().map(|host| host.energy_j).collect(),
        },
        residuals,
        samples: played.samples,
    })
}

/// A service at a site, its work from the schedule and from the hosts.
fn service_outcome(ledger: &mut Ledger, work: ServiceWork) -> ServiceOutcome {
    ServiceOutcome {
        tasks: ledger.tasks,
        submitted: ledger.submitted + work.demanded_steps,
        done: work.done(),
        lost: work.lost + ledger.unplaced,
        lost_unplaced: work.lost_unplaced + ledger.unplaced,
        waiting: ledger.waiting,
        running_on: ledger.running_on,
        waits: Waits::of(&mut ledger.waits_ms),
    }
}

fn add_service(total: &mut ServiceOutcome, part: &ServiceOutcome) {
    total.tasks += part.tasks;
    total.submitted += part.submitted;
    total.done += part.done;
    total.lost += part.lost;
    total.lost_unplaced += part.lost_unplaced;
    total.waiting += part.waiting;
    total.running_on += part.running_on;
}

fn site_outcome(
    input: &SimulationInput<'_>,
    site: usize,
    book: SiteBook,
    columns: StepColumns,
    services: Vec<ServiceOutcome>,
) -> SiteOutcome {
    let clock = input.clock;
    let step_s = clock.step_ms as f64 / 1e3;
    let [demanded_cores, demanded_accelerators] = columns.demanded;
    let [served_cores, served_accelerators] = columns.served;
    let load = |resource, demanded, served| ResourceSteps {
        step_ms: clock.step_ms,
        capacity_milli: capacity_milli(input, site, resource),
        demanded,
        served,
    };
    SiteOutcome {
        it_power_w: columns
            .energy_j
            .iter()
            .map(|energy_j| energy_j / step_s)
            .collect(),
        cores: load(Resource::Cores, demanded_cores, served_cores),
        accelerators: load(
            Resource::Accelerators,
            demanded_accelerators,
            served_accelerators,
        ),
        queued_tasks: book.queued_tasks,
        running_tasks: book.running_tasks,
        services,
        unplaced: book.unplaced_tasks,
    }
}

fn capacity_milli(input: &SimulationInput<'_>, site: usize, resource: Resource) -> u64 {
    input.fleet.site_hosts[site]
        .clone()
        .map(|host| input.fleet.model_of(host))
        .filter(|model| model.resource == resource)
        .map(|model| model.capacity_milli)
        .sum()
}

/// Refuses what cannot be played.
fn check(input: &SimulationInput<'_>) -> Result<(), SimulationError> {
    input.clock.check()?;
    let fleet = input.fleet.site_hosts.len();
    if fleet != input.sites.len() {
        return Err(SimulationError::SiteCount {
            fleet,
            workload: input.sites.len(),
        });
    }
    for (site, entry) in input.sites.iter().enumerate() {
        let run_ms = input.clock.step_ms;
        if let Some(demand_ms) = entry.demand.step_ms().filter(|length| *length != run_ms) {
            return Err(SimulationError::StepMismatch {
                site,
                demand_ms,
                run_ms,
            });
        }
        for task in 0..entry.tasks.len() {
            let form = entry.demand.form(task);
            if let Some(reason) = flaw(entry.tasks.row(task), form, input.services, input.clock) {
                return Err(SimulationError::InvalidTask { site, task, reason });
            }
        }
    }
    Ok(())
}

/// What is wrong with a task, if anything.
fn flaw(
    task: angara_workload::Task,
    form: DemandForm,
    services: usize,
    clock: Clock,
) -> Option<&'static str> {
    let on_grid = |instant_ms: i64| instant_ms % clock.step_ms == 0;
    if task.submission_ms < 0 {
        return Some("it is submitted before the run");
    }
    if task.duration_ms <= 0 || task.submission_ms.checked_add(task.duration_ms).is_none() {
        return Some("it has no length, or one beyond measure");
    }
    if task.reserved_milli == 0 {
        return Some("it sets nothing aside");
    }
    if task.service as usize >= services {
        return Some("its service does not exist");
    }
    if form == DemandForm::Steps {
        if task.kind != LoadKind::Interactive {
            return Some("demand tied to the calendar needs an interactive task");
        }
        if !on_grid(task.submission_ms) || !on_grid(task.duration_ms) {
            return Some("demand tied to the calendar needs to begin and end with a step");
        }
    }
    None
}
