use std::collections::BTreeMap;

use angara_scenario::{TEMPLATE, load_files};
use angara_series::calendar::MILLISECONDS_PER_YEAR;

use super::*;
use crate::{Demand, DemandForm};

const YEAR: u32 = 5;
const PORTAL: usize = 0;
const TRAINING: usize = 1;

/// The example scenario, with interactive work in two copies and jobs in one.
fn scenario() -> Scenario {
    let files: BTreeMap<String, Vec<u8>> = TEMPLATE
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    load_files(&files)
        .scenario
        .expect("the example is in order")
}

fn assignment(service: usize, place: usize, site: usize, share: f64) -> Assignment {
    Assignment {
        year: YEAR,
        service,
        place,
        site,
        share,
    }
}

fn plan() -> Plan {
    Plan {
        assignments: vec![
            assignment(PORTAL, 0, 0, 1.0),
            assignment(PORTAL, 0, 1, 1.0),
            assignment(PORTAL, 1, 0, 0.4),
            assignment(TRAINING, 0, 1, 1.0),
        ],
        ..Plan::default()
    }
}

fn rows(workload: &SiteWorkload, service: usize, place: usize) -> Vec<Task> {
    (0..workload.tasks.len())
        .map(|row| workload.tasks.row(row))
        .filter(|task| task.service == service as u32 && task.place == place as u32)
        .collect()
}

#[test]
fn peaks_of_interactive_tasks_sum_to_the_share_of_the_peak_demand() {
    let scenario = scenario();
    let workloads = generate(&scenario, &plan(), YEAR, 1).unwrap();
    assert_eq!(workloads.len(), scenario.sites.len());
    for (site, place, share) in [(0, 0, 1.0), (1, 0, 1.0), (0, 1, 0.4)] {
        let tasks = rows(&workloads[site], PORTAL, place);
        let peak: u64 = tasks.iter().map(|task| u64::from(task.peak_milli)).sum();
        let expected = scenario.peak_cores(PORTAL, place, YEAR) * share * 1000.0;
        assert_eq!(peak, expected.round() as u64);
        let whole = scenario.services[PORTAL].task_units * 1000;
        let smaller = tasks.iter().filter(|task| task.peak_milli < whole).count();
        assert!(smaller <= 1 && tasks.iter().all(|task| task.peak_milli <= whole));
        for task in &tasks {
            let reserved = f64::from(task.peak_milli) / scenario.simulation.overcommit;
            assert_eq!(task.reserved_milli, reserved.ceil() as u32);
            assert_eq!(
                (task.submission_ms, task.duration_ms),
                (0, MILLISECONDS_PER_YEAR)
            );
            assert_eq!(task.platforms, 0b11);
        }
    }
}

#[test]
fn load_over_the_year_is_the_profile_over_the_replicas() {
    let mut scenario = scenario();
    scenario.simulation.noise = 0.3;
    let workloads = generate(&scenario, &plan(), YEAR, 1).unwrap();
    let demand = &workloads[0].demand;
    let mut row = vec![0u32; 8760];
    let mut total = 0.0;
    let mut peak = 0.0;
    for task in 0..workloads[0].tasks.len() {
        if workloads[0].tasks.place[task] == 0 {
            assert_eq!(demand.form(task), DemandForm::Steps);
            demand.steps(task, 0, &mut row);
            total += row.iter().map(|value| f64::from(*value)).sum::<f64>();
            peak += f64::from(workloads[0].tasks.peak_milli[task]);
        }
    }
    let service = &scenario.services[PORTAL];
    let expected = scenario.profiles[service.profile].mean_share() / f64::from(service.replicas);
    let found = total / 8760.0 / peak;
    assert!((found / expected - 1.0).abs() < 0.01, "{found} {expected}");
}

#[test]
fn blocks_of_any_length_say_the_same_as_the_whole_year() {
    for minutes in [60, 15] {
        let mut scenario = scenario();
        scenario.simulation.noise = 0.2;
        scenario.simulation.step = angara_quantity::Duration::from_milliseconds(minutes * 60_000);
        let workloads = generate(&scenario, &plan(), YEAR, 9).unwrap();
        let demand = &workloads[0].demand;
        let steps = (8760 * 60 / minutes) as usize;
        let mut whole = vec![0u32; steps];
        demand.steps(0, 0, &mut whole);
        for (first, length) in [
            (0, 1),
            (1, 1),
            (127, 3),
            (129, 700),
            (steps - 5, 5),
            (3001, 768),
        ] {
            let mut block = vec![0u32; length];
            demand.steps(0, first, &mut block);
            assert_eq!(block, whole[first..first + length], "{minutes} {first}");
        }
        let hour = (60 / minutes) as usize;
        assert!(
            whole
                .chunks(hour)
                .all(|steps| steps.iter().all(|value| *value == steps[0]))
        );
        assert!(
            whole
                .windows(2 * hour)
                .any(|pair| pair[0] != pair[2 * hour - 1])
        );
    }
}

