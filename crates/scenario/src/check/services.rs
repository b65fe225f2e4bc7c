//! Services: what they take, how they run, and what they run on.

use std::collections::{BTreeMap, BTreeSet};

use angara_diagnostics::{Diagnostic, listed, quoted};
use angara_quantity::Duration;

use super::Subject;
use super::equipment::can_be_ordered;
use crate::model::{Equipment, EquipmentKind, Index, LoadKind, Scenario, Service};

/// Servers that are held against a task; a larger catalogue is left to the planner.
const MOST_COMPARED: usize = 1_000;

/// Servers of one kind that can be ordered, by platform.
type Offer<'a> = BTreeMap<Index, Vec<&'a Equipment>>;

pub(super) fn check(subject: Subject<'_>) {
    let scenario = subject.scenario;
    let servers = offer(scenario, EquipmentKind::Server);
    let accelerator_servers = offer(scenario, EquipmentKind::AcceleratorServer);
    let in_demand: BTreeSet<Index> = scenario
        .demand
        .iter()
        .filter(|units| units.users != 0.0)
        .map(|units| units.service)
        .collect();
    for (row, service) in scenario.services.iter().enumerate() {
        check_units(subject, row, service);
        check_job(subject, row, service);
        check_replicas(subject, row, service);
        let offer = if service.uses_accelerators() {
            &accelerator_servers
        } else {
            &servers
        };
        check_platforms(subject, row, service, offer);
        if service.users_per_resident == 0.0 && !in_demand.contains(&row) {
            tell_no_users(subject, row, service);
        }
    }
}

fn offer(scenario: &Scenario, kind: EquipmentKind) -> Offer<'_> {
    let mut offer = Offer::new();
    for entry in &scenario.equipment {
        if let Some(platform) = entry.platform
            && entry.kind == kind
            && can_be_ordered(scenario, entry)
        {
            offer.entry(platform).or_default().push(entry);
        }
    }
    offer
}

fn size(server: &Equipment) -> f64 {
    f64::from(server.cores) * server.core_rating.max(1.0)
}

fn check_units(subject: Subject<'_>, row: usize, service: &Service) {
    let table = &subject.tables.services;
    let cores = service.cores_per_user > 0.0;
    let accelerators = service.accelerators_per_user > 0.0;
    if service.cores_per_user.is_nan() || service.accelerators_per_user.is_nan() {
        return;
    }
    if cores && accelerators {
        subject.reading.push(
            Diagnostic::error(
                "cores-and-accelerators",
                format!(
                    "the service {} takes cores and accelerators",
                    quoted(&service.id)
                ),
            )
            .at(table.locate(row, "accelerators_per_1000_users"))
            .expected("one of the two; the other empty")
            .hint("the cores of an accelerator server come with it; a share of work on cores is a service of its own"),
        );
    }
    if !cores && !accelerators {
        subject.reading.push(
            Diagnostic::error(
                "no-cores-no-accelerators",
                format!(
                    "the service {} takes neither cores nor accelerators",
                    quoted(&service.id)
                ),
            )
            .at(table.locate(row, "cores_per_1000_users"))
            .expected(
                "a value above 0 for `cores_per_1000_users` or `accelerators_per_1000_users`",
            ),
        );
    }
}

fn check_job(subject: Subject<'_>, row: usize, service: &Service) {
    let table = &subject.tables.services;
    let at = table.locate(row, "job_duration");
    let written = at
        .value
        .as_deref()
        .is_some_and(|value| !value.trim().is_empty());
    match service.kind {
        LoadKind::Batch if !written => subject.reading.push(
            Diagnostic::error(
                "missing-value",
                format!(
                    "the batch service {} has no `job_duration`",
                    quoted(&service.id)
                ),
            )
            .at(at)
            .expected("the mean duration of a job, such as `6 h`"),
        ),
        LoadKind::Interactive if written && service.job_duration > Duration::default() => {
            subject.reading.push(
                Diagnostic::warning(
                    "value-not-wanted",
                    format!(
                        "the interactive service {} has a `job_duration`, which is not used",
                        quoted(&service.id)
                    ),
                )
                .at(at)
                .expected("an empty cell")
                .hint("a service whose work can wait is of the kind `batch`"),
            );
        }
        LoadKind::Batch | LoadKind::Interactive => {}
    }
}

