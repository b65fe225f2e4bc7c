//! Plans a generated region of real places and prints how the bound and the plan meet.
//!
//! `regions --file cities15000.csv --places 10000 --sites 200 --periods 10`
//!
//! The file holds `GeoNames` places with the columns `name`, `lat`, `lon`, `population`; a compressed one is unpacked
//! first (`xz -dk cities15000.csv.xz`). Without a file, places are scattered by the seed.
#![expect(clippy::print_stdout, reason = "an example speaks to its user")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use angara_expansion::{
    Limits, Observer, Progress, ReadError, Recipe, check, generate, read_towns, scatter, solve,
};

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let number = |name: &str, default: f64| -> Result<f64, Box<dyn Error>> {
        match options.get(name) {
            Some(text) => Ok(text
                .parse()
                .map_err(|_| format!("--{name} {text}: a number expected"))?),
            None => Ok(default),
        }
    };
    let recipe = Recipe {
        seed: number("seed", 1.0)? as u64,
        places: number("places", 1_000.0)? as usize,
        sites: number("sites", 50.0)? as usize,
        periods: number("periods", 10.0)? as usize,
        reach_km: number("reach-km", 2_000.0)? as i64,
        supply: options.get("supply").map(|text| text.parse()).transpose()?,
    };
    let limits = Limits {
        gap: number("gap", 0.0)?,
        iterations: number("iterations", 1_000.0)? as usize,
        exchanges: number("exchanges", 2_000.0)? as usize,
        nodes: number("nodes", 2_000.0)? as usize,
        seconds: number("seconds", f64::INFINITY)?,
    };
    let located = match options.get("file") {
        Some(file) => read_towns(&fs_err::read_to_string(file)?).map_err(|errors| told(&errors))?,
        None => scatter(recipe.seed, recipe.places),
    };
    let instance = generate(&located, &recipe);
    println!(
        "{}: {} links, peak {:.1} GW, top capacity {:.1} GW",
        instance.name,
        instance.links(),
        instance.peak_demand_kw() as f64 / 1e6,
        instance
            .sites
            .iter()
            .map(|site| site.capacity_kw(site.levels.len()))
            .sum::<i64>() as f64
            / 1e6,
    );
    let start = Instant::now();
    let clock = || start.elapsed().as_secs_f64();
    let certificate = solve(&instance, &limits, &clock, &mut Printer { next: 0.0 })?;
    let seconds = clock();
    println!(
        "bound {} cost {} gap {:.4} % in {seconds:.1} s",
        certificate.bound,
        certificate.cost,
        100.0 * certificate.gap()
    );
    let open = certificate
        .plan
        .levels
        .iter()
        .filter(|levels| levels.iter().any(|&l| l > 0))
        .count();
    println!(
        "{open} sites open, {} flows, {} leaves and branches",
        certificate.plan.flows.len(),
        certificate.tree.len()
    );
    let start = Instant::now();
    check(&instance, &certificate)?;
    println!(
        "certificate holds, checked in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    if let Some(memory) = peak_memory() {
        println!("peak memory {memory}");
    }
    Ok(())
}

/// Findings, one per line.
fn told(errors: &[ReadError]) -> String {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn options() -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut options = BTreeMap::new();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let name = word
            .strip_prefix("--")
            .ok_or(format!("`{word}`: an option expected"))?;
        let value = words.next().ok_or(format!("`{word}`: a value expected"))?;
        options.insert(name.to_owned(), value);
    }
    Ok(options)
}

struct Printer {
    next: f64,
}

impl Observer for Printer {
    fn proceed(&mut self, progress: &Progress) -> bool {
        if progress.seconds >= self.next {
            self.next = progress.seconds + 2.0;
            let cost = progress
                .cost
                .map_or("-".to_owned(), |cost| format!("{cost:.6e}"));
            let gap = progress
                .gap()
                .map_or("-".to_owned(), |gap| format!("{:.4} %", 100.0 * gap));
            println!(
                "{:7.1} s {:?} {}: bound {:.6e} cost {cost} gap {gap}",
                progress.seconds, progress.phase, progress.step, progress.bound
            );
        }
        true
    }
}

/// Largest resident memory so far, where the system tells.
fn peak_memory() -> Option<String> {
    let status = fs_err::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
