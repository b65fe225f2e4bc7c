//! The workload of one year of a plan.
//!
//! # What it computes
//! The tasks that every assignment (service, place, site, share) brings to its site, and the demand behind them.
//!
//! # Assumptions
//! Interactive services run as long-lived tasks of the service's size whose peaks sum to the share of the peak
//! demand; batch services as jobs of that size. Cores are reference cores; the last interactive task is smaller.
//!
//! # Valid range
//! At most 64 platforms and [`TASK_LIMIT`] tasks a year.

mod batch;
mod interactive;

use std::sync::Arc;

use angara_fleet::{Assignment, Plan, Resource};
use angara_scenario::{LoadKind, Scenario};
use angara_series::{CalendarYear, TimeStep};

use crate::WorkloadError;
use crate::noise::Noise;
use crate::service_demand::{DemandModel, ServiceDemand};
use crate::shape::Shapes;
use crate::stream::Streams;
use crate::task::{Task, Tasks};

/// Most tasks of a year.
const TASK_LIMIT: usize = 20_000_000;

/// Tasks of one site in one year, and their demand.
#[derive(Debug, Clone)]
pub struct SiteWorkload {
    /// Row of the scenario's sites.
    pub site: usize,
    /// Tasks: the interactive ones first, of these the least flexible and then the largest, then jobs by submission.
    pub tasks: Tasks,
    /// What they demand over time.
    pub demand: ServiceDemand,
}

/// The workload of a year of the horizon, one entry for each site of the scenario in its order.
///
/// The same arguments always give the same tasks. What a task demands does not change when other services,
/// places or sites are added.
pub fn generate(
    scenario: &Scenario,
    plan: &Plan,
    year: u32,
    seed: u64,
) -> Result<Vec<SiteWorkload>, WorkloadError> {
    if scenario.platforms.len() > 64 {
        return Err(WorkloadError::TooManyPlatforms(scenario.platforms.len()));
    }
    let number = scenario.horizon.calendar_year(year);
    let calendar_year = CalendarYear::new(number)
        .map_err(|error| WorkloadError::InvalidClock(error.to_string()))?;
    let minutes = scenario.simulation.step.milliseconds() / 60_000;
    let step = TimeStep::from_minutes(u32::try_from(minutes).unwrap_or(0))
        .map_err(|error| WorkloadError::InvalidClock(error.to_string()))?;
    let streams = Streams::new(seed);
    let mut shapes = Shapes::default();
    let mut rows: Vec<Vec<GeneratedTask>> = vec![Vec::new(); scenario.sites.len()];
    let mut count = 0;
    for assignment in plan.assignments.iter().filter(|row| row.year == year) {
        let load = Load::new(scenario, assignment)?;
        let shape = shapes.index_of(
            scenario,
            assignment.service,
            assignment.place,
            calendar_year,
        )?;
        let limit = TASK_LIMIT - count;
        let before = rows[assignment.site].len();
        let added = match load.kind {
            LoadKind::Interactive => {
                interactive::add_tasks(&load, shape, limit, &mut rows[assignment.site])
            }
            LoadKind::Batch => batch::add_jobs(
                &load,
                shapes.get(shape),
                &streams,
                limit,
                &mut rows[assignment.site],
            ),
        };
        if added.is_none() {
            return Err(WorkloadError::TooManyTasks {
                year: number,
                limit: TASK_LIMIT,
            });
        }
        count += rows[assignment.site].len() - before;
    }
    let model = Arc::new(DemandModel {
        shapes,
        noise: Noise::new(scenario.simulation.noise),
        streams,
        step,
    });
    Ok(rows
        .into_iter()
        .enumerate()
        .map(|(site, rows)| assemble(site, rows, &model))
        .collect())
}

/// A task with what only its demand needs.
#[derive(Debug, Clone, Copy)]
struct GeneratedTask {
    task: Task,
    shape: u32,
}

