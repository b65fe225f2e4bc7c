//! `angara expand generate`: an instance from scattered places or from real towns.

use std::path::PathBuf;

use angara_expansion::{
    PAIRS_MAX, PERIODS_MAX, PLACES_MAX, Recipe, SITES_MAX, generate, read_towns, scatter,
    write_instance,
};
use serde::Serialize;

use crate::exit::Code;
use crate::files;
use crate::output::Output;

/// Write an instance that the seed determines: the same arguments give the same bytes everywhere.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Places with demand.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=PLACES_MAX as i64))]
    places: u32,

    /// Candidate sites, drawn from the places.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=SITES_MAX as i64))]
    sites: u32,

    /// Periods (years).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=PERIODS_MAX as i64))]
    periods: u32,

    /// Seed of all draws.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// Longest distance served; a place beyond it may use its two nearest sites [km].
    #[arg(long, value_name = "KM", default_value_t = 1_500, value_parser = clap::value_parser!(i64).range(1..=100_000))]
    reach_km: i64,

    /// Capacity that may be newly installed in a period, as a share of newly arising demand; no limit without it.
    #[arg(long, value_name = "SHARE", value_parser = supply)]
    supply: Option<f64>,

    /// Real towns instead of scattered places: CSV with name, lat, lon, population, as GeoNames has it.
    #[arg(long, value_name = "FILE.csv")]
    towns: Option<PathBuf>,

    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Serialize)]
struct Answer {
    file: String,
    places: usize,
    sites: usize,
    periods: usize,
    links: usize,
    bytes: usize,
}

pub(super) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let located = match &arguments.towns {
        None => Ok(scatter(arguments.seed, arguments.places as usize)),
        Some(path) => files::bytes(path)
            .and_then(|bytes| files::text(path, bytes))
            .map_err(|error| vec![error])
            .and_then(|text| {
                let told = |error| format!("{}: {error}", path.display());
                read_towns(&text).map_err(|errors| errors.into_iter().map(told).collect())
            }),
    };
    let mut problems: Vec<String> = Vec::new();
    let located = located.unwrap_or_else(|errors| {
        problems = errors;
        Vec::new()
    });
    let pairs = arguments.places as usize * arguments.sites as usize;
    if pairs > PAIRS_MAX {
        problems.push(format!(
            "--places times --sites is {pairs}, expected at most {PAIRS_MAX}"
        ));
    }
    if problems.is_empty() {
        let instance = generate(
            &located,
            &Recipe {
                seed: arguments.seed,
                places: arguments.places as usize,
                sites: arguments.sites as usize,
                periods: arguments.periods as usize,
                reach_km: arguments.reach_km,
                supply: arguments.supply,
            },
        );
        problems = instance
            .findings()
            .iter()
            .map(ToString::to_string)
            .collect();
        if problems.is_empty() {
            let text = write_instance(&instance);
            files::write(&arguments.out, &text)?;
            let answer = Answer {
                file: arguments.out.display().to_string(),
                places: instance.places.len(),
                sites: instance.sites.len(),
                periods: instance.periods(),
                links: instance.links(),
                bytes: text.len(),
            };
            output.text(&format!(
                "Wrote {}: {} places, {} sites, {} periods, {} links",
                answer.file, answer.places, answer.sites, answer.periods, answer.links
            ))?;
            output.value(&answer)?;
            return Ok(Code::Done);
        }
    }
    for problem in problems {
        Output::message(&format!("error: {problem}"));
    }
    Ok(Code::BadInput)
}

fn supply(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1e6).contains(&number) {
        Ok(number)
    } else {
        Err("must be from 0 to 1e6".to_owned())
    }
}
