//! Pods packed on accelerator nodes under several policies and seeds.

use std::path::{Path, PathBuf};

use angara_diagnostics::{Diagnostic, Diagnostics, Location};
use angara_results::RunFolder;
use angara_simulation::packing::{
    LoadPoint, PackingInput, PackingPolicy, TraceInput, arrivals, from_traces, pack,
};
use angara_workload::trace::{Limits, Trace, read};
use rayon::prelude::*;

use crate::ReplayFault;
use crate::loading::findings_of;
use crate::rows::{Cell, ColumnSpec, Kind, start};
use crate::write::{Page, ReplayRecord, commit};

/// Pods, nodes, and how they are packed.
#[derive(Debug)]
pub struct PackingPlan {
    /// Name of the list of pods.
    pub name: String,
    input: TraceInput,
    /// Policies, in the order of the results.
    pub policies: Vec<PackingPolicy>,
    /// Demand that arrives over all accelerators [1].
    pub load: f64,
    /// Seeds.
    pub seeds: Vec<u64>,
}

impl PackingPlan {
    /// Nodes with accelerators, and pods of the list.
    pub fn counts(&self) -> (usize, usize) {
        (self.input.nodes.len(), self.input.pods.len())
    }
}

/// Figures of a policy: means over the seeds at a load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PackingFigures {
    /// The policy.
    pub policy: PackingPolicy,
    /// Load that has arrived [%].
    pub arrived_percent: u32,
    /// Mean of what is placed of all accelerators [%].
    pub allocated_percent: f64,
    /// Mean of what is fragmented [%].
    pub fragmented_percent: f64,
}

/// Names of the policies.
pub const POLICIES: [(&str, PackingPolicy); 6] = [
    ("random", PackingPolicy::Random),
    ("dot-product", PackingPolicy::DotProduct),
    ("gpu-clustering", PackingPolicy::GpuClustering),
    ("gpu-packing", PackingPolicy::GpuPacking),
    ("best-fit", PackingPolicy::BestFit),
    ("fgd", PackingPolicy::FragmentationGradientDescent),
];

/// Name of a policy.
pub fn policy_name(policy: PackingPolicy) -> &'static str {
    POLICIES
        .iter()
        .find(|(_, other)| *other == policy)
        .map_or("", |(name, _)| name)
}

/// Reads pods and nodes.
pub fn plan_of_pods(
    pods: &Path,
    nodes: &Path,
    policies: Vec<PackingPolicy>,
    load: f64,
    seeds: Vec<u64>,
) -> (Option<PackingPlan>, Diagnostics) {
    let mut findings = Diagnostics::new();
    let mut file = |path: &Path| -> Option<Trace> {
        let (trace, found) = match read(&[path], &Limits::default()) {
            Ok((trace, findings)) => (Some(trace), findings_of(&findings, path)),
            Err(findings) => (None, findings_of(&findings, path)),
        };
        for finding in found.iter() {
            findings.push(finding.clone());
        }
        trace
    };
    let (machines, list) = (file(nodes), file(pods));
    let (Some(machines), Some(list)) = (machines, list) else {
        return (None, findings);
    };
    match from_traces(&machines, &list) {
        Ok(input) => {
            let stem = pods.file_name().map(|name| name.to_string_lossy());
            let name = stem.unwrap_or_default();
            let plan = PackingPlan {
                name: name.split(".csv").next().unwrap_or(&name).to_owned(),
                input,
                policies,
                load,
                seeds,
            };
            (Some(plan), findings)
        }
        Err(error) => {
            let files = format!("{} and {}", pods.display(), nodes.display());
            findings.push(Diagnostic::error("trace", error.to_string()).at(Location::file(files)));
            (None, findings)
        }
    }
}

const PACKING: [ColumnSpec; 5] = [
    ("policy", "", "Policy", Kind::Text),
    ("seed", "1", "Seed", Kind::Whole),
    (
        "arrived_percent",
        "%",
        "Demand that has arrived of all accelerators",
        Kind::Small,
    ),
    (
        "allocated_percent",
        "%",
        "What is placed of all accelerators",
        Kind::Real,
    ),
    (
        "fragmented_percent",
        "%",
        "What is idle and of no use to a typical pod",
        Kind::Real,
    ),
];

