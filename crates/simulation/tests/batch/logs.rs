//! Logs and expected schedules of the archive, where they are at hand.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use angara_simulation::batch::{BatchFigures, LogJobs, Overrun, QueuePolicy, jobs_of, schedule};
use angara_workload::trace::{BatchJobs, Detail, Limits, read};

const FOLDER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/traces/swf"
);

/// A file of the archive; says so where it is not there.
pub(crate) fn file(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(FOLDER).join(name);
    if path.exists() {
        return Some(path);
    }
    println!("SKIPPED: {name} is not at hand");
    None
}

/// A log of the archive and the processors of its machine.
pub(crate) fn log(name: &str) -> Option<(BatchJobs, u64)> {
    let path = file(&format!("{name}.swf.gz"))?;
    let (trace, _) = read(&[path], &Limits::default()).expect("a readable log");
    let Detail::BatchJobs(jobs) = trace.detail else {
        panic!("{name} is no batch log");
    };
    let processors = jobs.header.processors.expect("a header with processors");
    Some((*jobs, processors as u64))
}

/// The text of a compressed file.
pub(crate) fn unpacked(path: PathBuf) -> String {
    let file = File::open(path).expect("a readable file");
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(file).expect("a compressed file");
    let mut text = String::new();
    decoder.read_to_string(&mut text).expect("text");
    text
}

/// Figures of a log under a policy.
pub(crate) fn figures(
    log: &BatchJobs,
    processors: u64,
    policy: QueuePolicy,
    overrun: Overrun,
) -> (BatchFigures, LogJobs) {
    let found = jobs_of(log, processors, overrun);
    let schedule = schedule(&found.jobs, processors, policy).expect("a possible log");
    let figures = BatchFigures::of(&found.jobs, &schedule, processors);
    (figures, found)
}
