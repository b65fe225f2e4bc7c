//! What is asked, and how it is put to the solvers.

use std::path::{Path, PathBuf};
use std::time::Instant;

use angara_siting::finding::Finding;
use angara_siting::instance::{Facilities, Instance, Medians};
use angara_siting::{
    Limits, Siting, capacitated, maximal_covering, p_center, p_median, read, server, set_covering,
    uncapacitated,
};

use super::Problem;
use super::answer::Teller;
use super::proof::Stated;
use crate::files;
use crate::output::Output;
use crate::values::{seconds, share};
use crate::watch::{Watch, is_interrupted};

/// The file, and when to stop.
#[derive(Debug, clap::Args)]
pub(super) struct Input {
    /// The file; its format is told by its content.
    pub(super) file: PathBuf,

    /// Relative gap at which a plan counts as optimal (`0.01` or `1%`).
    #[arg(long, value_name = "SHARE", default_value = "1e-9", value_parser = share)]
    gap: f64,

    /// Stop after so long and print the best there is (`90` seconds, `5min`).
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    time_limit: Option<f64>,

    /// Write the plan with its proof, which `angara certify` checks against the file.
    #[arg(long, value_name = "FILE")]
    pub(super) proof: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Counted {
    #[command(flatten)]
    pub(super) input: Input,

    /// Sites to open; what the file says without it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    p: Option<u32>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Covering {
    #[command(flatten)]
    pub(super) input: Input,

    /// Distance up to which a client is covered, in the unit of the file (metres for degrees).
    #[arg(long, value_name = "DISTANCE", value_parser = not_negative)]
    radius: f64,
}

#[derive(Debug, clap::Args)]
pub(super) struct CountedCovering {
    #[command(flatten)]
    pub(super) input: Input,

    /// Sites to open; what the file says without it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    p: Option<u32>,

    /// Distance up to which a client is covered, in the unit of the file (metres for degrees).
    #[arg(long, value_name = "DISTANCE", value_parser = not_negative)]
    radius: f64,
}

#[derive(Debug, clap::Args)]
pub(super) struct Plain {
    #[command(flatten)]
    pub(super) input: Input,

