//! The story of an experiment: recorded tasks on a topology, in one run or several.

use std::path::Path;

use super::block::{Block, Part, Story, Tile, count_tile, tile, time_tile};
use super::figures::{J_PER_KWH, carbon, count, energy, power};
use super::hosts::Fleet;
use super::runs::{Run, Runs};
use super::series::{self, Course};
use super::tasks::Tasks;
use super::{comparison, distributions, machines, over_time};
use crate::ReportError;
use crate::duration::long;
use crate::format::{SPACE, number, percent, significant};

/// The story of a folder. Errors: a table is missing, broken or of another shape.
pub(crate) fn story(folder: &Path) -> Result<Story, ReportError> {
    let runs = Runs::read(folder)?;
    let fleet = Fleet::read(folder, &runs)?;
    let tasks = Tasks::read(folder, &runs)?;
    let courses = series::read(folder, &runs, &fleet)?;
    let first = &runs.all[0];
    let lead = if runs.all.len() > 1 {
        format!(
            "{}; the figures here and the plots in full are of run {}, the table under Runs compares all.",
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
    let used_kwh = significant(run.energy_j / J_PER_KWH, 4);
    format!(
        "{} of {} on {machines}: done in {}, {used_kwh}{SPACE}kWh, hosts {} busy on average, longest wait {}.",
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
        count_tile("Tasks", "tasks", run.tasks),
        count_tile("Completed", "completed", run.completed),
        count_tile("Terminated", "terminated", run.terminated),
        count_tile("Hosts", "hosts", run.hosts),
        time_tile("Makespan", "makespan_ms", run.makespan_ms),
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
    if let Some(cost) = run.cost {
        let minor = cost.minor as f64;
        tiles.push(tile("Cost", cost.to_string(), "", "cost_minor", minor));
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
        time_tile("Mean wait", "mean_wait_ms", run.mean_wait_ms),
        time_tile("Wait of 95\u{a0}% at most", "p95_wait_ms", p95_ms),
        time_tile("Longest wait", "longest_wait_ms", run.longest_wait_ms),
    ]);
    if tasks.failures[0] > 0.0 {
        let failures = tasks.failures[0];
        tiles.push(count_tile("Failures of tasks", "failures", failures));
    }
    if run.work[0] > 0.0 {
        let done = run.work[1] / run.work[0];
        tiles.push(tile(
            "Demand worked off",
            number(done * 100.0, 1),
            "%",
            "work_done",
            done,
        ));
    }
    tiles
}

fn tables(runs: &[Run], fleet: &Fleet, tasks: &Tasks, courses: &[Option<Course>]) -> Part {
    let of_run = if runs.len() > 1 {
        format!(" of run {}", runs[0].name)
    } else {
        String::new()
    };
    let mut blocks = vec![
        Block::Heading(format!("Clusters{of_run}")),
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
        Block::Heading(format!("Hosts with most energy{of_run}")),
        Block::Table(machines::hosts(&fleet.hungriest)),
        Block::Heading(format!("Longest waits{of_run}")),
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
