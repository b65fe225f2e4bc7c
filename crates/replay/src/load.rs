//! From files to a plan, with everything that is wrong with any of them at once.

use std::path::{Path, PathBuf};

use angara_diagnostics::Diagnostics;
use angara_simulation::replay::{Checkpoints, PlacementPolicy, Play};

use crate::columns;
use crate::loading::{Loading, name_of, planned, start_of};
use crate::opendc::{Allocation, Experiment, read_experiment, resolve};
use crate::plan::{PlannedExport, PlannedFailure, PlannedRun, PlannedWorkload, ReplayPlan};
use crate::policy::with_policy;
use crate::settings::SettingsFile;
use crate::workload::WorkloadOptions;

/// What is replayed where the user names a trace and a topology.
#[derive(Debug, Clone)]
pub struct TraceRequest {
    /// Files or folder of the trace.
    pub trace: Vec<PathBuf>,
    /// `OpenDC`'s topology file.
    pub topology: PathBuf,
    /// Whether unknown keys of the topology pass with a warning.
    pub lenient: bool,
    /// Speed of a core where the trace does not tell [MHz].
    pub core_mhz: f64,
    /// When the first task is submitted [ms since 1970]; as in the trace where not told.
    pub start_ms: Option<i64>,
    /// Which host tasks go to; as the settings say, or first fit, where not told.
    pub allocation: Option<Allocation>,
    /// What becomes of demand that is not supplied.
    pub play: Play,
    /// What tasks save.
    pub checkpoints: Option<Checkpoints>,
    /// Time between samples that are written [ms].
    pub sample_ms: Option<i64>,
    /// Seed.
    pub seed: u64,
    /// How it is replayed beyond all this.
    pub settings: Option<PathBuf>,
}

/// Reads an experiment of `OpenDC` and all files it names, and settings for all its runs.
pub fn plan_of_experiment(
    path: &Path,
    lenient: bool,
    settings: Option<&Path>,
) -> (Option<ReplayPlan>, Diagnostics) {
    let (experiment, findings) = read_experiment(path, lenient);
    let mut loading = Loading::new(path, lenient, findings, settings);
    let Some(experiment) = experiment else {
        loading.close_settings();
        return (None, loading.findings);
    };
    if let Some(settings) = &loading.settings {
        beside_experiment(settings, &experiment);
    }
    let mut plan = ReplayPlan {
        name: if experiment.name.is_empty() {
            name_of(path)
        } else {
            experiment.name.clone()
        },
        seed: experiment.seed,
        runs: runs_of(&experiment),
        exports: experiment
            .exports
            .iter()
            .map(|export| PlannedExport {
                interval_ms: Some(export.interval_ms),
                tables: export.tables.clone(),
            })
            .collect(),
        allocations: experiment.allocations,
        checkpoints: experiment.checkpoints,
        failures_max: experiment.failures_max,
        ..ReplayPlan::default()
    };
    copy("experiment.json", path, &mut plan);
    for (row, topology) in experiment.topologies.iter().enumerate() {
        let file = resolve(path, topology);
        copy(&format!("topology-{row}.json"), &file, &mut plan);
        plan.topologies.extend(loading.topology(&file));
    }
    for failure in &experiment.failures {
        plan.failures.extend(loading.failure(failure));
    }
    if let Some(settings) = &loading.settings {
        settings.apply_to_plan(&mut plan);
    }
    plan.workloads = loading.workloads(&experiment.workloads);
    loading.check(&plan);
    loading.done(plan)
}

/// Notes what settings and an experiment both say.
fn beside_experiment(settings: &SettingsFile, experiment: &Experiment) {
    let timeshift = experiment
        .allocations
        .iter()
        .find(|other| other.deferral.is_some());
    let given = |name| experiment.given.contains(&name).then_some(name);
    let beside = [
        (settings.choosing_key(), given("allocationPolicies")),
        (settings.failing_key(), given("failureModels")),
        (settings.giving_up_key(), given("maxNumFailures")),
        (settings.saving_key(), given("checkpointModels")),
        (
            settings.waiting_key(),
            timeshift.map(|other| other.name.as_str()),
        ),
    ];
    for (key, other) in beside {
        if let Some((key, other)) = key.zip(other) {
            settings.refuse_beside(key, &format!("{other} of the experiment"));
        }
    }
}

