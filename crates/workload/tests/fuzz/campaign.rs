//! One kind of file against many mutated inputs. Inputs with a new outcome are mutated further.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::{Duration, Instant};

use angara_series::Severity;
use angara_workload::trace::{
    FileKind, Findings, Limits, Source, Trace, read_sources, recognise_source,
};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;

use crate::laws::check;
use crate::mutation::{below, mutate};
use crate::seeds::{Target, target};

/// Executions of an ordinary run.
const EXECUTIONS: u64 = 2_000;
/// Variable that sets another number.
const VARIABLE: &str = "ANGARA_FUZZ_EXECUTIONS";
/// Most inputs that are mutated further.
const CORPUS_MAX: usize = 4_096;
/// Most memory of the process [KiB].
const MEMORY_KIB_MAX: u64 = 1 << 20;

/// Small, so that reaching them is part of the game.
const LIMITS: Limits = Limits {
    decoded_bytes_max: 1 << 20,
    member_bytes_max: 1 << 16,
    members_max: 10,
    line_bytes_max: 400,
    tasks_max: 50,
    fragments_max: 400,
};

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the panics of decoders, which the readers catch, off the screen.
fn quieten() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !READING.get() {
                usual(panic);
            }
        }));
    });
}

fn read(target: &Target, bytes: &[u8], alone: bool) -> Result<(Trace, Findings), Findings> {
    let mut files = vec![(target.kind, Source::from_bytes("input", bytes.to_vec()))];
    if !alone {
        for (kind, companion) in &target.companions {
            files.push((*kind, Source::from_bytes("companion", companion.clone())));
        }
    }
    let _ = recognise_source(&files[0].1, &LIMITS);
    let outcome = read_sources(files, &LIMITS);
    check(&outcome, &LIMITS);
    outcome
}

/// What is new about an outcome: which findings there are, and roughly how much was read.
fn signature(outcome: &Result<(Trace, Findings), Findings>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let findings = match outcome {
        Ok((trace, findings)) => {
            trace.tasks.len().ilog2_or_zero().hash(&mut hasher);
            trace.fragments.len().ilog2_or_zero().hash(&mut hasher);
            findings
        }
        Err(findings) => findings,
    };
    for severity in [Severity::Error, Severity::Note] {
        let told: BTreeSet<_> = findings
            .listed(severity)
            .iter()
            .map(|found| (&found.finding.field, &found.finding.expected))
            .collect();
        told.hash(&mut hasher);
    }
    hasher.finish()
}

trait RoughSize {
    fn ilog2_or_zero(self) -> u32;
}

impl RoughSize for usize {
    fn ilog2_or_zero(self) -> u32 {
        self.checked_ilog2().map_or(0, |size| size + 1)
    }
}

pub(crate) fn fuzz(kind: FileKind) {
    quieten();
    let executions = std::env::var(VARIABLE).map_or(EXECUTIONS, |count| {
        count.parse().expect("a number of executions")
    });
    let target = target(kind);
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut corpus = target.seeds.clone();
    let mut known = BTreeSet::new();
    let (mut sound, mut gave_up, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    for execution in 0..executions {
        let chosen = below(&mut random, corpus.len());
        let other = below(&mut random, corpus.len());
        // The seeds themselves come first.
        let input = match target.seeds.get(execution as usize) {
            Some(seed) => seed.clone(),
            None => mutate(&corpus[chosen], &corpus[other], &mut random),
        };
        let alone = below(&mut random, 4) == 0;
        let start = Instant::now();
        READING.set(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| read(&target, &input, alone)));
        READING.set(false);
        slowest = slowest.max(start.elapsed());
        let Ok(outcome) = outcome else {
            panic!(
                "{kind:?}, execution {execution}, alone {alone}: a panic or a broken law on \"{}\"",
                input.escape_ascii()
            );
        };
        sound += u64::from(outcome.is_ok());
        gave_up += u64::from(
            outcome
                .as_ref()
                .is_err_and(|findings| findings.to_string().contains("the decoder gave up")),
        );
        if known.insert(signature(&outcome)) && corpus.len() < CORPUS_MAX {
            corpus.push(input);
        }
    }
    println!(
        "{kind:?}: {executions} executions, {sound} read, {} refused ({gave_up} by a caught panic of the decoder), \
         {} outcomes, slowest {} ms",
        executions - sound,
        known.len(),
        slowest.as_millis()
    );
    assert!(sound > 0, "{kind:?}: nothing was ever read");
    if let Some(peak_kib) = peak_memory_kib() {
        assert!(peak_kib < MEMORY_KIB_MAX, "{kind:?}: {peak_kib} KiB");
    }
}

/// Most memory this process has had [KiB], where the system tells.
fn peak_memory_kib() -> Option<u64> {
    let status = fs_err::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
