//! How many values of demand a year of a large fleet merges per second, beside generating them only.
//!
//! `cargo bench -p angara-simulation` plays 20,000 hosts with about 60,000 tasks for 8,760 hours; without `--bench` on
//! the command line (as under `cargo test --benches`) a hundredth of it.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::time::Instant;

use angara_fleet::{Assignment, Fleet, Order, Plan, SitePlan};
use angara_scenario::{Scenario, TEMPLATE, load_files};
use angara_simulation::{Clock, Placement, Silent, SimulationInput, SiteInput, simulate};
use angara_workload::{Demand, DemandForm, SiteWorkload, generate};
use rayon::prelude::*;

const YEAR: u32 = 5;

fn main() {
    let full = std::env::args().any(|argument| argument == "--bench");
    let hosts = if full { 20_000 } else { 200 };
    let (scenario, plan) = study(hosts);
    let clock = Clock {
        step_ms: 3_600_000,
        steps: 8760,
    };
    let started = Instant::now();
    let fleet = Fleet::build(&scenario, &plan, YEAR).expect("the bench's own plan");
    let workloads = generate(&scenario, &plan, YEAR, 1).expect("the bench's own plan");
    let tasks: usize = workloads.iter().map(|workload| workload.tasks.len()).sum();
    println!(
        "{} hosts, {tasks} tasks, prepared in {:.2} s",
        fleet.hosts.len(),
        started.elapsed().as_secs_f64()
    );
    let started = Instant::now();
    let sum: u64 = workloads.par_iter().map(generate_only).sum();
    println!(
        "demand only: {:.2} s (checksum {sum})",
        started.elapsed().as_secs_f64()
    );
    let sites: Vec<SiteInput<'_>> = workloads.iter().map(SiteInput::from).collect();
    let input = SimulationInput {
        fleet: &fleet,
        sites: &sites,
        services: scenario.services.len(),
        clock,
        placement: Placement::default(),
    };
    let started = Instant::now();
    let outcome = simulate(&input, &Silent).expect("the bench's own workload");
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "simulated: {seconds:.2} s, {} values, {:.1} million values per second on {} threads",
        outcome.samples,
        outcome.samples as f64 / seconds / 1e6,
        rayon::current_num_threads()
    );
    for (service, entry) in outcome.services.iter().zip(&scenario.services) {
        println!(
            "{}: {} tasks, lost {:.4} %, mean wait {:.2} h",
            entry.id,
            service.tasks,
            service.lost as f64 / service.submitted.max(1) as f64 * 100.0,
            service.waits.mean_h
        );
    }
}

/// The example scenario, grown until its portal fills so many hosts.
fn study(hosts: u64) -> (Scenario, Plan) {
    let files: BTreeMap<String, Vec<u8>> = TEMPLATE
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let mut scenario = load_files(&files).scenario.expect("the shipped example");
    scenario.services[0].replicas = 1;
    scenario.services[0].task_units = 22;
    scenario.simulation.noise = 0.08;
    for site in &mut scenario.sites {
        site.hall_it_w = 2e6;
    }
    let target = hosts as f64 * 64.0 / 1.15;
    let present: f64 = (0..scenario.places.len())
        .map(|place| scenario.peak_cores(0, place, YEAR))
        .sum();
    let growth = target / present;
    for place in &mut scenario.places {
        place.population *= growth;
    }
    scenario.services[1].users_per_resident /= growth;
    let mut plan = Plan::default();
    for site in 0..scenario.sites.len() {
        plan.sites.push(SitePlan {
            opened: Some(0),
            halls_ordered: Vec::new(),
            halls_usable: vec![100; 6],
        });
        for (equipment, units) in [(0, hosts / 2), (2, 8)] {
            plan.orders.push(Order {
                equipment,
                site,
                year: 2,
                usable_from: 3,
                lots: units,
                units,
            });
        }
        for place in 0..scenario.places.len() {
            for service in 0..scenario.services.len() {
                plan.assignments.push(Assignment {
                    year: YEAR,
                    service,
                    place,
                    site,
                    share: 0.5,
                });
            }
        }
    }
    (scenario, plan)
}

/// Generates the demand of all tasks on the grid, a block at a time.
fn generate_only(workload: &SiteWorkload) -> u64 {
    (0..workload.tasks.len())
        .into_par_iter()
        .filter(|task| workload.demand.form(*task) == DemandForm::Steps)
        .map(|task| {
            let mut row = [0u32; 730];
            (0..12)
                .map(|block| {
                    workload.demand.steps(task, block * 730, &mut row);
                    row.iter().map(|value| u64::from(*value)).sum::<u64>()
                })
                .sum::<u64>()
        })
        .sum()
}
