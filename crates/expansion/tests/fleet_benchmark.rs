//! The published benchmark: every plan in `benchmarks/fleet` holds, and its figures are those of the table.

use std::path::PathBuf;

use angara_expansion::{
    Recipe, check, generate, read_certificate, read_instance, scatter, write_instance,
};
use sha2::{Digest as _, Sha256};

/// One row of `results.csv`.
struct Row {
    name: String,
    recipe: Recipe,
    cost: i64,
    bound: i64,
    proven: bool,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../benchmarks/fleet"
    ))
}

fn text(name: &str) -> String {
    fs_err::read_to_string(folder().join(name)).expect("a file of the benchmark")
}

fn rows() -> Vec<Row> {
    let whole = |field: &str| -> i64 { field.parse().expect("a whole number") };
    text("results.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            Row {
                name: fields[0].to_owned(),
                recipe: Recipe {
                    seed: whole(fields[4]) as u64,
                    places: whole(fields[1]) as usize,
                    sites: whole(fields[2]) as usize,
                    periods: whole(fields[3]) as usize,
                    supply: fields[5].parse().ok(),
                    reach_km: whole(fields[6]),
                },
                cost: whole(fields[7]),
                bound: whole(fields[8]),
                proven: fields[10] == "yes",
            }
        })
        .collect()
}

#[test]
fn every_published_proof_holds_with_the_figures_of_the_table() {
    let rows = rows();
    assert!(rows.len() >= 20);
    for row in rows {
        let data = text(&format!("{}.txt", row.name));
        let instance = read_instance(&data).expect("an instance");
        let (source, certificate) =
            read_certificate(&text(&format!("{}.plan.txt", row.name))).expect("a plan");
        let digest = Sha256::digest(data.as_bytes());
        let sha256 = <[u8; 32]>::from(digest)
            .map(|byte| format!("{byte:02x}"))
            .concat();
        assert_eq!(source.sha256, sha256, "{}", row.name);
        let found = check(&instance, &certificate).expect(&row.name);
        assert_eq!(
            (found.cost, found.bound),
            (row.cost, row.bound),
            "{}",
            row.name
        );
        assert_eq!(row.proven, certificate.gap() <= 1e-6, "{}", row.name);
        assert!(certificate.gap() < 0.05, "{}", row.name);
    }
}

#[test]
fn the_seed_gives_the_published_instances() {
    for row in rows() {
        let located = scatter(row.recipe.seed, row.recipe.places);
        let again = write_instance(&generate(&located, &row.recipe));
        assert!(again == text(&format!("{}.txt", row.name)), "{}", row.name);
    }
}

#[test]
fn a_changed_datum_is_not_what_was_proven() {
    let (_, certificate) = read_certificate(&text("20x5x3-1.plan.txt")).expect("a plan");
    let instance = read_instance(&text("20x5x3-1.txt")).expect("an instance");
    let refused = |change: &dyn Fn(&mut angara_expansion::Instance)| {
        let mut changed = instance.clone();
        change(&mut changed);
        assert!(check(&changed, &certificate).is_err());
    };
    refused(&|instance| instance.places[3].demand_kw[1] += 1);
    refused(&|instance| instance.sites[0].opening[0] -= 1);
    refused(&|instance| instance.carriage[2] += 1);
    let used = certificate.plan.flows[0].site as usize;
    refused(&|instance| instance.sites[used].serving[0] += 1);
    refused(&|instance| instance.sites[used].levels.truncate(1));
    refused(&|instance| instance.supply_kw[0] = Some(0));
}
