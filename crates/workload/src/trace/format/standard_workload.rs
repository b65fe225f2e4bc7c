//! Standard Workload Format of the Parallel Workloads Archive.
//!
//! # Format
//! One job per line, 18 numbers separated by blanks, -1 for unknown; header lines `; Label: value`, which some
//! archived logs lack. Times are seconds since the start of the log (`UnixStartTime`). A task reserves the processors
//! the job was given, else those it asked for. Kept as found, with a note: run times of zero, requests below the use,
//! cancelled jobs without processors, jobs larger than the machine, unknown waits, unknown submission times (those of
//! the job before are taken) and a number of jobs that differs from `MaxRecords`.
//!
//! # References
//! Feitelson, Tsafrir, Krakov, Experience with using the Parallel Workloads Archive, JPDC 74(10), 2014.

use super::super::input::{Line, Lines, Source, finite};
use super::super::model::UNKNOWN_MS;
use super::super::model::{BatchHeader, BatchJobs, Clock, Detail, TaskRow, Trace};
use super::super::{Findings, Format};
use super::Reading;

/// Largest number that is believed: a century in milliseconds.
const VALUE_MAX: f64 = 3.2e12;
/// Most processors of a job, so that milli-cores fit.
const PROCESSORS_MAX: i64 = 4_000_000;
/// Header labels that are kept.
const LABELS_MAX: usize = 1_000;
/// Fields of a line.
const FIELD_COUNT: usize = 18;
/// Their names, in the standard's order.
const FIELDS: [&str; FIELD_COUNT] = [
    "job number",
    "submit time [s]",
    "wait time [s]",
    "run time [s]",
    "allocated processors",
    "average CPU time [s]",
    "used memory [KB]",
    "requested processors",
    "requested time [s]",
    "requested memory [KB]",
    "status",
    "user",
    "group",
    "executable",
    "queue",
    "partition",
    "preceding job",
    "think time [s]",
];

pub(super) fn read(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let mut jobs = BatchJobs::default();
    let stream = source.open(reading.limits);
    let mut lines = match stream {
        Ok(stream) => Lines::new(stream, reading.limits),
        Err(fault) => {
            reading.findings.unreadable(source.name(), &fault);
            return None;
        }
    };
    let file = source.name();
    loop {
        let number = lines.number() + 1;
        match lines.next() {
            Ok(None) => break,
            Ok(Some(Line::Text(text))) => {
                let text = text.trim();
                if let Some(header) = text.strip_prefix(';') {
                    take_header(header, &mut jobs.header);
                } else if !text.is_empty() {
                    if !reading.has_room(file, jobs.len()) {
                        break;
                    }
                    take_job(text, number, file, &mut jobs, &mut reading.findings);
                }
            }
            Ok(Some(Line::TooLong | Line::NotText)) => reading.findings.error(
                file,
                Some(number),
                "line",
                "",
                "a line of UTF-8 text within the length limit",
            ),
            Err(fault) => {
                reading.findings.unreadable(file, &fault);
                break;
            }
        }
    }
    note_peculiarities(&jobs, file, &mut reading.findings);
    Some(trace(jobs))
}

/// The label and value of a header line.
fn take_header(line: &str, header: &mut BatchHeader) {
    let Some((label, value)) = line.split_once(':') else {
        return;
    };
    let (label, value) = (label.trim(), value.trim());
    let number = value
        .split_whitespace()
        .next()
        .and_then(|word| word.parse::<i64>().ok())
        .filter(|number| *number > 0);
    match label {
        "MaxProcs" => header.processors = number.or(header.processors),
        "MaxNodes" => header.processors = header.processors.or(number),
        "MaxRecords" => header.records = number,
        "UnixStartTime" => header.unix_start_s = number.filter(|start| *start as f64 <= VALUE_MAX),
        _ => {}
    }
    if header.labels.len() < LABELS_MAX {
        header
            .labels
            .entry(label.to_owned())
            .or_insert_with(|| value.to_owned());
    }
}

/// Appends the job of a line; any wrong field becomes an error and leaves the job out.
fn take_job(line: &str, number: u64, file: &str, jobs: &mut BatchJobs, findings: &mut Findings) {
    let mut values = [0.0; FIELD_COUNT];
    let mut words = line.split_ascii_whitespace();
    let mut complete = true;
    for (field, value) in values.iter_mut().enumerate() {
        let word = words.next().unwrap_or_default();
        let may_have_fraction = matches!(field, 5 | 6 | 9);
        let found = finite(word)
            .filter(|found| (-1.0..=VALUE_MAX).contains(found))
            .filter(|found| may_have_fraction || found.fract() == 0.0);
        if let Some(found) = found {
            *value = found;
            continue;
        }
        complete = false;
        let expected = if word.is_empty() {
            "18 fields per line"
        } else {
            "a number from -1 (unknown) on, whole except for CPU time and memory"
        };
        findings.error(file, Some(number), FIELDS[field], word, expected);
        if word.is_empty() {
            break;
        }
    }
    if let Some(more) = words.next() {
        complete = false;
        findings.error(file, Some(number), "line", more, "18 fields per line");
    }
    for field in [4, 7] {
        if values[field] > PROCESSORS_MAX as f64 {
            complete = false;
            findings.error(
                file,
                Some(number),
                FIELDS[field],
                &values[field].to_string(),
                format!("at most {PROCESSORS_MAX} processors"),
            );
        }
    }
    if complete {
        push(values, jobs);
    }
}

