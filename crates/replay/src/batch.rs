//! A batch log replayed under a queue policy: start of every job, and figures.

use std::path::{Path, PathBuf};

use angara_diagnostics::{Diagnostic, Diagnostics, Location};
use angara_results::{ResultsError, RunFolder};
use angara_simulation::batch::{
    BatchFigures, BatchJob, LogJobs, Overrun, QueuePolicy, Schedule, SkipReason, jobs_of, schedule,
};
use angara_workload::trace::{BatchJobs, Detail, Limits, read};

use crate::ReplayFault;
use crate::loading::findings_of;
use crate::rows::{Cell, ColumnSpec, Kind, start};
use crate::series::round_interval_ms;
use crate::write::{Page, ReplayRecord, commit};

/// A log, ready to be scheduled.
#[derive(Debug)]
pub struct BatchPlan {
    /// Name of the log.
    pub name: String,
    log: BatchJobs,
    /// Jobs that can be scheduled, and those that cannot.
    pub jobs: LogJobs,
    /// Processors of the machine.
    pub processors: u64,
    /// How the queue is served.
    pub policy: QueuePolicy,
    /// What becomes of a job that runs for longer than it asked for.
    pub overrun: Overrun,
}

/// Reads a batch log; the machine has the processors that the log tells, where none are given.
pub fn plan_of_log(
    path: &Path,
    processors: Option<u64>,
    policy: QueuePolicy,
    overrun: Overrun,
) -> (Option<BatchPlan>, Diagnostics) {
    let (trace, mut findings) = match read(&[path], &Limits::default()) {
        Ok((trace, findings)) => (Some(trace), findings_of(&findings, path)),
        Err(findings) => (None, findings_of(&findings, path)),
    };
    let Some(trace) = trace else {
        return (None, findings);
    };
    let at = || Location::file(path.display().to_string());
    let Detail::BatchJobs(log) = trace.detail else {
        let message = format!("this is a trace of the format {}", trace.format);
        findings.push(
            Diagnostic::error("trace", message)
                .at(at())
                .expected("a batch log in the Standard Workload Format"),
        );
        return (None, findings);
    };
    let told = log.header.processors;
    let told = told.and_then(|told| u64::try_from(told).ok());
    let Some(processors) = processors.or(told).filter(|processors| *processors > 0) else {
        findings.push(
            Diagnostic::error(
                "trace",
                "the log does not tell the processors of its machine",
            )
            .at(at())
            .hint("give them: --processors 128"),
        );
        return (None, findings);
    };
    let plan = BatchPlan {
        name: path.file_name().map_or_else(String::new, |name| {
            let name = name.to_string_lossy();
            name.split(".swf").next().unwrap_or(&name).to_owned()
        }),
        jobs: jobs_of(&log, processors, overrun),
        log: *log,
        processors,
        policy,
        overrun,
    };
    (Some(plan), findings)
}

/// Reasons why jobs are left out, in words.
pub const SKIP_REASONS: [(SkipReason, &str); 3] = [
    (SkipReason::WithoutRun, "ran for no or an unknown time"),
    (
        SkipReason::WithoutProcessors,
        "no or an unknown number of processors",
    ),
    (SkipReason::LargerThanMachine, "larger than the machine"),
];

const JOBS: [ColumnSpec; 6] = [
    ("job", "", "Number of the job in the log", Kind::Whole),
    (
        "submit_s",
        "s",
        "Submission on the clock of the log",
        Kind::Whole,
    ),
    ("start_s", "s", "Start on the clock of the log", Kind::Whole),
    ("wait_s", "s", "Start less submission", Kind::Whole),
    ("run_s", "s", "Time it runs", Kind::Whole),
    ("processors", "1", "Processors it holds", Kind::Whole),
];

const RUNS: [ColumnSpec; 15] = [
    ("log", "", "Log", Kind::Text),
    ("policy", "", "Queue policy", Kind::Text),
    (
        "kill",
        "1",
        "1 where a job is ended at the time it asked for",
        Kind::Small,
    ),
    ("processors", "1", "Processors of the machine", Kind::Whole),
    ("jobs", "1", "Jobs scheduled", Kind::Whole),
    (
        "skipped",
        "1",
        "Jobs of the log that cannot run on the machine",
        Kind::Whole,
    ),
    (
        "makespan_s",
        "s",
        "First submission to last end",
        Kind::Whole,
    ),
    (
        "utilisation",
        "1",
        "Share of the processors in use over the makespan",
        Kind::Real,
    ),
    ("mean_wait_s", "s", "Mean wait", Kind::Real),
    (
        "median_wait_s",
        "s",
        "Wait that half of the jobs do not exceed",
        Kind::Whole,
    ),
    (
        "p95_wait_s",
        "s",
        "Wait that 95 of 100 jobs do not exceed",
        Kind::Whole,
    ),
    ("longest_wait_s", "s", "Longest wait", Kind::Whole),
    ("waiting_jobs", "1", "Jobs that waited", Kind::Whole),
    (
        "mean_bounded_slowdown",
        "1",
        "Mean bounded slowdown, bound 10 s",
        Kind::Real,
    ),
    (
        "mean_bounded_slowdown_per_processor",
        "1",
        "Mean bounded slowdown per processor, bound 10 s",
        Kind::Real,
    ),
];

