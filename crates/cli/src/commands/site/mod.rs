//! `angara site`: location problems on one file, solved exactly.

#![allow(
    clippy::doc_markdown,
    reason = "these words are the help that users read"
)]

pub(crate) mod answer;
pub(crate) mod proof;
pub(crate) mod question;

use std::path::{Path, PathBuf};

use crate::commands::certify;
use crate::exit::Code;
use crate::files;
use crate::output::Output;

/// Solve a location problem on a file of points, distances or costs, with a proof.
///
/// Reads CSV of points (id; x and y, or latitude and longitude [degrees]; optionally demand, fixed_cost and capacity), CSV of a
/// distance matrix, TSPLIB points, and OR-Library's p-median and warehouse files; the format is told by the content.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    angara site p-median towns.csv --p 5           the five towns from which all are near, by demand\n  \
    angara site p-center towns.csv --p 5           the five towns from which the farthest is nearest\n  \
    angara site lscp towns.csv --radius 9e5        the fewest towns from which all are within 900 km\n  \
    angara site mclp towns.csv --p 5 --radius 9e5  the five towns with most demand within 900 km\n  \
    angara site cflp capa.txt --capacity 8000      warehouses that all have this capacity\n\n\
    Distances are in the unit of the file, and in metres between latitudes and longitudes. A search that is \
    stopped prints the best it has; `proven` says whether that is optimal.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    problem: Problem,
}

#[derive(Debug, clap::Subcommand)]
enum Problem {
    /// Open exactly P sites so that serving all clients costs least.
    PMedian(question::Counted),
    /// Open P sites so that the farthest client is as near as possible.
    PCenter(question::Counted),
    /// Open the fewest sites so that every client is within a radius (location set covering).
    Lscp(question::Covering),
    /// Open P sites so that most demand is within a radius (maximal covering).
    Mclp(question::CountedCovering),
    /// Open sites so that opening and serving cost least; capacities are ignored.
    Uflp(question::Plain),
    /// Open sites so that opening and serving cost least within capacities; demand may be split.
    Cflp(question::Capacitated),
    /// Open servers before it is known who comes (stochastic server location, three SMPS files).
    Sslp(question::Stochastic),
}

impl Problem {
    fn name(&self) -> &'static str {
        match self {
            Self::PMedian(_) => "p-median",
            Self::PCenter(_) => "p-center",
            Self::Lscp(_) => "lscp",
            Self::Mclp(_) => "mclp",
            Self::Uflp(_) => "uflp",
            Self::Cflp(_) => "cflp",
            Self::Sslp(_) => "sslp",
        }
    }

    fn file(&self) -> &PathBuf {
        match self {
            Self::PMedian(asked) | Self::PCenter(asked) => &asked.input.file,
            Self::Lscp(asked) => &asked.input.file,
            Self::Mclp(asked) => &asked.input.file,
            Self::Uflp(asked) => &asked.input.file,
            Self::Cflp(asked) => &asked.input.file,
            Self::Sslp(asked) => &asked.input.file,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let problem = &arguments.problem;
    match question::solve(problem, output) {
        Ok(found) => {
            if let Some(path) = &problem.input().proof
                && let Some(problem) = write_proof(problem, &found, path)?
            {
                Output::message(&format!("error: --proof: {problem}"));
                return Ok(Code::BadInput);
            }
            answer::tell(problem.name(), problem.file(), &found, output)
        }
        Err(refused) => {
            for line in refused.lines {
                Output::message(&line);
            }
            Ok(Code::BadInput)
        }
    }
}

/// Writes the plan with its proof; or says why there is none.
fn write_proof(
    problem: &Problem,
    found: &question::Found,
    path: &Path,
) -> anyhow::Result<Option<String>> {
    let file = problem.file();
    let mut stated = problem.stated(found);
    if !found.siting.objective.is_finite() || matches!(problem, Problem::Sslp(_)) {
        let why =
            "only a plan is proven, and the bound of sslp has no proof that others could check";
        return Ok(Some(why.to_owned()));
    }
    // What stands in the file is what the check will find.
    match certify::siting::recompute(&stated, file) {
        Ok(recomputed) => (stated.objective, stated.bound) = recomputed,
        Err(problem) => return Ok(Some(problem)),
    }
    let Ok(bytes) = files::bytes(file) else {
        return Ok(Some(format!("{} has gone", file.display())));
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    files::write(path, &stated.text(&name, &files::sha256(&bytes)))?;
    Ok(None)
}
