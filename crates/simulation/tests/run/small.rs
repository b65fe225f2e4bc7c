//! Small fleets and workloads, written down.

use angara_catalog::PowerCurve;
use angara_fleet::{Fleet, HostModel, Hosts, Resource};
use angara_simulation::{
    Clock, Outcome, Placement, ServiceOutcome, Silent, SimulationError, SimulationInput, SiteInput,
    simulate,
};
use angara_workload::{Demand, DemandForm, Fragment, LoadKind, Task, Tasks};

pub(crate) const HOUR: i64 = 3_600_000;

/// Demand written down: by step for some tasks, by fragments for others.
#[derive(Clone, Default)]
pub(crate) struct Written {
    pub(crate) step_ms: Option<i64>,
    pub(crate) rows: Vec<Result<Vec<u32>, Vec<Fragment>>>,
}

impl Demand for Written {
    fn step_ms(&self) -> Option<i64> {
        self.step_ms
    }

    fn form(&self, task: usize) -> DemandForm {
        match self.rows[task] {
            Ok(_) => DemandForm::Steps,
            Err(_) => DemandForm::Fragments,
        }
    }

    fn steps(&self, task: usize, first_step: usize, demand_milli: &mut [u32]) {
        let Ok(row) = &self.rows[task] else {
            return;
        };
        for (offset, value) in demand_milli.iter_mut().enumerate() {
            *value = row[(first_step + offset) % row.len()];
        }
    }

    fn fragments(&self, task: usize, from_ms: i64, to_ms: i64, fragments: &mut Vec<Fragment>) {
        let mut begin_ms = 0;
        let Err(row) = &self.rows[task] else {
            return;
        };
        for fragment in row {
            if fragment.end_ms > from_ms && begin_ms < to_ms {
                fragments.push(*fragment);
            }
            begin_ms = fragment.end_ms;
        }
    }
}

/// A workload of one site.
#[derive(Clone, Default)]
pub(crate) struct Load {
    pub(crate) tasks: Tasks,
    pub(crate) demand: Written,
}

impl Load {
    pub(crate) fn job(mut self, submission_ms: i64, duration_ms: i64, cores: u32) -> Self {
        let fragments = vec![Fragment {
            end_ms: duration_ms,
            demand_milli: cores * 1000,
        }];
        self.tasks.push(task(
            submission_ms,
            duration_ms,
            LoadKind::Batch,
            cores * 1000,
        ));
        self.demand.rows.push(Err(fragments));
        self
    }

    pub(crate) fn replay(
        mut self,
        submission_ms: i64,
        cores: u32,
        fragments: &[(i64, u32)],
    ) -> Self {
        let fragments: Vec<Fragment> = fragments
            .iter()
            .map(|(end_ms, demand_milli)| Fragment {
                end_ms: *end_ms,
                demand_milli: *demand_milli,
            })
            .collect();
        let duration_ms = fragments.last().map_or(0, |fragment| fragment.end_ms);
        self.tasks.push(task(
            submission_ms,
            duration_ms,
            LoadKind::Batch,
            cores * 1000,
        ));
        self.demand.rows.push(Err(fragments));
        self
    }

    pub(crate) fn interactive(
        mut self,
        end_ms: i64,
        reserved_milli: u32,
        demand_milli: &[u32],
    ) -> Self {
        self.tasks
            .push(task(0, end_ms, LoadKind::Interactive, reserved_milli));
        self.demand.rows.push(Ok(demand_milli.to_vec()));
        self
    }

    pub(crate) fn edit(mut self, change: impl Fn(&mut Tasks)) -> Self {
        change(&mut self.tasks);
        self
    }
}

pub(crate) fn task(
    submission_ms: i64,
    duration_ms: i64,
    kind: LoadKind,
    reserved_milli: u32,
) -> Task {
    Task {
        submission_ms,
        duration_ms,
        kind,
        resource: Resource::Cores,
        peak_milli: reserved_milli,
        reserved_milli,
        memory_bytes: 1,
        platforms: 1,
        service: 0,
        place: 0,
        stream: 0,
    }
}

pub(crate) fn model(resource: Resource, platform: u32, units: u64, memory_bytes: u64) -> HostModel {
    HostModel {
        equipment: 0,
        id: "host".to_owned(),
        resource,
        platform,
        capacity_milli: units * 1000,
        memory_bytes,
        idle_w: 100.0,
        peak_w: 300.0,
        curve: PowerCurve::of_accelerators(2024),
    }
}

/// Sites with hosts of the models named by their index.
pub(crate) fn fleet(models: Vec<HostModel>, sites: &[&[u32]]) -> Fleet {
    let mut fleet = Fleet {
        models,
        ..Fleet::default()
    };
    let mut hosts = Hosts::default();
    for (site, members) in sites.iter().enumerate() {
        let first = hosts.len();
        for model in *members {
            hosts.model.push(*model);
            hosts.site.push(site as u32);
            hosts.hall.push(0);
            hosts.rack.push(0);
        }
        fleet.site_hosts.push(first..hosts.len());
    }
    fleet.hosts = hosts;
    fleet
}

pub(crate) fn server(cores: u64) -> HostModel {
    model(Resource::Cores, 0, cores, 1 << 40)
}

pub(crate) fn run(
    fleet: &Fleet,
    loads: &[Load],
    clock: Clock,
    placement: Placement,
) -> Result<Outcome, SimulationError> {
    let sites: Vec<SiteInput<'_>> = loads
        .iter()
        .map(|load| SiteInput {
            tasks: &load.tasks,
            demand: &load.demand,
        })
        .collect();
    let input = SimulationInput {
        fleet,
        sites: &sites,
        services: 2,
        clock,
        placement,
    };
    simulate(&input, &Silent)
}

pub(crate) fn day() -> Clock {
    Clock {
        step_ms: HOUR,
        steps: 24,
    }
}

pub(crate) fn core_hours(work: u128) -> f64 {
    ServiceOutcome::unit_hours(work)
}
