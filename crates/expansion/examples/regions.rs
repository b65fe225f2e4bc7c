//! Plans a generated region of real places and prints how the bound and the plan meet.
//!
//! `regions --file cities15000.csv --places 10000 --sites 200 --periods 10`
//!
//! The file holds `GeoNames` places with the columns `geonameid,name,iso2,admin1,lat,lon,population,timezone`; a
//! `--out PREFIX` writes instance and certificate as text. A
//! compressed one is unpacked first (`xz -dk cities15000.csv.xz`).
#![expect(clippy::print_stdout, reason = "an example speaks to its user")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use angara_expansion::{
    Certificate, Instance, Limits, Located, Observer, Progress, Recipe, check, generate,
    read_certificate, read_instance, solve, write_certificate, write_instance,
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
        reach_km: number("reach-km", 2_000.0)?,
        supply: options.get("supply").map(|text| text.parse()).transpose()?,
    };
    let limits = Limits {
        gap: number("gap", 0.0)?,
        iterations: number("iterations", 1_000.0)? as usize,
        exchanges: number("exchanges", 2_000.0)? as usize,
        nodes: number("nodes", 2_000.0)? as usize,
        seconds: number("seconds", f64::INFINITY)?,
    };
    let file = options
        .get("file")
        .ok_or("--file: a GeoNames file expected")?;
    let located = read_places(&fs_err::read_to_string(file)?)?;
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
    if let Some(prefix) = options.get("out") {
        publish(prefix, &instance, &certificate)?;
    }
    if let Some(memory) = peak_memory() {
        println!("peak memory {memory}");
    }
    Ok(())
}

/// Writes instance and certificate as text, and checks what a reader of these files would see.
fn publish(
    prefix: &str,
    instance: &Instance,
    certificate: &Certificate,
) -> Result<(), Box<dyn Error>> {
    let files = [
        format!("{prefix}.instance.txt"),
        format!("{prefix}.certificate.txt"),
    ];
    fs_err::write(&files[0], write_instance(instance))?;
    fs_err::write(&files[1], write_certificate(certificate))?;
    let instance = read_instance(&fs_err::read_to_string(&files[0])?)?;
    check(
        &instance,
        &read_certificate(&fs_err::read_to_string(&files[1])?)?,
    )?;
    println!("wrote and checked {} and {}", files[0], files[1]);
    Ok(())
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

/// Places of a `GeoNames` file; the name may be quoted.
fn read_places(text: &str) -> Result<Vec<Located>, Box<dyn Error>> {
    let mut located = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let fields = fields(line);
        let [_, name, _, _, latitude, longitude, population, _] = fields.as_slice() else {
            return Err(format!("line {}: {} fields, expected 8", index + 1, fields.len()).into());
        };
        let number = |field: &str, text: &str| -> Result<f64, String> {
            text.parse()
                .map_err(|_| format!("line {}: {field} is `{text}`, expected a number", index + 1))
        };
        located.push(Located {
            name: name.clone(),
            latitude: number("lat", latitude)?,
            longitude: number("lon", longitude)?,
            population: number("population", population)? as u64,
        });
    }
    Ok(located)
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().expect("never empty").push(other),
        }
    }
    fields
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
