//! Alibaba GPU cluster 2023 (`openb`): nodes and pods.
//!
//! # Format
//! Nodes: CSV with `sn`, `cpu_milli`, `memory_mib`, `gpu`, `model`. Pods: CSV with `name`, `cpu_milli`, `memory_mib`,
//! `num_gpu`, `gpu_milli` (share of each accelerator; below 1000 the pod shares one), `gpu_spec` (models it accepts,
//! separated by `|`; empty accepts all), `qos`, `pod_phase`, `creation_time`, `deletion_time`, `scheduled_time` [s
//! since the start of the trace]. A pod's duration runs from its placement, for one that was never placed from its
//! creation.
//!
//! # References
//! Weng et al., Beware of fragmentation: scheduling GPU-sharing workloads with fragmentation gradient descent, USENIX
//! ATC 2023.

use super::super::input::{Source, Table, finite};
use super::super::model::{Clock, Detail, Machines, Pods, TaskRow, Trace, UNKNOWN_MS};
use super::super::{Format, Limits};
use super::Reading;

/// Bytes of a mebibyte.
const MEBIBYTE: u64 = 1 << 20;
/// Most memory a row may name [MiB]: an exbibyte.
const MEMORY_MIB_MAX: u64 = 1 << 40;
/// Latest time that is believed [s]: a century.
const TIME_S_MAX: f64 = 3.2e9;

pub(super) fn read_nodes(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let mut trace = empty(Format::OpenbNodes);
    let mut machines = Machines::default();
    let limits: Limits = *reading.limits;
    let (mut table, [name, cpu, memory, gpu, model]) = Table::with_header(
        source,
        ["sn", "cpu_milli", "memory_mib", "gpu", "model"],
        &limits,
        &mut reading.findings,
    )?;
    let mut full = false;
    while table.next_row() {
        if machines.len() as u64 >= limits.tasks_max {
            full = true;
            break;
        }
        let cpu_milli = table.cell(cpu, "cpu_milli", "milli-cores", milli);
        let memory_bytes = table.cell(memory, "memory_mib", "mebibytes", mebibytes);
        let gpu_count = table.cell(gpu, "gpu", "a count of accelerators", milli);
        if let (Some(cpu_milli), Some(memory_bytes), Some(gpu_count)) =
            (cpu_milli, memory_bytes, gpu_count)
        {
            machines.name.push(table.text(name));
            machines.cpu_milli.push(cpu_milli);
            machines.memory_bytes.push(memory_bytes);
            machines.gpu_count.push(gpu_count);
            machines.gpu_model.push(table.text(model));
        }
    }
    if full {
        reading.has_room(source.name(), machines.len());
    }
    trace.detail = Detail::Machines(machines);
    Some(trace)
}

/// Columns of the pods; those of the resampled lists that came without times are optional.
struct PodColumns {
    size: [usize; 5],
    gpu_models: Option<usize>,
    service_class: Option<usize>,
    phase: Option<usize>,
    created: Option<usize>,
    deleted: Option<usize>,
    scheduled: Option<usize>,
}

pub(super) fn read_pods(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let mut trace = empty(Format::OpenbPods);
    let mut pods = Pods::default();
    let limits: Limits = *reading.limits;
    let (mut table, size) = Table::with_header(
        source,
        ["name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli"],
        &limits,
        &mut reading.findings,
    )?;
    let columns = PodColumns {
        size,
        gpu_models: table.place("gpu_spec"),
        service_class: table.place("qos"),
        phase: table.place("pod_phase"),
        created: table.place("creation_time"),
        deleted: table.place("deletion_time"),
        scheduled: table.place("scheduled_time"),
    };
    let mut full = false;
    while table.next_row() {
        if trace.tasks.len() as u64 >= limits.tasks_max {
            full = true;
            break;
        }
        let Some((row, scheduled_ms)) = pod(&mut table, &columns) else {
            continue;
        };
        let text = |place: Option<usize>| place.map_or("", |place| table.text(place));
        trace.tasks.push_named(table.text(size[0]), row);
        pods.gpu_models.push(text(columns.gpu_models));
        pods.service_class.push(text(columns.service_class));
        pods.phase.push(text(columns.phase));
        pods.scheduled_ms.push(scheduled_ms);
    }
    if full {
        reading.has_room(source.name(), trace.tasks.len());
    }
    if columns.created.is_none() {
        let expected =
            "a list with times; all pods are created at once and their durations unknown";
        reading
            .findings
            .note(source.name(), None, "creation_time", "", expected);
    }
    let tasks = &trace.tasks;
    let demand_milli: u64 = (0..tasks.len()).map(|task| tasks.gpu_milli(task)).sum();
    trace.add_measure("accelerators asked for", "1", demand_milli as f64 / 1_000.0);
    trace.detail = Detail::Pods(pods);
    Some(trace)
}

