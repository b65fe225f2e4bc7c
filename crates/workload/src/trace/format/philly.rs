//! Microsoft Philly: training jobs on accelerators, and the machines they ran on.
//!
//! # Format
//! Jobs: CSV with `timestamp` (calendar time without a zone, UTC here), `duration` [s], `num_gpus`, `gpu_time`
//! [accelerator-seconds] and `cluster` (the virtual cluster). Machines: CSV with `machineId` and `number of GPUs`,
//! in some editions `single GPU mem` like `24GB`.
//!
//! # References
//! Jeon et al., Analysis of large-scale multi-tenant GPU clusters for DNN training workloads, USENIX ATC 2019.

use super::super::input::{Source, Table, finite, time_stamp_us};
use super::super::model::{Clock, Detail, Machines, TaskRow, TextColumn, Trace};
use super::super::{Format, Limits};
use super::Reading;

/// Longest duration that is believed [s]: a century.
const DURATION_S_MAX: f64 = 3.2e9;
/// Most accelerators a job or a machine may name.
const GPUS_MAX: u32 = 1_000_000;

pub(super) fn read_jobs(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let mut trace = Trace::empty(Format::PhillyJobs, Clock::Epoch);
    let mut queues = TextColumn::default();
    let mut gpu_seconds = 0.0;
    let limits: Limits = *reading.limits;
    let (mut table, [time, duration, gpus, gpu_time, cluster]) = Table::with_header(
        source,
        ["timestamp", "duration", "num_gpus", "gpu_time", "cluster"],
        &limits,
        &mut reading.findings,
    )?;
    let mut full = false;
    while table.next_row() {
        if trace.tasks.len() as u64 >= limits.tasks_max {
            full = true;
            break;
        }
        let submitted_us = table.cell(
            time,
            "timestamp",
            "a time like 2017-10-09 07:01:55",
            time_stamp_us,
        );
        let duration_s = table.cell(duration, "duration [s]", "seconds, not negative", |text| {
            finite(text).filter(|seconds| (0.0..=DURATION_S_MAX).contains(seconds))
        });
        let gpu_count = table.cell(gpus, "num_gpus", "a count of accelerators", count);
        let job_gpu_seconds =
            table.cell(gpu_time, "gpu_time [s]", "seconds, not negative", |text| {
                finite(text).filter(|seconds| *seconds >= 0.0)
            });
        let (Some(submitted_us), Some(duration_s), Some(gpu_count), Some(job_gpu_seconds)) =
            (submitted_us, duration_s, gpu_count, job_gpu_seconds)
        else {
            continue;
        };
        gpu_seconds += job_gpu_seconds;
        queues.push(table.text(cluster));
        let row = TaskRow {
            submission_ms: submitted_us.div_euclid(1_000),
            duration_ms: (duration_s * 1_000.0).round() as i64,
            gpu_count,
            gpu_share_milli: 1_000,
            ..TaskRow::default()
        };
        trace.tasks.push_numbered(trace.tasks.len() as i64, row);
    }
    if full {
        reading.has_room(source.name(), trace.tasks.len());
    }
    let jobs = trace.tasks.len() as f64;
    let single = trace
        .tasks
        .gpu_count
        .iter()
        .filter(|gpus| **gpus == 1)
        .count() as f64;
    trace.add_measure("accelerator-hours", "h", gpu_seconds / 3_600.0);
    trace.add_measure("jobs with one accelerator", "%", single / jobs * 100.0);
    trace.detail = Detail::Queues(queues);
    Some(trace)
}

pub(super) fn read_machines(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let clock = Clock::Relative { start_ms: None };
    let mut trace = Trace::empty(Format::PhillyMachines, clock);
    let mut machines = Machines::default();
    let limits: Limits = *reading.limits;
    let (mut table, [name, gpus]) = Table::with_header(
        source,
        ["machineId", "number of GPUs"],
        &limits,
        &mut reading.findings,
    )?;
    let mut full = false;
    while table.next_row() {
        if machines.len() as u64 >= limits.tasks_max {
            full = true;
            break;
        }
        if let Some(gpu_count) =
            table.cell(gpus, "number of GPUs", "a count of accelerators", count)
        {
            machines.name.push(table.text(name));
            machines.cpu_milli.push(0);
            machines.memory_bytes.push(0);
            machines.gpu_count.push(gpu_count);
            machines.gpu_model.push("");
        }
    }
    if full {
        reading.has_room(source.name(), machines.len());
    }
    trace.detail = Detail::Machines(machines);
    Some(trace)
}

fn count(text: &str) -> Option<u32> {
    text.parse().ok().filter(|gpus| *gpus <= GPUS_MAX)
}
