//! `angara plant`: the plant of a place under its weather, without a scenario.

#![allow(
    clippy::doc_markdown,
    reason = "these words are the help that users read"
)]

mod answer;
mod case;
mod detail;
mod out;
mod question;
mod weather;

use std::ffi::OsString;
use std::path::PathBuf;

use angara_facility::{CoolingTopology, Redundancy, TowerKind, WaterClass, WaterEconomiser};
use angara_quantity::Power;

use crate::exit::Code;
use crate::output::Output;

/// The year of a data centre's plant at a place: PUE, water, free cooling, for any weather file or point on Earth.
///
/// Reads EPW, TMY3, and tables with a column of times (Open-Meteo and ERA5 columns, station records with quality flags), packed
/// with gzip or xz or not. A point without a weather file gets a synthetic year from the monthly normals of the stations around it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Topologies:\n  \
    air-economiser      outdoor air into the halls, sprayed when warm or dry; air-cooled chillers for the rest\n  \
    dry-cooler-trim     glycol loop over dry coolers; air-cooled chillers trim\n  \
    tower-chiller-wse   water-cooled chillers, towers, water-side economiser in series; dry in frost\n  \
    liquid-warm-water   warm water to cold plates over dry coolers; the rest over dry coolers and chillers\n  \
    dx-small            packaged air-cooled direct expansion, no economiser\n  \
    indirect-air        outdoor air through plates, behind wet media where that pays; chillers for the rest\n\n\
    Examples:\n  \
    angara plant --weather irkutsk.epw --topology dry-cooler-trim\n  \
    angara plant --weather irkutsk.epw --compare                      all topologies side by side\n  \
    angara plant 52.3,104.3 --normals stations.csv.gz --warming 1.2   any point, from normals\n  \
    angara plant irkutsk --scenario my-region --compare               a site of a scenario\n  \
    angara plant Irkutsk Chita --normals stations.csv.gz --compare    stations of the table by name\n\n\
    The table of normals is not shipped (its licence asks for the same one): a CSV with NAME, LAT, LON, ELEV and, for the \
    months 01 to 12, tmp_01 [°C], dtr_01 [K] and reh_01 [%], as CRU CL 2.0 at weather stations. A synthetic year says \
    how far it may be off.")]
pub(crate) struct Arguments {
    /// Points: LAT,LON in degrees, the name of a station in the table of normals, or with --scenario the id of a site.
    #[arg(value_name = "POINT")]
    points: Vec<String>,

    /// Folder of a scenario: its sites under their own weather, all of them where none is named.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["normals", "warming", "heat_wave", "cold_wave"])]
    scenario: Option<PathBuf>,

    /// A weather file; may be given several times.
    #[arg(long, value_name = "FILE")]
    weather: Vec<PathBuf>,

    /// How the site cools; may be given several times; `all` for every one.
    #[arg(long, value_name = "NAME", value_parser = topology)]
    topology: Vec<Topologies>,

    /// One line for each topology and weather; all topologies where none is named.
    #[arg(long)]
    compare: bool,

    /// Rated power of the servers.
    #[arg(long, value_name = "POWER", default_value = "10 MW", value_parser = power)]
    it: Power,

    /// Mean power of the servers over their rated power.
    #[arg(long, value_name = "SHARE", default_value_t = 0.7, value_parser = share)]
    load: f64,

    /// Folder for a page with charts and a table of all hours; must not be there.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,

    #[command(flatten)]
    build: Build,

    #[command(flatten)]
    place: Place,

    #[command(flatten)]
    around: Around,
}

/// What stands around the plant.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Around the plant")]
struct Around {
    /// Average carbon intensity of the electricity [g/kWh], for CUE.
    #[arg(long, value_name = "G_PER_KWH", value_parser = not_negative)]
    carbon: Option<f64>,

    /// Marginal carbon intensity of the electricity [g/kWh], for the CUE of one more kWh.
    #[arg(long, value_name = "G_PER_KWH", value_parser = not_negative)]
    carbon_marginal: Option<f64>,

    /// What the grid connection can deliver; hours and energy beyond it are told.
    #[arg(long, value_name = "POWER", value_parser = power)]
    grid_limit: Option<Power>,

    /// Minutes for which new batteries carry the rated servers.
    #[arg(long, value_name = "MINUTES", default_value_t = 5.0, value_parser = not_negative)]
    battery: f64,

    /// Tank of chilled water that bridges the restart of the cooling [m3].
    #[arg(long, value_name = "M3", default_value_t = 0.0, value_parser = not_negative)]
    storage: f64,

    /// Share of the rejected heat that a district heating network takes.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    reuse: Option<f64>,

    /// Temperature that the network wants [degrees C].
    #[arg(long, value_name = "CELSIUS", default_value_t = 70.0, value_parser = not_negative)]
    reuse_supply: f64,
}

/// How the plant is built.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "How the plant is built")]
struct Build {
    /// Redundancy of the power chain: N, N+1 or 2N.
    #[arg(long, value_name = "R", default_value = "2N", value_parser = redundancy)]
    power_redundancy: Redundancy,

    /// Redundancy of the cooling: N, N+1 or 2N.
    #[arg(long, value_name = "R", default_value = "N+1", value_parser = redundancy)]
    cooling_redundancy: Redundancy,

    /// Run after one unit of every kind has failed.
    #[arg(long)]
    unit_lost: bool,

