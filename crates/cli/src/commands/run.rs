//! `angara run`: the main job.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use angara_planning::{PlanningError, Promise};
use angara_scenario::{Loaded, Scenario};
use angara_study::{Study, StudyError, write_run};
use anyhow::Context;
use serde::Serialize;

use crate::engines;
use crate::exit::Code;
use crate::output::Output;
use crate::progress;
use crate::scenario;

/// Plan, simulate, price and prove a scenario; write a run folder with the page `report.html`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The scenario folder.
    scenario: PathBuf,

    /// The run folder to write; an earlier run there is replaced when this one is whole.
    #[arg(long, short)]
    out: PathBuf,

    /// Seed of every random stream; the scenario's own where it is not given.
    #[arg(long)]
    seed: Option<u64>,

    /// Threads to use; results do not depend on it. All cores where it is not given.
    #[arg(long, env = "RAYON_NUM_THREADS", value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: Option<u32>,

    /// End with exit code 4 where a promise breaks.
    #[arg(long)]
    strict: bool,
}

/// Demands of a conflict that are listed on a terminal.
const DEMANDS_SHOWN: usize = 6;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
    holds: bool,
    verdict: String,
    first_broken: Option<String>,
    first_year: Option<i32>,
    net_present_cost: f64,
    currency: String,
    unit_costs: Vec<UnitCost>,
    plan_gap: f64,
    rounds: u32,
    run: String,
    report: String,
}

#[derive(Debug, Serialize)]
struct UnitCost {
    metric: String,
    cost: f64,
}

/// What `--json` prints where no plan keeps the promises.
#[derive(Debug, Serialize)]
struct ConflictSummary {
    conflict: Vec<ConflictPromise>,
    minimal: bool,
}

#[derive(Debug, Serialize)]
struct ConflictPromise {
    promise: String,
    give: Option<f64>,
    unit: String,
    text: String,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads as usize)
            .build_global()
            .context("the threads cannot be started")?;
    }
    let loaded = angara_scenario::load(&arguments.scenario);
    let Some(mut checked) = scenario::checked(&loaded, &arguments.scenario, output)? else {
        return Ok(Code::BadInput);
    };
    if let Some(seed) = arguments.seed {
        checked.seed = seed;
    }
    if !output.is_quiet() {
        Output::message(&headline(&checked));
    }
    let study = match angara_study::run(&checked, &*progress::listener(output)) {
        Ok(study) => study,
        Err(StudyError::Planning(PlanningError::Infeasible(conflict))) => {
            return infeasible(&conflict, output);
        }
        Err(error) => return Err(error.into()),
    };
    let folder = write(
        &checked,
        &loaded,
        &study,
        &arguments.scenario,
        &arguments.out,
        None,
    )?;
    announce(&checked, &study, &folder, output)?;
    Ok(if arguments.strict && !study.verdict.holds {
        Code::PromiseBroken
    } else {
        Code::Done
    })
}

/// Writes the run folder of a study with its page; returns where it stands.
///
/// `command` is the one that made the run first, where it is made again.
pub(crate) fn write(
    checked: &Scenario,
    loaded: &Loaded,
    study: &Study,
    source: &Path,
    out: &Path,
    command: Option<String>,
) -> anyhow::Result<PathBuf> {
    let mut record = engines::record(checked, source);
    if let Some(command) = command {
        record.command = command;
    }
    write_run(
        checked,
        &loaded.explanations,
        &loaded.inputs,
        study,
        &record,
        out,
        |folder| angara_report::render(folder).map_err(Failure::Page),
    )
    .map_err(|failure| match failure {
        Failure::Study(error) => anyhow::Error::from(error),
        Failure::Page(error) => anyhow::Error::from(error).context("the page cannot be made"),
    })
}

enum Failure {
    Study(StudyError),
    Page(angara_report::ReportError),
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        Self::Study(error)
    }
}

fn headline(scenario: &Scenario) -> String {
    format!(
        "{}: {} places, {} sites, {} services, {} to {}",
        scenario.name,
        scenario.places.len(),
        scenario.sites.len(),
        scenario.services.len(),
        scenario.horizon.first_year,
        scenario
            .horizon
            .calendar_year(scenario.horizon.years.saturating_sub(1)),
    )
}

fn infeasible(conflict: &angara_planning::Conflict, output: Output) -> anyhow::Result<Code> {
    let mut text = String::from("No plan keeps all promises. These cannot be kept together:\n");
    let (demands, limits): (Vec<_>, Vec<_>) = conflict
        .promises
        .iter()
        .partition(|broken| matches!(broken.promise, Promise::Serve { .. }));
    let shown = limits.iter().chain(demands.iter().take(DEMANDS_SHOWN));
    for broken in shown {
        text.push_str("\n  - ");
        text.push_str(&broken.name);
        if !broken.text.is_empty() {
            text.push_str(": ");
            text.push_str(&broken.text);
        }
    }
    if demands.len() > DEMANDS_SHOWN {
        let more = demands.len() - DEMANDS_SHOWN;
        let _ = write!(
            text,
            "\n  - and {more} more demands of services at places (--json lists all)"
        );
    }
    if conflict.minimal {
        text.push_str("\n\nGive way on any one of them and the others can be kept.");
    } else {
        text.push_str(
            "\n\nIt is not proven that none of them can be left out: a smaller set may exist.",
        );
    }
    text.push_str("\nNothing was written.");
    Output::message(&text);
    output.value(&ConflictSummary {
        conflict: conflict
            .promises
            .iter()
            .map(|broken| ConflictPromise {
                promise: broken.name.clone(),
                give: broken.give,
                unit: broken.unit.clone(),
                text: broken.text.clone(),
            })
            .collect(),
        minimal: conflict.minimal,
    })?;
    Ok(Code::Infeasible)
}

fn announce(
    scenario: &Scenario,
    study: &Study,
    folder: &Path,
    output: Output,
) -> anyhow::Result<()> {
    let report = folder.join("report.html");
    let ledger = &study.accounts.ledger;
    let broken = study.verdict.first_broken.as_ref();
    let mut text = format!("\n{}\n", study.verdict.text);
    if let Some(conflict) = &study.unrepairable {
        let _ = writeln!(text, "It cannot be repaired: {conflict}.");
    }
    let _ = write!(text, "Net present cost {}", ledger.net_present_money());
    for cost in &study.accounts.unit_costs {
        let _ = write!(
            text,
            "; {} {} {}",
            money(cost.cost),
            scenario.currency,
            cost.metric.name()
        );
    }
    let _ = writeln!(text, ".\nPage: {}", report.display());
    output.text(&text)?;
    output.value(&Summary {
        holds: study.verdict.holds,
        verdict: study.verdict.text.clone(),
        first_broken: broken.map(|kept| kept.kind.name().to_owned()),
        first_year: broken
            .and_then(|kept| kept.year)
            .map(|year| scenario.horizon.calendar_year(year)),
        net_present_cost: ledger.net_present_cost(),
        currency: scenario.currency.to_string(),
        unit_costs: study
            .accounts
            .unit_costs
            .iter()
            .map(|cost| UnitCost {
                metric: cost.metric.name().to_owned(),
                cost: cost.cost,
            })
            .collect(),
        plan_gap: study.solution.gap,
        rounds: study.rounds,
        run: folder.display().to_string(),
        report: report.display().to_string(),
    })
}

/// Whole units for large amounts, cents for small ones.
fn money(amount: f64) -> String {
    if amount.abs() >= 1000.0 {
        format!("{amount:.0}")
    } else {
        format!("{amount:.2}")
    }
}
