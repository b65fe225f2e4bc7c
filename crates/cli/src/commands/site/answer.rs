//! The answer in words and figures, and what is told on the way to it.

use std::fmt::Write as _;
use std::path::Path;

use angara_siting::Progress;
use serde::Serialize;

use super::question::Found;
use crate::exit::Code;
use crate::output::Output;
use crate::watch::Watch;

/// Open sites that are named for people.
const SHOWN: usize = 20;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Answer {
    problem: &'static str,
    file: String,
    objective: Option<f64>,
    bound: Option<f64>,
    gap: Option<f64>,
    proven: bool,
    open: Vec<String>,
    nodes: usize,
    seconds: f64,
}

pub(super) fn tell(
    problem: &'static str,
    file: &Path,
    found: &Found,
    output: Output,
) -> anyhow::Result<Code> {
    let siting = &found.siting;
    let finite = |value: f64| value.is_finite().then_some(value);
    let answer = Answer {
        problem,
        file: file.display().to_string(),
        objective: finite(siting.objective),
        bound: finite(siting.bound),
        gap: finite(gap(siting.bound, siting.objective)),
        proven: siting.proven,
        open: siting.open.iter().map(|site| found.name(*site)).collect(),
        nodes: siting.nodes,
        seconds: found.seconds,
    };
    output.text(&text(&answer))?;
    output.value(&answer)?;
    // A search that was stopped before it had any plan has failed.
    Ok(if answer.objective.is_some() {
        Code::Done
    } else {
        Code::Failed
    })
}

fn text(answer: &Answer) -> String {
    let mut text = format!("{} on {}\n", answer.problem, answer.file);
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name:<12} {value}");
    };
    let number = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), amount);
    let standing = match (answer.proven, answer.gap) {
        (true, _) => "optimal, proven".to_owned(),
        (false, Some(gap)) => format!("at most {:.4} % from optimal", gap * 100.0),
        (false, None) => "no plan was found".to_owned(),
    };
    line("Objective", &number(answer.objective));
    line("Bound", &number(answer.bound));
    line("Standing", &standing);
    let mut open = answer.open[..answer.open.len().min(SHOWN)].join(", ");
    if answer.open.len() > SHOWN {
        let _ = write!(open, " and {} more", answer.open.len() - SHOWN);
    }
    line("Open", &format!("{}: {open}", answer.open.len()));
    line("Nodes", &answer.nodes.to_string());
    line("Time", &format!("{:.2} s", answer.seconds));
    text
}

/// At most three decimals, none where there are none.
pub(crate) fn amount(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Relative distance between bound and objective, whichever is the larger.
pub(crate) fn gap(bound: f64, objective: f64) -> f64 {
    (objective - bound).abs() / objective.abs().max(1e-9)
}

impl Found {
    /// Name of a site.
    fn name(&self, site: usize) -> String {
        match self.names.get(site) {
            Some(name) => name.clone(),
            None => (site + 1).to_string(),
        }
    }
}

/// Tells of better plans and bounds.
pub(super) struct Teller(pub(super) Watch);

impl Progress for Teller {
    fn report(&self, bound: f64, objective: f64, nodes: usize) {
        self.0.tell(|| {
            let gap = gap(bound, objective) * 100.0;
            format!(
                "bound {}, best plan {}, gap {gap:.4} %, {nodes} nodes",
                amount(bound),
                amount(objective)
            )
        });
    }
}
