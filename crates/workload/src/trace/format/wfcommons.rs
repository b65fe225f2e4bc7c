//! `WfCommons` workflow instances.
//!
//! # Format
//! JSON. Schema 1.5 keeps the tasks in `workflow.specification`, what they cost in `workflow.execution`; up to 1.4
//! both stand in `workflow.tasks`. Parents and children name tasks by id, in old instances by name; either side of an
//! edge suffices. All tasks are submitted at once; a task starts when its parents have ended. Cores are those
//! recorded, else as many as its mean CPU use fills, at least one.
//!
//! # References
//! Coleman et al., `WfCommons`: a framework for enabling scientific workflow research and development, FGCS 128, 2022.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::input::Source;
use super::super::model::{Clock, Detail, Machines, TaskRow, Trace, UNKNOWN_MS, Workflow};
use super::super::{Findings, Format};
use super::Reading;

/// Highest speed of a core that is believed [MHz].
const SPEED_MHZ_MAX: f64 = 1e9;
/// Longest run time that is believed [s]: a century.
const RUNTIME_S_MAX: f64 = 3.2e9;
/// Most cores of a task or machine.
const CORES_MAX: f64 = 4_000_000.0;
/// Most bytes of a document: its tables take several times as much.
const DOCUMENT_BYTES_MAX: u64 = 64 << 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Instance {
    #[serde(default)]
    name: String,
    #[serde(default)]
    schema_version: String,
    workflow: Body,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    specification: Option<Specification>,
    execution: Option<Execution>,
    #[serde(default)]
    tasks: Vec<Task>,
    #[serde(default)]
    machines: Vec<Machine>,
    #[serde(alias = "makespan")]
    makespan_in_seconds: Option<f64>,
}

