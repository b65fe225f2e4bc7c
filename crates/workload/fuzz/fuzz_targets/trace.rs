//! One reader, named by `ANGARA_FUZZ_KIND` (as `opendc-tasks`), under libFuzzer; laws and seeds are those of the tests.
//!
//! With `ANGARA_FUZZ_SEEDS` the seeds of the kind are first written to that folder, to start a corpus with.

#![no_main]
#![allow(clippy::unwrap_used, reason = "a panic is what a fuzzer looks for")]

#[path = "../../tests/fuzz/laws.rs"]
mod laws;
#[path = "../../tests/fuzz/seeds.rs"]
mod seeds;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::sync::OnceLock;

use angara_workload::trace::{FileKind, Limits, Source, read_sources, recognise_source};
use libfuzzer_sys::fuzz_target;

/// Small, so that reaching them is part of the game.
const LIMITS: Limits = Limits {
    decoded_bytes_max: 1 << 20,
    member_bytes_max: 1 << 16,
    members_max: 10,
    line_bytes_max: 400,
    tasks_max: 50,
    fragments_max: 400,
};

/// Kinds of file by the names they are asked for.
const KINDS: [(&str, FileKind); 17] = [
    ("opendc-tasks", FileKind::OpenDcTasks),
    ("opendc-fragments", FileKind::OpenDcFragments),
    ("bitbrains", FileKind::Bitbrains),
    ("standard-workload", FileKind::StandardWorkload),
    ("planetlab", FileKind::PlanetLab),
    ("azure-flavours", FileKind::AzureFlavours),
    ("azure-lifetimes", FileKind::AzureLifetimes),
    ("azure-flavour-map", FileKind::AzureFlavourMap),
    ("azure-interval-map", FileKind::AzureIntervalMap),
    ("azure-machine-table", FileKind::AzureMachineTable),
    ("azure-readings", FileKind::AzureReadings),
    ("openb-nodes", FileKind::OpenbNodes),
    ("openb-pods", FileKind::OpenbPods),
    ("philly-jobs", FileKind::PhillyJobs),
    ("philly-machines", FileKind::PhillyMachines),
    ("wfcommons", FileKind::WfCommons),
    ("azure-llm", FileKind::AzureLlm),
];

static TARGET: OnceLock<seeds::Target> = OnceLock::new();

fn prepare() -> seeds::Target {
    let asked = std::env::var("ANGARA_FUZZ_KIND").expect("ANGARA_FUZZ_KIND names a kind of file");
    let found = KINDS.into_iter().find(|(name, _)| *name == asked);
    let (_, kind) = found.unwrap_or_else(|| {
        let names = KINDS.map(|(name, _)| name).join(", ");
        panic!("`{asked}` is no kind of file; there are {names}")
    });
    // Readers catch the panics of foreign decoders; only those of our own end the run.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or("", |place| place.file());
        if place.contains("angara") || place.contains("workload") || place.contains("fuzz") {
            usual(panic);
        }
    }));
    let target = seeds::target(kind);
    if let Ok(folder) = std::env::var("ANGARA_FUZZ_SEEDS") {
        fs_err::create_dir_all(&folder).unwrap();
        for (number, seed) in target.seeds.iter().enumerate() {
            fs_err::write(format!("{folder}/seed-{number}"), seed).unwrap();
        }
    }
    target
}

fuzz_target!(init: { TARGET.get_or_init(prepare); }, |input: &[u8]| {
    let target = TARGET.get_or_init(prepare);
    let source = Source::from_bytes("input", input.to_vec());
    let _ = recognise_source(&source, &LIMITS);
    let mut files = vec![(target.kind, source)];
    for (kind, companion) in &target.companions {
        files.push((*kind, Source::from_bytes("companion", companion.clone())));
    }
    laws::check(&read_sources(files, &LIMITS), &LIMITS);
});
