//! `angara replay EXPERIMENT.json`, and what any replay on a topology prints.

use std::fmt::Write as _;
use std::path::Path;

use angara_replay::{ReplayPlan, RunFigures, plan_of_experiment, write_replay};
use serde::Serialize;

use super::progress::Watch;
use super::words::{grouped, length, share, table};
use super::{Arguments, page, record, refused, shown, told, with_settings};
use crate::exit::Code;
use crate::output::Output;

pub(super) fn run(
    arguments: &Arguments,
    experiment: &Path,
    output: Output,
) -> anyhow::Result<Code> {
    let (plan, findings) =
        plan_of_experiment(experiment, arguments.lenient, arguments.settings.as_deref());
    if told(&findings, experiment, output)? {
        return Ok(Code::BadInput);
    }
    let Some(plan) = plan else {
        return Ok(Code::BadInput);
    };
    let lenient = if arguments.lenient { " --lenient" } else { "" };
    let settings = with_settings(arguments);
    let command = format!("angara replay {}{settings}{lenient}", shown(experiment));
    play(&plan, command, arguments, output)
}

/// Runs shown on a terminal.
const SHOWN: usize = 24;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
    run: String,
    runs: Vec<RunSummary>,
}

#[derive(Debug, Serialize)]
struct RunSummary {
    run: String,
    topology: String,
    workload: String,
    policy: String,
    hosts: usize,
    tasks: usize,
    completed: usize,
    terminated: usize,
    makespan_ms: i64,
    energy_j: f64,
    carbon_g: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Cost>,
    migrations: u64,
    mean_utilisation: f64,
    mean_wait_ms: f64,
    longest_wait_ms: i64,
    cpu_lost_mhz_ms: f64,
}

/// What the energy costs, in minor units of a currency.
#[derive(Debug, Serialize)]
struct Cost {
    minor: i128,
    currency: String,
}

/// Replays a plan, and tells what came out.
pub(super) fn play(
    plan: &ReplayPlan,
    command: String,
    arguments: &Arguments,
    output: Output,
) -> anyhow::Result<Code> {
    let watch = Watch::new(plan, output);
    let made = page(!arguments.no_page);
    let written = write_replay(plan, &record(command), &arguments.out, &watch, &made);
    watch.clear();
    let (folder, figures) = match written {
        Ok(written) => written,
        Err(fault) => return refused(fault, output),
    };
    output.text(&text(&figures, &folder))?;
    output.value(&Summary {
        run: folder.display().to_string(),
        runs: figures.into_iter().map(summary).collect(),
    })?;
    Ok(Code::Done)
}

fn summary(figures: RunFigures) -> RunSummary {
    RunSummary {
        run: figures.run,
        topology: figures.topology,
        workload: figures.workload,
        policy: figures.policy,
        hosts: figures.hosts,
        tasks: figures.tasks,
        completed: figures.completed,
        terminated: figures.terminated,
        makespan_ms: figures.makespan_ms,
        energy_j: figures.energy_j,
        carbon_g: figures.carbon_g,
        cost: figures.cost.map(|cost| Cost {
            minor: cost.minor,
            currency: cost.currency.to_string(),
        }),
        migrations: figures.migrations,
        mean_utilisation: figures.mean_utilisation,
        mean_wait_ms: figures.mean_wait_ms,
        longest_wait_ms: figures.longest_wait_ms,
        cpu_lost_mhz_ms: figures.cpu_lost_mhz_ms,
    }
}

fn text(figures: &[RunFigures], folder: &Path) -> String {
    let mut text = match figures {
        [one] => one_run(one),
        many => many_runs(many),
    };
    let _ = write!(text, "\n\nTables: {}", folder.join("tables").display());
    let page = folder.join("report.html");
    if page.exists() {
        let _ = write!(text, "\nPage: {}", page.display());
    }
    text
}

fn one_run(run: &RunFigures) -> String {
    let seconds = |time_ms: f64| length(time_ms / 1e3);
    let given_up = if run.terminated > 0 {
        format!(", {} given up", grouped(run.terminated as f64))
    } else {
        String::new()
    };
    let rows = [
        (
            "Tasks",
            format!(
                "{} of {} completed{given_up}",
                grouped(run.completed as f64),
                grouped(run.tasks as f64)
            ),
        ),
        ("Makespan", seconds(run.makespan_ms as f64)),
        ("Energy", format!("{} kWh", kilowatt_hours(run.energy_j))),
        ("Carbon", format!("{} kg", decimal(run.carbon_g / 1e3))),
        (
            "Cost",
            run.cost.map_or_else(String::new, |cost| cost.to_string()),
        ),
        ("Migrations", grouped(run.migrations as f64)),
        ("Utilisation", share(run.mean_utilisation)),
        (
            "Waits",
            format!(
                "{} mean, {} longest",
                seconds(run.mean_wait_ms),
                seconds(run.longest_wait_ms as f64)
            ),
        ),
        (
            "Work not given",
            share(if run.cpu_demanded_mhz_ms > 0.0 {
                run.cpu_lost_mhz_ms / run.cpu_demanded_mhz_ms
            } else {
                0.0
            }),
        ),
    ];
    let mut lines = vec![format!(
        "{} on {} ({} hosts), {}",
        run.workload,
        run.topology,
        grouped(run.hosts as f64),
        run.policy
    )];
    // What is not counted is not told.
    let told = rows.into_iter().filter(|(name, _)| match *name {
        "Carbon" => run.carbon_g > 0.0,
        "Cost" => run.cost.is_some(),
        "Migrations" => run.migrations > 0,
        _ => true,
    });
    lines.extend(told.map(|(name, value)| format!("  {name:<15} {value}")));
    lines.join("\n")
}

fn many_runs(runs: &[RunFigures]) -> String {
    let has_cost = runs.iter().any(|run| run.cost.is_some());
    let mut head = vec![
        "run",
        "topology",
        "workload",
        "policy",
        "completed",
        "makespan",
        "kWh",
        "kg",
        "use",
        "mean wait",
    ];
    head.extend(has_cost.then_some("cost"));
    let rows = runs.iter().take(SHOWN).map(|run| {
        let mut row = vec![
            run.run.clone(),
            run.topology.clone(),
            run.workload.clone(),
            run.policy.clone(),
            format!("{}/{}", run.completed, run.tasks),
            length(run.makespan_ms as f64 / 1e3),
            kilowatt_hours(run.energy_j),
            decimal(run.carbon_g / 1e3),
            share(run.mean_utilisation),
            length(run.mean_wait_ms / 1e3),
        ];
        if has_cost {
            row.push(run.cost.map_or_else(String::new, |cost| cost.to_string()));
        }
        row
    });
    let mut text = table(&head, rows.collect());
    if runs.len() > SHOWN {
        let more = runs.len() - SHOWN;
        let _ = write!(text, "\n  and {more} more runs in tables/runs.parquet");
    }
    text
}

fn kilowatt_hours(joules: f64) -> String {
    decimal(joules / 3.6e6)
}

fn decimal(value: f64) -> String {
    if value >= 1_000.0 {
        grouped(value)
    } else {
        format!("{value:.3}")
    }
}
