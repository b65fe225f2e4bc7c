//! Makes the published benchmark: instances, plans with their certificates, and the table of results.
//!
//! `fleet_benchmark FOLDER` makes all, `fleet_benchmark FOLDER NAME…` some. No clock stops the search, so the files are the
//! same wherever they are made.
#![expect(clippy::print_stdout, reason = "an example speaks to its user")]

use std::error::Error;
use std::path::Path;

use angara_expansion::{
    Limits, Recipe, Silent, Source, check, generate, recompute, scatter, solve, write_certificate,
    write_instance,
};
use sha2::{Digest as _, Sha256};

/// Places, sites, periods, seed, supply, most nodes of the search for a plan, most nodes of the proof.
type Row = (usize, usize, usize, u64, Option<f64>, usize, usize);

/// The instances, small to large. Where branching closes little, the proof is kept short.
const ROWS: [Row; 20] = [
    (20, 5, 3, 1, None, 1, 4_000),
    (20, 6, 5, 1, None, 1, 4_000),
    (30, 6, 3, 1, None, 1, 4_000),
    (30, 6, 3, 5, None, 1, 4_000),
    (50, 8, 1, 1, None, 1, 4_000),
    (50, 8, 1, 2, None, 1, 4_000),
    (50, 8, 3, 1, None, 1, 4_000),
    (50, 8, 3, 1, Some(1.3), 200, 30),
    (50, 10, 5, 1, None, 200, 1),
    (100, 10, 1, 1, None, 1, 4_000),
    (100, 10, 3, 1, None, 200, 20),
    (200, 15, 1, 1, None, 1, 4_000),
    (200, 15, 1, 2, None, 1, 4_000),
    (200, 20, 5, 1, None, 100, 30),
    (500, 25, 1, 1, None, 1, 4_000),
    (500, 30, 5, 1, None, 20, 1),
    (1_000, 50, 10, 1, None, 1, 1),
    (2_000, 80, 10, 1, None, 1, 1),
    (5_000, 120, 5, 1, None, 1, 1),
    (10_000, 200, 10, 1, None, 1, 1),
];
/// A gap of no more is a proof of optimality \[1\].
const PROVEN: f64 = 1e-6;
/// From so many places on few exchanges are tried, and a gap of 1 % is good enough.
const LARGE: usize = 2_000;
/// Longest distance served [km].
const REACH_KM: i64 = 1_500;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("a folder expected")?;
    let chosen: Vec<String> = words.collect();
    for row in &ROWS {
        let name = name(row);
        if chosen.is_empty() || chosen.contains(&name) {
            make(Path::new(&folder), &name, row)?;
        }
    }
    Ok(())
}

fn name(&(places, sites, periods, seed, supply, ..): &Row) -> String {
    let limited = if supply.is_some() { "-supply" } else { "" };
    format!("{places}x{sites}x{periods}-{seed}{limited}")
}

fn make(folder: &Path, name: &str, row: &Row) -> Result<(), Box<dyn Error>> {
    let &(places, sites, periods, seed, supply, search, proof) = row;
    let recipe = Recipe {
        seed,
        places,
        sites,
        periods,
        reach_km: REACH_KM,
        supply,
    };
    let instance = generate(&scatter(seed, places), &recipe);
    let text = write_instance(&instance);
    let digest = Sha256::digest(text.as_bytes());
    let source = Source {
        file: format!("{name}.txt"),
        sha256: <[u8; 32]>::from(digest)
            .map(|byte| format!("{byte:02x}"))
            .concat(),
    };
    fs_err::write(folder.join(&source.file), text)?;
    let limits = Limits {
        gap: if places < LARGE { PROVEN } else { 0.01 },
        nodes: proof,
        exchanges: if places < LARGE { 2_000 } else { 100 },
        ..Limits::default()
    };
    let mut certificate = solve(&instance, &limits, &|| 0.0, &mut Silent)?;
    if search > proof {
        let longer = Limits {
            nodes: search,
            ..limits
        };
        let better = solve(&instance, &longer, &|| 0.0, &mut Silent)?;
        certificate.plan = better.plan;
        let found = recompute(&instance, &certificate)?;
        (certificate.cost, certificate.bound) = (found.cost, found.bound);
    }
    check(&instance, &certificate)?;
    let plan = write_certificate(&source, &certificate);
    fs_err::write(folder.join(format!("{name}.plan.txt")), plan)?;
    let gap = certificate.gap();
    println!(
        "{name},{places},{sites},{periods},{seed},{},{REACH_KM},{},{},{gap:.6},{}",
        supply.map_or(String::new(), |share| share.to_string()),
        certificate.cost,
        certificate.bound,
        if gap <= PROVEN { "yes" } else { "no" },
    );
    Ok(())
}