const RUNS: [ColumnSpec; 5] = [
    ("policy", "", "Policy", Kind::Text),
    ("seeds", "1", "Seeds that the means are over", Kind::Small),
    (
        "arrived_percent",
        "%",
        "Demand that has arrived of all accelerators",
        Kind::Small,
    ),
    (
        "allocated_percent",
        "%",
        "Mean of what is placed of all accelerators",
        Kind::Real,
    ),
    (
        "fragmented_percent",
        "%",
        "Mean of what is idle and of no use to a typical pod",
        Kind::Real,
    ),
];

/// Packs under every policy and seed, and writes the run folder; `packed` is called after each.
///
/// # Errors
/// Pods or nodes that cannot be packed, a folder that cannot be written; nothing is left behind.
pub fn write_packing(
    plan: &PackingPlan,
    record: &ReplayRecord,
    out: &Path,
    packed: &(dyn Fn() + Sync),
    page: Page<'_>,
) -> Result<(PathBuf, Vec<PackingFigures>), ReplayFault> {
    let mut folder = RunFolder::create(out)?;
    let runs: Vec<(PackingPolicy, u64)> = plan
        .policies
        .iter()
        .flat_map(|policy| plan.seeds.iter().map(move |seed| (*policy, *seed)))
        .collect();
    let (nodes, pods) = (&plan.input.nodes, &plan.input.pods);
    let points: Vec<Vec<LoadPoint>> = runs
        .par_iter()
        .map(|(policy, seed)| {
            let arrivals = arrivals(nodes, pods, plan.load, *seed)?;
            let packing = pack(PackingInput {
                nodes,
                pods,
                arrivals: &arrivals,
                policy: *policy,
                seed: *seed,
            })?;
            packed();
            Ok(packing.load_points())
        })
        .collect::<Result<_, ReplayFault>>()?;
    let mut rows = start(&folder, "tables/packing.parquet", "packing", &PACKING)?;
    for ((policy, seed), points) in runs.iter().zip(&points) {
        for point in points {
            rows.push(&[
                Cell::Text(policy_name(*policy)),
                Cell::count(*seed),
                Cell::Whole(point.load_percent.into()),
                Cell::Real(point.allocated_percent),
                Cell::Real(point.fragmented_percent),
            ])?;
        }
    }
    folder.take(rows.finish()?);
    let figures = means(plan, &points);
    let mut rows = start(&folder, "tables/runs.parquet", "runs", &RUNS)?;
    for figures in &figures {
        rows.push(&[
            Cell::Text(policy_name(figures.policy)),
            Cell::count(plan.seeds.len() as u64),
            Cell::Whole(figures.arrived_percent.into()),
            Cell::Real(figures.allocated_percent),
            Cell::Real(figures.fragmented_percent),
        ])?;
    }
    folder.take(rows.finish()?);
    let seed = plan.seeds.first().copied().unwrap_or(0);
    let manifest = record.manifest(&plan.name, seed);
    Ok((commit(folder, &manifest, page)?, figures))
}

/// Means over the seeds at full load and at the load asked for, as far as every seed reaches them.
fn means(plan: &PackingPlan, points: &[Vec<LoadPoint>]) -> Vec<PackingFigures> {
    let last = (plan.load * 100.0).round() as u32;
    let mut loads = vec![100, last];
    loads.retain(|load| *load <= last);
    loads.dedup();
    let mut figures = Vec::new();
    for (policy, points) in plan
        .policies
        .iter()
        .zip(points.chunks(plan.seeds.len().max(1)))
    {
        for load in &loads {
            let found: Vec<&LoadPoint> = points
                .iter()
                .filter_map(|points| points.iter().find(|point| point.load_percent == *load))
                .collect();
            if found.is_empty() || found.len() < points.len() {
                continue;
            }
            let mean = |value: fn(&LoadPoint) -> f64| {
                found.iter().map(|point| value(point)).sum::<f64>() / found.len() as f64
            };
            figures.push(PackingFigures {
                policy: *policy,
                arrived_percent: *load,
                allocated_percent: mean(|point| point.allocated_percent),
                fragmented_percent: mean(|point| point.fragmented_percent),
            });
        }
    }
    figures
}