const SERIES: [ColumnSpec; 4] = [
    (
        "time_s",
        "s",
        "Instant since the first submission",
        Kind::Whole,
    ),
    ("busy_processors", "1", "Processors in use", Kind::Whole),
    ("running", "1", "Jobs that run", Kind::Whole),
    ("pending", "1", "Jobs that wait", Kind::Whole),
];

/// Schedules a log and writes the run folder.
///
/// # Errors
/// A log that cannot be scheduled, a folder that cannot be written; nothing is left behind.
pub fn write_batch(
    plan: &BatchPlan,
    record: &ReplayRecord,
    out: &Path,
    page: Page<'_>,
) -> Result<(PathBuf, BatchFigures), ReplayFault> {
    let mut folder = RunFolder::create(out)?;
    let jobs = &plan.jobs.jobs;
    let schedule = schedule(jobs, plan.processors, plan.policy)?;
    let figures = BatchFigures::of(jobs, &schedule, plan.processors);
    let mut rows = start(&folder, "jobs.parquet", "jobs", &JOBS)?;
    for (place, (job, start_s)) in jobs.iter().zip(&schedule.start_s).enumerate() {
        rows.push(&[
            Cell::Whole(plan.log.job[plan.jobs.rows[place]]),
            Cell::Whole(job.submit_s),
            Cell::Whole(*start_s),
            Cell::Whole(start_s - job.submit_s),
            Cell::Whole(job.run_s),
            Cell::count(job.processors),
        ])?;
    }
    folder.take(rows.finish()?);
    let mut rows = start(&folder, "tables/runs.parquet", "runs", &RUNS)?;
    rows.push(&[
        Cell::Text(&plan.name),
        Cell::Text(plan.policy.name()),
        Cell::Whole((plan.overrun == Overrun::Kill).into()),
        Cell::count(plan.processors),
        Cell::count(figures.jobs as u64),
        Cell::count(plan.jobs.skipped.len() as u64),
        Cell::Whole(figures.makespan_s),
        Cell::Real(figures.utilisation),
        Cell::Real(figures.mean_wait_s),
        Cell::Whole(figures.median_wait_s),
        Cell::Whole(figures.p95_wait_s),
        Cell::Whole(figures.longest_wait_s),
        Cell::count(figures.waiting_jobs as u64),
        Cell::Real(figures.mean_bounded_slowdown),
        Cell::Real(figures.mean_bounded_slowdown_per_processor),
    ])?;
    folder.take(rows.finish()?);
    write_series(&mut folder, jobs, &schedule, figures.makespan_s)?;
    let manifest = record.manifest(&plan.name, 0);
    Ok((commit(folder, &manifest, page)?, figures))
}

/// Load and queue at round instants.
fn write_series(
    folder: &mut RunFolder,
    jobs: &[BatchJob],
    schedule: &Schedule,
    makespan_s: i64,
) -> Result<(), ResultsError> {
    let first_s = jobs.iter().map(|job| job.submit_s).min().unwrap_or(0);
    let mut changes: Vec<(i64, [i64; 3])> = Vec::with_capacity(3 * jobs.len());
    for (job, start_s) in jobs.iter().zip(&schedule.start_s) {
        let processors = i64::try_from(job.processors).unwrap_or(i64::MAX);
        let end_s = start_s.saturating_add(job.run_s);
        changes.push((job.submit_s - first_s, [0, 0, 1]));
        changes.push((start_s - first_s, [processors, 1, -1]));
        changes.push((end_s - first_s, [-processors, -1, 0]));
    }
    changes.sort_unstable();
    let step_s = round_interval_ms(makespan_s.saturating_mul(1_000)) / 1_000;
    let mut rows = start(folder, "tables/series.parquet", "series", &SERIES)?;
    let (mut now, mut next, mut time_s) = ([0_i64; 3], 0, 0_i64);
    while time_s <= makespan_s && !jobs.is_empty() {
        while let Some((_, change)) = changes.get(next).filter(|(at_s, _)| *at_s <= time_s) {
            for (sum, part) in now.iter_mut().zip(change) {
                *sum += part;
            }
            next += 1;
        }
        let [busy, running, pending] = now.map(Cell::Whole);
        rows.push(&[Cell::Whole(time_s), busy, running, pending])?;
        time_s = time_s.saturating_add(step_s.max(1));
    }
    folder.take(rows.finish()?);
    Ok(())
}