#[test]
fn jobs_offer_the_peak_at_full_activity_from_the_first_day_on() {
    let mut scenario = scenario();
    // Ten thousand jobs of two days: chance moves the mean by one part in a hundred.
    scenario.services[TRAINING].job_duration =
        angara_quantity::Duration::from_milliseconds(48 * 3_600_000);
    scenario.places[0].population *= 20.0;
    let workloads = generate(&scenario, &plan(), YEAR, 3).unwrap();
    let jobs = rows(&workloads[1], TRAINING, 0);
    assert!(jobs.len() > 5000, "{}", jobs.len());
    assert!(jobs.iter().all(|job| job.resource == Resource::Accelerators
        && job.reserved_milli == 8000
        && job.duration_ms > 0
        && (0..MILLISECONDS_PER_YEAR).contains(&job.submission_ms)));
    let busy = |from_ms: i64, to_ms: i64| {
        let overlap: i64 = jobs
            .iter()
            .map(|job| {
                let end_ms = (job.submission_ms + job.duration_ms).min(to_ms);
                (end_ms - job.submission_ms.max(from_ms)).max(0)
            })
            .sum();
        overlap as f64 / (to_ms - from_ms) as f64 * 8.0
    };
    let peak = scenario.peak_accelerators(TRAINING, 0, YEAR);
    assert!((busy(0, MILLISECONDS_PER_YEAR) / peak - 1.0).abs() < 0.03);
    assert!((busy(0, 24 * 3_600_000) / peak - 1.0).abs() < 0.2);
    let mean_h = jobs
        .iter()
        .map(|job| job.duration_ms as f64 / 3.6e6)
        .sum::<f64>()
        / jobs.len() as f64;
    assert!((mean_h / 48.0 - 1.0).abs() < 0.04, "{mean_h}");
}

#[test]
fn a_job_demands_all_it_asked_for_until_its_end() {
    let workloads = generate(&scenario(), &plan(), YEAR, 3).unwrap();
    let tasks = &workloads[1].tasks;
    let job = (0..tasks.len())
        .find(|row| tasks.kind[*row] == LoadKind::Batch)
        .unwrap();
    let demand = &workloads[1].demand;
    assert_eq!(demand.form(job), DemandForm::Fragments);
    let mut fragments = Vec::new();
    demand.fragments(job, 0, i64::MAX, &mut fragments);
    assert_eq!(fragments.len(), 1);
    assert_eq!(
        (fragments[0].end_ms, fragments[0].demand_milli),
        (tasks.duration_ms[job], 8000)
    );
    fragments.clear();
    demand.fragments(job, tasks.duration_ms[job], i64::MAX, &mut fragments);
    assert!(fragments.is_empty());
}

#[test]
fn the_seed_and_nothing_else_changes_the_draw() {
    let scenario = scenario();
    let year = |seed| {
        let workloads = generate(&scenario, &plan(), YEAR, seed).unwrap();
        let mut row = vec![0u32; 100];
        workloads[0].demand.steps(0, 0, &mut row);
        (workloads[1].tasks.clone(), row)
    };
    assert_eq!(year(1), year(1));
    assert_ne!(year(1), year(2));
    // Another service at the site leaves the first one's demand as it was.
    let mut fewer = plan();
    fewer.assignments.truncate(1);
    let alone = generate(&scenario, &fewer, YEAR, 1).unwrap();
    let mut row = vec![0u32; 100];
    alone[0].demand.steps(0, 0, &mut row);
    assert_eq!(row, year(1).1);
}

#[test]
fn rows_are_ordered_interactive_first_then_jobs_by_submission() {
    let workloads = generate(&scenario(), &plan(), YEAR, 1).unwrap();
    let tasks = &workloads[1].tasks;
    let jobs = tasks
        .kind
        .iter()
        .position(|kind| *kind == LoadKind::Batch)
        .unwrap();
    assert!(jobs > 0 && jobs < tasks.len());
    assert!(
        tasks.kind[jobs..]
            .iter()
            .all(|kind| *kind == LoadKind::Batch)
    );
    assert!(tasks.submission_ms.is_sorted());
    assert!(tasks.reserved_milli[..jobs].is_sorted_by(|a, b| a >= b));
}

#[test]
fn what_cannot_be_generated_is_refused_by_name() {
    let scenario = scenario();
    let refused = |scenario: &Scenario, row: Assignment| {
        let plan = Plan {
            assignments: vec![row],
            ..Plan::default()
        };
        generate(scenario, &plan, YEAR, 1).unwrap_err().to_string()
    };
    assert!(refused(&scenario, assignment(9, 0, 0, 1.0)).contains("service row 9"));
    assert!(refused(&scenario, assignment(PORTAL, 0, 9, 1.0)).contains("site row 9"));
    assert!(refused(&scenario, assignment(PORTAL, 0, 0, f64::NAN)).contains("share of NaN"));
    assert!(refused(&scenario, assignment(PORTAL, 0, 0, -1.0)).contains("share of -1"));
    let mut huge = scenario.clone();
    huge.places[0].population = 1e15;
    assert!(refused(&huge, assignment(PORTAL, 0, 0, 1.0)).contains("more than 20000000 tasks"));
    assert!(refused(&huge, assignment(TRAINING, 0, 0, 1.0)).contains("more than 20000000 tasks"));
    let mut elsewhere = scenario.clone();
    elsewhere.places[0].time_zone = "Mars/Olympus".to_owned();
    assert!(refused(&elsewhere, assignment(PORTAL, 0, 0, 1.0)).contains("Mars/Olympus"));
    let mut step = scenario;
    step.simulation.step = angara_quantity::Duration::from_milliseconds(7 * 60_000);
    assert!(refused(&step, assignment(PORTAL, 0, 0, 1.0)).contains("7 min"));
}