/// Reads a trace and a topology, and settings.
pub fn plan_of_trace(request: &TraceRequest) -> (Option<ReplayPlan>, Diagnostics) {
    let base = Path::new("");
    let findings = Diagnostics::new();
    let mut loading = Loading::new(base, request.lenient, findings, request.settings.as_deref());
    let first_fit = || with_policy("first-fit".to_owned(), PlacementPolicy::FirstFit);
    let mut plan = ReplayPlan {
        name: request
            .trace
            .first()
            .map_or_else(String::new, |path| name_of(path)),
        seed: request.seed,
        allocations: vec![request.allocation.clone().unwrap_or_else(first_fit)],
        exports: vec![PlannedExport {
            interval_ms: request.sample_ms,
            tables: Vec::new(),
        }],
        failures: vec![PlannedFailure::None],
        checkpoints: vec![request.checkpoints],
        failures_max: vec![10],
        runs: vec![PlannedRun {
            seed: request.seed,
            ..PlannedRun::default()
        }],
        ..ReplayPlan::default()
    };
    copy("topology-0.json", &request.topology, &mut plan);
    plan.topologies.extend(loading.topology(&request.topology));
    if let Some(settings) = &loading.settings {
        let placement = request
            .allocation
            .as_ref()
            .map(|_| "--placement or --overcommit");
        let checkpoints = request.checkpoints.map(|_| "--checkpoint-interval");
        let beside = [
            (settings.choosing_key(), placement),
            (settings.saving_key(), checkpoints),
        ];
        for (key, other) in beside {
            if let Some((key, other)) = key.zip(other) {
                settings.refuse_beside(key, other);
            }
        }
        settings.apply_to_plan(&mut plan);
    }
    if let Some(columns) = loading.columns(request, &plan) {
        plan.workloads.push(PlannedWorkload {
            name: plan.name.clone(),
            play: request.play,
            sample_fraction: 1.0,
            columns: Some(columns),
            ..PlannedWorkload::default()
        });
    } else if let Some(trace) = loading.trace(&request.trace) {
        let start_ms = request.start_ms.or_else(|| start_of(&trace));
        let options = WorkloadOptions {
            core_mhz: request.core_mhz,
            submission_ms: start_ms,
            ..WorkloadOptions::default()
        };
        let mut workload = planned(&trace, &options);
        workload.name.clone_from(&plan.name);
        workload.play = request.play;
        loading.check_tasks(
            &workload,
            request.trace.first().map_or(base, PathBuf::as_path),
        );
        let own_table = columns::tables_of(&request.trace).map(|(tasks, _)| tasks);
        loading.apply_to_tasks(&mut workload, own_table.as_deref());
        plan.workloads.push(workload);
    }
    loading.check(&plan);
    loading.done(plan)
}

fn runs_of(experiment: &Experiment) -> Vec<PlannedRun> {
    let scenarios = 0..experiment.count();
    scenarios
        .flat_map(|scenario| {
            let rows = experiment.combination(scenario);
            (0..experiment.repetitions).map(move |repetition| PlannedRun {
                scenario,
                seed: experiment.seed.wrapping_add(repetition),
                topology: rows.topology,
                workload: rows.workload,
                allocation: rows.allocation,
                export: rows.export,
                failure: rows.failure,
                checkpoint: rows.checkpoint,
                failures_max: rows.failures_max,
            })
        })
        .collect()
}

/// Keeps a copy of a small file for the run folder; what cannot be read is told by who needs it.
fn copy(name: &str, path: &Path, plan: &mut ReplayPlan) {
    if let Ok(bytes) = fs_err::read(path) {
        plan.inputs.push((name.to_owned(), bytes));
    }
}