#[derive(Deserialize)]
struct Specification {
    tasks: Vec<Task>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Execution {
    makespan_in_seconds: Option<f64>,
    #[serde(default)]
    tasks: Vec<Task>,
    #[serde(default)]
    machines: Vec<Machine>,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Task {
    id: Option<String>,
    name: Option<String>,
    #[serde(default)]
    parents: Vec<String>,
    #[serde(default)]
    children: Vec<String>,
    #[serde(alias = "runtime")]
    runtime_in_seconds: Option<f64>,
    #[serde(alias = "cores")]
    core_count: Option<f64>,
    #[serde(rename = "avgCPU")]
    mean_cpu: Option<f64>,
    #[serde(alias = "memory")]
    memory_in_bytes: Option<f64>,
    #[serde(default)]
    machines: Vec<String>,
    machine: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Machine {
    #[serde(default)]
    node_name: String,
    #[serde(alias = "memory")]
    memory_in_bytes: Option<f64>,
    cpu: Option<Processor>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Processor {
    #[serde(alias = "count")]
    core_count: Option<f64>,
    #[serde(rename = "speedInMHz", alias = "speed")]
    speed_in_mhz: Option<f64>,
}

pub(super) fn read(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let mut limits = *reading.limits;
    limits.member_bytes_max = limits.member_bytes_max.min(DOCUMENT_BYTES_MAX);
    let file = source.name();
    let bytes = match source.read_whole(&limits) {
        Ok(bytes) => bytes,
        Err(fault) => {
            reading.findings.unreadable(file, &fault);
            return None;
        }
    };
    let instance: Instance = match serde_json::from_slice(&bytes) {
        Ok(instance) => instance,
        Err(fault) => {
            let row = Some(fault.line() as u64);
            let expected = "a workflow instance of WfCommons";
            reading
                .findings
                .error(file, row, "document", &fault.to_string(), expected);
            return None;
        }
    };
    let Instance {
        name,
        schema_version,
        workflow: body,
    } = instance;
    let execution = body.execution;
    let (specified, executed, machines, makespan_s) = match (body.specification, execution) {
        (Some(specification), execution) => {
            let execution = execution.unwrap_or(Execution {
                makespan_in_seconds: None,
                tasks: Vec::new(),
                machines: Vec::new(),
            });
            (
                specification.tasks,
                execution.tasks,
                execution.machines,
                execution.makespan_in_seconds,
            )
        }
        (None, _) => (
            body.tasks,
            Vec::new(),
            body.machines,
            body.makespan_in_seconds,
        ),
    };
    if specified.is_empty() {
        let expected = "tasks in `workflow.specification` or `workflow`";
        reading.findings.error(file, None, "tasks", "", expected);
        return None;
    }
    if specified.len() as u64 > limits.tasks_max {
        reading.has_room(file, usize::MAX);
        return None;
    }
    let clock = Clock::Relative { start_ms: None };
    let mut trace = Trace::empty(Format::WfCommons, clock);
    let speeds = speeds(&machines, file, &mut reading.findings);
    let rows = rows_by_name(&specified, file, &mut reading.findings);
    let mut merged = specified.clone();
    merge(&mut merged, executed, &rows, file, &mut reading.findings);
    let mut cpu_percent = Vec::with_capacity(merged.len());
    for task in &merged {
        let label = label(task);
        let row = row(task, label, &speeds, file, &mut reading.findings);
        cpu_percent.push(task.mean_cpu.unwrap_or(100.0));
        trace.tasks.push_named(label, row);
    }
    link(&merged, &rows, file, &mut trace, &mut reading.findings);
    let runtime_s: f64 = merged
        .iter()
        .filter_map(|task| task.runtime_in_seconds)
        .sum();
    trace.add_measure("sum of run times", "s", runtime_s);
    trace.detail = Detail::Workflow(Workflow {
        name,
        schema_version,
        makespan_s,
        machines: machine_table(&machines),
        cpu_percent,
    });
    Some(trace)
}

/// Speed of a core of each machine that tells it [MHz].
fn speeds<'a>(
    machines: &'a [Machine],
    file: &str,
    findings: &mut Findings,
) -> BTreeMap<&'a str, f64> {
    let mut speeds = BTreeMap::new();
    for machine in machines {
        let name = machine.node_name.as_str();
        let told = machine.cpu.as_ref().and_then(|cpu| cpu.speed_in_mhz);
        match told {
            Some(speed_mhz) if (0.0..=SPEED_MHZ_MAX).contains(&speed_mhz) => {
                speeds.insert(name, speed_mhz);
            }
            Some(speed_mhz) => {
                let expected = format!("a number from 0 to {SPEED_MHZ_MAX:e} for machine `{name}`");
                findings.error(file, None, "speedInMHz", &speed_mhz.to_string(), expected);
            }
            None => {}
        }
    }
    speeds
}

/// The name a task is referred to by.
fn label(task: &Task) -> &str {
    task.id
        .as_deref()
        .or(task.name.as_deref())
        .unwrap_or_default()
}

/// Row of each id, and of each name that is not an id as well.
fn rows_by_name(tasks: &[Task], file: &str, findings: &mut Findings) -> BTreeMap<String, u32> {
    let mut rows = BTreeMap::new();
    for (row, task) in tasks.iter().enumerate() {
        let id = label(task);
        if id.is_empty() || rows.insert(id.to_owned(), row as u32).is_some() {
            let expected = "an id that no other task has";
            findings.error(file, None, "id", id, expected);
        }
    }
    for (row, task) in tasks.iter().enumerate() {
        if let Some(name) = &task.name {
            rows.entry(name.clone()).or_insert(row as u32);
        }
    }
    rows
}

/// Adds what the execution says to what the specification says.
fn merge(
    tasks: &mut [Task],
    executed: Vec<Task>,
    rows: &BTreeMap<String, u32>,
    file: &str,
    findings: &mut Findings,
) {
    for run in executed {
        let Some(row) = rows.get(label(&run)) else {
            let expected = "a task of the specification";
            findings.error(file, None, "execution id", label(&run), expected);
            continue;
        };
        let task = &mut tasks[*row as usize];
        task.runtime_in_seconds = run.runtime_in_seconds.or(task.runtime_in_seconds);
        task.core_count = run.core_count.or(task.core_count);
        task.mean_cpu = run.mean_cpu.or(task.mean_cpu);
        task.memory_in_bytes = run.memory_in_bytes.or(task.memory_in_bytes);
        task.machines.extend(run.machines);
    }
}

/// The common columns of a task; a value out of range becomes an error.
fn row(
    task: &Task,
    label: &str,
    speeds: &BTreeMap<&str, f64>,
    file: &str,
    findings: &mut Findings,
) -> TaskRow {
    let mut checked = |value: Option<f64>, most: f64, field: &str| {
        let value = value?;
        if (0.0..=most).contains(&value) {
            return Some(value);
        }
        let expected = format!("a number from 0 to {most:e} for task `{label}`");
        findings.error(file, None, field, &value.to_string(), expected);
        None
    };
    let runtime_s = checked(task.runtime_in_seconds, RUNTIME_S_MAX, "runtimeInSeconds");
    let mean_cpu = checked(task.mean_cpu, CORES_MAX * 100.0, "avgCPU");
    let memory = checked(task.memory_in_bytes, 1e18, "memoryInBytes");
    let filled = (mean_cpu.unwrap_or(100.0) / 100.0).ceil().max(1.0);
    let cores = checked(task.core_count, CORES_MAX, "coreCount").unwrap_or(filled);
    let machine = task.machines.first().or(task.machine.as_ref());
    let speed_mhz = machine
        .and_then(|name| speeds.get(name.as_str()))
        .or_else(|| speeds.values().next().filter(|_| speeds.len() == 1));
    TaskRow {
        duration_ms: runtime_s.map_or(UNKNOWN_MS, |seconds| (seconds * 1_000.0).round() as i64),
        cpu_milli: (cores * 1_000.0).round() as u32,
        cpu_capacity_mhz: speed_mhz.map_or(0.0, |speed_mhz| speed_mhz * cores),
        memory_bytes: memory.unwrap_or(0.0) as u64,
        ..TaskRow::default()
    }
}

/// Fills in the parents from both ends of each edge.
fn link(
    tasks: &[Task],
    rows: &BTreeMap<String, u32>,
    file: &str,
    trace: &mut Trace,
    findings: &mut Findings,
) {
    let mut parents = vec![BTreeSet::new(); tasks.len()];
    for (row, task) in tasks.iter().enumerate() {
        for (names, field) in [(&task.parents, "parents"), (&task.children, "children")] {
            for name in names {
                match rows.get(name) {
                    Some(other) if field == "parents" => {
                        parents[row].insert(*other);
                    }
                    Some(other) => {
                        parents[*other as usize].insert(row as u32);
                    }
                    None => findings.error(file, None, field, name, "a task of this workflow"),
                }
            }
        }
    }
    for of_task in &parents {
        let of_task: Vec<u32> = of_task.iter().copied().collect();
        trace.tasks.parents.push(&of_task);
    }
    if let Some(task) = trace.tasks.parents.circle() {
        let expected = "no task that waits for itself";
        findings.error(file, None, "parents", label(&tasks[task]), expected);
    }
}

fn machine_table(machines: &[Machine]) -> Machines {
    let mut table = Machines::default();
    for machine in machines {
        let cores = machine.cpu.as_ref().and_then(|cpu| cpu.core_count);
        table.name.push(&machine.node_name);
        table
            .cpu_milli
            .push((cores.unwrap_or(0.0).clamp(0.0, CORES_MAX) * 1_000.0) as u32);
        table
            .memory_bytes
            .push(machine.memory_in_bytes.unwrap_or(0.0) as u64);
        table.gpu_count.push(0);
        table.gpu_model.push("");
    }
    table
}