fn push(values: [f64; FIELD_COUNT], jobs: &mut BatchJobs) {
    let whole = |field: usize| values[field] as i64;
    jobs.job.push(whole(0));
    jobs.submit_s.push(whole(1));
    jobs.wait_s.push(whole(2));
    jobs.run_s.push(whole(3));
    jobs.processors_allocated.push(whole(4));
    jobs.processor_time_s.push(values[5]);
    jobs.memory_used_kib.push(values[6]);
    jobs.processors_requested.push(whole(7));
    jobs.time_requested_s.push(whole(8));
    jobs.memory_requested_kib.push(values[9]);
    jobs.status.push(whole(10));
    jobs.user.push(whole(11));
    jobs.group.push(whole(12));
    jobs.executable.push(whole(13));
    jobs.queue.push(whole(14));
    jobs.partition.push(whole(15));
    jobs.preceding_job.push(whole(16));
    jobs.think_time_s.push(whole(17));
}

/// Notes what a user of the log should know, once for the whole log.
fn note_peculiarities(jobs: &BatchJobs, file: &str, findings: &mut Findings) {
    let machine = jobs.header.processors.unwrap_or(i64::MAX);
    let count = |holds: &dyn Fn(usize) -> bool| (0..jobs.len()).filter(|job| holds(*job)).count();
    let known_waits = count(&|job| jobs.wait_s[job] >= 0);
    let peculiarities = [
        (
            "submit time [s]",
            count(&|job| jobs.submit_s[job] < 0),
            "jobs without submission time; that of the job before is taken",
        ),
        (
            "wait time [s]",
            if known_waits == 0 { jobs.len() } else { 0 },
            "jobs, all without wait time: the log does not tell the start times",
        ),
        (
            "run time [s]",
            count(&|job| jobs.run_s[job] == 0),
            "jobs that ran for no time",
        ),
        (
            "run time [s]",
            count(&|job| jobs.run_s[job] < 0),
            "jobs of unknown run time",
        ),
        (
            "requested time [s]",
            count(&|job| {
                jobs.time_requested_s[job] >= 0 && jobs.time_requested_s[job] < jobs.run_s[job]
            }),
            "jobs that ran longer than they asked for",
        ),
        (
            "allocated processors",
            count(&|job| jobs.processors(job) <= 0),
            "jobs without processors",
        ),
        (
            "allocated processors",
            count(&|job| jobs.processors(job) > machine),
            "jobs larger than the machine",
        ),
    ];
    for (field, jobs, what) in peculiarities {
        if jobs > 0 {
            findings.note(file, None, field, &jobs.to_string(), what);
        }
    }
    match jobs.header.records {
        Some(records) if records != jobs.len() as i64 => findings.note(
            file,
            None,
            "MaxRecords",
            &records.to_string(),
            format!("the log has {} jobs", jobs.len()),
        ),
        _ => {}
    }
    if jobs.header.processors.is_none() {
        findings.note(
            file,
            None,
            "MaxProcs",
            "",
            "a header that tells the size of the machine",
        );
    }
}

fn trace(jobs: BatchJobs) -> Trace {
    let clock = Clock::Relative {
        start_ms: jobs.header.unix_start_s.map(|start_s| start_s * 1_000),
    };
    let mut trace = Trace::empty(Format::StandardWorkload, clock);
    let mut submission_ms = 0;
    for job in 0..jobs.len() {
        if jobs.submit_s[job] >= 0 {
            submission_ms = jobs.submit_s[job] * 1_000;
        }
        let run_s = jobs.run_s[job];
        let row = TaskRow {
            submission_ms,
            duration_ms: if run_s < 0 { UNKNOWN_MS } else { run_s * 1_000 },
            cpu_milli: (jobs.processors(job).max(0) * 1_000) as u32,
            ..TaskRow::default()
        };
        trace.tasks.push_numbered(jobs.job[job], row);
    }
    add_recorded(&jobs, &mut trace);
    trace.detail = Detail::BatchJobs(Box::new(jobs));
    trace
}

/// Load and mean wait of the jobs that ran, as recorded.
fn add_recorded(jobs: &BatchJobs, trace: &mut Trace) {
    let machine = jobs.header.processors;
    let ran: Vec<usize> = (0..jobs.len())
        .filter(|job| {
            let processors = jobs.processors(*job);
            jobs.run_s[*job] > 0 && processors > 0 && processors <= machine.unwrap_or(i64::MAX)
        })
        .collect();
    let mean = |value: &dyn Fn(usize) -> f64| {
        ran.iter().map(|job| value(*job)).sum::<f64>() / ran.len() as f64
    };
    let waits_s = ran
        .iter()
        .map(|job| jobs.wait_s[*job])
        .filter(|wait_s| *wait_s >= 0);
    trace.add_measure("jobs that ran", "1", ran.len() as f64);
    trace.add_measure("mean run", "s", mean(&|job| jobs.run_s[job] as f64));
    trace.add_measure(
        "mean processors",
        "1",
        mean(&|job| jobs.processors(job) as f64),
    );
    let known_waits = waits_s.clone().count() as f64;
    trace.add_measure(
        "mean wait",
        "s",
        waits_s.map(|wait_s| wait_s as f64).sum::<f64>() / known_waits,
    );
    let first_s = jobs
        .submit_s
        .iter()
        .map(|submit_s| (*submit_s).max(0))
        .min();
    let last_s = ran
        .iter()
        .map(|job| jobs.submit_s[*job].max(0) + jobs.wait_s[*job].max(0) + jobs.run_s[*job])
        .max();
    if let (Some(machine), Some(first_s), Some(last_s)) = (machine, first_s, last_s) {
        let work: f64 = ran
            .iter()
            .map(|job| jobs.run_s[*job] as f64 * jobs.processors(*job) as f64)
            .sum();
        trace.utilisation = Some(work / (machine as f64 * (last_s - first_s) as f64));
    }
}