    /// UPS: double-conversion, legacy or eco.
    #[arg(long, value_name = "KIND", default_value = "double-conversion", value_parser = ups)]
    ups: angara_facility::power_chain::UpsKind,

    /// Warmest facility water of liquid-warm-water: W17, W27, W32, W40 or W45.
    #[arg(long, value_name = "CLASS", default_value = "W32", value_parser = water_class)]
    water_class: WaterClass,

    /// Water-side economiser of tower-chiller-wse: series (it precools) or parallel (everything or nothing).
    #[arg(long, value_name = "HOW", default_value = "series", value_parser = economiser)]
    economiser: WaterEconomiser,

    /// Towers of tower-chiller-wse: open or closed.
    #[arg(long, value_name = "KIND", default_value = "open", value_parser = tower)]
    tower: TowerKind,

    /// Share of the servers' heat that cold plates take in liquid-warm-water (0.3 to 0.95).
    #[arg(long, value_name = "SHARE", default_value_t = 0.8, value_parser = not_negative)]
    liquid_share: f64,
}

/// Where the weather is not a file.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Weather of points")]
struct Place {
    /// Table of monthly normals by station.
    #[arg(long, value_name = "FILE", env = "ANGARA_NORMALS")]
    normals: Option<PathBuf>,

    /// Height of the place [m], for files without one and for points; else that of the stations around.
    #[arg(long, value_name = "METRES", allow_hyphen_values = true, value_parser = number)]
    elevation: Option<f64>,

    /// Warming added to normals, which are of 1961 to 1990 in most tables [K].
    #[arg(long, value_name = "KELVIN", default_value_t = 0.0, allow_hyphen_values = true, value_parser = number)]
    warming: f64,

    /// Put a heat wave of once in so many years into synthetic years (2 to 100).
    #[arg(long, value_name = "YEARS", value_parser = not_negative, conflicts_with = "cold_wave")]
    heat_wave: Option<f64>,

    /// Put a cold wave of once in so many years into synthetic years (2 to 100).
    #[arg(long, value_name = "YEARS", value_parser = not_negative)]
    cold_wave: Option<f64>,

    /// Seed of synthetic years.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

/// What `--topology` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topologies {
    All,
    One(CoolingTopology),
}

/// A point south of the equator, whose sign would be read as a flag, behind a blank; every other argument as it is.
pub(crate) fn shielded(argument: OsString) -> OsString {
    let is_point = argument.to_str().is_some_and(|text| {
        text.starts_with('-')
            && text.split_once(',').is_some_and(|(latitude, longitude)| {
                latitude.parse::<f64>().is_ok() && longitude.parse::<f64>().is_ok()
            })
    });
    if is_point {
        let mut shielded = OsString::from(" ");
        shielded.push(argument);
        shielded
    } else {
        argument
    }
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    match question::cases(arguments, output) {
        Ok(found) => {
            if let Some(folder) = &arguments.out {
                out::write(folder, &found, &command())?;
            }
            answer::tell(&found, arguments, output)
        }
        Err(refused) => {
            for line in refused {
                Output::message(&format!("error: {line}"));
            }
            Ok(Code::BadInput)
        }
    }
}

/// The command as it was given, for the page that it makes.
fn command() -> String {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .map(|word| {
            if word.contains(' ') {
                format!("'{word}'")
            } else {
                word
            }
        })
        .collect();
    format!("angara {}", words.join(" "))
}

fn topology(text: &str) -> Result<Topologies, String> {
    if text == "all" {
        return Ok(Topologies::All);
    }
    text.parse()
        .map(Topologies::One)
        .map_err(|error: angara_facility::UnknownTopology| format!("{error}, or all"))
}

fn redundancy(text: &str) -> Result<Redundancy, String> {
    text.parse()
        .map_err(|error: angara_facility::UnknownRedundancy| error.to_string())
}

fn ups(text: &str) -> Result<angara_facility::power_chain::UpsKind, String> {
    text.parse()
        .map_err(|error: angara_facility::SettingsError| error.to_string())
}

fn economiser(text: &str) -> Result<WaterEconomiser, String> {
    text.parse()
        .map_err(|error: angara_facility::SettingsError| error.to_string())
}

fn tower(text: &str) -> Result<TowerKind, String> {
    text.parse()
        .map_err(|error: angara_facility::SettingsError| error.to_string())
}

fn water_class(text: &str) -> Result<WaterClass, String> {
    text.parse()
        .map_err(|error: angara_facility::SettingsError| error.to_string())
}

fn power(text: &str) -> Result<Power, String> {
    const LEAST_W: f64 = 1e3;
    const MOST_W: f64 = 1e10;
    let power: Power = text
        .parse()
        .map_err(|error: angara_quantity::ParseQuantityError| error.to_string())?;
    if (LEAST_W..=MOST_W).contains(&power.watts()) {
        Ok(power)
    } else {
        Err("must be from 1 kW to 10 GW".to_owned())
    }
}

fn number(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .ok_or_else(|| "not a finite number".to_owned())
}

fn not_negative(text: &str) -> Result<f64, String> {
    number(text).and_then(|number| {
        if number >= 0.0 {
            Ok(number)
        } else {
            Err("must not be negative".to_owned())
        }
    })
}

fn share(text: &str) -> Result<f64, String> {
    number(text).and_then(|number| {
        if number > 0.0 && number <= 1.0 {
            Ok(number)
        } else {
            Err("must be above 0 and at most 1".to_owned())
        }
    })
}
