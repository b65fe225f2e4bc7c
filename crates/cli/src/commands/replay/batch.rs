//! `angara replay --swf`: a batch log on a machine.

use std::path::{Path, PathBuf};

use angara_replay::{BatchPlan, SKIP_REASONS, plan_of_log, write_batch};
use angara_simulation::batch::{BatchFigures, Overrun, QueuePolicy};
use serde::Serialize;

use super::words::{grouped, length, share};
use super::{Arguments, page, record, refused, shown, told};
use crate::exit::Code;
use crate::output::Output;

/// How a batch log is replayed.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "A batch log")]
pub(super) struct Options {
    /// Log in the Standard Workload Format, compressed or not.
    #[arg(long, value_name = "LOG", requires = "policy")]
    pub(super) swf: Option<PathBuf>,

    /// Let a job run on that runs for longer than it asked for; without this it is ended.
    #[arg(long, requires = "swf")]
    no_kill: bool,

    /// Processors of the machine; as the log tells where it is not given.
    #[arg(long, value_name = "COUNT", requires = "swf", value_parser = clap::value_parser!(u64).range(1..))]
    processors: Option<u64>,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
    run: String,
    log: String,
    policy: &'static str,
    kill: bool,
    processors: u64,
    jobs: usize,
    skipped: Vec<Skipped>,
    makespan_s: i64,
    utilisation: f64,
    mean_wait_s: f64,
    median_wait_s: i64,
    p95_wait_s: i64,
    longest_wait_s: i64,
    waiting_jobs: usize,
    mean_bounded_slowdown: f64,
    mean_bounded_slowdown_per_processor: f64,
}

#[derive(Debug, Serialize)]
struct Skipped {
    reason: &'static str,
    jobs: usize,
}

pub(super) fn run(arguments: &Arguments, log: &Path, output: Output) -> anyhow::Result<Code> {
    let options = &arguments.batch;
    let asked = arguments.policy.as_deref().unwrap_or_default();
    let known = QueuePolicy::ALL.into_iter();
    let Some(policy) = known.clone().find(|policy| policy.name() == asked) else {
        let names: Vec<&str> = known.map(QueuePolicy::name).collect();
        let names = names.join(", ");
        Output::message(&format!(
            "error: `{asked}` is no queue policy; there are {names}"
        ));
        return Ok(Code::BadInput);
    };
    let overrun = if options.no_kill {
        Overrun::Extend
    } else {
        Overrun::Kill
    };
    let (plan, findings) = plan_of_log(log, options.processors, policy, overrun);
    if told(&findings, log, output)? {
        return Ok(Code::BadInput);
    }
    let Some(plan) = plan else {
        return Ok(Code::BadInput);
    };
    let command = format!(
        "angara replay --swf {} --policy {}{} --processors {}",
        shown(log),
        policy.name(),
        if options.no_kill { " --no-kill" } else { "" },
        plan.processors
    );
    let made = page(!arguments.no_page);
    let written = write_batch(&plan, &record(command), &arguments.out, &made);
    let (folder, figures) = match written {
        Ok(written) => written,
        Err(fault) => return refused(fault, output),
    };
    let skipped: Vec<Skipped> = SKIP_REASONS
        .iter()
        .map(|(reason, words)| Skipped {
            reason: words,
            jobs: plan.jobs.skipped_for(*reason),
        })
        .filter(|skipped| skipped.jobs > 0)
        .collect();
    output.text(&text(&plan, &figures, &skipped, &folder))?;
    output.value(&Summary {
        run: folder.display().to_string(),
        log: plan.name.clone(),
        policy: policy.name(),
        kill: !options.no_kill,
        processors: plan.processors,
        jobs: figures.jobs,
        skipped,
        makespan_s: figures.makespan_s,
        utilisation: figures.utilisation,
        mean_wait_s: figures.mean_wait_s,
        median_wait_s: figures.median_wait_s,
        p95_wait_s: figures.p95_wait_s,
        longest_wait_s: figures.longest_wait_s,
        waiting_jobs: figures.waiting_jobs,
        mean_bounded_slowdown: figures.mean_bounded_slowdown,
        mean_bounded_slowdown_per_processor: figures.mean_bounded_slowdown_per_processor,
    })?;
    Ok(Code::Done)
}

fn text(plan: &BatchPlan, figures: &BatchFigures, skipped: &[Skipped], folder: &Path) -> String {
    let seconds = |time_s: f64| format!("{} s ({})", grouped(time_s), length(time_s.round()));
    let kill = if plan.overrun == Overrun::Extend {
        "jobs run on past the time they asked for"
    } else {
        "jobs end at the time they asked for"
    };
    let mut lines = vec![format!(
        "{} on {} processors, {}, {kill}",
        plan.name,
        grouped(plan.processors as f64),
        plan.policy.name()
    )];
    let mut line = |name: &str, value: String| lines.push(format!("  {name:<22} {value}"));
    line("Jobs", grouped(figures.jobs as f64));
    for skipped in skipped {
        line(
            "Left out",
            format!("{}: {}", grouped(skipped.jobs as f64), skipped.reason),
        );
    }
    line("Makespan", seconds(figures.makespan_s as f64));
    line("Utilisation", share(figures.utilisation));
    line("Mean wait", seconds(figures.mean_wait_s));
    line("Median wait", seconds(figures.median_wait_s as f64));
    line(
        "95 of 100 wait",
        format!("at most {}", seconds(figures.p95_wait_s as f64)),
    );
    line("Longest wait", seconds(figures.longest_wait_s as f64));
    line("Jobs that waited", grouped(figures.waiting_jobs as f64));
    line(
        "Bounded slowdown",
        format!("{:.3}", figures.mean_bounded_slowdown),
    );
    line(
        "  per processor",
        format!("{:.3}", figures.mean_bounded_slowdown_per_processor),
    );
    lines.push(format!(
        "\nStarts of all jobs: {}",
        folder.join("jobs.parquet").display()
    ));
    lines.join("\n")
}
