//! Every instance of `optima.tsv` in one process: published value, ours, proof, independent check, CPU seconds.
//!
//! `instances FOLDER [--family WORD] [--limit SECONDS] [--limit-published] [--textbook] [--trace] [--no-check]`

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its table"
)]

mod clock;
mod row;
mod textbook;

use std::process::ExitCode;

use row::{Options, Row};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(folder) = words.next() else {
        eprintln!(
            "usage: instances FOLDER [--family WORD] [--limit SECONDS] [--limit-published] [--textbook] [--trace] [--no-check]"
        );
        return ExitCode::FAILURE;
    };
    let mut options = Options::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--family" => options.family = words.next(),
            "--limit" => {
                options.limit_s = words
                    .next()
                    .and_then(|word| word.parse().ok())
                    .unwrap_or(60.0);
            }
            "--limit-published" => options.limit_published = true,
            "--textbook" => options.textbook = true,
            "--trace" => options.trace = true,
            "--no-check" => options.check = false,
            other => {
                eprintln!("unknown option {other}");
                return ExitCode::FAILURE;
            }
        }
    }
    let list = match fs_err::read_to_string(format!("{folder}/optima.tsv")) {
        Ok(list) => list,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!(
        "family\tinstance\tparameters\tpublished\tours\tproven\tchecked\tnodes\tcpu_s\tpublished_s\tratio\ttextbook"
    );
    let mut rows: Vec<Row> = Vec::new();
    for line in list.lines().skip(1) {
        if options
            .family
            .as_ref()
            .is_some_and(|family| !line.contains(family.as_str()))
        {
            continue;
        }
        if let Some(row) = row::solved(&folder, line, &options) {
            println!("{row}");
            rows.push(row);
        }
    }
    summary(&rows);
    ExitCode::SUCCESS
}

fn summary(rows: &[Row]) {
    let mut families: Vec<&str> = rows.iter().map(|row| row.family.as_str()).collect();
    families.dedup();
    for family in families {
        let of: Vec<&Row> = rows.iter().filter(|row| row.family == family).collect();
        let equal = of.iter().filter(|row| row.equal()).count();
        let proven = of.iter().filter(|row| row.proven).count();
        let checked = of.iter().filter(|row| row.checked == Some(true)).count();
        let timed: Vec<&&Row> = of.iter().filter(|row| row.published_s.is_some()).collect();
        let faster = timed.iter().filter(|row| row.faster()).count();
        let seconds: f64 = of.iter().map(|row| row.cpu_s).sum();
        println!(
            "# {family}: {} rows, {equal} equal, {proven} proven, {checked} checked, {seconds:.2} CPU s; faster than published {faster} of {}",
            of.len(),
            timed.len()
        );
    }
}
