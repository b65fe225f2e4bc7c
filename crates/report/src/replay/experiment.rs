//! The story of an experiment: recorded tasks on a topology, in one run or several.

use std::path::Path;

use super::block::{Block, Part, Story, Tile, tile};
use super::figures::{carbon, count, energy, power};
use super::hosts::Fleet;
use super::runs::{Run, Runs};
use super::series::{self, Course};
use super::tasks::Tasks;
use super::{comparison, distributions, machines, over_time};
use crate::ReportError;
use crate::duration::{long, short};
use crate::format::{SPACE, number, percent};

/// The story of a folder. Errors: a table is missing, broken or of another shape.
pub(crate) fn story(folder: &Path) -> Result<Story, ReportError> {
    let runs = Runs::read(folder)?;
    let fleet = Fleet::read(folder, &runs)?;
    let tasks = Tasks::read(folder, &runs)?;
    let courses = series::read(folder, &runs, &fleet)?;
    let first = &runs.all[0];
    let lead = if runs.all.len() > 1 {
        format!(
            "First of {}; figures and plots are of {}, the table under Runs compares all.",
            count(runs.all.len() as f64, "run", "runs"),
            first.name
        )
    } else {
        String::new()
    };
    Ok(Story {
        title: format!("Replay of {}", name_of(&first.workload, "a workload")),
        kind: "replay of a workload",
        headline: headline(first, &fleet),
        lead,
        tiles: tiles(first, &tasks, courses[0].as_ref()),
        parts: vec![
            over_time::part(&runs.all, &courses, &tasks.first_ms),
            distributions::part(&runs.all, &tasks.waits, &fleet.utilisations),
            Part {
                id: "runs",
                title: "Runs",
                blocks: vec![Block::Table(comparison::grid(&runs.all, &tasks.waits))],
            },
            tables(&runs.all, &fleet, &tasks, &courses),
        ],
    })
}

fn name_of<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.trim().is_empty() {
        otherwise
    } else {
        text
    }
}

fn headline(run: &Run, fleet: &Fleet) -> String {
    let clusters = fleet.of_run(0).count() as f64;
    let machines = format!(
        "{} in {} of {}",
        count(run.hosts, "host", "hosts"),
        count(clusters, "cluster", "clusters"),
        name_of(&run.topology, "the topology"),
    );
    if run.tasks <= 0.0 {
        return format!(
            "{} brought no tasks to {machines}.",
            name_of(&run.workload, "The workload")
        );
    }
    let (used, unit) = energy(run.energy_j);
    format!(
        "{} of {} on {machines}: done in {}, {used}{SPACE}{unit}, hosts {} busy on average, longest wait {}.",
        count(run.tasks, "task", "tasks"),
        name_of(&run.workload, "the workload"),
        long(run.makespan_ms),
        percent(run.mean_utilisation, 1),
        long(run.longest_wait_ms),
    )
}

fn tiles(run: &Run, tasks: &Tasks, course: Option<&Course>) -> Vec<Tile> {
    let waits = &tasks.waits[0];
    let (used, energy_unit) = energy(run.energy_j);
    let mut tiles = vec![
        tile("Tasks", number(run.tasks, 0), "", "tasks", run.tasks),
        tile(
            "Completed",
            number(run.completed, 0),
            "",
            "completed",
            run.completed,
        ),
        tile(
            "Terminated",
            number(run.terminated, 0),
            "",
            "terminated",
            run.terminated,
        ),
        tile("Hosts", number(run.hosts, 0), "", "hosts", run.hosts),
        tile(
            "Makespan",
            short(run.makespan_ms),
            "",
            "makespan_ms",
            run.makespan_ms,
        ),
        tile("Energy", used, energy_unit, "energy_j", run.energy_j),
    ];
    if let Some(course) = course {
        let (peak, unit) = power(course.peak_w);
        tiles.push(tile("Highest power", peak, unit, "peak_w", course.peak_w));
    }
    if run.carbon_g > 0.0 {
        let (mass, unit) = carbon(run.carbon_g);
        tiles.push(tile("Carbon", mass, unit, "carbon_g", run.carbon_g));
    }
    let busy = number(run.mean_utilisation * 100.0, 1);
    let p95_ms = waits.quantile_ms(0.95);
    tiles.extend([
        tile(
            "Mean utilisation",
            busy,
            "%",
            "mean_utilisation",
            run.mean_utilisation,
        ),
        tile(
            "Mean wait",
            short(run.mean_wait_ms),
            "",
            "mean_wait_ms",
            run.mean_wait_ms,
        ),
        tile(
            "95 of 100 started within",
            short(p95_ms),
            "",
            "p95_wait_ms",
            p95_ms,
        ),
        tile(
            "Longest wait",
            short(run.longest_wait_ms),
            "",
            "longest_wait_ms",
            run.longest_wait_ms,
        ),
    ]);
    if tasks.failures[0] > 0.0 {
        let failures = tasks.failures[0];
        tiles.push(tile(
            "Failures of tasks",
            number(failures, 0),
            "",
            "failures",
            failures,
        ));
    }
    if run.work[0] > 0.0 {
        let done = run.work[1] / run.work[0];
        tiles.push(tile(
            "Work done",
            number(done * 100.0, 1),
            "% of demand",
            "work_done",
            done,
        ));
    }
    tiles
}

fn tables(runs: &[Run], fleet: &Fleet, tasks: &Tasks, courses: &[Option<Course>]) -> Part {
    let mut blocks = vec![
        Block::Heading("Clusters".into()),
        Block::Table(machines::clusters(runs, fleet, courses, 0..1)),
    ];
    if runs.len() > 1 {
        blocks.push(Block::Folded(
            "Clusters of the other runs".into(),
            machines::clusters(runs, fleet, courses, 1..runs.len()),
        ));
    }
    if !fleet.sources.is_empty() {
        blocks.push(Block::Folded(
            "Energy sources".into(),
            machines::sources(runs, fleet),
        ));
    }
    blocks.extend([
        Block::Heading("Hosts with most energy".into()),
        Block::Table(machines::hosts(&fleet.hungriest)),
        Block::Heading("Longest waits".into()),
        Block::Table(machines::slowest(
            &tasks.slowest,
            tasks.first_ms[0].unwrap_or_default(),
        )),
    ]);
    Part {
        id: "clusters",
        title: "Clusters, hosts and tasks",
        blocks,
    }
}