/// The common columns of a pod and when it was placed [ms].
fn pod(table: &mut Table<'_>, columns: &PodColumns) -> Option<(TaskRow, Option<i64>)> {
    let [_, cpu, memory, gpus, share] = columns.size;
    let cpu_milli = table.cell(cpu, "cpu_milli", "milli-cores", milli);
    let memory_bytes = table.cell(memory, "memory_mib", "mebibytes", mebibytes);
    let gpu_count = table.cell(gpus, "num_gpu", "a count of accelerators", milli);
    let gpu_share_milli = table.cell(share, "gpu_milli", "0 to 1000", |text| {
        milli(text).filter(|share| *share <= 1_000)
    });
    // An empty cell, or a list without the column, is UNKNOWN_MS; a wrong cell is none.
    let mut instant = |place: Option<usize>, field: &str| match place {
        None => Some(UNKNOWN_MS),
        Some(place) => table.cell(
            place,
            field,
            "seconds since the start of the trace, or nothing",
            milliseconds_or_unknown,
        ),
    };
    let created_ms = instant(columns.created, "creation_time");
    let deleted_ms = instant(columns.deleted, "deletion_time");
    let scheduled_ms = instant(columns.scheduled, "scheduled_time");
    let (created_ms, deleted_ms, scheduled_ms) = (created_ms?, deleted_ms?, scheduled_ms?);
    let known = |instant_ms: i64| Some(instant_ms).filter(|instant_ms| *instant_ms >= 0);
    let (deleted_ms, scheduled_ms) = (known(deleted_ms), known(scheduled_ms));
    let created_ms = known(created_ms).unwrap_or(0);
    let duration_ms = deleted_ms.map_or(UNKNOWN_MS, |end| end - scheduled_ms.unwrap_or(created_ms));
    if deleted_ms.is_some() && duration_ms < 0 {
        table.error(
            "deletion_time",
            &duration_ms.to_string(),
            "not before the pod was placed",
        );
        return None;
    }
    let row = TaskRow {
        submission_ms: created_ms,
        duration_ms,
        cpu_milli: cpu_milli?,
        memory_bytes: memory_bytes?,
        gpu_count: gpu_count?,
        gpu_share_milli: gpu_share_milli?,
        ..TaskRow::default()
    };
    Some((row, scheduled_ms))
}

fn empty(format: Format) -> Trace {
    let clock = Clock::Relative { start_ms: None };
    Trace::empty(format, clock)
}

fn milli(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn mebibytes(text: &str) -> Option<u64> {
    let mebibytes = text.parse::<u64>().ok()?;
    (mebibytes <= MEMORY_MIB_MAX).then(|| mebibytes * MEBIBYTE)
}

/// Seconds, also written as `123.0`, as milliseconds.
fn milliseconds(text: &str) -> Option<i64> {
    let seconds = finite(text).filter(|seconds| (0.0..=TIME_S_MAX).contains(seconds))?;
    Some((seconds * 1_000.0).round() as i64)
}

fn milliseconds_or_unknown(text: &str) -> Option<i64> {
    if text.is_empty() {
        Some(UNKNOWN_MS)
    } else {
        milliseconds(text)
    }
}
