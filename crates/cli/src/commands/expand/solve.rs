//! `angara expand solve`: a plan with its bound, and the certificate that others can check.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use angara_expansion::{
    Certificate, Limits, Observer, Phase, Progress, SolveError, Source, read_instance, solve,
    write_certificate,
};
use anyhow::Context;
use serde::Serialize;

use crate::exit::Code;
use crate::files;
use crate::output::Output;
use crate::values::{seconds, share};
use crate::watch::{Watch, is_interrupted};

/// Find a plan and prove how far from the best it can be at most; Ctrl-C ends the search with the best plan so far.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The instance.
    file: PathBuf,

    /// Good enough: distance from bound to cost as a share of the cost (`0.01` or `1%`).
    #[arg(long, value_name = "SHARE", default_value = "0.0001%", value_parser = share)]
    gap: f64,

    /// Stop after so long with the best plan so far (`90` seconds, `5min`).
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    time_limit: Option<f64>,

    /// Most nodes of branching.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    nodes: u32,

    /// The plan with its certificate.
    #[arg(long, value_name = "PLAN")]
    out: PathBuf,
}

#[derive(Debug, Serialize)]
struct Answer {
    file: String,
    plan: String,
    cost: i64,
    bound: i64,
    gap: f64,
    proven: bool,
    open: Vec<Open>,
    nodes: usize,
    seconds: f64,
}

/// A site that is open at some time.
#[derive(Debug, Serialize)]
struct Open {
    site: usize,
    name: String,
    levels: Vec<u8>,
}

pub(super) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let file = &arguments.file;
    let refused = |problem: &str| {
        Output::message(&format!("error: {problem}"));
        Ok(Code::BadInput)
    };
    let bytes = match files::bytes(file) {
        Ok(bytes) => bytes,
        Err(problem) => return refused(&problem),
    };
    let name = file.file_name().context("no file name")?;
    let source = Source {
        file: name.to_string_lossy().into_owned(),
        sha256: files::sha256(&bytes),
    };
    let text = match files::text(file, bytes) {
        Ok(text) => text,
        Err(problem) => return refused(&problem),
    };
    let instance = match read_instance(&text) {
        Ok(instance) => instance,
        Err(errors) => {
            for error in errors {
                Output::message(&format!("error: {}: {error}", file.display()));
            }
            return Ok(Code::BadInput);
        }
    };
    let limits = Limits {
        gap: arguments.gap,
        nodes: arguments.nodes as usize,
        seconds: arguments.time_limit.unwrap_or(f64::INFINITY),
        ..Limits::default()
    };
    let begun = Instant::now();
    let clock = || begun.elapsed().as_secs_f64();
    let mut teller = Teller(Watch::new(output));
    let solved = solve(&instance, &limits, &clock, &mut teller);
    teller.0.clear();
    let certificate = match solved {
        Ok(certificate) => certificate,
        Err(SolveError::Unsound(findings)) => {
            for finding in findings {
                Output::message(&format!("error: {}: {finding}", file.display()));
            }
            return Ok(Code::BadInput);
        }
        Err(error @ (SolveError::OutOfReach(_) | SolveError::NoPlan { .. })) => {
            Output::message(&format!("error: {}: {error}", file.display()));
            return Ok(Code::Infeasible);
        }
        Err(error @ SolveError::Refused(_)) => return Err(error.into()),
    };
    files::write(&arguments.out, &write_certificate(&source, &certificate))?;
    let open = certificate.plan.levels.iter().enumerate();
    let answer = Answer {
        file: file.display().to_string(),
        plan: arguments.out.display().to_string(),
        cost: certificate.cost,
        bound: certificate.bound,
        gap: certificate.gap(),
        proven: certificate.gap() <= arguments.gap,
        open: open
            .filter(|(_, levels)| levels.iter().any(|&level| level > 0))
            .map(|(site, levels)| Open {
                site,
                name: instance.sites[site].name.clone(),
                levels: levels.clone(),
            })
            .collect(),
        nodes: certificate.tree.len(),
        seconds: clock(),
    };
    output.text(&told(&answer, &certificate, arguments.gap))?;
    output.value(&answer)?;
    Ok(Code::Done)
}

fn told(answer: &Answer, certificate: &Certificate, gap: f64) -> String {
    let mut text = format!("Expansion of {}\n", answer.file);
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name:<12} {value}");
    };
    line("Cost", &answer.cost.to_string());
    line("Bound", &answer.bound.to_string());
    let standing = if answer.proven && gap <= 1e-6 {
        "optimal, proven".to_owned()
    } else {
        format!("at most {:.4} % from optimal", certificate.gap() * 100.0)
    };
    line("Standing", &standing);
    let levels = |open: &Open| -> String {
        let levels: Vec<String> = open.levels.iter().map(ToString::to_string).collect();
        format!("{} ({})", open.name, levels.join(" "))
    };
    let mut open: Vec<String> = answer.open.iter().take(10).map(levels).collect();
    if answer.open.len() > open.len() {
        open.push(format!("{} more", answer.open.len() - open.len()));
    }
    line(
        "Open",
        &format!("{}: {}", answer.open.len(), open.join(", ")),
    );
    line("Nodes", &answer.nodes.to_string());
    line("Time", &format!("{:.2} s", answer.seconds));
    line(
        "Plan",
        &format!("{}; `angara certify` checks it", answer.plan),
    );
    text
}

struct Teller(Watch);

impl Observer for Teller {
    fn proceed(&mut self, progress: &Progress) -> bool {
        self.0.tell(|| {
            let phase = match progress.phase {
                Phase::Bound => "bound",
                Phase::Descent => "plan",
                Phase::Exchange => "exchange",
                Phase::Branch => "branch",
            };
            let percent = |gap: f64| format!("{:.4} %", gap * 100.0);
            format!(
                "{phase} {}: bound {:.6e}, best plan {}, gap {}",
                progress.step,
                progress.bound,
                progress
                    .cost
                    .map_or("none yet".to_owned(), |cost| format!("{cost:.6e}")),
                progress.gap().map_or("unknown".to_owned(), percent),
            )
        });
        !is_interrupted()
    }
}
