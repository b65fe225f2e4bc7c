//! How long the queue policies take for the logs of the archive, one line each: `cargo bench -p angara-simulation
//! --bench batch`.
#![allow(clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use angara_simulation::batch::{BatchFigures, Overrun, QueuePolicy, jobs_of, schedule};
use angara_workload::trace::{Detail, Limits, read};

const LOGS: [&str; 6] = [
    "KTH-SP2-1996-2-raw",
    "NASA-iPSC-1993-3.1-cln",
    "LLNL-Atlas-2006-2.1-cln",
    "lublin_256",
    "HPC2N-2002-2.1-cln",
    "SDSC-BLUE-2000-4.2-cln",
];

fn main() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces/swf"
    );
    for name in LOGS {
        let path = PathBuf::from(folder).join(format!("{name}.swf.gz"));
        if !path.exists() {
            println!("{name}: not at hand");
            continue;
        }
        let Ok((trace, _)) = read(&[path], &Limits::default()) else {
            println!("{name}: not readable");
            continue;
        };
        let Detail::BatchJobs(log) = trace.detail else {
            continue;
        };
        let processors = log.header.processors.unwrap_or(0).unsigned_abs();
        let jobs = jobs_of(&log, processors, Overrun::Extend).jobs;
        for policy in QueuePolicy::ALL {
            let begun = Instant::now();
            let Ok(found) = schedule(&jobs, processors, policy) else {
                continue;
            };
            let took = begun.elapsed();
            let figures = BatchFigures::of(&jobs, &found, processors);
            println!(
                "{name:24} {:12} {:6} jobs {:8.3} s  wait {:10.2} s  slowdown {:10.4}  utilisation {:.5}  p95 wait {}",
                policy.name(),
                jobs.len(),
                took.as_secs_f64(),
                figures.mean_wait_s,
                figures.mean_bounded_slowdown,
                figures.utilisation,
                figures.p95_wait_s,
            );
        }
    }
}
