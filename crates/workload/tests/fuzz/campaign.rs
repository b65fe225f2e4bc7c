//! One kind of file against many mutated inputs. Inputs with a new outcome are mutated further.

use std::cell::{Cell, RefCell};
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
    /// Where a reader of ours panicked.
    static OWN_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the panics of foreign decoders, which the readers catch, off the screen, and remembers those of our own.
fn quieten() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !READING.get() {
                usual(panic);
            } else if let Some(place) = panic.location()
                && place.file().contains("src/trace/")
            {
                OWN_PANIC.set(Some(panic.to_string()));
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
            .map(|found| {
                // Where a decoder gave up tells how far it came.
                let finding = &found.finding;
                let value = (finding.field == "file").then_some(&finding.value);
                (&finding.field, value, &finding.expected)
            })
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

/// A file to be changed.
fn pick<'a>(sound: &'a [Vec<u8>], broken: &'a [Vec<u8>], random: &mut ChaCha8Rng) -> &'a [u8] {
    if broken.is_empty() || below(random, 4) > 0 {
        &sound[below(random, sound.len())]
    } else {
        &broken[below(random, broken.len())]
    }
}

pub(crate) fn fuzz(kind: FileKind) {
    quieten();
    let executions = std::env::var(VARIABLE).map_or(EXECUTIONS, |count| {
        count.parse().expect("a number of executions")
    });
    let target = target(kind);
    let mut random = ChaCha8Rng::seed_from_u64(1);
    // Most mutations break a file, and few mend one: files that were read are chosen more often.
    let (mut sound, mut broken) = (target.seeds.clone(), Vec::new());
    let mut known = BTreeSet::new();
    let (mut reads, mut gave_up, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    for execution in 0..executions {
        let first = target.seeds.get(execution as usize);
        let input = match first {
            Some(seed) => seed.clone(),
            None => mutate(
                pick(&sound, &broken, &mut random),
                pick(&sound, &broken, &mut random),
                &mut random,
            ),
        };
        let alone = first.is_none() && below(&mut random, 8) == 0;
        let start = Instant::now();
        READING.set(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| read(&target, &input, alone)));
        READING.set(false);
        slowest = slowest.max(start.elapsed());
        if let Some(own) = OWN_PANIC.take() {
            panic!(
                "{kind:?}, execution {execution}, alone {alone}: {own} on \"{}\"",
                input.escape_ascii()
            );
        }
        let Ok(outcome) = outcome else {
            panic!(
                "{kind:?}, execution {execution}, alone {alone}: a panic or a broken law on \"{}\"",
                input.escape_ascii()
            );
        };
        if let (Some(_), Err(findings)) = (first, &outcome) {
            panic!("{kind:?}: the seed {execution} is not sound: {findings}");
        }
        reads += u64::from(outcome.is_ok());
        gave_up += u64::from(
            outcome
                .as_ref()
                .is_err_and(|findings| findings.to_string().contains("the decoder gave up")),
        );
        let corpus = match outcome {
            Ok(_) => &mut sound,
            Err(_) => &mut broken,
        };
        if known.insert(signature(&outcome)) && corpus.len() < CORPUS_MAX {
            corpus.push(input);
        }
    }
    println!(
        "{kind:?}: {executions} executions, {reads} read, {} refused ({gave_up} by a caught panic of the decoder), \
         {} outcomes, slowest {} ms",
        executions - reads,
        known.len(),
        slowest.as_millis()
    );
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