fn check_replicas(subject: Subject<'_>, row: usize, service: &Service) {
    let sites = subject.scenario.sites.len();
    if sites > 0 && service.replicas as usize > sites {
        subject.reading.push(
            Diagnostic::error(
                "too-many-replicas",
                format!(
                    "the service {} wants {} copies at distinct sites, and there {}",
                    quoted(&service.id),
                    service.replicas,
                    if sites == 1 {
                        "is 1 site".to_owned()
                    } else {
                        format!("are {sites} sites")
                    }
                ),
            )
            .at(subject.tables.services.locate(row, "replicas"))
            .expected(format!("at most {sites}")),
        );
    }
}

fn check_platforms(subject: Subject<'_>, row: usize, service: &Service, offer: &Offer<'_>) {
    let both = service.cores_per_user > 0.0 && service.accelerators_per_user > 0.0;
    if subject.tables.equipment.is_incomplete() || both || service.platforms.is_empty() {
        return;
    }
    let what = if service.uses_accelerators() {
        "accelerator server"
    } else {
        "server"
    };
    let name = |platform: &Index| {
        subject
            .scenario
            .platforms
            .get(*platform)
            .map_or("", String::as_str)
    };
    let orphans: Vec<&str> = service
        .platforms
        .iter()
        .filter(|platform| !offer.contains_key(platform))
        .map(name)
        .collect();
    if orphans.is_empty() {
        check_fit(subject, row, service, offer, what);
        return;
    }
    let message = format!(
        "no {what} of the platform {} can be ordered",
        listed(orphans.iter().copied())
    );
    let finding = if orphans.len() == service.platforms.len() {
        Diagnostic::error("no-server", message)
    } else {
        Diagnostic::warning("no-server", message)
    };
    subject.reading.push(
        finding
            .at(subject.tables.services.locate(row, "platforms"))
            .expected(format!(
                "a platform with an available {what}: {}",
                listed(offer.keys().map(name))
            ))
            .hint(format!(
                "add one to {}, or check its availability, its years of order and its origin",
                subject.tables.equipment.file
            )),
    );
}

/// One task must fit into one server.
fn check_fit(subject: Subject<'_>, row: usize, service: &Service, offer: &Offer<'_>, what: &str) {
    let units = f64::from(service.task_units);
    let memory = units * service.memory_per_unit_bytes;
    let possible = service
        .platforms
        .iter()
        .filter_map(|platform| offer.get(platform))
        .flatten()
        .take(MOST_COMPARED)
        .any(|server| {
            let offered = if service.uses_accelerators() {
                f64::from(server.accelerators)
            } else {
                size(server)
            };
            let too_few = offered < units;
            let too_little = server.memory_bytes < memory;
            !too_few && !too_little
        });
    let compared_all = service
        .platforms
        .iter()
        .filter_map(|platform| offer.get(platform))
        .map(Vec::len)
        .sum::<usize>()
        <= MOST_COMPARED;
    if !possible && compared_all {
        let unit = if service.uses_accelerators() {
            "accelerators"
        } else {
            "cores"
        };
        subject.reading.push(
            Diagnostic::error(
                "task-too-large",
                format!(
                    "a task of the service {} takes {units} {unit} and {}, and fits no {what} that can be ordered",
                    quoted(&service.id),
                    angara_quantity::DataSize::new(memory),
                ),
            )
            .at(subject.tables.services.locate(row, "task_units"))
            .expected("a task that one server can hold: `task_units`, each with `memory`"),
        );
    }
}

fn tell_no_users(subject: Subject<'_>, row: usize, service: &Service) {
    subject.reading.push(
        Diagnostic::warning(
            "no-users",
            format!("the service {} has no users anywhere", quoted(&service.id)),
        )
        .at(subject.tables.services.locate(row, "users_per_1000"))
        .expected(format!(
            "a value above 0, or rows in {}",
            subject.tables.demand.file
        )),
    );
}
