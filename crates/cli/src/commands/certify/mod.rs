//! `angara certify`: recompute what a proof claims, from the data alone. One file per kind of proof.

mod expansion;
mod run_folder;
pub(crate) mod siting;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::commands::site::answer::amount;
use crate::exit::Code;
use crate::files;
use crate::output::Output;

/// Recompute cost and bound of a plan from its data, by plain loops that share nothing with the solvers.
///
/// Reads run folders of `angara run`, plans of `angara expand solve` and proofs of `angara site --proof`. A proof names its data file by name and
/// hash; the file is looked for beside the proof.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    angara certify out                              the plan of a run, from the scenario inside it\n  \
    angara certify plan.txt                         is the plan what it claims, and how far from the best at most\n  \
    angara certify plan.txt --data data/region.txt  the data file lies elsewhere\n\n\
    Exit codes: 0 the proof holds · 2 a file cannot be read · 5 the proof does not hold, or its data file is another")]
pub(crate) struct Arguments {
    /// The plan with its proof: a run folder or a file.
    plan: PathBuf,

    /// The data file, where it does not lie beside the plan under its name.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Verdict {
    kind: String,
    plan: String,
    data: String,
    holds: bool,
    /// Recomputed.
    cost: Option<f64>,
    /// Recomputed.
    bound: Option<f64>,
    gap: Option<f64>,
    /// The first claim that does not hold.
    violated: Option<String>,
}

/// A claim set against what was recomputed.
struct Judged {
    kind: String,
    /// Cost and bound as recomputed.
    found: Option<(f64, f64)>,
    violated: Option<String>,
}

/// Why a file is no proof, line by line.
type Problems = Vec<String>;

/// A proof that has been read and awaits its data.
struct Claim {
    /// Name of the data file, without folders.
    data: String,
    sha256: String,
    judge: Judge,
}

/// Recomputes a claim from the data file; what is wrong with the data file otherwise.
type Judge = Box<dyn FnOnce(&Path, Vec<u8>) -> Result<Judged, Problems>>;

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    match verdict(arguments) {
        Ok(verdict) => {
            output.text(&text(&verdict))?;
            output.value(&verdict)?;
            Ok(if verdict.holds {
                Code::Done
            } else {
                Code::Differs
            })
        }
        Err(problems) => {
            for problem in problems {
                Output::message(&format!("error: {problem}"));
            }
            Ok(Code::BadInput)
        }
    }
}

fn verdict(arguments: &Arguments) -> Result<Verdict, Problems> {
    let plan = arguments.plan.as_path();
    if plan.is_dir() {
        let judged = run_folder::judge(plan)?;
        let data = plan.join("scenario");
        return Ok(Verdict::new(judged, plan, &data));
    }
    let claim = read(plan)?;
    let path = match &arguments.data {
        Some(path) => path.clone(),
        None => plan.with_file_name(&claim.data),
    };
    let bytes = files::bytes(&path).map_err(|error| {
        let hint = "the data file of the proof; --data says where it is";
        vec![format!("{error} ({hint})")]
    })?;
    let sha256 = files::sha256(&bytes);
    let judged = if sha256 == claim.sha256 {
        (claim.judge)(&path, bytes)?
    } else {
        Judged {
            kind: "proof".to_owned(),
            found: None,
            violated: Some(format!(
                "data: {} has the hash {sha256}, the proof is about a file with {}",
                path.display(),
                claim.sha256
            )),
        }
    };
    Ok(Verdict::new(judged, plan, &path))
}

impl Verdict {
    fn new(judged: Judged, plan: &Path, data: &Path) -> Self {
        Self {
            kind: judged.kind,
            plan: plan.display().to_string(),
            data: data.display().to_string(),
            holds: judged.violated.is_none(),
            cost: judged.found.map(|found| found.0),
            bound: judged.found.map(|found| found.1),
            gap: judged
                .found
                .map(|(cost, bound)| (cost - bound).abs() / cost.abs().max(1e-9)),
            violated: judged.violated,
        }
    }
}

/// Tells by the first line what a file is.
fn read(plan: &Path) -> Result<Claim, Problems> {
    let text = files::bytes(plan)
        .and_then(|bytes| files::text(plan, bytes))
        .map_err(|error| vec![error])?;
    let first = text.lines().next().unwrap_or("").split(' ').next();
    let claim = match first {
        Some("angara-expansion-plan") => expansion::claim(&text),
        Some("angara-siting-plan") => siting::claim(&text),
        _ => {
            let expected = "a plan of `angara expand solve` or a proof of `angara site --proof`";
            Err(vec![format!("line 1: is no proof, expected {expected}")])
        }
    };
    let told = |problem| format!("{}: {problem}", plan.display());
    claim.map_err(|problems| problems.into_iter().map(told).collect())
}

fn text(verdict: &Verdict) -> String {
    let mut text = format!("{} {}\n", verdict.kind, verdict.plan);
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name:<12} {value}");
    };
    line("Data", &verdict.data);
    if let (Some(cost), Some(bound), Some(gap)) = (verdict.cost, verdict.bound, verdict.gap) {
        line("Cost", &amount(cost));
        line("Bound", &amount(bound));
        line("Gap", &format!("{:.4} %", gap * 100.0));
    }
    match &verdict.violated {
        None => line("Verdict", "holds: recomputed from the data"),
        Some(violated) => line("Verdict", &format!("does not hold: {violated}")),
    }
    text
}