    /// Capacity where a warehouse file leaves it open; it is ignored.
    #[arg(long, value_name = "AMOUNT", hide = true, value_parser = positive)]
    capacity: Option<f64>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Capacitated {
    #[command(flatten)]
    pub(super) input: Input,

    /// Capacity of every site for which the file tells none.
    #[arg(long, value_name = "AMOUNT", value_parser = positive)]
    capacity: Option<f64>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Stochastic {
    /// The core file (`.cor`); the time and stochastic files (`.tim`, `.sto`) stand beside it.
    #[command(flatten)]
    pub(super) input: Input,
}

/// An answer with what it takes to print it.
pub(super) struct Found {
    pub(super) siting: Siting,
    /// Names of sites; empty where they are numbered from 1.
    pub(super) names: Vec<String>,
    pub(super) seconds: f64,
}

/// Why there is no answer, line by line.
pub(crate) struct Refused {
    pub(crate) lines: Vec<String>,
}

impl Refused {
    fn because(file: &Path, problem: &str) -> Self {
        Self {
            lines: vec![format!("error: {}: {problem}", file.display())],
        }
    }

    fn findings(file: &Path, findings: &[Finding]) -> Self {
        let line = |finding: &Finding| format!("error: {}: {finding}", file.display());
        Self {
            lines: findings.iter().map(line).collect(),
        }
    }
}

pub(super) fn solve(problem: &Problem, output: Output) -> Result<Found, Refused> {
    let begun = Instant::now();
    let input = problem.input();
    let teller = Teller(Watch::new(output));
    let limit = input.time_limit.map(std::time::Duration::from_secs_f64);
    let stop = || limit.is_some_and(|limit| begun.elapsed() >= limit) || is_interrupted();
    let limits = Limits {
        gap: input.gap,
        stop: &stop,
        progress: &teller,
        ..Limits::default()
    };
    let solved = put(problem, input, &limits);
    teller.0.clear();
    let (siting, names) = solved?;
    Ok(Found {
        siting,
        names,
        seconds: begun.elapsed().as_secs_f64(),
    })
}

fn put(
    problem: &Problem,
    input: &Input,
    limits: &Limits<'_>,
) -> Result<(Siting, Vec<String>), Refused> {
    let file = input.file.as_path();
    match problem {
        Problem::PMedian(asked) => {
            let medians = medians_of(file)?;
            let open = count(asked.p, &medians, file)?;
            Ok((p_median(&medians, open, limits), medians.names))
        }
        Problem::PCenter(asked) => {
            let medians = medians_of(file)?;
            let open = count(asked.p, &medians, file)?;
            let siting = p_center(medians.distances(), open, limits);
            Ok((scaled(siting, medians.distance_scale()), medians.names))
        }
        Problem::Lscp(asked) => {
            let medians = medians_of(file)?;
            let radius = (asked.radius * medians.distance_scale()).floor() as i64;
            let siting = set_covering(medians.distances(), radius, limits);
            let siting = siting.map_err(|out_of_reach| {
                let clients = out_of_reach.0.len();
                let first = out_of_reach.0.first().copied().unwrap_or(0);
                let problem = format!(
                    "{clients} clients are farther than {} from every site, as client {}",
                    asked.radius,
                    medians
                        .names
                        .get(first)
                        .cloned()
                        .unwrap_or_else(|| (first + 1).to_string())
                );
                Refused::because(file, &problem)
            })?;
            Ok((siting, medians.names))
        }
        Problem::Mclp(asked) => {
            let medians = medians_of(file)?;
            let open = count(asked.p, &medians, file)?;
            let radius = (asked.radius * medians.distance_scale()).floor() as i64;
            let table = medians.distances();
            let siting = maximal_covering(table, &medians.weights, radius, open, limits);
            Ok((scaled(siting, medians.weight_scale()), medians.names))
        }
        Problem::Uflp(asked) => {
            let (facilities, names) = facilities_of(file, Some(asked.capacity.unwrap_or(1.0)))?;
            Ok((uncapacitated(&facilities, limits), names))
        }
        Problem::Cflp(asked) => {
            let (facilities, names) = facilities_of(file, asked.capacity)?;
            let Some(capacities) = &facilities.capacities else {
                let problem = "the file tells no capacities: --capacity gives one to every site";
                return Err(Refused::because(file, problem));
            };
            let siting = capacitated(&facilities, capacities, limits);
            let siting = siting.ok_or_else(|| {
                let problem = "all sites together cannot serve all demand";
                Refused::because(file, problem)
            })?;
            Ok((siting, names))
        }
        Problem::Sslp(_) => {
            let text = |path: PathBuf| text_of(&path).map(|text| (path, text));
            let (_, core) = text(file.to_owned())?;
            let (_, time) = text(file.with_extension("tim"))?;
            let (_, stochastic) = text(file.with_extension("sto"))?;
            let (location, findings) = read::siplib_sslp::read(&core, &time, &stochastic);
            let location = location.ok_or_else(|| Refused::findings(file, &findings))?;
            let siting = server::server_location(&location, limits).siting;
            Ok((siting, Vec::new()))
        }
    }
}

impl Problem {
    /// What a proof must say beside the plan itself.
    pub(super) fn stated(&self, found: &Found) -> Stated {
        let (count, radius, capacity) = match self {
            Self::PMedian(_) | Self::PCenter(_) => (Some(found.siting.open.len()), None, None),
            Self::Lscp(asked) => (None, Some(asked.radius), None),
            Self::Mclp(asked) => (Some(found.siting.open.len()), Some(asked.radius), None),
            Self::Uflp(asked) => (None, None, asked.capacity),
            Self::Cflp(asked) => (None, None, asked.capacity),
            Self::Sslp(_) => (None, None, None),
        };
        let mut flows = found.siting.assignment.clone().unwrap_or_default();
        flows.sort_unstable();
        Stated {
            problem: self.name().to_owned(),
            count,
            radius,
            capacity,
            objective: found.siting.objective,
            bound: found.siting.bound,
            open: found.siting.open.clone(),
            flows,
            proof: found.siting.proof.clone().unwrap_or_default(),
        }
    }

    pub(super) fn input(&self) -> &Input {
        match self {
            Self::PMedian(asked) | Self::PCenter(asked) => &asked.input,
            Self::Lscp(asked) => &asked.input,
            Self::Mclp(asked) => &asked.input,
            Self::Uflp(asked) => &asked.input,
            Self::Cflp(asked) => &asked.input,
            Self::Sslp(asked) => &asked.input,
        }
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Refused> {
    files::bytes(path).map_err(|error| Refused {
        lines: vec![format!("error: {error}")],
    })
}

fn text_of(path: &Path) -> Result<String, Refused> {
    files::text(path, bytes_of(path)?).map_err(|error| Refused {
        lines: vec![format!("error: {error}")],
    })
}

fn instance_of(path: &Path, capacity: Option<f64>) -> Result<Instance, Refused> {
    let (instance, findings) = read::read(&bytes_of(path)?, capacity);
    instance.ok_or_else(|| Refused::findings(path, &findings))
}

pub(crate) fn medians_of(path: &Path) -> Result<Medians, Refused> {
    match instance_of(path, None)? {
        Instance::Medians(medians) => Ok(medians),
        Instance::Facilities(_) => {
            let problem = "holds warehouses: ask for uflp or cflp";
            Err(Refused::because(path, problem))
        }
    }
}

pub(crate) fn facilities_of(
    path: &Path,
    capacity: Option<f64>,
) -> Result<(Facilities, Vec<String>), Refused> {
    match instance_of(path, capacity)? {
        Instance::Facilities(facilities) => Ok((facilities, Vec::new())),
        Instance::Medians(medians) => {
            let mut facilities = medians.facilities().ok_or_else(|| {
                let problem = "has more pairs of sites and clients than are held at once";
                Refused::because(path, problem)
            })?;
            if let (None, Some(capacity)) = (&facilities.capacities, capacity) {
                let each = (capacity * medians.weight_scale()).round() as i64;
                facilities.capacities = Some(vec![each; medians.table.sites()]);
            }
            Ok((facilities, medians.names))
        }
    }
}

fn count(asked: Option<u32>, medians: &Medians, file: &Path) -> Result<usize, Refused> {
    let sites = medians.table.sites();
    let open = asked.map(|asked| asked as usize).or(medians.open);
    match open {
        Some(open) if open <= sites => Ok(open),
        Some(open) => {
            let problem = format!("--p {open} is more than the {sites} sites there are");
            Err(Refused::because(file, &problem))
        }
        None => {
            let problem = "does not say how many sites to open: --p says it";
            Err(Refused::because(file, problem))
        }
    }
}

/// Objective and bound in units of the file.
fn scaled(siting: Siting, scale: f64) -> Siting {
    Siting {
        objective: siting.objective / scale,
        bound: siting.bound / scale,
        ..siting
    }
}

fn number(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err("not a finite number".to_owned())
    }
}

fn positive(text: &str) -> Result<f64, String> {
    let number = number(text)?;
    if number > 0.0 && number <= 1e12 {
        Ok(number)
    } else {
        Err("must be above 0 and at most 1e12".to_owned())
    }
}

fn not_negative(text: &str) -> Result<f64, String> {
    let number = number(text)?;
    if (0.0..=1e12).contains(&number) {
        Ok(number)
    } else {
        Err("must be from 0 to 1e12".to_owned())
    }
}
