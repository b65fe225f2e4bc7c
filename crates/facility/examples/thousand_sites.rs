//! A year of five-minute steps for many sites and five topologies: what a study of a region costs.
//!
//! `cargo run --release -p angara-facility --example thousand_sites -- [SITES]`; `RAYON_NUM_THREADS` sets the threads. Prints
//! the steps, the processor time (Linux) and a digest of all results, which is the same for any number of threads.

use std::io::Write as _;
use std::time::Instant;

use angara_facility::{
    Air, CoolingTopology, DesignConditions, HourAir, Plant, PlantYear, summarise,
};
use rayon::prelude::*;

const RATED_W: f64 = 20e6;
const STEPS: usize = 12 * 8760;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sites: u32 = match std::env::args().nth(1) {
        Some(count) => count.parse()?,
        None => 1000,
    };
    let loads: Vec<f64> = (0..STEPS).map(load_w).collect();
    let begun = Instant::now();
    let years: Vec<Vec<PlantYear>> = (0..sites)
        .into_par_iter()
        .map(|site| years_of(site, &loads))
        .collect::<Result<_, _>>()?;
    let seconds = begun.elapsed().as_secs_f64();
    let digest = years
        .iter()
        .flatten()
        .fold(0_u64, |digest, year| digest.rotate_left(7) ^ bits(year));
    let steps = f64::from(sites) * 5.0 * STEPS as f64;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{steps:.0} steps, {seconds:.1} s on the wall, digest {digest:016x}"
    )?;
    if let Some(processor) = processor_seconds() {
        let each = processor / steps * 1e9;
        writeln!(
            out,
            "{processor:.1} s of processor time, {each:.0} ns a step with its share of the weather"
        )?;
    }
    Ok(())
}

fn years_of(site: u32, loads: &[f64]) -> Result<Vec<PlantYear>, angara_facility::AnnualError> {
    let hours = weather(site);
    let design =
        DesignConditions::from_hours(&hours).ok_or(angara_facility::AnnualError::NoWeather)?;
    CoolingTopology::ALL[..5]
        .iter()
        .map(|topology| {
            let plant = Plant::new(*topology, RATED_W, &design);
            summarise(&plant, &hours, loads, 1.0 / 12.0)
        })
        .collect()
}

/// Servers between a third and nine tenths of their rated power, by the day and by the week.
fn load_w(step: usize) -> f64 {
    let day = std::f64::consts::TAU * step as f64 / 288.0;
    let week = std::f64::consts::TAU * step as f64 / 2016.0;
    RATED_W * (0.62 - 0.2 * libm::cos(day) + 0.08 * libm::cos(week))
}

/// From the polar circle to the equator, from dry to humid, every site another.
fn weather(site: u32) -> Vec<HourAir> {
    let share = f64::from(site % 1000) / 1000.0;
    let mean_c = -10.0 + 38.0 * share;
    let yearly_k = 22.0 * (1.0 - share);
    let daily_k = 3.0 + 5.0 * f64::from(site % 7) / 7.0;
    let dryness_k = 3.0 + 15.0 * f64::from(site % 11) / 11.0;
    (0..8760)
        .map(|hour| {
            let year = std::f64::consts::TAU * f64::from(hour) / 8760.0;
            let day = std::f64::consts::TAU * f64::from(hour % 24) / 24.0;
            let front = 4.0 * libm::sin(year * 61.0 + share);
            let dry_bulb_c = mean_c - yearly_k * libm::cos(year) - daily_k * libm::cos(day) + front;
            Air::from_dew_point(dry_bulb_c, dry_bulb_c - dryness_k, 98_000.0).into()
        })
        .collect()
}

fn bits(year: &PlantYear) -> u64 {
    year.energy.total_kwh().to_bits()
        ^ year.water_m3.to_bits().rotate_left(17)
        ^ year.free_cooling_hours.to_bits().rotate_left(31)
}

/// User and system time of this process [s]; `None` where the system does not tell it.
fn processor_seconds() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    #[expect(
        clippy::disallowed_methods,
        reason = "a figure of the system, not a file"
    )]
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
}