/// What one assignment asks for, checked.
#[derive(Debug, Clone, Copy)]
struct Load {
    year: u64,
    site: u64,
    service: u32,
    place: u32,
    kind: LoadKind,
    resource: Resource,
    /// Units at the peak hour of all copies together that this site holds capacity for [milli].
    peak_milli: u64,
    /// Units of a whole task [milli].
    task_milli: u32,
    /// Reserved over physical units for interactive cores [1].
    overcommit: f64,
    memory_per_unit_bytes: f64,
    platforms: u64,
    mean_duration_ms: f64,
}

impl Load {
    fn new(scenario: &Scenario, assignment: &Assignment) -> Result<Self, WorkloadError> {
        let within = |table, row, rows| {
            if row < rows {
                Ok(())
            } else {
                Err(WorkloadError::UnknownRow { table, row, rows })
            }
        };
        within("site", assignment.site, scenario.sites.len())?;
        within("place", assignment.place, scenario.places.len())?;
        within("service", assignment.service, scenario.services.len())?;
        let service = &scenario.services[assignment.service];
        let (resource, peak) = if service.uses_accelerators() {
            let peak =
                scenario.peak_accelerators(assignment.service, assignment.place, assignment.year);
            (Resource::Accelerators, peak)
        } else {
            let peak = scenario.peak_cores(assignment.service, assignment.place, assignment.year);
            (Resource::Cores, peak)
        };
        let peak_milli = peak * assignment.share * 1000.0;
        if !(0.0..=9e15).contains(&peak_milli) {
            return Err(WorkloadError::InvalidShare {
                service: service.id.clone(),
                place: scenario.places[assignment.place].id.clone(),
                share: assignment.share,
            });
        }
        let invalid = |reason| WorkloadError::InvalidService {
            service: service.id.clone(),
            reason,
        };
        if service.task_units == 0 || service.task_units > 1_000_000 {
            return Err(invalid("a task takes between 1 and 1,000,000 units"));
        }
        let mean_duration_ms = service.job_duration.milliseconds() as f64;
        if service.kind == LoadKind::Batch && mean_duration_ms < 1.0 {
            return Err(invalid("a batch job lasts longer than zero"));
        }
        Ok(Self {
            year: u64::from(assignment.year),
            site: assignment.site as u64,
            service: assignment.service as u32,
            place: assignment.place as u32,
            kind: service.kind,
            resource,
            peak_milli: libm::round(peak_milli) as u64,
            task_milli: service.task_units * 1000,
            overcommit: scenario.simulation.overcommit.max(1.0),
            memory_per_unit_bytes: service.memory_per_unit_bytes.max(0.0),
            platforms: service
                .platforms
                .iter()
                .fold(0, |mask, platform| mask | (1u64 << (platform % 64))),
            mean_duration_ms,
        })
    }

    /// Memory of a task of so many units [B].
    fn memory_bytes(&self, units_milli: u32) -> u64 {
        libm::ceil(self.memory_per_unit_bytes * f64::from(units_milli) / 1000.0) as u64
    }
}

/// Rows in the order in which the scheduler takes equals: of the interactive tasks those with fewest platforms first,
/// then the largest, since what they can use goes first.
fn assemble(site: usize, mut rows: Vec<GeneratedTask>, model: &Arc<DemandModel>) -> SiteWorkload {
    rows.sort_by_key(|row| {
        let task = &row.task;
        let precedence = match task.kind {
            LoadKind::Interactive => {
                let flexibility = i64::from(task.platforms.count_ones());
                (0, flexibility, u32::MAX - task.reserved_milli)
            }
            LoadKind::Batch => (1, task.submission_ms, 0),
        };
        (precedence, task.service, task.place)
    });
    SiteWorkload {
        site,
        demand: ServiceDemand {
            model: Arc::clone(model),
            shape: rows.iter().map(|row| row.shape).collect(),
            peak_milli: rows.iter().map(|row| row.task.peak_milli).collect(),
            duration_ms: rows.iter().map(|row| row.task.duration_ms).collect(),
            stream: rows.iter().map(|row| row.task.stream).collect(),
        },
        tasks: rows.into_iter().map(|row| row.task).collect(),
    }
}

#[cfg(test)]
mod tests;
